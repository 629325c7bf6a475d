"""The frame of the pages of figures: who may open them, and the links of their header."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from turvaverkko.access.api import Role
from turvaverkko.indicators import policies
from turvaverkko.looks.api import Link
from turvaverkko.organisation.api import County
from turvaverkko.organisation.sign_in.api import StaffRequest, pages_of, staff_only

P = ParamSpec("P")

# Address and words by the order in which they stand. Upper apps add theirs with `add_page`.
_pages: Final[dict[str, tuple[int, str | Promise]]] = {
    "indicators:front": (10, gettext_lazy("Tilannekuva")),
    "indicators:list": (30, gettext_lazy("Mittarit")),
    "indicators:areas": (40, gettext_lazy("Alueet")),
    "indicators:quality": (90, gettext_lazy("Laatu")),
}
# Parts of the front page that upper apps add: template → (order, what it needs of a county).
_parts: Final[dict[str, tuple[int, Callable[[County], dict[str, Any]]]]] = {}
# Who meets requests of families too, and so has the links of the desk.
AT_DESK: Final = frozenset(
    {Role.SERVICE_GUIDE, Role.WORKER, Role.UNIT_LEAD, Role.SPECIALIST_CONSULTANT, Role.PARTNER}
)


def add_page(view: str, label: str | Promise, order: int) -> None:
    """Add a link to the header of these pages. Called once, from an app's `ready`."""
    _pages[view] = (order, label)


def add_part(template: str, context: Callable[[County], dict[str, Any]], order: int) -> None:
    """Add a part to the front page; it draws from `part`. Called once, from an app's `ready`."""
    _parts[template] = (order, context)


def parts_of(county: County) -> list[tuple[str, dict[str, Any]]]:
    """Return the templates of the added parts with what each needs."""
    ordered = sorted(_parts.items(), key=lambda entry: entry[1][0])
    return [(template, context(county)) for template, (_order, context) in ordered]


def for_readers(
    view: Callable[Concatenate[StaffRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let those in who read figures; others get a 403. Reading only."""

    @staff_only
    @require_safe
    @wraps(view)
    def guarded(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not policies.may_read(role.role for role in request.roles):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def draw(
    request: StaffRequest, template: str, current: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Draw a page in the frame of those who lead. `current`: name of the address whose link is marked."""
    held = {role.role for role in request.roles}
    get_token(request)
    frame = {
        "noindex": True,
        "user_name": request.user.display_name,
        "desk": not AT_DESK.isdisjoint(held),
        "leads": Role.UNIT_LEAD in held,
        "role_pages": [*links(current), *pages_of(request.roles)],
    }
    return HttpResponse(render_to_string(template, {**frame, **context}, request), status=status)


def links(current: str) -> list[Link]:
    """Return the links of the header."""
    ordered = sorted(_pages.items(), key=lambda entry: entry[1][0])
    return [Link(str(label), reverse(view), current=view == current) for view, (_order, label) in ordered]
