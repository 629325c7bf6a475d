"""Who may change access itself."""

from turvaverkko.access import matrix
from turvaverkko.access.actors import FamilyActor, StaffActor
from turvaverkko.access.models import BreakGlass, Matter
from turvaverkko.access.rules import Role, Verb
from turvaverkko.core.actors import SystemActor

MATTER = matrix.declare(
    "access.matter",
    "A matter itself: that it exists, who has access to it",
    {
        Role.SERVICE_GUIDE: {Verb.SEE, Verb.CONTRIBUTE, Verb.DECIDE},
        Role.WORKER: {Verb.SEE, Verb.CONTRIBUTE, Verb.DECIDE},
        Role.UNIT_LEAD: {Verb.SEE, Verb.CONTRIBUTE, Verb.DECIDE, Verb.ASSIGN},
        Role.SPECIALIST_CONSULTANT: {Verb.SEE},
        Role.PARTNER: {Verb.SEE},
        Role.FAMILY_MEMBER: {Verb.SEE},
    },
)

# Roles that meet families in an emergency. A coordinator, an editor or an administrator never needs to.
BREAKS_GLASS = frozenset({Role.SERVICE_GUIDE, Role.WORKER, Role.UNIT_LEAD})


def may_open_matter(actor: object, _unit: object) -> bool:
    """A matter is opened by whoever works, by the family's own asking, or by the system."""
    return isinstance(actor, SystemActor | FamilyActor | StaffActor)


def may_grant(actor: object, matter: object) -> bool:
    """The system (on a rule's behalf), or staff who may assign in the matter's unit."""
    if isinstance(actor, SystemActor):
        return True
    return isinstance(actor, StaffActor) and isinstance(matter, Matter) and _assigns(actor, matter)


def may_break_glass(actor: object, matter: object) -> bool:
    """Any role that meets families; the reason, the notice and the review come with it."""
    return isinstance(actor, StaffActor) and isinstance(matter, Matter) and bool(actor.roles & BREAKS_GLASS)


def may_review(actor: object, opening: object) -> bool:
    """The lead of the matter's unit, but never of their own opening."""
    if not (isinstance(actor, StaffActor) and isinstance(opening, BreakGlass)):
        return False
    leads = actor.units_of.get(Role.UNIT_LEAD, frozenset())
    return opening.grant.matter.unit_id in leads and opening.grant.staff_id != actor.pk


def _assigns(actor: StaffActor, matter: Matter) -> bool:
    roles = matrix.roles_that_may(Verb.ASSIGN, MATTER.name)
    return any(matter.unit_id in actor.units_of.get(role, frozenset()) for role in roles)
