"""Where a guarded model keeps what the gate asks. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gate:
    """Where the rows of a model have their matter, unit and confidentiality. Every guarded model has one.

    Attributes:
        kind: the kind of object in the matrix, such as "guidance.request".
        matter: lookup path to the matter's key. Led by an index, or lists by grant are slow.
        unit: lookup path to the unit's key; a column `unit_id` of the row itself where lists must be fast:
            `access.steps` keeps such a copy in step with the matter.
        confidentiality: lookup path to the level; empty when the object is about staff's own doing and the
            units' roles see it whatever the level of its matter.
        matter_public_id: lookup path to the matter's public id.
    """

    kind: str
    matter: str = "matter_id"
    unit: str = "matter__unit_id"
    confidentiality: str = "matter__confidentiality"
    matter_public_id: str = "matter__public_id"

    @property
    def controller(self) -> str:
        """Lookup path to the public id of the organisation whose data these are."""
        return self.matter_public_id.removesuffix("public_id") + "controller__public_id"

    @property
    def unit_public_id(self) -> str:
        """Lookup path to the public id of the unit."""
        return self.unit.removesuffix("_id") + "__public_id"

    @property
    def has_copies(self) -> bool:
        """Whether the row has columns of its own for the matter's unit and confidentiality."""
        return self.unit == "unit_id" and self.matter == "matter_id"
