"""The door of the directory: what pages and other apps may ask of it. README.md describes the values.

`language` is a language code, `municipality` a slug or None, `at` an aware moment (None = now). What is
unknown, unpublished or confidential is None or absent from a list.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from turvaverkko.core import time_source
from turvaverkko.directory import provenance as _provenance
from turvaverkko.directory import remembering as _remembering
from turvaverkko.directory.happening_shapes import (
    EVERYTHING,
    HappeningCard,
    HappeningPage,
    Listed,
    ListPage,
    Visits,
    Wish,
)
from turvaverkko.directory.reading import crisis
from turvaverkko.directory.reading import happenings as _happenings
from turvaverkko.directory.reading import lists as _lists
from turvaverkko.directory.reading import outreach as _outreach
from turvaverkko.directory.reading import places as _places
from turvaverkko.directory.reading import searchable as _searchable
from turvaverkko.directory.reading import service_page as _service_page
from turvaverkko.directory.reading import services as _services
from turvaverkko.directory.reading import terms as _terms
from turvaverkko.directory.reading.names import official
from turvaverkko.directory.reading.services import Reader
from turvaverkko.directory.remembering import one_version
from turvaverkko.directory.shapes import (
    Choice,
    CrisisCard,
    MunicipalityPage,
    PlaceCard,
    PlaceChoice,
    PlacePage,
    ResolvedText,
    Searchable,
    ServiceCard,
    ServicePage,
    TermCard,
    TermPage,
)

Provenance = _provenance.Provenance
Cut = _lists.Cut
EVERY_SERVICE = Choice()
MEETING_PLACES = PlaceChoice()
# Nothing left out.
UNCUT = Cut()


@one_version()
def service_page(
    slug: str, language: str, municipality: str | None = None, at: datetime | None = None
) -> ServicePage | None:
    """Return everything the page of a service shows."""
    return _service_page.read(slug, _reader(language, municipality, at))


@one_version()
def service_cards(
    language: str,
    municipality: str | None = None,
    at: datetime | None = None,
    *,
    choice: Choice = EVERY_SERVICE,
) -> list[ServiceCard]:
    """Return a list of services, nearest first; `choice` narrows it and cuts a page out of it."""
    return _services.card_list(_reader(language, municipality, at), choice)


@one_version()
def count_services(municipality: str | None = None, *, choice: Choice = EVERY_SERVICE) -> int:
    """Return how many services `service_cards` finds without `offset` and `limit`."""
    return _services.count(_reader("fi", municipality, None), choice)


@one_version()
def cards_by_slug(
    slugs: Sequence[str], language: str, municipality: str | None = None, at: datetime | None = None
) -> list[ServiceCard]:
    """Return the services with these slugs in this order, as a search found them."""
    return _services.cards_of(slugs, _reader(language, municipality, at))


@one_version()
def situations(language: str) -> list[TermCard]:
    """Return the life situations in their order."""
    return _terms.of_vocabulary(_terms.SITUATION, language)


@one_version()
def ages(language: str) -> list[TermCard]:
    """Return the ages in their order."""
    return _terms.of_vocabulary(_terms.AGE, language)


@one_version()
def situation_services(
    situation: str,
    language: str,
    municipality: str | None = None,
    at: datetime | None = None,
    *,
    cut: Cut = UNCUT,
) -> TermPage | None:
    """Return a life situation with its services; the national base stands in where nothing is local."""
    return _term_page(_terms.SITUATION, situation, _reader(language, municipality, at), cut)


@one_version()
def age_services(
    age: str,
    language: str,
    municipality: str | None = None,
    at: datetime | None = None,
    *,
    cut: Cut = UNCUT,
) -> TermPage | None:
    """Return an age with its services."""
    return _term_page(_terms.AGE, age, _reader(language, municipality, at), cut)


@one_version()
def municipality_page(
    slug: str, language: str, at: datetime | None = None, *, cut: Cut = UNCUT
) -> MunicipalityPage | None:
    """Return what there is in a municipality, its own and its area's services first."""
    reader = _reader(language, slug, at)
    row = reader.atlas.rows.get(reader.chain.municipality or 0)
    if row is None:
        return None
    return MunicipalityPage(
        slug=slug,
        name=official(row, "municipality", language),
        area=official(row, "area", language),
        county=official(row, "county", language),
        services=tuple(_services.cards(_lists.local_to(reader, cut.local), reader)),
        places=tuple(_places.card_list(reader, MEETING_PLACES)) if cut.places else (),
        situations=_terms.of_keys(_terms.SITUATION, _lists.situations_near(reader.chain), language),
    )


@one_version()
def place_page(slug: str, language: str, at: datetime | None = None) -> PlacePage | None:
    """Return everything the page of a place shows."""
    return _places.read(slug, _reader(language, None, at))


