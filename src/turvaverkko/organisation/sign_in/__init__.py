"""How staff sign in: the port, local accounts with one-time codes, sessions, the lock and the step-up."""
