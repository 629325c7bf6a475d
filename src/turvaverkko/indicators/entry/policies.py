"""Who may do what with entered figures. They are of areas, never of a family: no gate, but roles."""

from typing import Final

from turvaverkko.access.api import Role, StaffActor
from turvaverkko.core.actors import id_of
from turvaverkko.indicators.entry.models import Proposal
from turvaverkko.indicators.models import SourceFile

PROPOSERS: Final = frozenset({Role.COORDINATOR})
APPROVERS: Final = frozenset({Role.COORDINATOR, Role.DIRECTOR})


def may_propose(actor: object, _subject: object = None) -> bool:
    """A coordinator brings figures."""
    return _holds(actor, PROPOSERS)


def may_propose_from(actor: object, file: SourceFile) -> bool:
    """A coordinator, from the file that they brought themselves."""
    return may_propose(actor) and file.brought_by == id_of(actor)


def may_decide(actor: object, proposal: Proposal | None) -> bool:
    """Another coordinator or a director: nobody decides on what they brought themselves."""
    return _holds(actor, APPROVERS) and (proposal is None or proposal.made_by != id_of(actor))


def may_withdraw(actor: object, proposal: Proposal) -> bool:
    """Who brought it."""
    return may_propose(actor) and proposal.made_by == id_of(actor)


def may_take_back(actor: object, _proposal: object) -> bool:
    """Any coordinator: an error in what is shown is mended by whoever finds it."""
    return _holds(actor, PROPOSERS)


def _holds(actor: object, roles: frozenset[Role]) -> bool:
    return isinstance(actor, StaffActor) and bool(actor.roles & roles)
