"""Guards of views: signed in, with a role, with a fresh code.

    @staff_only
    @require_fresh(minutes=5)
    def export(request: StaffRequest) -> HttpResponse: ...

Whoever is stopped comes back to what they were doing, with what they had typed.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from turvaverkko.core import time_source
from turvaverkko.organisation.models import RoleAssignment, Staff, StaffSession
from turvaverkko.organisation.sign_in import keeping, queries
from turvaverkko.organisation.sign_in.rules import FRESH, State, is_fresh
from turvaverkko.organisation.sign_in.sessions import standing_of

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request whose member of staff and session are known.

    Attributes:
        user: who is signed in.
        staff_session: in which session.
        roles: the roles held today; empty under `signed_in_only`.
    """

    user: Staff
    staff_session: StaffSession
    roles: list[RoleAssignment]


StaffView = Callable[Concatenate[StaffRequest, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def signed_in_only(view: StaffView[P]) -> View[P]:
    """Let only signed-in staff in, with a role or without. For one's own account; else use `staff_only`."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        standing = standing_of(request)
        if standing.session is None or standing.state is not State.OPEN:
            return _private(_stopped(request))
        staff = cast("StaffRequest", request)
        staff.user, staff.staff_session = standing.session.staff, standing.session
        staff.roles = []
        if sent_on := request.method == "POST" and request.POST.get(keeping.KEY):
            keeping.forget(str(sent_on), staff.user)
        return _private(view(staff, *args, **kwargs))

    return guarded


def staff_only(view: StaffView[P]) -> View[P]:
    """Let only signed-in staff with a role in. What a role may do is for policies and `access` to say."""

    @signed_in_only
    @wraps(view)
    def guarded(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        request.roles = queries.roles_of(request.user)
        if not request.roles:
            return render(request, "sign_in/no_role.html", {"noindex": True}, status=403)
        return view(request, *args, **kwargs)

    return guarded


def require_fresh(minutes: int = int(FRESH.total_seconds() // 60)) -> Callable[[StaffView[P]], StaffView[P]]:
    """Ask for a code again before a sensitive act, unless one was given within `minutes`.

    Stands under `staff_only` or `signed_in_only`. The act goes on where it was stopped.
    """

    def decorate(view: StaffView[P]) -> StaffView[P]:
        @wraps(view)
        def guarded(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            confirmed_at = request.staff_session.confirmed_at
            if is_fresh(time_source.now(), confirmed_at, timedelta(minutes=minutes)):
                return view(request, *args, **kwargs)
            key = keeping.keep(request, request.user)
            return _go(request, reverse("sign_in:confirm"), paikka=key)

        return guarded

    return decorate


def _stopped(request: HttpRequest) -> HttpResponseBase:
    """To the lock, or to signing in; with what was typed when it is known whose it is."""
    standing = standing_of(request)
    if standing.session is None:
        path = keeping.safe_path(request.path) if request.method in ("GET", "HEAD") else ""
        return _go(request, reverse("sign_in:begin"), next=path)
    key = keeping.keep(request, standing.session.staff)
    name = "sign_in:locked" if standing.state is State.LOCKED else "sign_in:begin"
    return _go(request, reverse(name), paikka=key)


def _go(request: HttpRequest, address: str, **query: str) -> HttpResponse:
    said = {name: value for name, value in query.items() if value}
    address = f"{address}?{urlencode(said)}" if said else address
    if getattr(request, "htmx", None):  # the whole page goes there, not a part of it
        return HttpResponseClientRedirect(address)
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def _private(response: Any) -> HttpResponseBase:  # noqa: ANN401 - any response, streaming too
    """No browser and no proxy keeps a page of staff."""
    response.headers["Cache-Control"] = "no-store"
    response.headers.setdefault("Referrer-Policy", "same-origin")
    return cast("HttpResponseBase", response)
