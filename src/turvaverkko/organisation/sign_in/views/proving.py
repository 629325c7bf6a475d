"""The lock, the step-up, signing out, and going on with what was interrupted."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from turvaverkko.looks.api import FieldError
from turvaverkko.organisation.models import StaffSession
from turvaverkko.organisation.sign_in import factors, keeping, services, sessions, throttle
from turvaverkko.organisation.sign_in.guards import StaffRequest, signed_in_only
from turvaverkko.organisation.sign_in.port import Delayed, Refused
from turvaverkko.organisation.sign_in.rules import State, read_backup_code, read_digits
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
def locked(request: HttpRequest) -> HttpResponse:
    """GET, POST kirjaudu/lukittu/ : the code or the password opens the lock."""
    standing = sessions.standing_of(request)
    session = standing.session
    if session is None or standing.state is State.OVER:
        return go(reverse("sign_in:begin"))
    if standing.state is State.OPEN:
        return go(way_on(request, session.staff))
    if request.method != "POST":
        return draw(request, "locked", {"name": session.staff.display_name})
    return _unlocked(request, session)


def _unlocked(request: HttpRequest, session: StaffSession) -> HttpResponse:
    page = {"name": session.staff.display_name}
    typed = request.POST.get("password", "")
    if errors := missing("password", typed, gettext("Kirjoita salasana tai koodi.")):
        return draw(request, "locked", page, errors=errors)
    try:
        means = _proof(session, typed, password_counts=True)
    except Refused:
        words = gettext("Salasana tai koodi ei täsmää. Sama koodi käy vain kerran: odota sovelluksesta uusi.")
        return draw(request, "locked", page, errors=[FieldError("password", words)])
    except Delayed as delayed:
        return draw_delay(request, "locked", page, delayed=delayed, field="password")
    services.unlock(session.staff, session, means=means)
    return go(way_on(request, session.staff))


@PAGE
@signed_in_only
def confirm(request: StaffRequest) -> HttpResponseBase:
    """GET, POST kirjaudu/vahvista/ : a fresh code before a sensitive act."""
    if request.method != "POST":
        return draw(request, "confirm", {})
    typed = typed_code(request)
    if not typed:
        return draw(request, "confirm", {}, errors=[FieldError("code", enter_code())])
    try:
        means = _proof(request.staff_session, typed, password_counts=False)
    except Refused:
        words = gettext("Koodi ei täsmää. Sama koodi käy vain kerran: odota sovelluksesta uusi.")
        return draw(request, "confirm", {}, errors=[FieldError("code", words)])
    except Delayed as delayed:
        return draw_delay(request, "confirm", {}, delayed=delayed, field="code")
    services.confirm(request.user, request.staff_session, means=means)
    return go(way_on(request, request.user))


@require_safe
@signed_in_only
def resume(request: StaffRequest) -> HttpResponseBase:
    """GET kirjaudu/jatka/ : what was typed is still there; send it now, or do not."""
    kept = keeping.kept(request.GET.get("paikka", ""), request.user)
    if kept is None or kept.fields is None:
        return go(way_on(request, request.user))
    return draw(request, "resume", {"kept": kept, "kept_name": keeping.KEY})


@require_POST
@signed_in_only
def discard(request: StaffRequest) -> HttpResponseBase:
    """POST kirjaudu/jatka/unohda/ : do not send it; the guard has forgotten it by now."""
    return go(way_on(request, request.user))


@require_POST
@signed_in_only
def lock(request: StaffRequest) -> HttpResponseBase:
    """POST kirjaudu/lukitse/ : leave the desk."""
    services.lock(request.user, request.staff_session)
    return go(reverse("sign_in:locked"))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """POST kirjaudu/ulos/ : also from the locked screen."""
    session = sessions.standing_of(request).session
    if session is not None:
        services.sign_out(session.staff, session)
    response = go(reverse("sign_in:begin"))
    sessions.end(response)
    return response


def _proof(session: StaffSession, typed: str, *, password_counts: bool) -> factors.Means:
    """What the person of a session proved to have.

    Raises:
        Refused: nothing that was asked for.
        Delayed: too many tries in this session.
    """
    keys = throttle.session_key(session.public_id)
    throttle.check(keys.values())
    is_code = bool(read_digits(typed) or read_backup_code(typed))
    means: factors.Means | None = factors.spend(session.staff, typed) if is_code else None
    if means is None and password_counts and factors.password_fits(session.staff, typed):
        means = "password"
    if means is None:
        services.refuse_proof(session.staff, session, delayed=throttle.count(keys))
        raise Refused
    throttle.forget(keys.values())
    return means
