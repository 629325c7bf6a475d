"""The times of a happening as rows, from its patterns, its changes and the days off of its municipality."""

from datetime import date
from typing import Any, Final

from turvaverkko.core import time_source
from turvaverkko.core.calendars import Break
from turvaverkko.directory.models import Happening, HappeningChange, HappeningTime, Occurrence
from turvaverkko.directory.recurrence import Change, Every, Pattern, Slot, slots_of
from turvaverkko.organisation.api import Municipality, local_days, path_of_municipality

_WRITTEN: Final = ("starts_at", "ends_at", "state", "place", "note", "changed_at")


def lay_out(happening: Happening) -> int:
    """Write the occurrences of a happening anew; return how many are to come.

    What has begun stays as it was told: it is counted. In the caller's transaction, whenever the times, the
    changes, the place or the school breaks of its municipality have changed.
    """
    now = time_source.now()
    changes = {change.day: change for change in happening.changes.all()}
    slots = slots_of(
        [_pattern(row) for row in happening.times.all()],
        {day: _change(row) for day, row in changes.items()},
        breaks_of(happening),
    )
    before = {(one.day, one.number): one for one in happening.occurrences.all()}
    wanted = {(slot.day, slot.number): slot for slot in slots}
    gone = [one.pk for key, one in before.items() if key not in wanted and one.starts_at >= now]
    Occurrence.objects.filter(pk__in=gone).delete()
    new, changed = [], []
    for key, slot in wanted.items():
        stored = before.get(key)
        if stored is None:
            new.append(
                Occurrence(
                    happening=happening,
                    day=slot.day,
                    number=slot.number,
                    changed_at=now,
                    **_values(happening, slot, changes),
                )
            )
        elif stored.starts_at >= now and _renewed(stored, _values(happening, slot, changes)):
            stored.changed_at = now
            changed.append(stored)
    Occurrence.objects.bulk_create(new)
    Occurrence.objects.bulk_update(changed, _WRITTEN, batch_size=200)
    return sum(slot.starts_at >= now for slot in slots)


def municipality_of(happening: Happening) -> Municipality | None:
    """Return where a happening is: the municipality of its place, else its own."""
    return happening.place.municipality if happening.place else happening.municipality


def breaks_of(happening: Happening) -> tuple[Break, ...]:
    """Return the school breaks by which a series is off; of its municipality."""
    where = municipality_of(happening)
    return local_days(path_of_municipality(where)).breaks if where else ()


def _pattern(row: HappeningTime) -> Pattern:
    return Pattern(
        first=row.first,
        last=row.last,
        starts=row.starts,
        ends=row.ends,
        every=Every(row.every),
        on_holidays=row.on_holidays,
        in_school_breaks=row.in_school_breaks,
    )


def _change(row: HappeningChange) -> Change:
    return Change(row.kind, row.new_day, row.starts, row.ends)


def _values(happening: Happening, slot: Slot, changes: dict[date, HappeningChange]) -> dict[str, Any]:
    change = changes.get(slot.day)
    return {
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
        "state": slot.state,
        "place": change.place if change and change.place else happening.place,
        "note": change.note if change else {},
    }


def _renewed(stored: Occurrence, values: dict[str, Any]) -> bool:
    """Put the values on a row; tell whether anything differs."""
    differs = any(getattr(stored, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(stored, name, value)
    return differs
