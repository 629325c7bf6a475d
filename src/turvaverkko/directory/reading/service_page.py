"""The page of a service: everything it shows, in a constant number of queries."""

from collections.abc import Iterable, Mapping
from typing import Any

from turvaverkko.directory.layers import SOURCE_LANGUAGE
from turvaverkko.directory.reading import lists, places, terms
from turvaverkko.directory.reading.services import Cards, Found, Reader, Row, card_texts, source_note
from turvaverkko.directory.reading.texts import Owned, TextShelf, Wanted, fallbacks, words_of
from turvaverkko.directory.shapes import Link, ResolvedText, ServicePage, Words


def read(slug: str, reader: Reader) -> ServicePage | None:
    """Return the page of a published service, or None. At most seven queries."""
    related = lists.related_to(slug, reader.chain)
    found = Found.named([slug, *related], in_full=True)
    rows = {row["slug"]: row for row in found.rows.values()}
    if slug not in rows:
        return None
    row = rows[slug]
    key = row["pk"]
    others = [rows[other] for other in related if other in rows]
    parts = Cards.read(found, reader, in_full=True)
    met_at = parts.channels.place_rows(key)
    parts = parts.with_texts(_texts_of_page(row, others, parts, [place["pk"] for place in met_at]))
    texts = parts.shelf.resolve(parts.owned(row))
    card = parts.card(row)
    return ServicePage(
        card=card,
        texts=texts,
        channels=parts.channels.views(key, parts.shelf, reader.at, reader.language),
        laws=tuple(_laws(row["base__laws"] or (), reader.language)),
        situations=terms.with_codes(terms.of_vocabulary(terms.SITUATION, reader.language), card.situations),
        classes=terms.of_base(row["base_id"], reader.language),
        base=_base_name(row, parts.shelf),
        source=source_note(row, reader.today, language=reader.language),
        related=tuple(parts.card(other) for other in others),
        places=tuple(places.cards_of_rows(met_at, parts.shelf, parts.channels.place_hours, reader)),
        fallbacks=fallbacks(texts),
    )


def resolve(slug: str, reader: Reader) -> dict[str, ResolvedText]:
    """Return the texts of a published service, by kind."""
    found = Found.named([slug])
    if not found.rows:
        return {}
    row = next(iter(found.rows.values()))
    parts = Cards.read(found, reader).with_texts(texts_of(row))
    return parts.shelf.resolve(parts.owned(row))


def texts_of(row: Row) -> Wanted:
    """Return that all texts of a service and of the description it builds on are wanted."""
    return Wanted(services=[row["pk"]], bases=[row["base_id"]] if row["base_id"] else ())


def _texts_of_page(row: Row, others: Iterable[Row], parts: Cards, met_at: Iterable[int]) -> Wanted:
    cards = card_texts(others)
    own = texts_of(row)
    return Wanted(
        services=own.services,
        bases=own.bases,
        channels=parts.channels.channel_ids(row["pk"]),
        card_services=cards.card_services,
        card_bases=cards.card_bases,
        card_places=list(met_at),
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
