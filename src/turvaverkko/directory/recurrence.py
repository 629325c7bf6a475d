"""On which days a series is, and at which moments. Pure: patterns, changes and days off in, times out.

Hours are what the wall of the place says: local times, which become moments only here, so that a café at ten
stays at ten when the clocks are turned.
"""

import calendar
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from turvaverkko.core.almanac import is_eve, is_public_holiday
from turvaverkko.core.calendars import Break
from turvaverkko.core.time_source import HELSINKI

ONE_DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)
# Unit: days. A series is planned for a year at most; after it somebody says that it goes on.
LONGEST_SERIES: Final = 366
CANCELLED, MOVED, PLANNED = "cancelled", "moved", "planned"


class Every(StrEnum):
    """How often a series is."""

    ONCE = "once"
    WEEK = "week"
    TWO_WEEKS = "two-weeks"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Pattern:
    """When a happening is: one date, or a weekday repeated from `first` to `last`, both included.

    Attributes:
        on_holidays: also on public holidays and the two eves.
        in_school_breaks: also while the schools of its municipality have a break.
    """

    first: date
    starts: time
    ends: time
    every: Every = Every.ONCE
    last: date | None = None
    on_holidays: bool = False
    in_school_breaks: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One date that goes otherwise. What is empty of a moved one stays as it was."""

    kind: str
    new_day: date | None = None
    starts: time | None = None
    ends: time | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One time of a happening.

    Attributes:
        day: that of the series, also when it was moved.
        number: 0, or which of several on the same day.
        starts_at: aware, UTC.
        ends_at: aware, UTC.
    """

    day: date
    number: int
    starts_at: datetime
    ends_at: datetime
    state: str = PLANNED


def days_of(pattern: Pattern, breaks: Sequence[Break] = ()) -> Iterator[date]:
    """Yield the days of a pattern in order, without its days off. A single date is never left out.

    Examples:
        >>> two = Pattern(date(2026, 12, 17), time(10), time(12), Every.WEEK, date(2027, 1, 7))
        >>> [day.isoformat() for day in days_of(two)]
        ['2026-12-17', '2026-12-31', '2027-01-07']
    """
    if pattern.every is Every.ONCE:
        yield pattern.first
        return
    off = _day_off(pattern, breaks)
    yield from (day for day in _repeated(pattern) if not off(day))


def slots_of(
    patterns: Iterable[Pattern], changes: Mapping[date, Change], breaks: Sequence[Break] = ()
) -> list[Slot]:
    """Return every time of a happening, in order of the days of its series.

    A change concerns everything on its day. A change of a day that is not in the series concerns nothing.

    Args:
        patterns: when it is.
        changes: by the day of the series.
        breaks: school breaks of its municipality, first and last day included.
    """
    found: dict[date, list[Pattern]] = {}
    for pattern in patterns:
        for day in days_of(pattern, breaks):
            found.setdefault(day, []).append(pattern)
    return [
        _slot(day, number, pattern, changes.get(day))
        for day in sorted(found)
        for number, pattern in enumerate(sorted(found[day], key=lambda one: (one.starts, one.ends)))
    ]


def moments(day: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    """Return when something from one local time to another begins and ends, in UTC.

    An end that is not later than the start is on the next day.

    Examples:
        >>> [at.isoformat() for at in moments(date(2026, 12, 31), time(22), time(1))]
        ['2026-12-31T20:00:00+00:00', '2026-12-31T23:00:00+00:00']
    """
    last = day if ends > starts else day + ONE_DAY
    begins = datetime.combine(day, starts, HELSINKI).astimezone(UTC)
    stops = datetime.combine(last, ends, HELSINKI).astimezone(UTC)
    # In the night when an hour is missing, what ends inside it would end before it begins.
    return begins, max(stops, begins + timedelta(minutes=1))


def _slot(day: date, number: int, pattern: Pattern, change: Change | None) -> Slot:
    if change is None or change.kind == CANCELLED:
        begins, stops = moments(day, pattern.starts, pattern.ends)
        return Slot(day, number, begins, stops, PLANNED if change is None else CANCELLED)
    begins, stops = moments(
        change.new_day or day, change.starts or pattern.starts, change.ends or pattern.ends
    )
    return Slot(day, number, begins, stops, MOVED)


def _repeated(pattern: Pattern) -> Iterator[date]:
    last = min(pattern.last or pattern.first, pattern.first + timedelta(days=LONGEST_SERIES))
    step = 2 * WEEK if pattern.every is Every.TWO_WEEKS else WEEK
    day = pattern.first
    while day <= last:
        if pattern.every is not Every.MONTH or _place_in_month(day) == _wanted(pattern.first, day):
            yield day
        day += step


def _place_in_month(day: date) -> int:
    """Return which of its weekday a day is in its month: 0 the first."""
    return (day.day - 1) // 7


def _wanted(first: date, day: date) -> int:
    """Return which of its weekday a month is to have: the fifth is the last where there are four."""
    length = calendar.monthrange(day.year, day.month)[1]
    number_in_month = (length - (day.day - 1) % 7 - 1) // 7
    return min(_place_in_month(first), number_in_month)


def _day_off(pattern: Pattern, breaks: Sequence[Break]) -> Callable[[date], bool]:
    def off(day: date) -> bool:
        on_holiday = is_public_holiday(day) or is_eve(day)
        in_break = any(first <= day <= last for first, last in breaks)
        return (on_holiday and not pattern.on_holidays) or (in_break and not pattern.in_school_breaks)

    return off
