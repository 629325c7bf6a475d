"""What carries a notice out of the house."""
