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
    """Return who makes the request: two queries for staff, remembered for the request and no longer."""
    known = cast("_KnownRequest", request)
    if not hasattr(request, "access_actor"):
        user = getattr(request, "user", None)
        known.access_actor = staff_actor(user) if isinstance(user, Staff) else ANONYMOUS
    return known.access_actor
