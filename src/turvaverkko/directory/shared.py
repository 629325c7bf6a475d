"""Short lists that stand on many pages, read once for a content version and a quarter of an hour."""

from itertools import islice

from turvaverkko.directory import api, presenting
from turvaverkko.directory.remembering import remembered
from turvaverkko.directory.shapes import CrisisCard, PlaceCard, TermCard
from turvaverkko.looks.api import Age, Number, Row


@remembered
def situations(language: str) -> tuple[TermCard, ...]:
    """Return the life situations in their order."""
    return tuple(api.situations(language))


@remembered
def ages(language: str) -> tuple[TermCard, ...]:
    """Return the ages in their order."""
    return tuple(api.ages(language))


@remembered
def crisis_lines(language: str) -> tuple[CrisisCard, ...]:
    """Return the crisis lines, those that answer now first."""
    return tuple(api.crisis_lines(language))


@remembered
def places(language: str, municipality: str = "") -> tuple[PlaceCard, ...]:
    """Return the meeting places of a municipality, or of the county without one; open ones first."""
    found = api.places(language, municipality or None)
    return tuple(sorted(found, key=lambda card: not presenting.is_open(card.status)))


def nearest_places(language: str, municipality: str, limit: int, *, age: int | None = None) -> list[Row]:
    """Return the first meeting places of a municipality that are for somebody of an age."""
    found = (card for card in places(language, municipality) if _is_for(card, age))
    return [presenting.place_row(card) for card in islice(found, limit)]


def _is_for(card: PlaceCard, age: int | None) -> bool:
    if age is None:
        return True
    return (card.min_age or 0) <= age and (card.max_age is None or age <= card.max_age)


def topic_rows(language: str) -> list[Row]:
    """Return the life situations as topics to choose."""
    return [presenting.situation_row(term) for term in situations(language)]


def age_knots(language: str, current: str = "") -> list[Age]:
    """Return the ages as knots of the thread."""
    return [presenting.age_knot(term, current) for term in ages(language)]


def crisis_numbers(language: str) -> list[Number]:
    """Return the crisis lines that have a number, those that answer now first."""
    return [presenting.crisis_number(card) for card in crisis_lines(language) if card.number]


def place_rows(language: str, municipality: str = "") -> list[Row]:
    """Return the meeting places of a municipality, or of the county without one, as rows."""
    return [presenting.place_row(card) for card in places(language, municipality)]
