"""Calendar files of happenings: of a list, of a place, of one happening, of one time."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import condition, require_safe

from turvaverkko.core import time_source
from turvaverkko.directory import api, happening_request, presenting, shared
from turvaverkko.directory.calendar_feeds import calendar
from turvaverkko.directory.freshness import tag_of_day
from turvaverkko.directory.happening_shapes import HappeningCard, Wish

TYPE: Final = "text/calendar; charset=utf-8"
_fresh: Final[Callable[..., Callable[..., HttpResponse]]] = condition(etag_func=tag_of_day)


@require_safe
@_fresh
def of_list(request: HttpRequest) -> HttpResponse:
    """GET tapahtumat/kalenteri.ics?kunta=&… : every time that the same list on the page shows."""
    wish = happening_request.asked(request).wish(time_source.today())
    cards = api.happenings_for_feed(_language(), wish=replace(wish, until=None))
    return _file(request, gettext("Tapahtumat"), "tapahtumat", cards)


@require_safe
@_fresh
def of_place(request: HttpRequest, slug: str) -> HttpResponse:
    """GET paikat/<slug>/kalenteri.ics : what goes on at one place."""
    place = next((card for card in shared.places(_language()) if card.slug == slug), None)
    if place is None:
        raise Http404
    cards = api.happenings_for_feed(_language(), wish=Wish(place=slug))
    return _file(request, place.name.text, slug, cards)


@require_safe
@_fresh
def of_happening(request: HttpRequest, slug: str) -> HttpResponse:
    """GET tapahtumat/<slug>/kalenteri.ics : every time of one happening."""
    card = _card(slug)
    return _file(request, card.name.text, slug, [card])


@require_safe
@_fresh
def of_time(request: HttpRequest, slug: str, day: str, number: int) -> HttpResponse:
    """GET tapahtumat/<slug>/<day>/<number>.ics : one time, by its day in the series."""
    card = _card(slug)
    times = tuple(one for one in card.times if (f"{one.day:%Y-%m-%d}", one.number) == (day, number))
    if not times:
        raise Http404
    return _file(request, card.name.text, f"{slug}-{day}", [replace(card, times=times)])


def _card(slug: str) -> HappeningCard:
    card = api.happening_for_feed(slug, _language())
    if card is None:
        raise Http404
    return card


def _file(request: HttpRequest, name: str, file: str, cards: list[HappeningCard]) -> HttpResponse:
    def page_of(card: HappeningCard) -> str:
        return request.build_absolute_uri(presenting.happening_url(card.slug))

    content = calendar(name, cards, language=_language(), page_of=page_of)
    response = HttpResponse(content, content_type=TYPE)
    response["Content-Disposition"] = f'inline; filename="{file}.ics"'
    # Kept, but asked for every time: a cancelled morning must reach those who come.
    response["Cache-Control"] = "no-cache"
    return response


def _language() -> str:
    return get_language() or "fi"
