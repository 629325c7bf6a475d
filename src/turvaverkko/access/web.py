"""Who makes a request, as the gate sees them."""

from typing import cast

from django.http import HttpRequest

from turvaverkko.access.actors import StaffActor
from turvaverkko.access.queries import staff_actor
from turvaverkko.core.actors import ANONYMOUS, Anonymous
from turvaverkko.organisation.api import Staff


class _KnownRequest(HttpRequest):
    access_actor: StaffActor | Anonymous


def actor_of(request: HttpRequest) -> StaffActor | Anonymous:
    """Return who makes the request, remembered for the request and no longer.

    Two queries for staff; one where `staff_only` has read their roles.
    """
    known = cast("_KnownRequest", request)
    if not hasattr(request, "access_actor"):
        user = getattr(request, "user", None)
        known.access_actor = _staff_actor(request, user) if isinstance(user, Staff) else ANONYMOUS
    return known.access_actor


def _staff_actor(request: HttpRequest, staff: Staff) -> StaffActor:
    # `staff_only` lets nobody in without a role: an empty list was never read.
    return staff_actor(staff, getattr(request, "roles", None) or None)
