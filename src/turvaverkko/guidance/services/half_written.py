"""What is being written is kept as it grows, so that a closed browser or a lock loses nothing."""

from django.utils.translation import gettext_lazy as _

from turvaverkko.access.api import StaffActor
from turvaverkko.core import time_source
from turvaverkko.core.commands import command, note
from turvaverkko.guidance import policies, queries
from turvaverkko.guidance.models import ContactRequest, HalfWritten
from turvaverkko.guidance.rules import MESSAGE_LENGTH

Where = HalfWritten.Where


def keep(actor: StaffActor, request: ContactRequest, where: Where, text: str) -> None:
    """Keep what somebody is writing; an empty text forgets it. Beginning is an entry, growing is none.

    What is too long to be sent is kept up to twice that length: the form says so when it is sent.

    Raises:
        PermissionDenied: the actor may not write on the request.
    """
    kept = text[: 2 * MESSAGE_LENGTH]
    mine = queries.half_written(request, actor.pk, where)
    if not kept.strip():
        mine.delete()
    elif not (policies.may_contribute(actor, request) and mine.update(text=kept, saved_at=time_source.now())):
        begin(actor, request, where=where, text=kept)


@command("guidance.begin_writing", allow=policies.may_contribute, sentence=_("Kirjoittaminen alkoi"))
def begin(actor: StaffActor, request: ContactRequest, *, where: Where, text: str) -> HalfWritten:
    """Keep the first words of an answer or a note."""
    begun = HalfWritten(
        request=request, staff_id=actor.pk, where=where, text=text, saved_at=time_source.now()
    )
    begun.save()
    note(unit=request.item.unit.public_id)
    return begun


def forget(actor: StaffActor, request: ContactRequest, where: Where) -> None:
    """Forget what was sent. A step of the command that sends it."""
    queries.half_written(request, actor.pk, where).delete()
