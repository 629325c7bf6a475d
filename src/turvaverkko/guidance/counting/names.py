"""Codes of the figures of guidance, and what both ways of counting put together of them. Pure."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Final

from turvaverkko.core.calendars import count_office_days
from turvaverkko.indicators.computed_api import Cell, Counted

RECEIVED: Final = "guidance-requests"
IN_PROMISE: Final = "guidance-answered-in-promise"
FIRST_CONTACT: Final = "guidance-days-to-first-contact"
RESOLVED: Final = "guidance-resolutions"
OUTCOMES: Final = "guidance-outcomes"
WITHDRAWN: Final = "guidance-withdrawn"
OPEN: Final = "guidance-open"

ONE_DAY: Final = timedelta(days=1)


def days_to_contact(received: date, contact: date, closed: Collection[date]) -> int:
    """Return how many office days after its arrival a request was first answered; 0 on the same day.

    What arrives on a day off and is answered before the next office day ends took one day at most.
    """
    return count_office_days(received, contact, closed=closed)


def medians(days: Mapping[Cell, Iterable[int]]) -> dict[Cell, Counted]:
    """Return the median of the days of each cell with how many requests it is of."""
    found = {cell: list(of_cell) for cell, of_cell in days.items()}
    return {
        cell: Counted(Decimal(str(median(of_cell))), whole=len(of_cell)) for cell, of_cell in found.items()
    }
