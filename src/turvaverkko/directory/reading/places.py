"""Places: cards of lists and the page of one. What is confidential is in none of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from turvaverkko.directory.models import Place, PlaceOperator, Service
from turvaverkko.directory.opening import HoursRule, exceptions, status, week
from turvaverkko.directory.reading import choosing, hours
from turvaverkko.directory.reading.names import name_fields, official
from turvaverkko.directory.reading.services import FIELDS as SERVICE_FIELDS
from turvaverkko.directory.reading.services import Reader, cards, source_note
from turvaverkko.directory.reading.texts import CARD_KINDS, Owned, TextShelf, fallbacks, words_of
from turvaverkko.directory.rules import NATIONAL_CRITERIA
from turvaverkko.directory.shapes import PlaceCard, PlaceChoice, PlacePage, ResolvedText, ServiceCard, Words

_FIELDS: Final = (
    "pk",
    "slug",
    "kind",
    "street",
    "postal_code",
    "phone",
    "latitude",
    "longitude",
    "confirmed_on",
    "source",
    "municipality_id",
    "municipality__slug",
    *name_fields("municipality"),
    "meeting_place__pk",
    "meeting_place__min_age",
    "meeting_place__max_age",
    "meeting_place__charge",
    "meeting_place__languages",
    "meeting_place__criteria_met",
    "meeting_place__family_centre__slug",
)
Row = Mapping[str, Any]
# What answers "does this place have a page".
WITH_PAGE: Final = (Place.Kind.MEETING_PLACE, Place.Kind.OFFICE)


def public() -> QuerySet[Place]:
    """Return the places that may be shown at all."""
    return Place.objects.filter(state=Place.State.PUBLISHED, confidential=False)


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
    return _cards(list(rows.order_by("municipality__name_fi", "slug").values(*_FIELDS)), reader)


def cards_by_id(ids: Iterable[int], reader: Reader) -> list[PlaceCard]:
    """Return those of the places that have a page, in the given order. Four queries."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    rows = {row["pk"]: row for row in public().filter(pk__in=wanted, kind__in=WITH_PAGE).values(*_FIELDS)}
    return _cards([rows[pk] for pk in wanted if pk in rows], reader)


def read(slug: str, reader: Reader) -> PlacePage | None:
    """Return the page of a published place, or None."""
    row = public().filter(slug=slug, kind__in=WITH_PAGE).values(*_FIELDS).first()
    if row is None:
        return None
    shelf = TextShelf.read(Q(place=row["pk"]), reader.language)
    rules = hours.of("place", [row["pk"]]).get(row["pk"], [])
    operators = _operators([row["pk"]])
    texts = _texts(row, shelf)
    first = operators.get(row["pk"], [{}])[0]
    return PlacePage(
        card=_card(row, texts, rules, operators.get(row["pk"], ()), reader),
        texts=texts,
        week=week(rules, reader.today) if rules else (),
        exceptions=exceptions(rules, reader.today),
        criteria_met=row["meeting_place__criteria_met"],
        criteria_of=NATIONAL_CRITERIA,
        services=tuple(_services_at(row["pk"], reader)),
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


def _cards(rows: Sequence[Row], reader: Reader) -> list[PlaceCard]:
    ids = [row["pk"] for row in rows]
    shelf = TextShelf.read(Q(place__in=ids, kind__in=CARD_KINDS), reader.language)
    rules, operators = hours.of("place", ids), _operators(ids)
    return [
        _card(row, _texts(row, shelf), rules.get(row["pk"], []), operators.get(row["pk"], ()), reader)
        for row in rows
    ]


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
    rows = PlaceOperator.objects.filter(place_id__in=places).order_by("order", "pk")
    for row in rows.values("place_id", "organisation__kind", *name_fields("organisation")):
        found[row["place_id"]].append(row)
    return found


def _operator_name(row: Row, language: str) -> Words:
    return official(row, "organisation", language)


def _services_at(place: int, reader: Reader) -> list[ServiceCard]:
    at_place = (
        choosing.listed().filter(connections__channel__place=place).exclude(level=Service.Level.NATIONAL)
    )
    return cards(list(at_place.distinct().order_by("slug").values(*SERVICE_FIELDS)), reader)
