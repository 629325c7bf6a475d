"""The door of `access`: the one gate to family data.

Actors      `actor_of(request)`, `staff_actor(staff)` → `StaffActor`; `FamilyActor(matter_public_id)`.
Gate        `visible_to(queryset, actor, verb)`, called last; `may(actor, verb, row)`; `basis_of(actor, row)`.
            `branches(queryset, actor, verb)`: what `visible_to` returns in parts, for long sorted lists;
            with `stand_in(roles)` as actor it can be prepared for all, and `marks_of(actor)` fills it.
            A guarded model has `GATE = Gate("app.kind", …)` and `objects = GuardedManager()`.
Log         `seen(actor, rows, look, screen)`: fetches rows from the gate and writes who looks at them.
Matrix      `declare(kind, sentence, {role: verbs})` in each app's `policies.py`.
Steps       `open_matter`, `close_matter`, `reopen_matter`, `move_matter`, `keep_closer`, `grant`,
            `end_grants`: parts of an upper app's command, which asked the right; `SENTENCES` of them.
Commands    `give_access`, `end_access`; `break_glass`, `review`, with `breaks_to_review`, `reviewers_of`.
Messages    `GlassBroken`, `AccessEnded`.
"""

from turvaverkko.access.actors import ACTOR, FamilyActor, StaffActor, marks_of, stand_in
from turvaverkko.access.gate import Gate
from turvaverkko.access.guard import GuardedManager, Unguarded
from turvaverkko.access.matrix import declare, kinds, role_may
from turvaverkko.access.messages import AccessEnded, GlassBroken
from turvaverkko.access.models import BreakGlass, Grant, Matter
from turvaverkko.access.queries import (
    basis_of,
    branches,
    breaks_to_review,
    current_grants,
    grants_of,
    matter_by_public_id,
    may,
    reviewers_of,
    staff_actor,
    visible_to,
)
from turvaverkko.access.rules import Confidentiality, Role, Verb
from turvaverkko.access.seeing import seen
from turvaverkko.access.services import break_glass, end_access, give_access, review
from turvaverkko.access.steps import (
    SENTENCES,
    NotInCommand,
    close_matter,
    end_grants,
    grant,
    keep_closer,
    move_matter,
    open_matter,
    reopen_matter,
)
from turvaverkko.access.web import actor_of

__all__ = [
    "ACTOR",
    "SENTENCES",
    "AccessEnded",
    "BreakGlass",
    "Confidentiality",
    "FamilyActor",
    "Gate",
    "GlassBroken",
    "Grant",
    "GuardedManager",
    "Matter",
    "NotInCommand",
    "Role",
    "StaffActor",
    "Unguarded",
    "Verb",
    "actor_of",
    "basis_of",
    "branches",
    "break_glass",
    "breaks_to_review",
    "close_matter",
    "current_grants",
    "declare",
    "end_access",
    "end_grants",
    "give_access",
    "grant",
    "grants_of",
    "keep_closer",
    "kinds",
    "marks_of",
    "matter_by_public_id",
    "may",
    "move_matter",
    "open_matter",
    "reopen_matter",
    "review",
    "reviewers_of",
    "role_may",
    "seen",
    "staff_actor",
    "stand_in",
    "visible_to",
]
