"""What hangs on the wall of a place: a screen that keeps itself fresh, and the poster of a week."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from turvaverkko.core import time_source
from turvaverkko.directory import board, presenting, shared
from turvaverkko.directory.addresses import address
from turvaverkko.directory.freshness import conditional
from turvaverkko.directory.shapes import PlaceCard
from turvaverkko.directory.views.pages import qr_response
from turvaverkko.looks.api import Day

# Unit: seconds. A screen asks this often; an unchanged page costs one small query.
REFRESH: Final = 300
# Unit: rows. What can be read from the door on a screen of 1,080 lines, and on one sheet of A4 in large type.
TODAY_MOST: Final = 5
WEEK_MOST: Final = 7
LARGE, MIDDLE = 12, 22
WEEK, NEXT = "viikko", "ensi"


@require_safe
@conditional
def screen(request: HttpRequest, slug: str) -> HttpResponse:
    """GET paikat/<slug>/naytto/ : today and the days to come in large type; asks for itself anew."""
    card = _place(slug)
    days = board.rest_of_week(slug, _language()).days
    today = next((day.slots for day in days if day.today), ())
    later, left = _cut([day for day in days if not day.today], WEEK_MOST)
    context = {
        "noindex": True,
        "card": card,
        "now": time_source.local_now(),
        "today": today[:TODAY_MOST],
        "left_today": max(len(today) - TODAY_MOST, 0),
        "later": later,
        "left": left,
    }
    response = render(request, "directory/screen.html", context)
    # A header, not an element: the page stands alone on a wall, and nobody is interrupted in reading it.
    response["Refresh"] = str(REFRESH)
    return response


@require_safe
@conditional
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """GET paikat/<slug>/juliste/?viikko=ensi : the week of a place on one sheet, with a way to the page."""
    card = _place(slug)
    is_next = request.GET.get(WEEK) == NEXT
    week = board.week_of(slug, _language(), next_week=is_next)
    context = {
        "noindex": True,
        "card": card,
        "week": week,
        "size": "large" if week.rows <= LARGE else "middle" if week.rows <= MIDDLE else "small",
        "where": presenting.place_where(card),
        "page_url": presenting.place_url(slug),
        "page_address": request.build_absolute_uri(presenting.place_url(slug)),
        "other_url": request.path if is_next else address(request.path, {WEEK: [NEXT]}),
        "is_next": is_next,
    }
    return render(request, "directory/poster.html", context)


@require_safe
def place_qr(request: HttpRequest, slug: str) -> HttpResponse:
    """GET paikat/<slug>/qr.svg : the address of the place's page, for paper."""
    _place(slug)
    return qr_response(request.build_absolute_uri(presenting.place_url(slug)))


def _place(slug: str) -> PlaceCard:
    """Return a meeting place.

    Raises:
        Http404: there is none of that name that may be shown.
    """
    card = next((card for card in shared.places(_language()) if card.slug == slug), None)
    if card is None:
        raise Http404
    return card


def _cut(days: list[Day], most: int) -> tuple[list[Day], int]:
    """Return the first days whose rows fit, and how many rows are left out."""
    shown: list[Day] = []
    for day in days:
        if shown and sum(len(one.slots) for one in [*shown, day]) > most:
            break
        shown.append(day)
    return shown, sum(len(day.slots) for day in days[len(shown) :])


def _language() -> str:
    return get_language() or "fi"
