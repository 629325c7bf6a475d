"""How requests are counted: `entries` from the log of what was done, `queries` from the rows themselves.

The two share no query, so that a mistake in one shows as a difference; they share the names of the figures
(`names`) and the calendar of office days.
"""
