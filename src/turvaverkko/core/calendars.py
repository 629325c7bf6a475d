"""The three calendars of days, calendar days and months. Pure; never one calendar for another.

* **Working day** (arki): Monday to Friday that is not a public holiday. Midsummer Eve and Christmas Eve
  count: no act makes them holidays. For limits set by statute.
  Source: THL, Lastensuojelun käsikirja, "Lastensuojelun aikarajat" (the day of arrival is left out,
  Saturdays and holidays are not working days); Act 150/1930 § 2.
* **Office day** (virka-aikapäivä): a weekday on which the county's offices are open: no holidays, no
  eves, none of the county's own closing days. For the county's own promises.
* **School day** (oppilaitoksen työpäivä): a weekday that is neither a holiday nor inside the
  municipality's school breaks. Source: Act 1287/2013 § 15. Midsummer Eve and Christmas Eve are never
  school days, also when the breaks are not given: teaching ends by statute in week 22, before
  Midsummer (Basic Education Act 628/1998 § 23, *check*), and every municipality's Christmas break holds
  Christmas Eve (*check* for a school with an exceptional year).

The day of arrival never counts.
"""

import calendar
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from turvaverkko.core.almanac import is_eve, is_public_holiday

DayTest = Callable[[date], bool]
# First and last day of a school break, both included.
Break = tuple[date, date]

ONE_DAY: Final = timedelta(days=1)
FRIDAY: Final = 4
# Unit: days. No calendar has a gap of two years; a longer one means wrong input, not a long wait.
LONGEST_GAP: Final = 731


class NoDayFound(ValueError):
    """The closing days or breaks given leave no day to count."""


def is_weekday(day: date) -> bool:
    """Tell whether the day is Monday to Friday."""
    return day.weekday() <= FRIDAY


def is_working_day(day: date) -> bool:
    """Tell whether the day is a statutory working day (arki).

    Examples:
        >>> is_working_day(date(2026, 12, 24))  # Christmas Eve, a Thursday: counts
        True
        >>> is_working_day(date(2026, 12, 25))
        False
    """
    return is_weekday(day) and not is_public_holiday(day)


def is_office_day(day: date, *, closed: Collection[date] = ()) -> bool:
    """Tell whether the county's offices are open on the day.

    Args:
        day: the day asked about.
        closed: the county's own closing days.

    Examples:
        >>> is_office_day(date(2026, 12, 24))
        False
        >>> is_office_day(date(2026, 12, 28), closed={date(2026, 12, 28)})
        False
    """
    return is_working_day(day) and not is_eve(day) and day not in closed


def is_school_day(day: date, *, breaks: Sequence[Break] = ()) -> bool:
    """Tell whether the schools of a municipality work on the day.

    Args:
        day: the day asked about.
        breaks: the municipality's school breaks, first and last day included.

    Examples:
        >>> autumn = (date(2026, 10, 19), date(2026, 10, 23))
        >>> is_school_day(date(2026, 10, 23), breaks=[autumn])
        False
        >>> is_school_day(date(2026, 12, 24))  # an eve is never a school day
        False
    """
    in_break = any(first <= day <= last for first, last in breaks)
    return is_working_day(day) and not is_eve(day) and not in_break


def nth_day(start: date, n: int, counts: DayTest) -> date:
    """Return the nth day after `start` that counts; with n = 0 the first one from `start` on.

    Raises:
        ValueError: n is negative.
        NoDayFound: nothing counts for two years.
    """
    if n < 0:
        message = "A deadline is counted forwards: n is 0 or more."
        raise ValueError(message)
    day = start if n else start - ONE_DAY
    for _ in range(max(n, 1)):
        day = _next_day(day, counts)
    return day


def _next_day(after: date, counts: DayTest) -> date:
    for distance in range(1, LONGEST_GAP + 1):
        day = after + timedelta(days=distance)
        if counts(day):
            return day
    message = f"No day counts within {LONGEST_GAP} days after {after}."
    raise NoDayFound(message)


def days_between(start: date, end: date) -> Iterator[date]:
    """Yield the days after `start` up to and including `end`."""
    for distance in range(1, (end - start).days + 1):
        yield start + timedelta(days=distance)


