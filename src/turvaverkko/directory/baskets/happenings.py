"""Happenings as a basket shows them: name, where, the next time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from turvaverkko.directory.baskets.names import words_by_slug
from turvaverkko.directory.models import Happening, Occurrence, Place
from turvaverkko.directory.reading.names import name_fields, official
from turvaverkko.directory.shapes import Words


@dataclass(frozen=True, slots=True)
class HappeningCard:
    """One published happening.

    Attributes:
        next_at: when it is next; None when no time is known.
    """

    slug: str
    name: Words
    summary: Words
    where: str
    min_age: int | None
    max_age: int | None
    phone: str
    next_at: datetime | None


def cards(slugs: Sequence[str], language: str, at: datetime) -> list[HappeningCard]:
    """Return the published happenings with these slugs, in no order. Three queries.

    One at a confidential place is not among them.
    """
    rows = list(_published(slugs, at).values(*_FIELDS, "next_at"))
    said = words_by_slug("happening", [row["slug"] for row in rows], language)
    places = words_by_slug("place", {row["place__slug"] for row in rows if row["place__slug"]}, language)
    return [
        HappeningCard(
            slug=row["slug"],
            name=said[row["slug"]]["name"],
            summary=said[row["slug"]]["summary"],
            where=_where(places[row["place__slug"]]["name"].text, row["place__street"], _town(row, language)),
            min_age=row["min_age"],
            max_age=row["max_age"],
            phone=row["phone"],
            next_at=row["next_at"],
        )
        for row in rows
    ]


_FIELDS = (
    "slug",
    "min_age",
    "max_age",
    "phone",
    "place__slug",
    "place__street",
    *name_fields("municipality"),
    *name_fields("place__municipality"),
)


def _published(slugs: Iterable[str], at: datetime) -> QuerySet[Happening]:
    coming = Occurrence.objects.filter(happening=OuterRef("pk"), ends_at__gt=at)
    coming = coming.exclude(state=Occurrence.State.CANCELLED).order_by("starts_at")
    rows = Happening.objects.filter(slug__in=list(slugs), state=Happening.State.PUBLISHED)
    hidden = Place.objects.filter(confidential=True).values("pk")
    return rows.exclude(place__in=hidden).annotate(next_at=Subquery(coming.values("starts_at")[:1]))


def _town(row: dict[str, object], language: str) -> str:
    return (official(row, "place__municipality", language) or official(row, "municipality", language)).text


def _where(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)
