"""What hangs on the wall of a place: its day and its week, for a screen and for paper. Asks the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from turvaverkko.core import time_source
from turvaverkko.core.time_source import local_day
from turvaverkko.directory import api
from turvaverkko.directory.happening_presenting import slot
from turvaverkko.directory.happening_shapes import Listed
from turvaverkko.directory.reading.coming import midnight
from turvaverkko.directory.remembering import remembered
from turvaverkko.looks.api import Day

ONE_WEEK = timedelta(days=7)
# Unit: days. Visits are told this far ahead: a monthly one is always among them.
VISITS_AHEAD = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class Board:
    """A week of a place.

    Attributes:
        days: those on which something is, in order.
        rows: how many times there are in all.
    """

    monday: date
    days: Sequence[Day]
    rows: int

    @property
    def sunday(self) -> date:
        """The last day of the week."""
        return self.monday + timedelta(days=6)

    @property
    def number(self) -> int:
        """The number of the week, as calendars in Finland count it."""
        return self.monday.isocalendar().week


@remembered
def programme(place: str, language: str, monday: date) -> tuple[Listed, ...]:
    """Return what goes on at a place from a Monday on, as far as visits are told; for its page."""
    since = midnight(monday)
    return tuple(api.happenings_at(place, language, since, since + ONE_WEEK + VISITS_AHEAD))


def week_of(place: str, language: str, *, next_week: bool = False) -> Board:
    """Return the whole week of a place, what has been too."""
    today = time_source.today()
    monday = today - timedelta(days=today.weekday()) + (ONE_WEEK if next_week else timedelta())
    return _board(monday, api.happenings_at(place, language, midnight(monday), midnight(monday + ONE_WEEK)))


def rest_of_week(place: str, language: str) -> Board:
    """Return what is still to come in the seven days that begin today."""
    today = time_source.today()
    lines = api.happenings_at(place, language, time_source.now(), midnight(today + ONE_WEEK))
    return _board(today - timedelta(days=today.weekday()), lines)


def _board(monday: date, lines: Sequence[Listed]) -> Board:
    today = time_source.today()
    days = [
        Day(day, [slot(line) for line in found], today=day == today)
        for day, found in groupby(lines, lambda line: local_day(line.time.starts_at))
    ]
    return Board(monday, days, len(lines))
