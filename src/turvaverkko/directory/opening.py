"""Is somebody there now, when next, and the hours of a week. Pure: rows and a moment in, an answer out.

Hours are what the wall of the place says: local times. They become moments only here, so that the two
odd nights of the year (a missing and a doubled hour) come out right. A closing time that is not later
than the opening time is on the next day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from turvaverkko.core.almanac import is_eve, is_public_holiday
from turvaverkko.core.time_source import HELSINKI, to_local

REGULAR: Final = "regular"
EXCEPTION: Final = "exception"
ALWAYS: Final = "always"
BY_APPOINTMENT: Final = "by-appointment"
NOTE: Final = "note"

Day = date  # the type, where a field of the same name would hide it
ONE_DAY: Final = timedelta(days=1)
# Unit: days. Open without a gap for longer than this is "always".
ALWAYS_AFTER: Final = 7
# Unit: days. A next opening further away than this helps nobody; the page then says only "closed".
HORIZON: Final = 100
MIDNIGHT: Final = time(0)


@dataclass(frozen=True, slots=True)
class HoursRule:
    """One row of hours, as `directory.models.HoursRow` stores it."""

    kind: str = REGULAR
    weekday: int | None = None
    opens: time | None = None
    closes: time | None = None
    date: Day | None = None
    closed: bool = False
    valid_from: Day | None = None
    valid_to: Day | None = None
    closed_on_holidays: bool = True

    def holds_on(self, day: Day) -> bool:
        """Tell whether the rule is in force on a day (both ends included)."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Open:
    """Somebody is there until `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Closed:
    """Nobody is there; `opens` is the next opening if one is known."""

    opens: datetime | None = None


@dataclass(frozen=True, slots=True)
class Always:
    """Round the clock."""


@dataclass(frozen=True, slots=True)
class ByAppointment:
    """Comes about by agreement, so neither open nor closed."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing is said about hours."""


Status = Open | Closed | Always | ByAppointment | Unknown


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of a week table.

    Attributes:
        date: the day.
        times: opening and closing times; a closing time of 0.00 is midnight.
        by_appointment: whether one may come on that day by agreement.
        exception: whether the day differs from other weeks.
        holiday: whether the day is shut because it is a holiday or an eve.
        is_today: whether it is the day of asking.
    """

    date: Day
    times: tuple[tuple[time, time], ...] = ()
    by_appointment: bool = False
    exception: bool = False
    holiday: bool = False
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class _Span:
    """From a moment to a moment, in UTC."""

    starts: datetime
    ends: datetime


def status(rows: Sequence[HoursRule], at: datetime) -> Status:
    """Return whether somebody is there at a moment.

    Args:
        rows: the hours of one channel, place or line.
        at: an aware moment.
    """
    if all(row.kind == NOTE and not row.closed for row in rows):
        return Unknown()
    local = to_local(at).date()
    spans = _spans_around(tuple(rows), local)
    open_span = next((span for span in spans if span.starts <= at < span.ends), None)
    if open_span:
        if open_span.ends - open_span.starts >= timedelta(days=ALWAYS_AFTER):
            return Always()
        return Open(open_span.ends)
    near = next((span.starts for span in spans if span.starts > at), None)
    following = near or _next_opening(rows, at, local)
    if following is None and any(row.kind == BY_APPOINTMENT and row.holds_on(local) for row in rows):
        return ByAppointment()
    return Closed(following)


def week(rows: Sequence[HoursRule], today: date) -> tuple[WeekDay, ...]:
    """Return the seven days of the week of `today`, from Monday on."""
    monday = today - timedelta(days=today.weekday())
    return tuple(_week_day(rows, monday + timedelta(days=n), today) for n in range(7))


def exceptions(rows: Sequence[HoursRule], today: date) -> tuple[WeekDay, ...]:
    """Return the coming days (from `today` on) that differ from other weeks, in order."""
    days = sorted({row.date for row in rows if row.kind == EXCEPTION and row.date and row.date >= today})
    return tuple(_week_day(rows, day, today) for day in days)


def _week_day(rows: Sequence[HoursRule], day: date, today: date) -> WeekDay:
    times = tuple((start, end) for start, end, _ in sorted(_times_on(rows, day)))
    weekly = [row for row in rows if row.holds_on(day) and row.weekday in (None, day.weekday())]
    return WeekDay(
        date=day,
        times=times,
        by_appointment=any(row.kind == BY_APPOINTMENT and not _shut(row, day) for row in weekly),
        exception=any(row.kind == EXCEPTION and row.date == day for row in rows),
        holiday=not times and any(row.kind == REGULAR for row in weekly) and is_holiday(day),
        is_today=day == today,
    )


def is_holiday(day: date) -> bool:
    """Tell whether what closes on holidays is shut: public holidays and the two eves."""
    return is_public_holiday(day) or is_eve(day)


def _shut(row: HoursRule, day: date) -> bool:
    return row.closed_on_holidays and is_holiday(day)


def _times_on(rows: Sequence[HoursRule], day: date) -> Iterator[tuple[time, time, bool]]:
    """Yield (opens, closes, whether closing is on the next day) of the day; exceptions win."""
    special = [row for row in rows if row.kind == EXCEPTION and row.date == day]
    if special:
        for row in special:
            if not row.closed and row.opens is not None and row.closes is not None:
                yield row.opens, row.closes, row.closes <= row.opens
        return
    if any(row.kind == ALWAYS and row.holds_on(day) for row in rows):
        yield MIDNIGHT, MIDNIGHT, True
        return
    for row in rows:
        if row.kind != REGULAR or row.weekday != day.weekday() or not row.holds_on(day):
            continue
        if row.opens is None or row.closes is None or _shut(row, day):
            continue
        yield row.opens, row.closes, row.closes <= row.opens


def _spans_on(rows: Sequence[HoursRule], day: date) -> Iterator[_Span]:
    for opens, closes, next_day in _times_on(rows, day):
        starts = _moment(day, opens)
        ends = _moment(day + ONE_DAY if next_day else day, closes)
        # In the night when an hour is missing, hours inside it vanish.
        if starts < ends:
            yield _Span(starts, ends)


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=HELSINKI).astimezone(UTC)


# Unit: different hours on a day. Most services of a county share a few.
@lru_cache(maxsize=4_096)
def _spans_around(rows: tuple[HoursRule, ...], day: date) -> tuple[_Span, ...]:
    """Return the spans from yesterday until "always" could be told, in order, touching ones joined."""
    days = [day + timedelta(days=n) for n in range(-1, ALWAYS_AFTER + 1)]
    found = sorted((span for d in days for span in _spans_on(rows, d)), key=lambda span: span.starts)
    joined: list[_Span] = []
    for span in found:
        if joined and span.starts <= joined[-1].ends:
            joined[-1] = _Span(joined[-1].starts, max(joined[-1].ends, span.ends))
        else:
            joined.append(span)
    return tuple(joined)


def _next_opening(rows: Sequence[HoursRule], at: datetime, day: date) -> datetime | None:
    for n in range(HORIZON + 1):
        starts = [span.starts for span in _spans_on(rows, day + timedelta(days=n)) if span.starts > at]
        if starts:
            return min(starts)
    return None
