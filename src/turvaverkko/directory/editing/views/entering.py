"""Signing in by a link and a code: asking for the link, and opening it."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from turvaverkko.core.clients import address_of
from turvaverkko.directory.editing import links, queries, typing_in
from turvaverkko.directory.editing.services import entering
from turvaverkko.directory.editing.views.common import REFUSED, SEE_OTHER
from turvaverkko.looks.api import FieldError
from turvaverkko.organisation.sign_in.api import Refused, Stale, begin_session, carried, read_digits, way_on

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@PAGE
def ask(request: HttpRequest) -> HttpResponse:
    """GET, POST kirjaudu/linkki/ : a link by letter, and the code here. The same for every address."""
    if request.method != "POST":
        return _ask(request)
    typed = typing_in.line(request.POST.get("email", ""))[:254]
    try:
        email = typing_in.email(typed)
    except typing_in.Unreadable as error:
        return _ask(request, typed, str(error))
    if not email:
        return _ask(request, "", gettext("Kirjoita sähköpostiosoitteesi."))
    way = carried(request)
    try:
        code = entering.ask_link(
            email,
            language=get_language() or "fi",
            address=address_of(request),
            path=way["next"],
            kept=way["paikka"],
        )
    except entering.TooMany:
        said = gettext("Linkkejä on pyydetty monta. Odota puoli tuntia ja yritä uudelleen.")
        return _ask(request, typed, said, HTTPStatus.TOO_MANY_REQUESTS)
    return _private(
        render(request, "editing/link_sent.html", {"noindex": True, "code": code, "email": email})
    )


@PAGE
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """GET, POST kirjaudu/linkki/<token>/ : the letter's link asks for the code; it uses nothing up."""
    if queries.link(links.read_token(links.ENTERING, token)) is None:
        return _over(request)
    if request.method != "POST":
        return _code(request, token)
    code = read_digits(request.POST.get("code", "")[:40])
    if not code:
        return _code(request, token, gettext("Kirjoita kuusinumeroinen koodi sivulta, jolla pyysit linkin."))
    try:
        link, identity = entering.enter(token, code)
    except Refused:
        return _code(request, token, gettext("Koodi ei täsmää. Katso se sivulta, jolla pyysit linkin."))
    except Stale:
        return _over(request)
    way = {"next": link.path or reverse("editing:listings"), "paikka": link.kept}
    response = HttpResponseRedirect(way_on(request, identity.staff, way))
    response.status_code = SEE_OTHER
    begin_session(request, response, identity)
    return _private(response)


def _ask(
    request: HttpRequest, email: str = "", problem: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "noindex": True,
        "email": email,
        "errors": [FieldError("email", problem)] if problem else [],
        "problem": problem,
        **carried(request),
    }
    if problem and status == HTTPStatus.OK:
        status = REFUSED
    return _private(render(request, "editing/link_ask.html", context, status=status))


def _code(request: HttpRequest, token: str, problem: str = "") -> HttpResponse:
    errors = [FieldError("code", problem)] if problem else []
    context = {"noindex": True, "token": token, "errors": errors, "problem": problem}
    status = REFUSED if problem else HTTPStatus.OK
    return _private(render(request, "editing/link_code.html", context, status=status))


def _over(request: HttpRequest) -> HttpResponse:
    context = {"noindex": True, "is_over": True, "email": "", "errors": [], "problem": "", **carried(request)}
    return _private(render(request, "editing/link_ask.html", context, status=HTTPStatus.GONE))


def _private(response: HttpResponse) -> HttpResponse:
    """No browser and no proxy keeps it; other sites learn no address of ours from any page."""
    response.headers["Cache-Control"] = "no-store"
    return response
