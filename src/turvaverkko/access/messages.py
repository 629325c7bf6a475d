"""What access announces to the floors above."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class GlassBroken:
    """Somebody opened a matter in an emergency. The unit's lead is told.

    Attributes:
        matter: public id.
        unit: key of the matter's unit.
        by: public id of who did.
        until: when the access ends, aware.
    """

    matter: str
    unit: int
    by: str
    until: datetime


@dataclass(frozen=True, slots=True)
class AccessEnded:
    """Grants of a matter ended before their time."""

    matter: str
    grants: tuple[int, ...]
