"""Who confirms, who corrects and who reads. Listings are public: no gate, but organisations and roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from turvaverkko.access.api import Role, StaffActor
from turvaverkko.core.actors import SystemActor
from turvaverkko.directory.models import Happening, Listing, Place, Service
from turvaverkko.directory.staying.models import Answer, Ask

EDITORS: Final = frozenset({Role.CONTENT_EDITOR, Role.COORDINATOR})
READERS: Final = EDITORS | {Role.DIRECTOR}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whoever opened the link of a letter: they speak for one organisation, and only about its listings.

    Attributes:
        ask: key of the letter.
        organisation: key of the organisation.
        public_id: their name in the trail: the organisation, never a person.
    """

    ask: int
    organisation: int
    public_id: str


def may_speak_for(actor: object, listing: object) -> bool:
    """Somebody with the link of an organisation that answers for the published listing."""
    if not (isinstance(actor, Speaker) and isinstance(listing, Listing)):
        return False
    return actor.organisation in organisations_of(listing)


def may_undo(actor: object, answer: object) -> bool:
    """Somebody with the link through which it was answered."""
    return isinstance(actor, Speaker) and isinstance(answer, Answer) and answer.ask_id == actor.ask


def may_correct(actor: object, _subject: object) -> bool:
    """A content editor or a coordinator."""
    return isinstance(actor, StaffActor) and bool(actor.roles & EDITORS)


def may_read(roles: Iterable[str]) -> bool:
    """Tell whether somebody with these roles reads the pages of content quality."""
    return not READERS.isdisjoint(roles)


def is_system(actor: object, _subject: object) -> bool:
    """What the clock alone brings about."""
    return isinstance(actor, SystemActor)


def speaker_of(ask: Ask) -> Speaker:
    """Return who speaks through the link of a letter."""
    return Speaker(ask.pk, ask.organisation_id, f"organisation:{ask.organisation.public_id}")


def organisations_of(listing: Listing) -> frozenset[int]:
    """Return the keys of the organisations that answer for a listing: its own, or those who keep a place."""
    if isinstance(listing, Place):
        return frozenset(listing.operators.values_list("organisation_id", flat=True))
    if isinstance(listing, Service | Happening) and listing.organisation_id is not None:
        return frozenset({listing.organisation_id})
    return frozenset()
