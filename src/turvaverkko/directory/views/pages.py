"""The pages of one service, one life situation, one age and one municipality."""

from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from urllib.parse import urlencode

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from turvaverkko.core import time_source
from turvaverkko.directory import api, presenting, shared, statuses
from turvaverkko.directory.choice import Choice, chosen
from turvaverkko.directory.freshness import conditional, leave_no_trace
from turvaverkko.directory.help_card import help_card
from turvaverkko.directory.service_parts import contacts, facts, first_phone, steps, untranslated
from turvaverkko.directory.shapes import ServicePage, TermPage
from turvaverkko.directory.staying.self_help import self_help
from turvaverkko.looks.api import Link

# Unit: rows. More than this on one page helps nobody to choose; the search goes on from there.
MANY = 12
FEW = 6
# One more than is shown, so that the page knows whether there are more.
SHOWN = api.Cut(local=MANY + 1, national=FEW, places=False)
# Unit: modules. The white frame round a QR code that readers ask for (ISO/IEC 18004).
QUIET_ZONE = 4


@require_safe
@conditional
def service(request: HttpRequest, slug: str) -> HttpResponse:
    """GET palvelut/<slug>/ : what one service is, for whom, and how it is reached."""
    choice = chosen(request)
    page = api.service_page(slug, _language(), choice.slug or None)
    if page is None:
        raise Http404
    context = {
        "nav": "services",
        "page": page,
        "title": gettext("Palvelun tiedot") if page.card.sensitive else page.card.name.text,
        "crumbs": [Link(gettext("Palvelut"), presenting.search_url()), *_first_situation(page)],
        "tags": presenting.tags(page.card),
        "facts": facts(page, choice.name_of),
        "steps": steps(page),
        "description": page.text("description").paragraphs,
        "contacts": contacts(page.channels),
        "phone": first_phone(page.channels),
        "help": help_card(_language(), choice.slug),
        "related": [presenting.service_row(card) for card in page.related],
        "places": [presenting.place_row(card) for card in page.places],
        "self_help": self_help([term.code for term in page.situations], _language()),
        "base": gettext("Perusteksti: Suomen palvelutietovaranto.") if page.base else "",
        "fallback": page.card.summary.lang,
        "later_fallback": "" if page.card.summary.lang else untranslated(page, "steps", "description"),
        "today": time_source.today(),
    }
    response = render(request, "directory/service.html", context)
    return leave_no_trace(response) if page.card.sensitive else response


@require_safe
def service_qr(request: HttpRequest, slug: str) -> HttpResponse:
    """GET palvelut/<slug>/qr.svg : the address of the service's page, for paper."""
    if not api.cards_by_slug([slug], _language()):
        raise Http404
    return qr_response(request.build_absolute_uri(presenting.service_url(slug)))


def qr_response(address: str) -> HttpResponse:
    """Return the picture of an address, for paper."""
    response = HttpResponse(_qr(address), content_type="image/svg+xml")
    # The picture holds an address and nothing else: it cannot grow old within a day.
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
@conditional
def situation(request: HttpRequest, slug: str) -> HttpResponse:
    """GET aiheet/<slug>/ : what helps in one life situation, near first."""
    choice = chosen(request)
    page = api.situation_services(slug, _language(), choice.slug or None, cut=_cut(slug))
    if page is None:
        raise Http404
    context = _term_context(request, page, choice) | {
        "more_url": presenting.search_url(tilanne=slug, kunta=choice.slug),
        "numbers": shared.crisis_numbers(_language())[:3] if page.term.sensitive else [],
        "others": [row for row in shared.topic_rows(_language()) if row.url != request.path],
        "self_help": self_help([slug], _language()),
    }
    response = render(request, "directory/term.html", context)
    return leave_no_trace(response) if page.term.sensitive else response


@require_safe
@conditional
def age(request: HttpRequest, slug: str) -> HttpResponse:
    """GET ika/<slug>/ : what there is for one age, near first."""
    choice = chosen(request)
    page = api.age_services(slug, _language(), choice.slug or None, cut=SHOWN)
    if page is None:
        raise Http404
    context = _term_context(request, page, choice, page.term.min_age) | {
        "more_url": presenting.search_url(ika=slug, kunta=choice.slug),
        "ages": shared.age_knots(_language(), slug),
    }
    return render(request, "directory/term.html", context)


@require_safe
@conditional
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """GET kunnat/<slug>/ : what there is in one municipality."""
    page = api.municipality_page(slug, _language(), cut=SHOWN)
    if page is None:
        raise Http404
    context = {
        "page": page,
        "crumbs": [Link(gettext("Palvelut"), presenting.search_url())],
        "area": presenting.dotted(
            words.text for words in (page.area, page.county) if words.text != page.name.text
        ),
        "centre_url": f"{reverse('family:centres')}?{urlencode({'mista': page.name.text})}",
        "hits": [presenting.hit(card) for card in page.services[:MANY]],
        "more_url": presenting.search_url(kunta=slug) if len(page.services) > MANY else "",
        "places": shared.nearest_places(_language(), slug, FEW),
        "topics": [presenting.situation_row(term) for term in page.situations],
        "help": help_card(_language(), slug),
    }
    return render(request, "directory/municipality.html", context)


@lru_cache(maxsize=512)
def _qr(address: str) -> bytes:
    picture = BytesIO()
    code = segno.make(address, error="m")
    code.save(picture, kind="svg", border=QUIET_ZONE, scale=4, light="#fff", xmldecl=False)
    return picture.getvalue()


def _cut(situation: str) -> api.Cut:
    """A frightened reader needs somebody who answers now."""
    is_sensitive = any(term.sensitive for term in shared.situations(_language()) if term.code == situation)
    return replace(SHOWN, first=statuses.open_services()) if is_sensitive else SHOWN


def _term_context(
    request: HttpRequest, page: TermPage, choice: Choice, youngest: int | None = None
) -> dict[str, object]:
    return {
        "nav": "services",
        "term": page.term,
        "title": page.term.page_title or page.term.label,
        "crumbs": [Link(gettext("Palvelut"), presenting.search_url())],
        "hits": [presenting.hit(card) for card in page.local[:MANY]],
        "is_cut": len(page.local) > MANY,
        "national": [presenting.service_row(card) for card in page.national[:FEW]],
        "places": shared.nearest_places(_language(), choice.slug, FEW, age=youngest),
        "municipality": choice,
        "options": choice.options(),
        "next": request.path,
        "unknown": choice.unknown_words(),
        "help": help_card(_language(), choice.slug),
        "alarm": gettext("Saat soittaa, vaikka et olisi varma."),
        "crisis_url": reverse("family:crisis"),
        "numbers": [],
        "others": [],
        "ages": [],
        "self_help": self_help([], _language()),
    }


def _first_situation(page: ServicePage) -> list[Link]:
    rows = [presenting.situation_row(term) for term in page.situations[:1]]
    return [Link(row.title, row.url, lang=row.lang) for row in rows]


def _language() -> str:
    return get_language() or "fi"
