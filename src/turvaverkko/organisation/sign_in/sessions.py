"""The session of a request: read from the cookie once, locked by the clock, carried by one cookie."""

from dataclasses import dataclass
from typing import Any, Final, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import rotate_token

from turvaverkko.core import time_source
from turvaverkko.organisation.models import Staff, StaffSession
from turvaverkko.organisation.sign_in import queries, services
from turvaverkko.organisation.sign_in.port import Identity
from turvaverkko.organisation.sign_in.rules import LONGEST, SEEN_EVERY, State, state_at

# Browsers as people call them; the order matters, since most of them also claim to be others.
BROWSERS: Final = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request stands: the session of its cookie, if any, and what it is good for."""

    session: StaffSession | None
    state: State

    @property
    def staff(self) -> Staff | None:
        """Who is signed in; nobody while the session is locked or over."""
        return self.session.staff if self.session and self.state is State.OPEN else None


NOBODY: Final = Standing(None, State.NONE)


def standing_of(request: HttpRequest) -> Standing:
    """Where the request stands. The database is asked once a request, and not at all without a cookie."""
    known = cast("Any", request).__dict__.get("_standing")
    if known is None:
        known = _read(request.COOKIES.get(settings.STAFF_COOKIE, ""))
        cast("Any", request)._standing = known  # noqa: SLF001 - ours, kept with the request
    return cast("Standing", known)


def user_of(request: HttpRequest) -> Staff | AnonymousUser:
    """Who is signed in, as Django's `request.user`."""
    return standing_of(request).staff or AnonymousUser()


def begin(request: HttpRequest, response: HttpResponseBase, identity: Identity) -> None:
    """Sign in: a new session, a new cookie, a new token against forged requests."""
    earlier = standing_of(request).session
    token = services.sign_in(
        identity.staff,
        identity.staff,
        adapter=identity.adapter,
        means=identity.means,
        browser=browser_of(request),
        instead_of=earlier.pk if earlier else None,
    )
    rotate_token(request)
    response.set_cookie(
        settings.STAFF_COOKIE,
        token,
        max_age=int(LONGEST.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def end(response: HttpResponseBase) -> None:
    """Take the cookie away."""
    response.delete_cookie(settings.STAFF_COOKIE, samesite="Lax")


def browser_of(request: HttpRequest) -> str:
    """The kind of browser, coarse enough to recognise one's own devices and nobody else's."""
    agent = request.headers.get("User-Agent", "")[:300]
    browser = next((name for sign, name in BROWSERS if sign in agent), "")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return " · ".join(filter(None, (browser, system)))


def _read(token: str) -> Standing:
    session = queries.session_of(token) if token else None
    if session is None:
        return NOBODY
    now = time_source.now()
    state = state_at(
        now,
        started_at=session.started_at,
        seen_at=session.seen_at,
        locked_at=session.locked_at,
        ended_at=session.ended_at,
    )
    if state is State.LOCKED and session.locked_at is None:
        services.lock(services.CLOCK, session)
    elif state is State.OPEN and now - session.seen_at >= SEEN_EVERY:
        StaffSession.objects.filter(pk=session.pk).update(seen_at=now)
    return Standing(session, state)
