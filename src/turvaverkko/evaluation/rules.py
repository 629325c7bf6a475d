"""Rules of evaluation. Pure."""