def count_days(start: date, end: date, counts: DayTest) -> int:
    """Return how many days that count lie after `start`, up to and including `end`."""
    return sum(1 for day in days_between(start, end) if counts(day))


def days_left_out(start: date, end: date, counts: DayTest) -> tuple[date, ...]:
    """Return the days after `start`, up to `end`, that did not count."""
    return tuple(day for day in days_between(start, end) if not counts(day))


def add_working_days(start: date, n: int) -> date:
    """Return the nth statutory working day after `start`.

    Examples:
        >>> add_working_days(date(2026, 11, 24), 7)  # THL: Tuesday -> Thursday of the next week
        datetime.date(2026, 12, 3)
        >>> add_working_days(date(2026, 6, 15), 4)  # Midsummer Eve counts
        datetime.date(2026, 6, 19)
    """
    return nth_day(start, n, is_working_day)


def add_office_days(start: date, n: int, *, closed: Collection[date] = ()) -> date:
    """Return the nth office day after `start`.

    Examples:
        >>> add_office_days(date(2026, 12, 23), 3)
        datetime.date(2026, 12, 30)
    """
    return nth_day(start, n, office_days(closed))


def add_school_days(start: date, n: int, *, breaks: Sequence[Break] = ()) -> date:
    """Return the nth school day after `start` in a municipality with these breaks.

    Examples:
        >>> autumn = (date(2026, 10, 19), date(2026, 10, 23))
        >>> add_school_days(date(2026, 10, 15), 7, breaks=[autumn])
        datetime.date(2026, 11, 2)
    """
    return nth_day(start, n, school_days(breaks))


def add_calendar_days(start: date, n: int) -> date:
    """Return the nth day after `start`; every day counts (Act 150/1930 § 2).

    Raises:
        ValueError: n is negative.

    Examples:
        >>> add_calendar_days(date(2028, 2, 15), 14)
        datetime.date(2028, 2, 29)
    """
    return nth_day(start, n, every_day)


def add_months(start: date, n: int) -> date:
    """Return the day of the same number n months later, or the last day of that month.

    Source: Act 150/1930 § 3.

    Raises:
        ValueError: n is negative.

    Examples:
        >>> add_months(date(2026, 11, 30), 3)
        datetime.date(2027, 2, 28)
        >>> add_months(date(2027, 11, 30), 3)
        datetime.date(2028, 2, 29)
    """
    if n < 0:
        message = "A deadline is counted forwards: n is 0 or more."
        raise ValueError(message)
    years, month0 = divmod(start.month - 1 + n, 12)
    year, month = start.year + years, month0 + 1
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(start.day, last))


def count_working_days(start: date, end: date) -> int:
    """Return how many statutory working days lie after `start`, up to and including `end`."""
    return count_days(start, end, is_working_day)


def count_office_days(start: date, end: date, *, closed: Collection[date] = ()) -> int:
    """Return how many office days lie after `start`, up to and including `end`."""
    return count_days(start, end, office_days(closed))


def count_school_days(start: date, end: date, *, breaks: Sequence[Break] = ()) -> int:
    """Return how many school days lie after `start`, up to and including `end`."""
    return count_days(start, end, school_days(breaks))


def every_day(_day: date) -> bool:
    """Say yes: the calendar in which every day counts."""
    return True


def office_days(closed: Iterable[date]) -> DayTest:
    """Return the test "is this an office day" for an organisation with these closing days."""
    own = frozenset(closed)
    return lambda day: is_office_day(day, closed=own)


def school_days(breaks: Iterable[Break]) -> DayTest:
    """Return the test "is this a school day" for a municipality with these breaks."""
    own = tuple(breaks)
    return lambda day: is_school_day(day, breaks=own)


def last_day_moved(day: date) -> date:
    """Return the day to which a limit's last day moves, for acts to be done **at** an authority.

    A last day on a holiday, Independence Day, May Day, an eve or a Saturday moves to the next working
    day. Source: Act 150/1930 § 5. The authority's own duties are never moved later by us, so nothing
    calls this unless a policy says so.

    Examples:
        >>> last_day_moved(date(2026, 12, 24))
        datetime.date(2026, 12, 28)
        >>> last_day_moved(date(2026, 12, 23))
        datetime.date(2026, 12, 23)
    """
    return nth_day(day, 0, is_office_day)
