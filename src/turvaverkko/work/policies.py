"""Who may do what to work items."""

from turvaverkko.access.api import Role, StaffActor, Verb, declare, may
from turvaverkko.core.actors import SystemActor
from turvaverkko.work.models import WorkItem

ITEM = declare(
    "work.item",
    "A line of a queue: kind, state, unit, deadline, topic, municipality; no words of the family",
    {
        Role.SERVICE_GUIDE: {Verb.SEE, Verb.CONTRIBUTE, Verb.DECIDE},
        Role.WORKER: {Verb.SEE, Verb.CONTRIBUTE, Verb.DECIDE},
        Role.UNIT_LEAD: {Verb.SEE, Verb.CONTRIBUTE, Verb.DECIDE, Verb.ASSIGN},
        Role.SPECIALIST_CONSULTANT: {Verb.SEE, Verb.CONTRIBUTE},
        Role.PARTNER: {Verb.SEE, Verb.CONTRIBUTE},
    },
)


def is_system(actor: object, _item: object) -> bool:
    """What the clock alone brings about."""
    return isinstance(actor, SystemActor)


def may_work(actor: object, item: object) -> bool:
    """Whoever may contribute to the item, the system, or the command of an upper app that asked its own."""
    if isinstance(actor, SystemActor):
        return True
    return isinstance(item, WorkItem) and may(actor, Verb.CONTRIBUTE, item)


def may_assign(actor: object, item: object) -> bool:
    """The lead of the unit, or the system."""
    if isinstance(actor, SystemActor):
        return True
    return isinstance(actor, StaffActor) and isinstance(item, WorkItem) and may(actor, Verb.ASSIGN, item)
