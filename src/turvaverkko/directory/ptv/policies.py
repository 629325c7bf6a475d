"""Who may do what with the catalogue. Its content is public: no gate, but roles."""

from typing import Final

from turvaverkko.access.api import Role, StaffActor
from turvaverkko.core.actors import SystemActor

READERS: Final = frozenset({Role.TECHNICAL_ADMINISTRATOR, Role.CONTENT_EDITOR, Role.COORDINATOR})
STARTERS: Final = frozenset({Role.TECHNICAL_ADMINISTRATOR, Role.CONTENT_EDITOR})
APPROVERS: Final = frozenset({Role.TECHNICAL_ADMINISTRATOR, Role.COORDINATOR})
EDITORS: Final = frozenset({Role.CONTENT_EDITOR, Role.COORDINATOR})


def may_read(actor: object) -> bool:
    """Those who look after the catalogue or the content."""
    return _holds(actor, READERS)


def may_start(actor: object, _subject: object) -> bool:
    """The clock, the terminal, a technical administrator or a content editor."""
    return isinstance(actor, SystemActor) or _holds(actor, STARTERS)


def may_approve(actor: object, _subject: object) -> bool:
    """A coordinator or a technical administrator says whether so much may go."""
    return _holds(actor, APPROVERS)


def may_settle(actor: object, _subject: object) -> bool:
    """A content editor or a coordinator says whose words stand."""
    return _holds(actor, EDITORS)


def is_system(actor: object, _subject: object) -> bool:
    """Jobs and commands of the terminal."""
    return isinstance(actor, SystemActor)


def _holds(actor: object, roles: frozenset[Role]) -> bool:
    return isinstance(actor, StaffActor) and bool(actor.roles & roles)
