"""Pages that upper apps offer to a role: links on one's own account page and in the header of staff pages.

A lower floor knows neither the page nor its app; the app enters it at start-up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from turvaverkko.looks.api import Link
from turvaverkko.organisation.models import RoleAssignment
from turvaverkko.organisation.sign_in.guards import StaffRequest

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(slots=True)
class _Offered:
    roles: set[str]
    label: "str | _StrPromise"


_offered: Final[dict[str, _Offered]] = {}


def offer_page(view: str, label: "str | _StrPromise", *, role: str) -> None:
    """Offer a page to a role. Called from an app's `ready`, once for each role.

    Args:
        view: name of the address, such as "upkeep:stopped".
        label: lazy words of the link.
        role: code of the role, such as "technical-administrator".
    """
    _offered.setdefault(view, _Offered(set(), label)).roles.add(role)


def pages_of(roles: Iterable[RoleAssignment], *, current: str = "") -> list[Link]:
    """Return the pages offered to somebody with these roles.

    Args:
        roles: those held today.
        current: name of the address that is shown.
    """
    held = {role.role for role in roles}
    return [
        Link(str(page.label), reverse(view), current=view == current)
        for view, page in _offered.items()
        if page.roles & held
    ]


def frame_of(request: StaffRequest, *, current: str = "") -> dict[str, object]:
    """Return what the frame of staff asks of a page outside the desk.

    Args:
        request: whose name and offered pages stand in the header.
        current: name of the address that is shown.
    """
    return {
        "noindex": True,
        "user_name": request.user.display_name,
        "leads": False,
        "desk": False,
        "role_pages": pages_of(request.roles, current=current),
    }
