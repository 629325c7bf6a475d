"""Times of a happening as a pack writes them: patterns, changes, and what is wrong with them. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any, Final

from django.utils.translation import gettext

from turvaverkko.directory.loading.hours import weekdays
from turvaverkko.directory.recurrence import (
    CANCELLED,
    LONGEST_SERIES,
    MOVED,
    ONE_DAY,
    Change,
    Every,
    Pattern,
    days_of,
)

Written = Mapping[str, Any]
_MIDNIGHT: Final = "24:00"
Fault = tuple[str, str]


def patterns(entries: Iterable[Written]) -> Iterator[Pattern]:
    """Yield one pattern for each weekday of each entry; those of a span too short for it are left out."""
    for entry in entries:
        starts, ends = _time(entry["from"]), _time(entry["to"])
        if "date" in entry:
            yield Pattern(date.fromisoformat(entry["date"]), starts, ends)
            continue
        last = date.fromisoformat(entry["last"])
        for weekday in weekdays(entry["days"]):
            first = _first(date.fromisoformat(entry["first"]), weekday)
            if first <= last:
                yield Pattern(
                    first,
                    starts,
                    ends,
                    Every(entry["every"]),
                    last,
                    on_holidays=entry.get("on_holidays", False),
                    in_school_breaks=entry.get("in_school_breaks", False),
                )


def change_of(entry: Written) -> Change:
    """Return what is different on one day."""
    return Change(
        CANCELLED if entry.get("cancelled") else MOVED,
        date.fromisoformat(entry["moved_to"]) if "moved_to" in entry else None,
        _time(entry["from"]) if "from" in entry else None,
        _time(entry["to"]) if "to" in entry else None,
    )


def faults(times: Sequence[Written], changes: Sequence[Written]) -> Iterator[Fault]:
    """Yield (field, what is wrong and what to do) of what a schema cannot see."""
    wrong = [
        (f"times.{number}", text)
        for number, entry in enumerate(times, start=1)
        for text in _faults_of_times(entry)
    ]
    yield from wrong
    if wrong:  # of which days there are is not known yet
        return
    days = {day for pattern in patterns(times) for day in days_of(pattern)}
    seen: set[str] = set()
    for number, entry in enumerate(changes, start=1):
        yield from ((f"changes.{number}", text) for text in _faults_of_change(entry, days, seen))
        seen.add(entry["day"])


def _faults_of_times(entry: Written) -> Iterator[str]:
    yield from _faults_of_clock(entry)
    if "date" in entry:
        return
    first, last = date.fromisoformat(entry["first"]), date.fromisoformat(entry["last"])
    if last < first:
        yield gettext("Sarja päättyy ennen kuin alkaa. Vaihda päivien järjestys.")
    elif last - first > timedelta(days=LONGEST_SERIES):
        yield gettext("Sarja on yli vuoden pituinen. Jaa se kausiin.")
    elif not list(patterns([entry])):
        yield gettext("Sarjassa ei ole yhtään päivää. Tarkista viikonpäivät ja kausi.")


def _faults_of_change(entry: Written, days: set[date], seen: set[str]) -> Iterator[str]:
    yield from _faults_of_clock(entry)
    is_moved = any(field in entry for field in ("moved_to", "from", "to", "place"))
    if bool(entry.get("cancelled")) == is_moved:
        yield gettext("Kerro joko cancelled: true tai mitä muuttuu: moved_to, from, to tai place.")
    if entry["day"] in seen:
        yield gettext("Päivällä %(day)s on jo muutos. Yhdistä ne.") % {"day": entry["day"]}
    if date.fromisoformat(entry["day"]) not in days:
        text = gettext("Sarjassa ei ole päivää %(day)s. Tarkista päivä tai poista muutos.")
        yield text % {"day": entry["day"]}


def _faults_of_clock(entry: Written) -> Iterator[str]:
    opens, closes = entry.get("from"), entry.get("to")
    if opens and closes and closes <= opens and not entry.get("over_midnight"):
        text = gettext("%(times)s päättyy ennen kuin alkaa. Korjaa ajat tai lisää over_midnight: true.")
        yield text % {"times": f"{opens}–{closes}"}


def _first(day: date, weekday: int) -> date:
    return day + (weekday - day.weekday()) % 7 * ONE_DAY


def _time(written: str) -> time:
    return time(0) if written == _MIDNIGHT else time.fromisoformat(written)
