"""Terms of the code lists as cards."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db.models import Q

from turvaverkko.directory.layers import SOURCE_LANGUAGE
from turvaverkko.directory.models import Service, Term
from turvaverkko.directory.shapes import TermCard

SITUATION: Final = "situation"
AGE: Final = "age"
SERVICE_CLASS: Final = "ptv-service-class"


def cards(condition: Q, language: str) -> list[TermCard]:
    """Return the terms that fulfil a condition, in their order. One query."""
    rows = (
        Term.objects.filter(condition, retired=False, labels__language__in={language, SOURCE_LANGUAGE})
        .order_by("order", "code")
        .values(
            "pk",
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
    )
    by_term: dict[int, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for row in rows:
        by_term[row["pk"]][row["labels__language"]] = row
    return [_card(labels.get(language) or labels[SOURCE_LANGUAGE], language) for labels in by_term.values()]


def of_vocabulary(code: str, language: str) -> list[TermCard]:
    """Return the terms of a vocabulary. One query."""
    return cards(Q(vocabulary__code=code), language)


def one(vocabulary: str, code: str, language: str) -> TermCard | None:
    """Return a term, or None. One query."""
    found = cards(Q(vocabulary__code=vocabulary, code=code), language)
    return found[0] if found else None


def situations_of(services: Sequence[int]) -> tuple[Mapping[int, tuple[str, ...]], frozenset[str]]:
    """Return the situations of services by service, and which of them are sensitive. One query."""
    link = Service.terms.through
    rows = (
        link.objects.filter(service__in=services, term__vocabulary__code=SITUATION, term__retired=False)
        .order_by("term__order")
        .values_list("service_id", "term__code", "term__sensitive")
    )
    found: dict[int, list[str]] = defaultdict(list)
    sensitive = set()
    for service, code, is_sensitive in rows:
        found[service].append(code)
        if is_sensitive:
            sensitive.add(code)
    return {service: tuple(codes) for service, codes in found.items()}, frozenset(sensitive)


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
