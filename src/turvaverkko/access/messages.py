"""What access announces to the floors above, inside the transaction in which it happened."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class GlassBroken:
    """Somebody opened a matter in an emergency. Whoever may review it is told (`reviewers_of`).

    Attributes:
        opening: public id of the opening.
        matter: public id.
        unit: key of the matter's unit.
        by: public id of who did.
        until: when the access ends, aware.
    """

    opening: str
    matter: str
    unit: int
    by: str
    until: datetime


@dataclass(frozen=True, slots=True)
class AccessEnded:
    """Grants of a matter ended before their time.

    Attributes:
        matter: public id.
        grants: keys of the grants.
    """

    matter: str
    grants: tuple[int, ...]
