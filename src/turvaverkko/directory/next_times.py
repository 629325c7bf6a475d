"""When happenings are next: for results of a search, remembered for the quarter of an hour."""

from collections.abc import Iterable
from datetime import datetime

from turvaverkko.core import time_source
from turvaverkko.directory.models import Occurrence
from turvaverkko.directory.reading.coming import coming
from turvaverkko.directory.remembering import remembered

HAPPENING = "happening/"
NextTime = tuple[datetime, datetime]


def of_keys(keys: Iterable[str]) -> dict[str, NextTime]:
    """Return from when until when happenings are next, by key ("happening/<slug>"); the rest are left out.

    One query, none when all were asked for before.
    """
    wanted = [key for key in keys if key.startswith(HAPPENING)]
    known = _known()
    missing = [key for key in wanted if key not in known]
    if missing:
        found = _read(missing)
        known.update({key: found.get(key) for key in missing})
    return {key: time for key in wanted if (time := known[key]) is not None}


@remembered
def _known() -> dict[str, NextTime | None]:
    return {}


def _read(keys: Iterable[str]) -> dict[str, NextTime]:
    slugs = [key.removeprefix(HAPPENING) for key in keys]
    rows = coming(time_source.now()).exclude(state=Occurrence.State.CANCELLED)
    found: dict[str, NextTime] = {}
    for slug, starts_at, ends_at in (
        rows.filter(happening__slug__in=slugs)
        .order_by("starts_at", "pk")
        .values_list("happening__slug", "starts_at", "ends_at")
    ):
        found.setdefault(f"{HAPPENING}{slug}", (starts_at, ends_at))
    return found
