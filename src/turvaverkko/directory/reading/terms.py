"""Terms of the code lists as cards: few, on every page, so remembered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from turvaverkko.core.prepared import Prepared, ids
from turvaverkko.directory.layers import SOURCE_LANGUAGE
from turvaverkko.directory.models import Service, Term
from turvaverkko.directory.remembering import remembered
from turvaverkko.directory.shapes import TermCard

SITUATION: Final = "situation"
AGE: Final = "age"
SERVICE_CLASS: Final = "ptv-service-class"


_FIELDS: Final = (
    "pk",
    "vocabulary__code",
    "code",
    "icon",
    "sensitive",
    "min_age",
    "max_age",
    "labels__language",
    "labels__value",
    "labels__hint",
    "labels__page_title",
)
_OF_SERVICES: Final = Prepared(
    lambda: Service.terms.through.objects.filter(service__in=ids("services")).order_by("pk"),
    ("service_id", "term_id"),
    "services",
)


def of_vocabulary(code: str, language: str) -> list[TermCard]:
    """Return the terms of a vocabulary in their order."""
    return list(_book(language).get(code, {}).values())


def one(vocabulary: str, code: str, language: str) -> TermCard | None:
    """Return a term, or None."""
    return next((card for card in of_vocabulary(vocabulary, language) if card.code == code), None)


def of_keys(vocabulary: str, keys: Iterable[int], language: str) -> tuple[TermCard, ...]:
    """Return the terms of a vocabulary with these keys, in their order."""
    wanted = set(keys)
    return tuple(card for key, card in _book(language).get(vocabulary, {}).items() if key in wanted)


def of_base(base: int | None, language: str) -> tuple[TermCard, ...]:
    """Return the service classes of a general description."""
    return of_keys(SERVICE_CLASS, _classes().get(base or 0, ()), language)


def situations_of(services: Iterable[int]) -> tuple[Mapping[int, tuple[str, ...]], frozenset[str]]:
    """Return the situations of services by service, and which of them are sensitive. One query."""
    known = _situations()
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for service, term in _OF_SERVICES.tuples(services=services):
        if term in known:
            order, code, _ = known[term]
            found[service].append((order, code))
    sensitive = frozenset(code for _, code, is_sensitive in known.values() if is_sensitive)
    return {service: tuple(code for _, code in sorted(codes)) for service, codes in found.items()}, sensitive


@remembered
def _book(language: str) -> Mapping[str, Mapping[int, TermCard]]:
    """Every term in use: vocabulary -> key -> card, in their order. One query."""
    rows = (
        Term.objects.filter(retired=False, labels__language__in={language, SOURCE_LANGUAGE})
        .order_by("order", "code")
        .values(*_FIELDS)
    )
    labels: dict[tuple[str, int], dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for row in rows:
        labels[row["vocabulary__code"], row["pk"]][row["labels__language"]] = row
    book: dict[str, dict[int, TermCard]] = defaultdict(dict)
    for (vocabulary, key), found in labels.items():
        book[vocabulary][key] = _card(found.get(language) or found[SOURCE_LANGUAGE], language)
    return book


@remembered
def _situations() -> Mapping[int, tuple[int, str, bool]]:
    """The life situations in use: key -> place in their order, code, whether sensitive. One query."""
    rows = Term.objects.filter(vocabulary__code=SITUATION, retired=False).order_by("order", "code")
    found = rows.values_list("pk", "code", "sensitive")
    return {key: (order, code, sensitive) for order, (key, code, sensitive) in enumerate(found)}


@remembered
def _classes() -> Mapping[int, tuple[int, ...]]:
    """The service classes of every general description, by key. One query."""
    link = Term.general_descriptions.through.objects.filter(term__vocabulary__code=SERVICE_CLASS)
    found: dict[int, list[int]] = defaultdict(list)
    for base, term in link.values_list("generaldescription_id", "term_id"):
        found[base].append(term)
    return {base: tuple(keys) for base, keys in found.items()}


def with_codes(found: Iterable[TermCard], codes: Iterable[str]) -> tuple[TermCard, ...]:
    """Return those of the terms whose codes are given."""
    wanted = set(codes)
    return tuple(term for term in found if term.code in wanted)


def _card(row: Mapping[str, Any], language: str) -> TermCard:
    label = row["labels__value"]
    return TermCard(
        code=row["code"],
        label=label,
        hint=row["labels__hint"],
        page_title=row["labels__page_title"] or label,
        lang="" if row["labels__language"] == language else row["labels__language"],
        icon=row["icon"],
        sensitive=row["sensitive"],
        min_age=row["min_age"],
        max_age=row["max_age"],
    )
