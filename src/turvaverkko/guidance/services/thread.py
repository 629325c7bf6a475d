"""The thread between a family and its guide. It belongs to guidance; notices only say that there is news."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from turvaverkko.access.api import FamilyActor, StaffActor
from turvaverkko.core import time_source
from turvaverkko.core.commands import command, note
from turvaverkko.core.states import IllegalMove
from turvaverkko.guidance import policies, queries, rules, states
from turvaverkko.guidance.models import ContactAttempt, ContactRequest, GivenBasket, Message
from turvaverkko.guidance.services import half_written
from turvaverkko.guidance.services.asking import promise_deadlines
from turvaverkko.guidance.services.moving import move
from turvaverkko.guidance.services.telling import tell_answered, untell_answered
from turvaverkko.work.api import meet_deadline, move_state, open_deadline, unmeet_deadline

# Unit: seconds. Source: design UI ("undo instead of confirm"; ten seconds).
HOLD: Final = timedelta(seconds=10)


@command("guidance.answer", allow=policies.may_contribute, sentence=_("Perheelle vastattiin"))
def answer(actor: StaffActor, request: ContactRequest, *, text: str, basket: str = "") -> Message:
    """Write to the family. It can be taken back for ten seconds; the promise is met by it.

    Args:
        actor: who writes.
        request: to whose family.
        text: of the message.
        basket: what goes with it, as `directory.baskets` writes a basket; "" is nothing.

    Raises:
        IllegalMove: nobody has taken the request, or it has ended.
    """
    before = move(request, "reach")
    now = time_source.now()
    message = Message(
        request=request,
        staff_id=actor.pk,
        text=text,
        sent_at=now,
        held_until=now + HOLD,
        state_before=before,
    )
    message.save()
    if basket:
        GivenBasket(request=request, message=message, content=basket).save()
    attempt = ContactAttempt(
        request=request, staff_id=actor.pk, means=ContactAttempt.Means.MESSAGE, reached=True, tried_at=now
    )
    attempt.save()
    if not basket:  # the words beside a basket have a box of their own
        half_written.forget(actor, request, half_written.Where.ANSWER)
    meet_deadline(request.item, rules.PROMISE, now)
    tell_answered(message)
    note(unit=request.item.unit.public_id, audience="family", means="message", basket=bool(basket) or None)
    return message


@command("guidance.take_back", allow=policies.may_contribute, sentence=_("Viesti otettiin takaisin"))
def take_back(actor: StaffActor, request: ContactRequest) -> bool:
    """Take back one's own last message within ten seconds; False when it has gone.

    The contact that it was goes with it, and the promise runs again.
    """
    message = queries.held_message(request, actor.pk)
    if message is None:
        return False
    unmeet_deadline(request.item, rules.PROMISE, message.sent_at)
    queries.attempts_at(request, message.sent_at).delete()
    move_state(request.item, message.state_before)
    untell_answered(message)
    message.delete()
    note(unit=request.item.unit.public_id, reason="undo")
    return True


@command("guidance.write", allow=policies.may_write_as_family, sentence=_("Perhe kirjoitti"))
def write(_actor: FamilyActor, request: ContactRequest, *, text: str) -> Message:
    """Write to the guide. A message that waits for an answer has a promise of its own.

    Raises:
        IllegalMove: the request was withdrawn, or closed too long ago to go on with the same thread.
    """
    item = request.item
    now = time_source.now()
    if item.closed_at is not None or queries.contact_of(request).do_not_contact:
        raise IllegalMove(item.state, "family_writes")
    if item.state == states.WAITING_FAMILY:
        move(request, "family_writes")
    message = Message(request=request, text=text, sent_at=now)
    message.save()
    if open_deadline(item, rules.PROMISE) is None:
        promise_deadlines(request, kinds=(rules.PROMISE,), start=now)
    note(unit=item.unit.public_id, audience="family")
    return message


def mark_read(request: ContactRequest, *, by_family: bool) -> None:
    """Write that the other side's messages were opened: the reader sees them now."""
    unread = queries.unread_by_family(request) if by_family else queries.unread_by_staff(request)
    unread.update(read_at=time_source.now())
