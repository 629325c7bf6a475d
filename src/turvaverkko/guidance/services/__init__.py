"""Writes of guidance: asking (the family), thread (both sides), handling (guides), purging (jobs)."""
