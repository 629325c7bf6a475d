"""Hours of the catalogue into values, and values into rows of ours and back.

Three types: days of the week, over midnight, exceptional; each may be closed, always open or by reservation.
A row of ours is one weekday or one date. `group` and `span` tell which rows were written together.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, Final

from turvaverkko.core.time_source import local_day
from turvaverkko.directory.opening import ALWAYS, BY_APPOINTMENT, EXCEPTION, NOTE, REGULAR
from turvaverkko.directory.ptv.mapping.fields import Row, rows_of, words_of
from turvaverkko.directory.ptv.shapes import Hours, Span, Told, Words

Day = date  # the type, where a field of the same name would hide it
WEEKLY: Final = "DaysOfTheWeek"
OVER_MIDNIGHT: Final = "OverMidnight"
EXCEPTIONAL: Final = "Exceptional"
TYPES: Final = frozenset({WEEKLY, OVER_MIDNIGHT, EXCEPTIONAL})
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SUNDAY: Final = 6
NO_DAY: Final = -1
ONE_DAY: Final = timedelta(days=1)
# Unit: days. A longer exception is told and kept as words only: it is no exception any more.
LONGEST_EXCEPTION: Final = 400


@dataclass(frozen=True, slots=True)
class HoursLine:
    """One row of hours as `directory.models.HoursRow` stores it."""

    kind: str
    form: str
    group: int
    span: int = 0
    weekday: int | None = None
    opens: time | None = None
    closes: time | None = None
    date: Day | None = None
    closed: bool = False
    valid_from: Day | None = None
    valid_to: Day | None = None
    closed_on_holidays: bool = True
    note: Mapping[str, str] = field(default_factory=dict)


def hours_of(document: Row, told: list[Told]) -> tuple[Hours, ...]:
    """Return the hours of a document; what says nothing at all is left out."""
    found = []
    for row in rows_of(document, "serviceHours"):
        kind = str(row.get("serviceHourType"))
        if kind not in TYPES:
            told.append(Told("unknown-type", "serviceHours"))
            continue
        one = Hours(
            kind,
            _day(row.get("validFrom")),
            _day(row.get("validTo")),
            closed=bool(row.get("isClosed")),
            always=bool(row.get("isAlwaysOpen")),
            reservation=bool(row.get("isReservation")),
            note=words_of(row, "additionalInformation"),
            spans=tuple(sorted(set(_spans(row, kind, told)))),
        )
        if one.closed or one.always or one.reservation or one.note or one.spans:
            found.append(one)
    return tuple(sorted(set(found), key=repr))


def _spans(row: Row, kind: str, told: list[Told]) -> Iterator[Span]:
    for one in rows_of(row, "openingHour"):
        opens, closes = _time(one.get("from")), _time(one.get("to"))
        first = _weekday(one.get("dayFrom"))
        if opens is None or closes is None or (first == NO_DAY and kind != EXCEPTIONAL):
            told.append(Told("bad-hours", "serviceHours"))
            continue
        if kind == EXCEPTIONAL:
            yield Span(NO_DAY, NO_DAY, opens, closes)
            continue
        last = _weekday(one.get("dayTo"))
        if last == NO_DAY:
            last = (first + 1) % 7 if kind == OVER_MIDNIGHT else first
        yield Span(first, last, opens, closes)


def lines(entries: Sequence[Hours]) -> Iterator[HoursLine]:
    """Yield the rows of hours that values stand for."""
    on_sunday = any(span.first == SUNDAY for one in entries for span in one.spans if one.type != EXCEPTIONAL)
    for group, one in enumerate(entries, start=1):
        yield from _lines(one, group, not on_sunday)


def _lines(one: Hours, group: int, on_holidays: bool) -> Iterator[HoursLine]:  # noqa: FBT001
    # The catalogue says nothing of holidays. What is open on no Sunday is taken to be closed then: to say
    # "closed" where somebody is helps less badly than to send a family to a locked door.
    base: dict[str, Any] = {
        "form": one.type,
        "group": group,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "note": dict(one.note),
    }
    dates = _dates(one)
    if one.always:
        yield HoursLine(ALWAYS, closed_on_holidays=False, **base)
    elif dates and (one.closed or one.type == EXCEPTIONAL) and not one.reservation:
        for day in dates:
            yield from _dated(one, day, base)
    elif one.reservation:
        yield from _weekly(BY_APPOINTMENT, one.spans, {**base, "closed_on_holidays": on_holidays})
        if not one.spans:
            yield HoursLine(BY_APPOINTMENT, closed_on_holidays=on_holidays, **base)
    elif one.spans and not one.closed and one.type != EXCEPTIONAL:
        yield from _weekly(REGULAR, one.spans, {**base, "closed_on_holidays": on_holidays})
    else:
        yield HoursLine(NOTE, closed=one.closed, **base)


def _dated(one: Hours, day: date, base: Mapping[str, Any]) -> Iterator[HoursLine]:
    if one.closed or not one.spans:
        yield HoursLine(EXCEPTION, date=day, closed=one.closed, **base)
        return
    for number, span in enumerate(one.spans):
        yield HoursLine(EXCEPTION, span=number, date=day, opens=span.opens, closes=span.closes, **base)


def _dates(one: Hours) -> list[date]:
    """The dates of an exception; none when it has no first day or goes on for too long."""
    if one.valid_from is None or (one.type != EXCEPTIONAL and one.valid_to is None):
        return []
    length = ((one.valid_to or one.valid_from) - one.valid_from).days
    return (
        [one.valid_from + n * ONE_DAY for n in range(length + 1)] if 0 <= length < LONGEST_EXCEPTION else []
    )


def _weekly(kind: str, spans: Sequence[Span], base: Mapping[str, Any]) -> Iterator[HoursLine]:
    for number, span in enumerate(spans):
        for weekday, opens, closes in _days(span, over_midnight=base["form"] == OVER_MIDNIGHT):
            yield HoursLine(kind, span=number, weekday=weekday, opens=opens, closes=closes, **base)


def _days(span: Span, *, over_midnight: bool) -> Iterator[tuple[int, time, time]]:
    """The days of a span: each with the same times, or one opening that goes on over its nights."""
    length = (span.last - span.first) % 7
    if not over_midnight:
        for n in range(length + 1):
            yield (span.first + n) % 7, span.opens, span.closes
        return
    # A closing time that is not later than the opening time is on the next day.
    if length <= 1 and span.closes <= span.opens:
        yield span.first, span.opens, span.closes
        return
    for n in range(length + 1):
        opens = span.opens if n == 0 else time(0)
        closes = span.closes if n == length else time(0)
        if not (n == length and n > 0 and closes == time(0)):
            yield (span.first + n) % 7, opens, closes


def entries(rows: Iterable[HoursLine]) -> tuple[Hours, ...]:
    """Return the values that rows of hours were written from."""
    ordered = sorted(rows, key=lambda row: (row.group, row.span))
    made = [_entry(list(found)) for _group, found in groupby(ordered, key=lambda row: row.group)]
    return tuple(sorted(made, key=repr))


def _entry(rows: Sequence[HoursLine]) -> Hours:
    first = rows[0]
    by_span = [list(found) for _span, found in groupby(rows, key=lambda row: row.span)]
    note: Words = tuple(sorted(first.note.items()))
    return Hours(
        first.form,
        first.valid_from,
        first.valid_to,
        closed=first.closed,
        always=first.kind == ALWAYS,
        reservation=first.kind == BY_APPOINTMENT,
        note=note,
        spans=tuple(sorted(_span(found) for found in by_span if found[0].opens is not None)),
    )


def _span(rows: Sequence[HoursLine]) -> Span:
    start, end = rows[0], rows[-1]
    opens, closes = start.opens or time(0), end.closes or time(0)
    if start.weekday is None or end.weekday is None:
        return Span(NO_DAY, NO_DAY, opens, closes)
    last = end.weekday
    if start.form == OVER_MIDNIGHT and closes <= (end.opens or time(0)):
        last = (last + 1) % 7
    return Span(start.weekday, last, opens, closes)


def _weekday(said: object) -> int:
    return DAYS.index(said) if said in DAYS else NO_DAY


def _time(said: object) -> time | None:
    text = str(said or "")
    if text.startswith("24:00"):
        return time(0)
    try:
        return time.fromisoformat(text).replace(microsecond=0, tzinfo=None)
    except ValueError:
        return None


def _day(said: object) -> date | None:
    """The Finnish day of a stamp; midnight without a zone or in UTC is the day that is written."""
    text = str(said or "")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None or moment.time() == time(0):
        return moment.date()
    return local_day(moment)
