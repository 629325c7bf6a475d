"""The search: a family's own words, or no words at all. Words are never written into a log."""

from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from turvaverkko.directory import presenting, search_facets, search_page, search_request, shared, statuses
from turvaverkko.directory.addresses import address
from turvaverkko.directory.freshness import conditional, leave_no_trace
from turvaverkko.directory.help_card import help_card
from turvaverkko.directory.search import api as search
from turvaverkko.directory.search_request import FACETS, Asked
from turvaverkko.looks.api import Link, Row

# Unit: results. The way to a person stands after this many.
HELP_AFTER: Final = 3
# Unit: numbers. 112 and the one beside it; more is no help to a frightened reader.
ALARM: Final = 2
TOPICS: Final = 9
# Unit: characters. A shorter beginning suggests everything.
SHORTEST_PREFIX: Final = 2


@require_safe
@conditional
def services(request: HttpRequest) -> HttpResponse:
    """GET palvelut/?q=… : results with their reasons, or everything from A to Z."""
    asked = search_request.asked(request)
    page = _found(asked)
    response = render(
        request, "directory/search.html", {"here": request.get_full_path(), **_context(asked, page)}
    )
    if search_page.is_sensitive(asked, page):
        return leave_no_trace(response)
    if asked.words:
        # Words typed here are nobody else's business, sensitive or not.
        response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """GET palvelut/ehdota/?q=… : how the words may go on. Not kept anywhere."""
    words = search_request.asked(request).words
    found = search.suggest(words, _language()) if len(words) >= SHORTEST_PREFIX else []
    response = JsonResponse([{"text": one.text, "kind": one.kind} for one in found], safe=False)
    leave_no_trace(response)
    return response


def _found(asked: Asked) -> search.SearchPage:
    facets = {facet: list(asked.values[name]) for name, facet in FACETS.items() if asked.values[name]}
    if facets.get("municipality"):
        facets["municipality"].append(search.WHOLE_COUNTY)
    only = statuses.open_keys() if asked.open_now else None
    if not asked.words:
        families = {"families": ["yes"], **facets}
        return search.browse(language=_language(), facets=families, page=asked.page, only=only)
    return search.search(
        asked.words,
        language=_language(),
        municipality=asked.choice.slug or None,
        facets=facets,
        page=asked.page,
        ignore=asked.ignore,
        only=only,
    )


def _context(asked: Asked, page: search.SearchPage) -> dict[str, object]:
    shown = search_page.hits(asked, page.hits)
    sure = [hit for row, hit in shown if page.sure and row.sure]
    perhaps = [hit for row, hit in shown if not (page.sure and row.sure)]
    path = reverse("directory:services")
    numbers = shared.crisis_numbers(_language())
    return {
        "nav": "services",
        "noindex": bool(asked.words or asked.active() or asked.page > 1),
        "q": asked.words,
        "heading": asked.words or gettext("Palvelut"),
        "title": _title(asked, page),
        "summary": search_page.summary(asked, page),
        "notices": asked.notices(),
        "keep": [(name, value) for name, values in asked.values.items() for value in values],
        "facets": search_facets.facets(asked, page),
        "facet_keep": [("q", asked.words), *(("ohita", key) for key in asked.ignore)] if asked.words else [],
        "active": asked.active(),
        "chips": search_facets.chips(asked),
        "clear_url": address(path, {"q": [asked.words]}),
        "alarm": sorted(numbers, key=lambda entry: entry.number != "112")[:ALARM] if page.urgent else [],
        "crisis_url": reverse("family:crisis"),
        "readings": search_page.readings(asked, page),
        "did_you_mean": search_page.did_you_mean(asked, page),
        "hits": sure,
        "perhaps": perhaps,
        "help": help_card(_language(), asked.choice.slug),
        "help_after": HELP_AFTER if len(sure) >= HELP_AFTER else 0,
        "pages": search_page.pages(asked, page),
        "topics": _topics(asked, page),
        "near": bool(page.situations),
        "ways_out": [Link(gettext("Katso kaikki palvelut"), path)],
    }


def _title(asked: Asked, page: search.SearchPage) -> str:
    """The title of the browser's tab: it tells the words only when they give nothing away."""
    if not asked.words or search_page.is_sensitive(asked, page):
        return gettext("Palvelut")
    return gettext("%(words)s, haku") % {"words": asked.words}


def _topics(asked: Asked, page: search.SearchPage) -> list[Row]:
    """The nearest life situations; without words, or when nothing is near, the first of all of them."""
    if asked.words and page.total and page.sure:
        return []
    if not asked.words and (asked.active() or asked.page > 1):
        return []
    terms = shared.situations(_language())
    near = [term for term in terms if term.code in page.situations]
    return [presenting.situation_row(term) for term in (near or terms[:TOPICS])]


def _language() -> str:
    return get_language() or "fi"
