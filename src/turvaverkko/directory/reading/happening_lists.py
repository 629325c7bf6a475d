"""Which happenings a list holds: conditions and order, worked out in the database."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Case, IntegerField, Min, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from turvaverkko.directory.happening_shapes import Offer, Wish
from turvaverkko.directory.models import Happening, Occurrence
from turvaverkko.directory.reading.atlas import Atlas, Chain
from turvaverkko.directory.reading.coming import coming, midnight
from turvaverkko.directory.reading.services import Reader
from turvaverkko.directory.reading.terms import SITUATION
from turvaverkko.directory.remembering import remembered
from turvaverkko.directory.rules import EXPECTING, EXPECTING_SITUATION
from turvaverkko.directory.shapes import TermCard

TODAY, THIS_WEEK, LATER = 0, 1, 2
_ONE_WEEK: Final = 7


def matching(wish: Wish, reader: Reader) -> QuerySet[Occurrence]:
    """Return the coming times that fit a wish."""
    rows = coming(reader.at).filter(_condition(wish, reader.atlas))
    if wish.languages:
        rows = rows.annotate(spoken=Cast("happening__languages", TextField())).filter(
            _any(Q(spoken__contains=f'"{code}"') for code in wish.languages)
        )
    if wish.weekdays:
        rows = rows.filter(starts_at__iso_week_day__in=[day + 1 for day in wish.weekdays])
    if wish.until is not None:
        rows = rows.filter(starts_at__lt=midnight(wish.until + timedelta(days=1)))
    return rows


def series(wish: Wish, reader: Reader) -> QuerySet[Any, Any]:
    """Return a row for each happening by its next time: today, this week, later; near first in each part."""
    rows = _near(matching(wish, reader).exclude(state=Occurrence.State.CANCELLED), reader)
    found: QuerySet[Any, Any] = (
        rows.order_by().values("happening").annotate(next=Min("starts_at"), near=Min("rank"))
    )
    return found.order_by(_part_of_list("next", reader.today), "near", "next", "happening")


def times(wish: Wish, reader: Reader) -> QuerySet[Any, Any]:
    """Return a row for each time, the cancelled ones too, day by day; near first on each day."""
    rows = _near(matching(wish, reader), reader).values("happening", "pk")
    return rows.order_by(
        _part_of_list("starts_at", reader.today), "starts_at__date", "rank", "starts_at", "pk"
    )


def part_of_list(starts_at: datetime, today: date) -> int:
    """Return in which part of a list a time stands: today (also what began earlier), this week, or later."""
    tomorrow, monday = _turns(today)
    if starts_at < tomorrow:
        return TODAY
    return THIS_WEEK if starts_at < monday else LATER


@remembered
def offer(day: date) -> Offer:
    """Return what can be chosen among what is still to come on a day. One query."""
    now = coming(midnight(day)).exclude(state=Occurrence.State.CANCELLED).values("happening")
    rows = list(
        Happening.objects.filter(pk__in=now).values_list(
            "kind", "languages", "place__municipality__slug", "municipality__slug", "charge", "online_url"
        )
    )
    return Offer(
        kinds=frozenset(row[0] for row in rows),
        languages=frozenset(code for row in rows for code in row[1]),
        municipalities=frozenset(slug for row in rows if (slug := row[2] or row[3])),
        free=any(row[4] == Happening.Charge.FREE for row in rows),
        online=any(row[5] for row in rows),
    )


def _condition(wish: Wish, atlas: Atlas) -> Q:
    condition = Q()
    if wish.place:
        condition &= Q(place__slug=wish.place)
    if wish.kinds:
        condition &= Q(happening__kind__in=wish.kinds)
    if wish.free:
        condition &= Q(happening__charge=Happening.Charge.FREE)
    if wish.online:
        condition &= ~Q(happening__online_url="")
    if wish.ages:
        condition &= _any(_for_age(term) for term in wish.ages)
    if wish.municipalities:
        wanted = [atlas.by_slug[slug] for slug in wish.municipalities if slug in atlas.by_slug]
        nowhere = Q(place=None, happening__municipality=None)
        own = Q(place=None, happening__municipality__in=wanted)
        condition &= nowhere | own | Q(place__municipality__in=wanted)
    return condition


def _for_age(term: TermCard) -> Q:
    if term.code == EXPECTING:
        link = Happening.terms.through.objects
        wanted = link.filter(term__vocabulary__code=SITUATION, term__code=EXPECTING_SITUATION)
        return Q(happening__in=wanted.values("happening"))
    condition = Q()
    if term.max_age is not None:
        condition &= Q(happening__min_age=None) | Q(happening__min_age__lte=term.max_age)
    if term.min_age is not None:
        condition &= Q(happening__max_age=None) | Q(happening__max_age__gte=term.min_age)
    return condition


def _any(conditions: Iterable[Q]) -> Q:
    found = Q(pk__in=[])
    for condition in conditions:
        found |= condition
    return found


def _near(rows: QuerySet[Occurrence], reader: Reader) -> QuerySet[Any, Any]:
    """Rank by where it is: the reader's municipality, its area, everybody's, elsewhere."""
    where = Coalesce("place__municipality_id", "happening__municipality_id")
    ranks = [When(where__in=keys, then=Value(rank)) for rank, keys in enumerate(_near_keys(reader)) if keys]
    everybody = When(where=None, then=Value(len(ranks)))
    rank = Case(*ranks, everybody, default=Value(len(ranks) + 1), output_field=IntegerField())
    return rows.annotate(where=where).annotate(rank=rank) if ranks else rows.annotate(rank=Value(0))


def _near_keys(reader: Reader) -> Sequence[Sequence[int]]:
    chain: Chain = reader.chain
    if chain.municipality is None:
        return ()
    area = [
        key
        for key, row in reader.atlas.rows.items()
        if chain.area is not None and row["area_id"] == chain.area and key != chain.municipality
    ]
    return ([chain.municipality], area)


def _part_of_list(field: str, today: date) -> Case:
    tomorrow, monday = _turns(today)
    return Case(
        When(**{f"{field}__lt": tomorrow}, then=Value(TODAY)),
        When(**{f"{field}__lt": monday}, then=Value(THIS_WEEK)),
        default=Value(LATER),
        output_field=IntegerField(),
    )


def _turns(today: date) -> tuple[datetime, datetime]:
    """Return when tomorrow and when the next week begins."""
    monday = today + timedelta(days=_ONE_WEEK - today.weekday())
    return midnight(today + timedelta(days=1)), midnight(monday)
