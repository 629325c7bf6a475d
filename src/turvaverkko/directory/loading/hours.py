"""Hours as a pack writes them, read into rows. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from typing import Any, Final

from turvaverkko.directory.opening import ALWAYS, BY_APPOINTMENT, EXCEPTION, REGULAR, HoursRule

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY: Final = "(mon|tue|wed|thu|fri|sat|sun)"
_RANGE: Final = f"{_DAY}(-{_DAY})?"
DAYS_PATTERN: Final = f"^{_RANGE}(,{_RANGE})*$"
TIME_PATTERN: Final = "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"

# JSON Schema of one entry of `hours:`.
HOURS_ENTRY: Final[dict[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "days": {"type": "string", "pattern": DAYS_PATTERN, "x-advice": "Esimerkiksi mon-fri tai mon,wed."},
        "from": {"type": "string", "pattern": TIME_PATTERN, "x-advice": 'Kirjoita se muodossa "08:30".'},
        "to": {"type": "string", "pattern": TIME_PATTERN, "x-advice": 'Kirjoita se muodossa "15:00".'},
        "over_midnight": {"type": "boolean"},
        "always": {"type": "boolean"},
        "by_appointment": {"type": "boolean"},
        "date": {"type": "string", "format": "date"},
        "closed": {"type": "boolean"},
        "valid_from": {"type": "string", "format": "date"},
        "valid_to": {"type": "string", "format": "date"},
        "open_on_holidays": {"type": "boolean"},
    },
    "anyOf": [
        {"required": ["days", "from", "to"]},
        {"required": ["always"]},
        {"required": ["by_appointment"]},
        {"required": ["date", "closed"]},
        {"required": ["date", "from", "to"]},
    ],
}
HOURS: Final[dict[str, Any]] = {"type": "array", "items": HOURS_ENTRY}


def faults(entries: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, str]]:
    """Yield (number of the entry from 1, what is wrong) of what a schema cannot see."""
    for number, entry in enumerate(entries, start=1):
        opens, closes = entry.get("from"), entry.get("to")
        if opens and closes and closes <= opens and not entry.get("over_midnight"):
            yield number, f"{opens}–{closes}"


def rules(entries: Iterable[Mapping[str, Any]]) -> tuple[HoursRule, ...]:
    """Return the rows of hours that entries of a pack stand for."""
    return tuple(rule for entry in entries for rule in _rules_of(entry))


def weekdays(written: str) -> tuple[int, ...]:
    """Return the weekdays (0 = Monday) that "mon,wed-fri" names; "fri-mon" goes round the week's end.

    Examples:
        >>> weekdays("mon,wed-fri"), weekdays("sat-mon")
        ((0, 2, 3, 4), (0, 5, 6))
    """
    found: set[int] = set()
    for part in written.split(","):
        first, _, last = part.partition("-")
        start, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        found |= {day % 7 for day in range(start, (end if end >= start else end + 7) + 1)}
    return tuple(sorted(found))


def _rules_of(entry: Mapping[str, Any]) -> Iterator[HoursRule]:
    opens, closes = _time(entry.get("from")), _time(entry.get("to"))
    valid_from, valid_to = _day(entry.get("valid_from")), _day(entry.get("valid_to"))
    on_holidays = bool(entry.get("open_on_holidays"))
    if "date" in entry:
        yield HoursRule(EXCEPTION, None, opens, closes, _day(entry["date"]), closed=bool(entry.get("closed")))
    elif entry.get("always"):
        yield HoursRule(ALWAYS, valid_from=valid_from, valid_to=valid_to, closed_on_holidays=False)
    else:
        kind = BY_APPOINTMENT if entry.get("by_appointment") else REGULAR
        days: tuple[int | None, ...] = weekdays(entry["days"]) if "days" in entry else (None,)
        for day in days:
            yield HoursRule(
                kind,
                day,
                opens,
                closes,
                valid_from=valid_from,
                valid_to=valid_to,
                closed_on_holidays=not on_holidays,
            )


def _time(written: str | None) -> time | None:
    if written is None:
        return None
    return time(0) if written == "24:00" else time.fromisoformat(written)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
