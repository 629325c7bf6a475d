"""What the pages of sign-in share: drawing, and how long to wait."""

import math
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext, ngettext

from turvaverkko.core import time_source
from turvaverkko.looks.api import FieldError
from turvaverkko.organisation.sign_in.port import Delayed
from turvaverkko.organisation.sign_in.ways import carried

ASKED_TOO_OFTEN = 429


def draw(
    request: HttpRequest, template: str, context: dict[str, Any], *, errors: list[FieldError] | None = None
) -> HttpResponse:
    """Draw a page that no cache keeps, with its errors on top."""
    errors = errors or []
    messages = {error.field: error.message for error in errors}
    drawn = {"noindex": True, "errors": errors, "error_of": messages, **carried(request), **context}
    response = render(request, f"sign_in/{template}.html", drawn)
    response.headers["Cache-Control"] = "no-store"
    return response


def draw_delay(
    request: HttpRequest, template: str, context: dict[str, Any], *, delayed: Delayed, field: str
) -> HttpResponse:
    """Draw the page with how long to wait; the same for everybody who tried too often."""
    seconds = max(1, math.ceil((delayed.until - time_source.now()).total_seconds()))
    response = draw(request, template, context, errors=[FieldError(field, wait_words(seconds))])
    response.status_code = ASKED_TOO_OFTEN
    response.headers["Retry-After"] = str(seconds)
    return response


def wait_words(seconds: int) -> str:
    """Say how long to wait, in minutes when there are any.

    Args:
        seconds: at least one.
    """
    if seconds <= 60:
        text = ngettext(
            "Yrityksiä on ollut monta. Odota %(number)s sekunti ja yritä uudelleen.",
            "Yrityksiä on ollut monta. Odota %(number)s sekuntia ja yritä uudelleen.",
            seconds,
        )
        return text % {"number": seconds}
    minutes = math.ceil(seconds / 60)
    text = ngettext(
        "Yrityksiä on ollut monta. Odota %(number)s minuutti ja yritä uudelleen, tai käytä varakoodia.",
        "Yrityksiä on ollut monta. Odota %(number)s minuuttia ja yritä uudelleen, tai käytä varakoodia.",
        minutes,
    )
    return text % {"number": minutes}


def missing(field: str, typed: str, words: str) -> list[FieldError]:
    """An error when nothing was typed."""
    return [] if typed.strip() else [FieldError(field, words)]


def typed_code(request: HttpRequest) -> str:
    """The code of the authenticator, or the backup code when that was typed."""
    return (request.POST.get("code", "").strip() or request.POST.get("backup", "").strip())[:200]


def enter_code() -> str:
    """What to do when the code is missing."""
    return gettext("Kirjoita kuusinumeroinen koodi sovelluksesta.")


def go(address: str) -> HttpResponseRedirect:
    """See another page (303: with GET, whatever came before)."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
