"""Outreach visits counted by area and specialty: where professionals came to families. One query."""

from collections import Counter
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Q
from django.db.models.functions import Coalesce

from turvaverkko.directory.happening_shapes import Visits
from turvaverkko.directory.models import Happening, Occurrence
from turvaverkko.directory.reading.atlas import Atlas
from turvaverkko.directory.reading.coming import at_no_secret, midnight
from turvaverkko.directory.reading.names import official
from turvaverkko.directory.shapes import Words

# What was never published did not happen before anybody's eyes.
_NEVER_TOLD = (Happening.State.DRAFT, Happening.State.IN_REVIEW)


class _As(StrEnum):
    HELD = "held"
    COMING = "coming"
    CANCELLED = "cancelled"


def visits(first: date, last: date, *, at: datetime, language: str) -> list[Visits]:
    """Return how often who came to which area from one day to another, both included; areas by name.

    A visit that has begun was held. One that was moved counts on the day it was moved to. The area is that
    of the municipality on the last day.
    """
    atlas = Atlas.on(last)
    rows = (
        Occurrence.objects.filter(
            at_no_secret(),
            at_no_secret("happening__"),
            ~Q(happening__state__in=_NEVER_TOLD),
            happening__kind=Happening.Kind.OUTREACH,
            starts_at__gte=midnight(first),
            starts_at__lt=midnight(last + timedelta(days=1)),
        )
        .annotate(where=Coalesce("place__municipality_id", "happening__municipality_id"))
        .values_list("where", "happening__specialty", "state", "starts_at")
        .order_by()
    )
    counts: Counter[tuple[str, str, _As]] = Counter()
    names: dict[str, Words] = {}
    for municipality, specialty, state, starts_at in rows:
        area = atlas.rows.get(municipality, {})
        slug = area.get("area__slug") or ""
        names[slug] = official(area, "area", language) if slug else Words()
        counts[slug, specialty, _as(state, starts_at, at)] += 1
    keys = sorted({key[:2] for key in counts}, key=lambda key: (not key[0], names[key[0]].text, key[1]))
    return [
        Visits(slug, names[slug], specialty, **{one.value: counts[slug, specialty, one] for one in _As})
        for slug, specialty in keys
    ]


def _as(state: str, starts_at: datetime, at: datetime) -> _As:
    if state == Occurrence.State.CANCELLED:
        return _As.CANCELLED
    return _As.HELD if starts_at <= at else _As.COMING
