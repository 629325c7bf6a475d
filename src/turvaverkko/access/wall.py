"""The second wall: no command touches a guarded row that its actor may not even contribute to.

A command's own policy says who may do it. A policy can be wrong: it may ask for a role and forget the unit.
So `core.commands` asks here too, of every command whose subject has a `GATE`. It is a floor, not the right
itself: a change is at least a contribution; whether it takes a decision is the policy's.
"""

from typing import Final

from django.db import models

from turvaverkko.access import queries
from turvaverkko.access.rules import Verb
from turvaverkko.core.actors import SystemActor

# Commands that reach a row past the gate, and why.
PAST_THE_GATE: Final = {
    "access.break_glass": "opens what one may not see; announced and reviewed",
}


class SecondWall:
    """The gate that `core.commands` asks."""

    def permits(self, command: str, actor: object, subject: object) -> bool:
        """Tell whether the actor may touch the subject. Jobs may; what has no `GATE` is no family's."""
        if not (isinstance(subject, models.Model) and hasattr(type(subject), "GATE")):
            return True
        if isinstance(actor, SystemActor) or command in PAST_THE_GATE:
            return True
        return queries.may(actor, Verb.CONTRIBUTE, subject)
