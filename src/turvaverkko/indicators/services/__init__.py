"""What writes figures."""
