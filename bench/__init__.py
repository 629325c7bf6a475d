"""Measurements. They print figures and never judge."""
