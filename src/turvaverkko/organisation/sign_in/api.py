"""The door of sign-in for other apps.

Ways in     An adapter of the port for pages of an upper app: `Identity`, then `begin_session(request,
            response, identity)` and `way_on(request, staff)`.
Views       `@staff_only`, `@signed_in_only`, `@require_fresh(minutes=5)`; `StaffRequest` has `user`, `roles`
            and `staff_session`.
Pages       `offer_page(view, label, role=…)` from an app's `ready`; `pages_of(roles)` for the header,
            `frame_of(request, current=…)` for the whole frame of a page outside the desk.
Reading     `roles_of(staff)` for a day; `standing_of(request)` for pages that are for everybody.
"""

from turvaverkko.organisation.sign_in.guards import StaffRequest, require_fresh, signed_in_only, staff_only
from turvaverkko.organisation.sign_in.keeping import KEY
from turvaverkko.organisation.sign_in.port import Challenge, Delayed, Identity, Refused, SignInPort, Stale
from turvaverkko.organisation.sign_in.queries import roles_of
from turvaverkko.organisation.sign_in.role_pages import frame_of, offer_page, pages_of
from turvaverkko.organisation.sign_in.rules import read_digits
from turvaverkko.organisation.sign_in.sessions import Standing, standing_of
from turvaverkko.organisation.sign_in.sessions import begin as begin_session
from turvaverkko.organisation.sign_in.ways import carried, way_on

__all__ = [
    "KEY",
    "Challenge",
    "Delayed",
    "Identity",
    "Refused",
    "SignInPort",
    "StaffRequest",
    "Stale",
    "Standing",
    "begin_session",
    "carried",
    "frame_of",
    "offer_page",
    "pages_of",
    "read_digits",
    "require_fresh",
    "roles_of",
    "signed_in_only",
    "staff_only",
    "standing_of",
    "way_on",
]
