"""Baskets: what somebody collects of the directory, with notes, to keep, print or hand on."""
