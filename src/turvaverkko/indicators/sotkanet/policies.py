"""Who may do what with Sotkanet. Its figures are of areas, never of a family: no gate, but roles."""

from typing import Final

from turvaverkko.access.api import Role, StaffActor
from turvaverkko.core.actors import SystemActor

READERS: Final = frozenset(
    {Role.COORDINATOR, Role.DIRECTOR, Role.UNIT_LEAD, Role.TECHNICAL_ADMINISTRATOR},
)
LINKERS: Final = frozenset({Role.COORDINATOR})
VERIFIERS: Final = frozenset({Role.COORDINATOR, Role.DIRECTOR})


def may_read(actor: object) -> bool:
    """Those who plan and answer for services."""
    return _holds(actor, READERS)


def may_link(actor: object, _subject: object) -> bool:
    """A coordinator says which indicator of the source is ours."""
    return _holds(actor, LINKERS)


def may_verify(actor: object, _subject: object) -> bool:
    """Another coordinator or a director; that it is another is checked in the command."""
    return _holds(actor, VERIFIERS)


def is_system(actor: object, _subject: object) -> bool:
    """Jobs and commands of the terminal."""
    return isinstance(actor, SystemActor)


def _holds(actor: object, roles: frozenset[Role]) -> bool:
    return isinstance(actor, StaffActor) and bool(actor.roles & roles)
