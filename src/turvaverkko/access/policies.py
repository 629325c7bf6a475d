"""Who may change access itself."""

from turvaverkko.access import matrix
from turvaverkko.access.actors import StaffActor
from turvaverkko.access.models import BreakGlass, Matter
from turvaverkko.access.queries import may
from turvaverkko.access.rules import Role, Verb

MATTER = matrix.declare(
    "access.matter",
    "A matter itself: that it exists and who has access to it; giving and ending access is assigning",
    {
        Role.SERVICE_GUIDE: {Verb.SEE, Verb.CONTRIBUTE, Verb.DECIDE},
        Role.WORKER: {Verb.SEE, Verb.CONTRIBUTE, Verb.DECIDE},
        Role.UNIT_LEAD: {Verb.SEE, Verb.CONTRIBUTE, Verb.DECIDE, Verb.ASSIGN},
        Role.SPECIALIST_CONSULTANT: {Verb.SEE},
        Role.PARTNER: {Verb.SEE},
        Role.FAMILY_MEMBER: {Verb.SEE},
    },
)
BREAK_GLASS = matrix.declare(
    "access.break_glass",
    "An emergency opening: who, when and why, of the lead's own units whatever the matter's level; "
    "deciding is reviewing it, never one's own",
    {Role.UNIT_LEAD: {Verb.SEE, Verb.CONTRIBUTE, Verb.DECIDE}},
)

# Roles that meet families in an emergency. A coordinator, an editor or an administrator never needs to.
BREAKS_GLASS = frozenset({Role.SERVICE_GUIDE, Role.WORKER, Role.UNIT_LEAD})


def may_assign(actor: object, matter: object) -> bool:
    """Staff who assign in the matter's unit and see the matter: a lead gives no hidden matter away."""
    return isinstance(actor, StaffActor) and isinstance(matter, Matter) and may(actor, Verb.ASSIGN, matter)


def may_break_glass(actor: object, matter: object) -> bool:
    """Any role that meets families; the reason, the notice and the review come with it."""
    return isinstance(actor, StaffActor) and isinstance(matter, Matter) and bool(actor.roles & BREAKS_GLASS)


def may_review(actor: object, opening: object) -> bool:
    """The lead of the matter's unit, but never of their own opening."""
    if not (isinstance(actor, StaffActor) and isinstance(opening, BreakGlass)):
        return False
    leads = actor.units_of.get(Role.UNIT_LEAD, frozenset())
    return opening.grant.matter.unit_id in leads and opening.grant.staff_id != actor.pk
