"""Who may say that nothing is sent, and who looks after letters that did not go.

Access lies above: an upper app's page has already asked whether the reader may see the matter.
"""

from typing import Final

from turvaverkko.core import time_source
from turvaverkko.core.actors import SystemActor, id_of
from turvaverkko.notices.models import Veto
from turvaverkko.organisation.api import Staff, units_of_roles

TENDS_LETTERS: Final = "technical-administrator"


def may_speak_for(actor: object, subject: object) -> bool:
    """The system, active staff, or the family of the matter that the code opened."""
    matter = subject.matter if isinstance(subject, Veto) else subject
    return is_staff(actor, subject) or (bool(matter) and id_of(actor) == f"family:{matter}")


def is_staff(actor: object, _subject: object) -> bool:
    """The system or active staff: an address may be somebody else's, so a family alone does not do."""
    return isinstance(actor, SystemActor) or _staff(actor) is not None


def may_tend_letters(actor: object, _subject: object) -> bool:
    """The system or a technical administrator; a letter shows neither address nor content."""
    staff = _staff(actor)
    if staff is None:
        return isinstance(actor, SystemActor)
    return TENDS_LETTERS in units_of_roles(staff, time_source.today())


def _staff(actor: object) -> Staff | None:
    if isinstance(actor, SystemActor):
        return None
    return Staff.objects.filter(public_id=id_of(actor), is_active=True).first()
