"""The front page, and the municipality that comes first."""

from typing import Final
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from turvaverkko.directory import page_api as pages
from turvaverkko.looks.api import Link, Row

# Unit: rows.
AWAKE: Final = 5
TOPICS: Final = 9
PLACES: Final = 4


@require_safe
@pages.conditional
def front(request: HttpRequest) -> HttpResponse:
    """GET / : one box for the family's own words, and a person for those who have none."""
    language = get_language() or "fi"
    choice = pages.chosen(request)
    context = {
        "municipality": choice,
        "options": choice.options(),
        "next": request.path,
        "unknown": choice.unknown_words(),
        "examples": _examples(),
        "keep": [("kunta", slug) for slug in sorted(choice.filtered)],
        "help": pages.help_card(language, choice.slug),
        "numbers": pages.crisis_numbers(language)[:AWAKE],
        "topics": pages.topic_rows(language)[:TOPICS],
        "ages": pages.age_knots(language),
        "near": pages.near_today(language, choice.slug),
        "places": _places(language, choice),
    }
    return render(request, "family/front.html", context)


@csrf_exempt  # nobody signs in here: the page stays the same for everybody, and sets no cookie of its own
@require_POST
def set_municipality(request: HttpRequest) -> HttpResponse:
    """POST kunta/ : remember which municipality comes first, or forget it."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return HttpResponseForbidden()
    choice = pages.known_municipality(request.POST.get("kunta", ""))
    response = HttpResponseRedirect(_way_back(request))
    pages.remember_municipality(request, response, choice)
    return response


def _way_back(request: HttpRequest) -> str:
    """The page the form was on, if it is ours; otherwise the front page."""
    path = request.POST.get("next", "")
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return urlsplit(path).path if is_ours else reverse("family:front")


def _examples() -> list[Link]:
    address = reverse("directory:services")
    words = (gettext("vauva ei nuku"), gettext("poika ei mene kouluun"))
    return [Link(phrase, f"{address}?{urlencode({'q': phrase})}") for phrase in words]


def _places(language: str, choice: pages.Choice) -> list[Row]:
    near = pages.place_rows(language, choice.slug) if choice.slug else []
    return (near or pages.place_rows(language, ""))[:PLACES]
