"""The pages of sign-in: signing in, the lock and the step-up, one's own account."""
