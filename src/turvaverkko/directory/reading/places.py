"""Places: cards of lists and the page of one. What is confidential is in none of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from turvaverkko.core.prepared import Prepared, ids, one_word
from turvaverkko.directory.models import Place, PlaceOperator
from turvaverkko.directory.opening import HoursRule, exceptions, status, week
from turvaverkko.directory.reading import hours
from turvaverkko.directory.reading.names import name_fields, official
from turvaverkko.directory.reading.place_rows import PLACE_FIELDS, WITH_PAGE
from turvaverkko.directory.reading.services import Cards, Found, Reader, card_texts, source_note
from turvaverkko.directory.reading.texts import Owned, TextShelf, Wanted, fallbacks, words_of
from turvaverkko.directory.rules import NATIONAL_CRITERIA
from turvaverkko.directory.shapes import PlaceCard, PlaceChoice, PlacePage, ResolvedText, Words

Row = Mapping[str, Any]


def public() -> QuerySet[Place]:
    """Return the places that may be shown at all."""
    return Place.objects.filter(state=Place.State.PUBLISHED, confidential=False)


def _by_slug() -> QuerySet[Place]:
    return public().filter(slug=one_word("slug"), kind__in=WITH_PAGE)


def _operators_of() -> QuerySet[PlaceOperator]:
    return PlaceOperator.objects.filter(place__in=ids("places")).order_by("order", "pk")


_BY_SLUG: Final = Prepared(_by_slug, PLACE_FIELDS, "slug")
_OPERATORS: Final = Prepared(
    _operators_of, ("place_id", "organisation__kind", *name_fields("organisation")), "places"
)


def card_list(reader: Reader, choice: PlaceChoice) -> list[PlaceCard]:
    """Return the places of a municipality, or of everywhere without one. Four queries."""
    rows = public().filter(_narrowed(choice))
    if reader.chain.municipality is not None:
        rows = rows.filter(municipality=reader.chain.municipality)
    if choice.language:
        text = f'"{choice.language}"'
        rows = rows.annotate(spoken=Cast("meeting_place__languages", TextField())).filter(
            spoken__contains=text
        )
    return _cards(rows.order_by("municipality__name_fi", "slug"), reader)


def cards_of(slugs: Sequence[str], reader: Reader) -> list[PlaceCard]:
    """Return the places with these slugs that have a page, in no order. Four queries."""
    return _cards(public().filter(slug__in=slugs), reader)


def _cards(rows: QuerySet[Place], reader: Reader) -> list[PlaceCard]:
    found = list(rows.values(*PLACE_FIELDS))
    keys = [row["pk"] for row in found]
    shelf = TextShelf.read(Wanted(card_places=keys), reader.language)
    return cards_of_rows(found, shelf, hours.of_places(keys), reader)


def cards_of_rows(
    rows: Iterable[Row], shelf: TextShelf, rules: Mapping[int, Sequence[HoursRule]], reader: Reader
) -> list[PlaceCard]:
    """Return the cards of those places that have a page. One query, none without places."""
    shown = [row for row in rows if row["kind"] in WITH_PAGE]
    operators = _operators([row["pk"] for row in shown])
    return [
        _card(row, _texts(row, shelf), rules.get(row["pk"], ()), operators.get(row["pk"], ()), reader)
        for row in shown
    ]


def read(slug: str, reader: Reader) -> PlacePage | None:
    """Return the page of a published place, or None. At most seven queries."""
    row = next(iter(_BY_SLUG.rows(slug=[slug])), None)
    if row is None:
        return None
    key = row["pk"]
    found = Found.at_place(key)
    parts = Cards.read(found, reader, places=[key])
    parts = parts.with_texts(replace(card_texts(found.rows.values()), places=[key]))
    rules = parts.channels.place_hours.get(key, [])
    operators = _operators([key])
    texts = _texts(row, parts.shelf)
    first = operators.get(key, [{}])[0]
    return PlacePage(
        card=_card(row, texts, rules, operators.get(key, ()), reader),
        texts=texts,
        week=week(rules, reader.today) if rules else (),
        exceptions=exceptions(rules, reader.today),
        criteria_met=row["meeting_place__criteria_met"],
        criteria_of=NATIONAL_CRITERIA,
        services=tuple(parts.all()),
        source=source_note(
            {"organisation__kind": "", **row, **first},
            reader.today,
            language=reader.language,
            is_meeting_place=row["meeting_place__pk"] is not None,
        ),
        fallbacks=fallbacks(texts),
    )


def _narrowed(choice: PlaceChoice) -> Q:
    condition = Q(kind__in=WITH_PAGE)
    if choice.kind:
        condition &= Q(kind=choice.kind)
    if choice.family_centre:
        condition &= Q(meeting_place__family_centre__slug=choice.family_centre)
    if choice.age is not None:
        young_enough = Q(meeting_place__max_age=None) | Q(meeting_place__max_age__gte=choice.age)
        old_enough = Q(meeting_place__min_age=None) | Q(meeting_place__min_age__lte=choice.age)
        condition &= young_enough & old_enough
    return condition


def _texts(row: Row, shelf: TextShelf) -> dict[str, ResolvedText]:
    return shelf.resolve(Owned(("place", row["pk"]), "municipality"))


def _card(
    row: Row,
    texts: Mapping[str, ResolvedText],
    rules: Sequence[HoursRule],
    operators: Iterable[Row],
    reader: Reader,
) -> PlaceCard:
    municipality = official(row, "municipality", reader.language)
    return PlaceCard(
        slug=row["slug"],
        kind=row["kind"],
        name=words_of(texts, "name"),
        summary=words_of(texts, "summary"),
        municipality=municipality,
        municipality_slug=row["municipality__slug"],
        street=row["street"],
        postal_code=row["postal_code"],
        city=municipality.text,
        min_age=row["meeting_place__min_age"],
        max_age=row["meeting_place__max_age"],
        charge=row["meeting_place__charge"] or "",
        languages=tuple(row["meeting_place__languages"] or ()),
        phone=row["phone"],
        status=status(rules, reader.at),
        operators=tuple(_operator_name(operator, reader.language) for operator in operators),
        family_centre=row["meeting_place__family_centre__slug"] or "",
        latitude=row["latitude"],
        longitude=row["longitude"],
        confirmed_on=row["confirmed_on"],
    )


def _operators(places: Sequence[int]) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in _OPERATORS.rows(places=places) if places else ():
        found[row["place_id"]].append(row)
    return found


def _operator_name(row: Row, language: str) -> Words:
    return official(row, "organisation", language)
