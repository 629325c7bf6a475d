"""The choices that narrow a search, and the active ones. Asks the database nothing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from turvaverkko.directory import presenting, search_request, shared
from turvaverkko.directory.addresses import address
from turvaverkko.directory.search import api as search
from turvaverkko.directory.search_request import Asked
from turvaverkko.looks.api import Chip, Facet, Option

# Unit: choices. More municipalities than this are no help; the rest are chosen on the front page.
_MUNICIPALITIES: Final = 6
_NAMES: Final = (
    search_request.MUNICIPALITY,
    search_request.OPEN,
    search_request.WAY,
    search_request.WHO,
    search_request.LANGUAGE,
    search_request.AGE,
    search_request.SITUATION,
)


def facets(asked: Asked, page: search.SearchPage) -> list[Facet]:
    """Return the choices that narrow these results; those that would leave nothing are left out."""
    found = (_facet(asked, page, name) for name in _NAMES if not _is_answered(asked, page, name))
    return [facet for facet in found if len(facet.options) > 1 or _is_worth_a_box(facet)]


def chips(asked: Asked) -> list[Chip]:
    """Return the active choices, each with the address without it."""
    parameters = asked.parameters()
    path = reverse("directory:services")
    return [
        Chip(_label(asked, name, value), address(path, parameters, without=(name, value)))
        for name in _NAMES
        for value in parameters[name]
    ]


def _is_answered(asked: Asked, page: search.SearchPage, name: str) -> bool:
    """Words already say what it is about, and perhaps the age: asking again would only lengthen the page."""
    if not asked.words or asked.values.get(name):
        return False
    return name == search_request.SITUATION or (name == search_request.AGE and page.age is not None)


def _is_worth_a_box(facet: Facet) -> bool:
    """One choice alone narrows nothing, unless it is ticked or is about this moment."""
    return facet.name == search_request.OPEN or any(option.checked for option in facet.options)


def _facet(asked: Asked, page: search.SearchPage, name: str) -> Facet:
    if name == search_request.OPEN:
        now = Option(search_request.NOW, gettext("Auki nyt"), checked=asked.open_now)
        return Facet(name, _legend(name), [now])
    counts = page.facets.get(search_request.FACETS[name], {})
    return Facet(name, _legend(name), _options(asked, name, counts))


def _options(asked: Asked, name: str, counts: Mapping[str, int]) -> list[Option]:
    chosen = set(asked.values[name])
    if name == search_request.MUNICIPALITY:
        return _municipalities(asked, counts)
    return [
        Option(value, _label(asked, name, value), counts.get(value, 0), checked=value in chosen)
        for value in _order(name)
        if counts.get(value) or value in chosen
    ]


def _municipalities(asked: Asked, counts: Mapping[str, int]) -> list[Option]:
    """The chosen ones, the reader's own, and those with most results of their own."""
    first = [*asked.values[search_request.MUNICIPALITY], asked.choice.slug]
    busiest = sorted((slug for slug in counts if slug != search.WHOLE_COUNTY), key=lambda slug: -counts[slug])
    in_order = list(dict.fromkeys(slug for slug in [*first, *busiest] if slug))
    shared_count = counts.get(search.WHOLE_COUNTY, 0)
    return [
        Option(
            slug,
            asked.choice.name_of(slug) or capfirst(slug),
            counts.get(slug, 0) + shared_count,
            checked=slug in asked.choice.filtered,
        )
        for slug in in_order[: max(_MUNICIPALITIES, len(first))]
    ]


def _order(name: str) -> Sequence[str]:
    if name == search_request.WAY:
        return tuple(presenting.WAYS)
    if name == search_request.WHO:
        return tuple(presenting.ORGANISATION_KINDS)
    if name == search_request.LANGUAGE:
        return presenting.SPOKEN
    terms = shared.ages(_language()) if name == search_request.AGE else shared.situations(_language())
    return tuple(term.code for term in terms)


def _legend(name: str) -> str:
    return {
        search_request.MUNICIPALITY: gettext("Missä"),
        search_request.OPEN: gettext("Milloin"),
        search_request.WAY: gettext("Miten"),
        search_request.WHO: gettext("Kuka järjestää"),
        search_request.LANGUAGE: gettext("Kieli"),
        search_request.AGE: gettext("Minkä ikäiselle"),
        search_request.SITUATION: gettext("Mistä on kyse"),
    }[name]


def _label(asked: Asked, name: str, value: str) -> str:
    """What a chosen value is called; one that we do not know as it was written."""
    names: dict[str, Callable[[str], str]] = {
        search_request.MUNICIPALITY: asked.choice.name_of,
        search_request.OPEN: lambda _: gettext("Auki nyt"),
        search_request.WAY: lambda way: capfirst(presenting.ways_words([way])),
        search_request.WHO: lambda kind: gettext(presenting.ORGANISATION_KINDS.get(kind, kind)),
        search_request.LANGUAGE: lambda code: capfirst(presenting.language_name(code)),
        search_request.AGE: _age,
        search_request.SITUATION: _situation,
    }
    return names[name](value) or value


def _age(code: str) -> str:
    return next((term.label for term in shared.ages(_language()) if term.code == code), "")


def _situation(code: str) -> str:
    return next((term.label for term in shared.situations(_language()) if term.code == code), "")


def _language() -> str:
    return get_language() or "fi"
