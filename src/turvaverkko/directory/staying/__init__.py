"""Staying true: who confirms what is published and by when, which addresses and numbers are dead."""
