"""Where a guarded model keeps what the gate asks. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gate:
    """Where the rows of a model have their matter, unit and confidentiality. Every guarded model has one.

    Attributes:
        kind: the kind of object in the matrix, such as "guidance.request".
        matter: lookup path to the matter's key.
        unit: lookup path to the unit's key; a column of the row itself where lists must be fast.
        confidentiality: lookup path to the level.
        matter_public_id: lookup path to the matter's public id.
    """

    kind: str
    matter: str = "matter_id"
    unit: str = "matter__unit_id"
    confidentiality: str = "matter__confidentiality"
    matter_public_id: str = "matter__public_id"
