"""Signing in: e-mail and password, then the code; and taking an account into use."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from turvaverkko.core.clients import address_of
from turvaverkko.looks.api import FieldError, site_names
from turvaverkko.organisation.models import SignInInvitation, Staff
from turvaverkko.organisation.sign_in import factors, queries, services, sessions
from turvaverkko.organisation.sign_in.adapters import the_port
from turvaverkko.organisation.sign_in.local import clean_email
from turvaverkko.organisation.sign_in.port import Delayed, Identity, Refused, Stale
from turvaverkko.organisation.sign_in.rules import grouped
from turvaverkko.organisation.sign_in.views.common import (
    draw,
    draw_delay,
    enter_code,
    go,
    missing,
    typed_code,
)
from turvaverkko.organisation.sign_in.ways import way_on

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@PAGE
def begin(request: HttpRequest) -> HttpResponse:
    """GET, POST kirjaudu/ : e-mail and password. Whether they fit is told only after the code."""
    if request.method != "POST":
        if staff := sessions.standing_of(request).staff:
            return go(way_on(request, staff))
        return draw(request, "begin", {"email": ""})
    given = {
        "email": clean_email(request.POST.get("email", "")),
        "password": request.POST.get("password", ""),
    }
    page = {"email": given["email"]}
    errors = missing("email", given["email"], gettext("Kirjoita sähköpostiosoitteesi."))
    errors += missing("password", given["password"], gettext("Kirjoita salasanasi."))
    if errors:
        return draw(request, "begin", page, errors=errors)
    try:
        challenge = the_port().begin(given, address=address_of(request))
    except Delayed as delayed:
        return draw_delay(request, "begin", page, delayed=delayed, field="email")
    return go(challenge.address) if challenge.address else _code_page(request, challenge.token)


@PAGE
def code(request: HttpRequest) -> HttpResponse:
    """POST kirjaudu/koodi/ : the code. Opened without a first step the page leads to it."""
    if request.method != "POST":
        return go(reverse("sign_in:begin"))
    challenge, typed = request.POST.get("challenge", "")[:4000], typed_code(request)
    if not typed:
        return _code_page(request, challenge, errors=[FieldError("code", enter_code())])
    try:
        identity = the_port().verify({"challenge": challenge, "code": typed}, address=address_of(request))
    except Refused:
        words = gettext("Sähköposti, salasana tai koodi ei täsmää. Odota uusi koodi tai aloita alusta.")
        return _code_page(request, challenge, errors=[FieldError("code", words)])
    except Delayed as delayed:
        return draw_delay(request, "code", {"challenge": challenge}, delayed=delayed, field="code")
    except Stale as stale:
        words = gettext("Koodin antamiseen meni liian kauan. Aloita alusta.")
        return draw(request, "begin", {"email": stale.name}, errors=[FieldError("password", words)])
    return _entered(request, identity)


@PAGE
def enrol(request: HttpRequest) -> HttpResponse:
    """GET, POST kirjaudu/ota-kayttoon/ : a link's key, then a password and an authenticator."""
    given: Mapping[str, Any] = request.POST if request.method == "POST" else request.GET
    key = given.get("avain", "").strip()[:200]
    invitation = queries.open_invitation(key) if key else None
    if invitation is None:
        words = gettext("Linkki on käytetty tai vanhentunut. Pyydä uusi linkki pääkäyttäjältä.")
        return draw(request, "invitation", {}, errors=[FieldError("avain", words)] if key else None)
    if request.method != "POST" or "password" not in request.POST:
        return _enrol_page(request, key, invitation)
    return _enrolled(request, key, invitation)


def password_errors(
    staff: Staff, password: str, again: str, *, field: str, again_field: str
) -> list[FieldError]:
    """What is wrong with a new password; Django's validators of the settings say it."""
    if len(password) > factors.LONGEST_PASSWORD:
        return [FieldError(field, gettext("Salasana on liian pitkä. Enintään 200 merkkiä."))]
    try:
        validate_password(password, staff)
    except ValidationError as error:
        return [FieldError(field, str(message)) for message in error.messages]
    if password != again:
        return [FieldError(again_field, gettext("Salasanat eivät ole samat. Kirjoita sama uudelleen."))]
    return []


def _enrolled(request: HttpRequest, key: str, invitation: SignInInvitation) -> HttpResponse:
    staff, password = invitation.staff, request.POST.get("password", "")
    errors = password_errors(
        staff, password, request.POST.get("again", ""), field="password", again_field="again"
    )
    errors += missing("code", request.POST.get("code", ""), enter_code())
    if errors:
        return _enrol_page(request, key, invitation, errors=errors)
    try:
        codes = services.enrol(staff, invitation, password=password, code=request.POST.get("code", "")[:40])
    except Refused:
        words = gettext("Koodi ei täsmää. Odota uusi koodi. Jos se ei auta, tarkista puhelimen kello.")
        return _enrol_page(request, key, invitation, errors=[FieldError("code", words)])
    response = draw(request, "backup_codes", {"codes": [grouped(code) for code in codes], "is_first": True})
    sessions.begin(request, response, Identity(staff, the_port().code, "enrolment"))
    return response


def _enrol_page(
    request: HttpRequest, key: str, invitation: SignInInvitation, *, errors: list[FieldError] | None = None
) -> HttpResponse:
    secret = invitation.secret
    page = {
        "key": key,
        "email": invitation.staff.email,
        "secret": grouped(secret).replace("-", " "),
        "qr": factors.qr_svg(invitation.staff.email, secret, issuer=site_names().name),
    }
    return draw(request, "enrol", page, errors=errors)


def _code_page(
    request: HttpRequest, challenge: str, *, errors: list[FieldError] | None = None
) -> HttpResponse:
    return draw(request, "code", {"challenge": challenge}, errors=errors)


def _entered(request: HttpRequest, identity: Identity) -> HttpResponse:
    response = go(way_on(request, identity.staff))
    sessions.begin(request, response, identity)
    return response
