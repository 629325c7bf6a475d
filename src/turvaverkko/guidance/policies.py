"""Who may do what to a contact request and its thread."""

from turvaverkko.access.api import FamilyActor, Role, StaffActor, Verb, declare, may
from turvaverkko.core.actors import Anonymous, SystemActor
from turvaverkko.guidance.models import ContactRequest

REQUEST = declare(
    "guidance.request",
    "A contact request with the family's words, contact details, thread and attempts",
    {
        Role.FAMILY_MEMBER: {Verb.SEE, Verb.CONTRIBUTE},
        Role.SERVICE_GUIDE: {Verb.SEE, Verb.CONTRIBUTE, Verb.DECIDE},
        Role.UNIT_LEAD: {Verb.SEE, Verb.CONTRIBUTE, Verb.DECIDE, Verb.ASSIGN},
        Role.WORKER: {Verb.SEE, Verb.CONTRIBUTE},
        Role.SPECIALIST_CONSULTANT: {Verb.SEE},
        Role.PARTNER: {Verb.SEE},
    },
)
NOTE = declare(
    "guidance.note",
    "A colleague's note on a request; the family asks for it as its own data, its page does not show it",
    {
        Role.SERVICE_GUIDE: {Verb.SEE, Verb.CONTRIBUTE},
        Role.UNIT_LEAD: {Verb.SEE, Verb.CONTRIBUTE},
        Role.WORKER: {Verb.SEE},
    },
)


def may_ask(actor: object, _subject: object) -> bool:
    """Anybody may ask for help: a family without signing in, a guide for a family on the telephone."""
    return isinstance(actor, Anonymous | StaffActor | SystemActor)


def may_write_as_family(actor: object, request: object) -> bool:
    """Whoever holds the code of this request."""
    return isinstance(actor, FamilyActor) and _may(actor, Verb.CONTRIBUTE, request)


def may_handle(actor: object, request: object) -> bool:
    """Staff who decide in the request's unit, or by a grant of that level."""
    return isinstance(actor, StaffActor) and _may(actor, Verb.DECIDE, request)


def may_contribute(actor: object, request: object) -> bool:
    """Staff who work on the request: they record, note and answer."""
    return isinstance(actor, StaffActor) and _may(actor, Verb.CONTRIBUTE, request)


def may_assign(actor: object, request: object) -> bool:
    """The lead of the request's unit."""
    return isinstance(actor, StaffActor) and _may(actor, Verb.ASSIGN, request)


def is_system(actor: object, _subject: object) -> bool:
    """Jobs only."""
    return isinstance(actor, SystemActor)


def _may(actor: object, verb: Verb, request: object) -> bool:
    return isinstance(request, ContactRequest) and may(actor, verb, request)
