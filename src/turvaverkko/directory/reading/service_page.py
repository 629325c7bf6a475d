"""The page of a service: everything it shows, in a constant number of queries."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import Count, Q

from turvaverkko.directory.layers import SOURCE_LANGUAGE
from turvaverkko.directory.models import Service, Term
from turvaverkko.directory.reading import choosing, hours, places, terms
from turvaverkko.directory.reading.services import (
    FIELDS,
    Cards,
    Reader,
    Row,
    card_texts,
    source_note,
)
from turvaverkko.directory.reading.texts import Owned, TextShelf, fallbacks, words_of
from turvaverkko.directory.shapes import Link, ResolvedText, ServicePage, Words

# Unit: services shown under "others nearby".
RELATED: Final = 4
_PAGE_FIELDS: Final = (*FIELDS, "base__laws", "base__source_id")


def read(slug: str, reader: Reader) -> ServicePage | None:
    """Return the page of a published service, or None."""
    related_ids = _related_ids(slug, reader)
    found = choosing.published().filter(Q(slug=slug) | Q(pk__in=related_ids)).values(*_PAGE_FIELDS)
    by_id = {row["pk"]: row for row in found}
    row = next((row for row in by_id.values() if row["slug"] == slug), None)
    if row is None:
        return None
    related = [by_id[pk] for pk in related_ids if pk in by_id]
    rows = [row, *related]
    parts = Cards.read(rows, reader)
    parts = parts.with_texts(
        owner_texts(row)
        | card_texts(related)
        | Q(channel__in=parts.channels.channel_ids(row["pk"]))
        | Q(place__in=parts.channels.place_ids(row["pk"]), kind="name")
    )
    texts = parts.shelf.resolve(parts.owned(row))
    place_ids = parts.channels.place_ids(row["pk"])
    met_at = places.cards_by_id(place_ids, reader)
    situations, classes = _terms(row, parts.situations.get(row["pk"], ()), reader.language)
    return ServicePage(
        card=parts.card(row),
        texts=texts,
        channels=parts.channels.views(
            row["pk"], parts.shelf, hours.of("place", place_ids), reader.at, reader.language
        ),
        laws=tuple(_laws(row["base__laws"] or (), reader.language)),
        situations=situations,
        classes=classes,
        base=_base_name(row, parts.shelf),
        source=source_note(row, reader.today, language=reader.language),
        related=tuple(parts.card(other) for other in related),
        places=tuple(met_at),
        fallbacks=fallbacks(texts),
    )


def resolve(slug: str, reader: Reader) -> dict[str, ResolvedText]:
    """Return the texts of a published service, by kind."""
    row = choosing.published().filter(slug=slug).values("pk", "level", "base_id").first()
    if row is None:
        return {}
    parts = Cards.read([row], reader).with_texts(owner_texts(row))
    return parts.shelf.resolve(parts.owned(row))


def owner_texts(row: Row) -> Q:
    """Return the condition for all texts of a service and of the description it builds on."""
    found = Q(service=row["pk"])
    return found | Q(general_description=row["base_id"]) if row["base_id"] else found


def _related_ids(slug: str, reader: Reader) -> list[int]:
    """Return the services that share most situations with this one, near the reader. One query."""
    link = Service.terms.through.objects
    mine = link.filter(service__slug=slug, term__vocabulary__code=terms.SITUATION).values("term_id")
    rows = link.filter(
        term__in=mine, service__state=Service.State.PUBLISHED, service__for_families=True
    ).exclude(Q(service__slug=slug) | Q(service__level=Service.Level.NATIONAL))
    if reader.chain.municipality is not None:
        rows = rows.filter(choosing.local_to(reader.chain, of="service_id"))
    shared = rows.values("service_id").annotate(shared=Count("pk")).order_by("-shared", "service__slug")
    return [row["service_id"] for row in shared[:RELATED]]


def _terms(row: Row, situations: Iterable[str], language: str) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return the situations of the service and the classes of its base. One query."""
    of_base = Term.general_descriptions.through.objects.filter(generaldescription=row["base_id"])
    classes = Q(vocabulary__code=terms.SERVICE_CLASS, pk__in=of_base.values("term_id"))
    codes = set(situations)
    found = terms.cards(Q(vocabulary__code=terms.SITUATION, code__in=codes) | classes, language)
    return (
        tuple(term for term in found if term.code in codes),
        tuple(term for term in found if term.code not in codes),
    )


def _base_name(row: Row, shelf: TextShelf) -> Words:
    if row["base_id"] is None:
        return Words()
    return words_of(shelf.resolve(Owned(("general_description", row["base_id"]))), "name")


def _laws(laws: Iterable[Mapping[str, Any]], language: str) -> Iterable[Link]:
    seen: set[str] = set()
    for law in laws:
        for code in (language, SOURCE_LANGUAGE):
            url = law["url"].get(code)
            if not url or not law["name"].get(code):
                continue
            if url not in seen:
                seen.add(url)
                yield Link(Words(law["name"][code], "" if code == language else code), _secure(url))
            break


def _secure(url: str) -> str:
    """The catalogue still writes Finlex with http, which only redirects."""
    return url.replace("http://www.finlex.fi", "https://www.finlex.fi", 1)
