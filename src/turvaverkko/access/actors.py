"""Who acts on family data: a member of staff with roles and units, or a family behind its code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from turvaverkko.access.rules import (
    HIGHEST_BY_GRANT_TO_UNIT,
    HIGHEST_BY_UNIT,
    Confidentiality,
    Role,
)
from turvaverkko.core.prepared import ids, one_id

# The marker of whoever asks.
ACTOR: Final = "actor"


@dataclass(frozen=True, slots=True)
class StaffActor:
    """A signed-in member of staff, as far as the gate needs to know.

    Attributes:
        public_id: their name in the trail.
        pk: key of the account.
        units_of: keys of the units in which they hold each role, with all units below those. A role that
            reaches no unit at work is left out.
    """

    public_id: str
    pk: int
    units_of: Mapping[Role, frozenset[int]] = field(default_factory=dict)

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held somewhere today."""
        return frozenset(self.units_of)

    def units_at(self, confidentiality: Confidentiality, roles: frozenset[Role]) -> frozenset[int]:
        """Return the units whose matters of a level they see by one of `roles`, without a grant."""
        return self._units(HIGHEST_BY_UNIT, confidentiality, roles)

    def units_granted_at(self, confidentiality: Confidentiality, roles: frozenset[Role]) -> frozenset[int]:
        """Return the units whose grants open matters of a level to them by one of `roles`."""
        return self._units(HIGHEST_BY_GRANT_TO_UNIT, confidentiality, roles)

    def _units(
        self,
        ceiling: Mapping[Role, Confidentiality],
        confidentiality: Confidentiality,
        roles: frozenset[Role],
    ) -> frozenset[int]:
        reached = (
            self.units_of.get(role, frozenset())
            for role, highest in ceiling.items()
            if role in roles and confidentiality <= highest
        )
        return frozenset().union(*reached)


def stand_in(roles: Iterable[Role]) -> StaffActor:
    """Return an actor with some roles whose keys are markers of `core.prepared`.

    What the gate makes of it is the same for everybody with these roles; `marks_of` fills it for one.
    """
    units = {role: frozenset(ids(_mark_of(role))) for role in roles}
    return StaffActor(public_id="", pk=one_id(ACTOR), units_of=units)


def marks_of(actor: StaffActor) -> dict[str, list[int]]:
    """Return what the markers of a stand-in mean for an actor with the same roles."""
    return {ACTOR: [actor.pk], **{_mark_of(role): sorted(units) for role, units in actor.units_of.items()}}


def _mark_of(role: Role) -> str:
    return f"units of {role}"


@dataclass(frozen=True, slots=True)
class FamilyActor:
    """A family (or a youth, or a professional who asked) that holds the code of a request.

    Attributes:
        matter: public id of the one matter that the code opens.
    """

    matter: str

    @property
    def public_id(self) -> str:
        """Their name in the trail: the matter, never a person."""
        return f"family:{self.matter}"
