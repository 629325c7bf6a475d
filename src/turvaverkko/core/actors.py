"""Who acts: what the lowest floor needs to know of a person, and the actors that are no person."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class SystemActor:
    """A job, an import or a management command acting by itself.

    Attributes:
        code: which one, such as "county-pack".
    """

    code: str

    @property
    def public_id(self) -> str:
        """The name under which the trail knows it."""
        return f"system:{self.code}"


@dataclass(frozen=True, slots=True)
class Anonymous:
    """A visitor who has not said who they are."""

    public_id: str = "anonymous"


ANONYMOUS: Final = Anonymous()


def id_of(actor: object) -> str:
    """Return the public id under which the trail knows an actor.

    Raises:
        TypeError: the actor has none; an act without a doer is not written.
    """
    public_id = getattr(actor, "public_id", None)
    if not isinstance(public_id, str) or not public_id:
        message = f"{type(actor).__name__} cannot act: it has no public_id."
        raise TypeError(message)
    return public_id
