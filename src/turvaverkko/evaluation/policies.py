"""Who may write and freeze evaluations. They hold no family data: roles decide, not the gate.

Who may read them may read every page of figures: `indicators` says who.
"""

from typing import Final

from turvaverkko.access.api import Role, StaffActor

WRITERS: Final = frozenset({Role.COORDINATOR})
JUDGES: Final = frozenset({Role.COORDINATOR, Role.DIRECTOR})


def may_write(actor: object, _round: object) -> bool:
    """Coordinators write the texts of rounds."""
    return _has(actor, WRITERS)


def may_judge(actor: object, _round: object) -> bool:
    """Coordinators and directors judge, and open, freeze and reopen rounds."""
    return _has(actor, JUDGES)


def _has(actor: object, roles: frozenset[Role]) -> bool:
    return isinstance(actor, StaffActor) and bool(actor.roles & roles)
