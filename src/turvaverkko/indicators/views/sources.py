"""The page of what was reported beside what its source says, for the whole table of the county."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from turvaverkko.core.csv_files import csv_response
from turvaverkko.core.paging import page_of
from turvaverkko.indicators import presenting_sources as shown
from turvaverkko.indicators import queries
from turvaverkko.indicators.counterparts import Found
from turvaverkko.indicators.presenting_sources import Pair
from turvaverkko.indicators.views.frame import draw, for_readers
from turvaverkko.looks.api import Link, Option, page_links
from turvaverkko.organisation.sign_in.api import StaffRequest

# Unit: figures on one page.
ON_PAGE: Final = 40


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a reader wants to see; an unknown code narrows nothing.

    Attributes:
        every: all reported figures.
        some: those that are left.
    """

    every: Sequence[Pair]
    some: Sequence[Pair]
    query: dict[str, str]


@for_readers
def sources(request: StaffRequest) -> HttpResponse:
    """GET koordinaatio/laatu/lahteet/ : `mittari`, `alue` and `ero` (differing only) narrow, `sivu` turns."""
    found = _narrowed(request.GET)
    number, last = page_of(request, len(found.some), ON_PAGE)
    on_page = found.some[(number - 1) * ON_PAGE : number * ON_PAGE]
    indicators = {one.reported.indicator.code: one.reported.indicator.name for one in found.every}
    areas = {one.reported.area.code: one.reported.area.name for one in found.every}
    context = {
        "crumbs": [Link(gettext("Laatu"), reverse("indicators:quality"))],
        "sentence": shown.sentence(found.every),
        "total": len(found.every),
        "left": len(found.some),
        "is_narrowed": bool(found.query),
        "reasons": shown.reasons(found.every),
        "indicators": _options(gettext("Kaikki mittarit"), indicators, found.query.get("mittari")),
        "areas": _options(gettext("Kaikki alueet"), areas, found.query.get("alue")),
        "differing": "ero" in found.query,
        "table": shown.table(on_page) if on_page else None,
        "csv_url": f"{reverse('indicators:sources-csv')}{_address(found.query, 1)}",
        "pages": page_links(number, last, lambda page: _address(found.query, page)) if last > 1 else None,
    }
    return draw(request, "indicators/sources.html", "indicators:quality", context)


@for_readers
def sources_csv(request: StaffRequest) -> HttpResponse:
    """GET koordinaatio/laatu/lahteet/luvut.csv : the same figures, narrowed alike, on one page."""
    head, rows = shown.csv_of(_narrowed(request.GET).some)
    return csv_response(gettext("raportoidut-ja-lahteet"), head, rows)


def _narrowed(asked: QueryDict) -> Narrowed:
    reported = queries.reported()
    every = shown.pairs(reported, queries.counterparts(reported))
    query = {}
    some = every
    codes: dict[str, Callable[[Pair], str]] = {
        "mittari": lambda one: one.reported.indicator.code,
        "alue": lambda one: one.reported.area.code,
    }
    for name, code_of in codes.items():
        wanted = asked.get(name, "")
        if wanted in {code_of(one) for one in every}:
            query[name] = wanted
            some = [one for one in some if code_of(one) == wanted]
    if asked.get("ero"):
        query["ero"] = "1"
        some = [one for one in some if one.found is Found.DIFFERS]
    return Narrowed(every, some, query)


def _options(everything: str, names: dict[str, str], chosen: str | None) -> list[Option]:
    ordered = sorted(names.items(), key=lambda entry: entry[1].casefold())
    return [
        Option("", everything),
        *(Option(code, name, checked=code == chosen) for code, name in ordered),
    ]


def _address(query: dict[str, str], page: int) -> str:
    turned = QueryDict(mutable=True)
    turned.update(query | ({"sivu": str(page)} if page > 1 else {}))
    return f"?{turned.urlencode()}" if turned else "?"
