"""What somebody may do on a request now: the state machine's actions, narrowed by the gate."""

from typing import Final

from turvaverkko.access.api import Role, StaffActor, Verb, may
from turvaverkko.core import time_source
from turvaverkko.guidance import rules
from turvaverkko.guidance.models import ContactRequest
from turvaverkko.guidance.states import CONTACT_REQUEST

# Who meets requests at all. A coordinator, director, editor, auditor or administrator never does.
DESK_ROLES: Final = frozenset(
    {Role.SERVICE_GUIDE, Role.WORKER, Role.UNIT_LEAD, Role.SPECIALIST_CONSULTANT, Role.PARTNER}
)
# The verb that each action of the machine needs, as the services ask it.
NEEDS: Final = {
    "take": Verb.DECIDE,
    "release": Verb.DECIDE,
    "reach": Verb.CONTRIBUTE,
    "wait_for_family": Verb.CONTRIBUTE,
    "hand_over": Verb.DECIDE,
    "resolve": Verb.DECIDE,
    "reopen": Verb.DECIDE,
}


def works_at_desk(actor: object) -> bool:
    """Tell whether somebody has a role that meets requests."""
    return isinstance(actor, StaffActor) and bool(actor.roles & DESK_ROLES)


def leads(actor: object) -> bool:
    """Tell whether somebody leads a unit."""
    return isinstance(actor, StaffActor) and Role.UNIT_LEAD in actor.roles


def actions(actor: StaffActor, request: ContactRequest) -> frozenset[str]:
    """Return what the actor may do now, by the names of the machine and "note", "check", "kind", "assign"."""
    held = {verb for verb in (Verb.CONTRIBUTE, Verb.DECIDE) if may(actor, verb, request)}
    item = request.item
    able = {name for name in CONTACT_REQUEST.actions(item.state) if NEEDS.get(name) in held}
    if item.closed_at is not None and not rules.may_be_reopened(item.closed_at, time_source.now()):
        able.discard("reopen")
    if Verb.CONTRIBUTE in held:
        able |= {"note"} if item.closed_at is not None else {"note", "check"}
    if Verb.DECIDE in held and item.closed_at is None:
        able.add("kind")
    if leads(actor) and item.closed_at is None and may(actor, Verb.ASSIGN, request):
        able.add("assign")
    return frozenset(able)