@one_version()
def places(
    language: str,
    municipality: str | None = None,
    at: datetime | None = None,
    *,
    choice: PlaceChoice = MEETING_PLACES,
) -> list[PlaceCard]:
    """Return the places of a municipality, or of everywhere without one."""
    return _places.card_list(_reader(language, municipality, at), choice)


@one_version()
def happening_series(
    language: str,
    municipality: str | None = None,
    at: datetime | None = None,
    *,
    wish: Wish = EVERYTHING,
    offset: int = 0,
    limit: int = 20,
) -> ListPage:
    """Return a page of the coming happenings, one line each: today, this week, later; near first."""
    return _happenings.page_of_series(wish, _reader(language, municipality, at), offset=offset, limit=limit)


@one_version()
def happening_times(
    language: str,
    municipality: str | None = None,
    at: datetime | None = None,
    *,
    wish: Wish = EVERYTHING,
    offset: int = 0,
    limit: int = 20,
) -> ListPage:
    """Return a page of the coming times of happenings, one line each, day by day; near first on a day."""
    return _happenings.page_of_times(wish, _reader(language, municipality, at), offset=offset, limit=limit)


@one_version()
def happening_page(slug: str, language: str, at: datetime | None = None) -> HappeningPage | None:
    """Return everything the page of a happening shows."""
    return _happenings.read(slug, _reader(language, None, at))


@one_version()
def happenings_by_slug(
    slugs: Sequence[str], language: str, at: datetime | None = None
) -> list[HappeningCard]:
    """Return the happenings with these slugs in this order, each with its first coming times."""
    return _happenings.cards_by_slug(slugs, _reader(language, None, at))


@one_version()
def happenings_at(place: str, language: str, since: datetime, until: datetime) -> list[Listed]:
    """Return every time at a place that ends after one moment and begins before another."""
    return _happenings.at_place(place, _reader(language, None, None), since, until)


@one_version()
def happenings_for_feed(
    language: str, at: datetime | None = None, *, wish: Wish = EVERYTHING
) -> list[HappeningCard]:
    """Return the happenings of a calendar feed, each with every time that fits."""
    return _happenings.for_feed(wish, _reader(language, None, at))


@one_version()
def happening_for_feed(slug: str, language: str, at: datetime | None = None) -> HappeningCard | None:
    """Return one happening with every time of its calendar feed."""
    return _happenings.one_for_feed(slug, _reader(language, None, at))


@one_version()
def outreach_visits(first: date, last: date, language: str, at: datetime | None = None) -> list[Visits]:
    """Return how often which professionals came to families between two days, by area and specialty."""
    return _outreach.visits(first, last, at=at or time_source.now(), language=language)


def place_cards(slugs: Sequence[str], language: str, at: datetime | None = None) -> list[PlaceCard]:
    """Return the places with these slugs that have a page, in no order."""
    return _places.cards_of(slugs, _reader(language, None, at))


@one_version()
def crisis_lines(language: str, at: datetime | None = None) -> list[CrisisCard]:
    """Return the crisis lines, those that answer now first."""
    return crisis.lines(language, at or time_source.now())


@one_version()
def resolve_texts(service: str, language: str, municipality: str | None = None) -> dict[str, ResolvedText]:
    """Return the texts of a service as the reader gets them, by kind, with where each part comes from."""
    return _service_page.resolve(service, _reader(language, municipality, None))


@one_version()
def provenance(service: str, municipality: str | None = None, language: str = "fi") -> Provenance | None:
    """Return, for editors, where each text of a service comes from and which one is shown."""
    return _provenance.read(service, _reader(language, municipality, None))


# For what upper apps show of the directory and of places on many pages.
remembered = _remembering.remembered


def searchable() -> Iterator[Searchable]:
    """Yield every published service and place and every coming happening, with texts in every language."""
    return _searchable.everything()


def searchable_service(slug: str) -> Searchable | None:
    """Return one published service for an index."""
    return _searchable.service(slug)


def searchable_happening(slug: str) -> Searchable | None:
    """Return one happening that is still to come for an index."""
    return _searchable.happening(slug)


def _reader(language: str, municipality: str | None, at: datetime | None) -> Reader:
    return Reader.of(language, municipality, at or time_source.now())


def _term_page(vocabulary: str, code: str, reader: Reader, cut: Cut) -> TermPage | None:
    term = _terms.one(vocabulary, code, reader.language)
    if term is None:
        return None
    cards = _services.cards(_lists.of_term(vocabulary, term, reader, cut), reader)
    near = PlaceChoice(age=term.min_age) if vocabulary == _terms.AGE else MEETING_PLACES
    return TermPage(
        term=term,
        local=tuple(card for card in cards if card.level != "national"),
        national=tuple(card for card in cards if card.level == "national"),
        places=tuple(_places.card_list(reader, near)) if cut.places else (),
    )
