"""The door of `access`: the one gate to family data.

Actors      `staff_actor(staff)` → `StaffActor`; `FamilyActor(matter_public_id)`.
Gate        `visible_to(queryset, actor, verb)`, called last; `may(actor, verb, row)`; `basis_of(actor, row)`.
            A guarded model has `GATE = Gate("app.kind", …)` and `objects = GuardedManager()`.
Matrix      `declare(kind, sentence, {role: verbs})` in each app's `policies.py`.
Matters     `open_matter`, `close_matter`, `move_matter`; grants: `grant`, `end_grants`, `current_grants`.
Emergency   `break_glass`, `review`, `breaks_to_review`.
Messages    `GlassBroken`, `AccessEnded`.
"""

from turvaverkko.access.actors import FamilyActor, StaffActor
from turvaverkko.access.gate import Gate
from turvaverkko.access.guard import GuardedManager, Unguarded
from turvaverkko.access.matrix import declare, kinds, role_may
from turvaverkko.access.messages import AccessEnded, GlassBroken
from turvaverkko.access.models import BreakGlass, Grant, Matter
from turvaverkko.access.queries import (
    basis_of,
    breaks_to_review,
    current_grants,
    matter_by_public_id,
    may,
    staff_actor,
    visible_to,
)
from turvaverkko.access.rules import Confidentiality, Role, Verb
from turvaverkko.access.services import (
    break_glass,
    close_matter,
    end_grants,
    grant,
    move_matter,
    open_matter,
    review,
)

__all__ = [
    "AccessEnded",
    "BreakGlass",
    "Confidentiality",
    "FamilyActor",
    "Gate",
    "GlassBroken",
    "Grant",
    "GuardedManager",
    "Matter",
    "Role",
    "StaffActor",
    "Unguarded",
    "Verb",
    "basis_of",
    "break_glass",
    "breaks_to_review",
    "close_matter",
    "current_grants",
    "declare",
    "end_grants",
    "grant",
    "kinds",
    "matter_by_public_id",
    "may",
    "move_matter",
    "open_matter",
    "review",
    "role_may",
    "staff_actor",
    "visible_to",
]
