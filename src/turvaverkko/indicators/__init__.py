"""Indicators: what is measured, of which area and time, from which source, and what is wrong with it."""
