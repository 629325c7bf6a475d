"""Who edits: a content editor of the county, or a partner for the organisations it speaks for."""

from dataclasses import dataclass

from turvaverkko.organisation.api import RoleAssignment
from turvaverkko.organisation.sign_in.api import StaffRequest

_Role = RoleAssignment.Role


@dataclass(frozen=True, slots=True)
class Editor:
    """A signed-in person, as far as listings are concerned.

    Attributes:
        public_id: their name in the trail.
        is_editor: a content editor of the county, for whom no listing is foreign.
        organisations: keys of the organisations a partner speaks for.
    """

    public_id: str
    is_editor: bool = False
    organisations: frozenset[int] = frozenset()


def editor_of(request: StaffRequest) -> Editor:
    """Return who makes a request, from the roles that `staff_only` has read. No query.

    A partner of a unit speaks for the unit's organisation; of an area for none.
    """
    partners = [role for role in request.roles if role.role == _Role.PARTNER]
    own = (role.organisation_id or (role.unit.organisation_id if role.unit else None) for role in partners)
    return Editor(
        request.user.public_id,
        is_editor=any(role.role == _Role.CONTENT_EDITOR for role in request.roles),
        organisations=frozenset(key for key in own if key is not None),
    )
