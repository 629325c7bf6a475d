"""What a guide does with a request: take, try, note, check, hand over, close, reopen."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from turvaverkko.access.api import StaffActor, move_matter
from turvaverkko.core import time_source
from turvaverkko.core.commands import command, note
from turvaverkko.core.states import IllegalMove
from turvaverkko.guidance import policies, queries, rules, states
from turvaverkko.guidance.models import ContactAttempt, ContactRequest, InternalNote, UrgencyCheck
from turvaverkko.guidance.rules import Danger, Kind, Outcome, Resolution
from turvaverkko.guidance.services.asking import promise_deadlines
from turvaverkko.guidance.services.moving import move
from turvaverkko.organisation.api import Staff, Unit
from turvaverkko.work.api import (
    PauseReason,
    Priority,
    assign,
    close_item,
    drop_deadline,
    meet_deadline,
    move_to_unit,
    open_deadline,
    pause,
    reopen_item,
    set_priority,
)


class NotEnoughTries(ValueError):
    """Three tries on two days come before "unreachable"."""


class AlreadyTaken(IllegalMove):
    """A colleague was faster."""


@command("guidance.take", allow=policies.may_handle, sentence=_("Pyyntö otettiin hoidettavaksi"))
def take(actor: StaffActor, request: ContactRequest) -> ContactRequest:
    """Take a request: from now on it is mine. Of two guides one wins; the other is told who.

    Raises:
        AlreadyTaken: a colleague has it.
        IllegalMove: it has ended.
    """
    item = request.item
    if item.assignee_id is not None and item.assignee_id != actor.pk:
        raise AlreadyTaken(item.state, "take")
    move(request, "take")
    assign(item, _self(actor))
    note(unit=item.unit.public_id)
    return request


@command("guidance.release", allow=policies.may_handle, sentence=_("Pyyntö palautettiin jonoon"))
def release(_actor: StaffActor, request: ContactRequest) -> ContactRequest:
    """Give a request back to the unit's queue.

    Raises:
        IllegalMove: nobody has it, or it waits for the family.
    """
    move(request, "release")
    assign(request.item, None)
    note(unit=request.item.unit.public_id)
    return request


@command("guidance.assign", allow=policies.may_assign, sentence=_("Pyyntö annettiin tekijälle"))
def assign_to(_actor: StaffActor, request: ContactRequest, *, staff: Staff) -> ContactRequest:
    """Give a request to somebody of the unit. Only the unit's lead does."""
    if request.item.state == states.NEW:
        move(request, "take")
    assign(request.item, staff)
    note(unit=request.item.unit.public_id, holder=staff.public_id)
    return request


@command(
    "guidance.record_contact", allow=policies.may_contribute, sentence=_("Perhettä yritettiin tavoittaa")
)
def record_contact(
    actor: StaffActor, request: ContactRequest, *, means: ContactAttempt.Means, reached: bool
) -> ContactAttempt:
    """Record that the family was tried to be reached. Only a contact that reached it meets the promise.

    Raises:
        IllegalMove: nobody has taken the request, or it has ended.
    """
    if reached:
        move(request, "reach")
        meet_deadline(request.item, rules.PROMISE)
    elif request.item.state not in {states.TAKEN, states.IN_CONTACT, states.WAITING_FAMILY}:
        raise IllegalMove(request.item.state, "try")
    attempt = ContactAttempt(
        request=request, staff_id=actor.pk, means=means, reached=reached, tried_at=time_source.now()
    )
    attempt.save()
    note(unit=request.item.unit.public_id, means=str(means), reached=reached)
    return attempt


@command("guidance.note", allow=policies.may_contribute, sentence=_("Pyyntöön kirjattiin muistiinpano"))
def add_note(actor: StaffActor, request: ContactRequest, *, text: str) -> InternalNote:
    """Write a note for colleagues."""
    written = InternalNote(request=request, staff_id=actor.pk, text=text, written_at=time_source.now())
    written.save()
    note(unit=request.item.unit.public_id)
    return written


@command("guidance.check_urgency", allow=policies.may_contribute, sentence=_("Kiireellisyys arvioitiin"))
def check_urgency(actor: StaffActor, request: ContactRequest, *, found: Danger) -> UrgencyCheck:
    """Judge how urgent it is. Source: Social Welfare Act 1301/2014 § 36 (urgent need at once; *check*)."""
    check = UrgencyCheck(request=request, staff_id=actor.pk, found=found, checked_at=time_source.now())
    check.save()
    priority = {
        Danger.IMMEDIATE: Priority.AT_ONCE,
        Danger.SAME_DAY: Priority.SAME_DAY,
        Danger.NONE: Priority.NORMAL,
    }
    set_priority(request.item, priority[found])
    note(unit=request.item.unit.public_id, found=str(found))
    return check


@command("guidance.mark_kind", allow=policies.may_handle, sentence=_("Pyynnön laji vaihdettiin"))
def mark_kind(_actor: StaffActor, request: ContactRequest, *, kind: Kind) -> ContactRequest:
    """Say what the request is in law. Statutory limits run from its arrival, whenever this is noticed.

    Limits of the former kind are dropped: a mistake can be corrected, and corrected back.
    """
    wanted, held = rules.STATUTORY[kind], rules.STATUTORY[Kind(request.kind)]
    for code in set(held) - set(wanted):
        drop_deadline(request.item, code)
    request.kind = kind
    request.save(update_fields=["kind"])
    new = tuple(code for code in wanted if open_deadline(request.item, code) is None)
    promise_deadlines(request, kinds=new, start=request.received_at)
    note(unit=request.item.unit.public_id, kind=str(kind))
    return request


@command("guidance.wait", allow=policies.may_contribute, sentence=_("Odotetaan perhettä"))
def wait_for_family(
    _actor: StaffActor, request: ContactRequest, *, until: date | None = None
) -> ContactRequest:
    """Wait for what the family decides; the promise stands still meanwhile.

    Raises:
        IllegalMove: it is not being handled.
    """
    move(request, "wait_for_family")
    pause(request.item, PauseReason.AGREED_LATER if until else PauseReason.WAITING_FAMILY, until)
    note(unit=request.item.unit.public_id, reason="agreed-later" if until else "waiting-family")
    return request


@command("guidance.hand_over", allow=policies.may_handle, sentence=_("Pyyntö siirtyi toiseen yksikköön"))
def hand_over(actor: StaffActor, request: ContactRequest, *, unit: Unit) -> ContactRequest:
    """Move a request to another unit's queue in one step: it is never without an owner.

    Raises:
        IllegalMove: it has ended.
        ValueError: the unit belongs to another organisation; that takes a referral.
    """
    move(request, "hand_over")
    move_matter(actor, request.matter, unit)
    move_to_unit(request.item, unit)
    note(unit=unit.public_id, reason="hand-over")
    return request


@command("guidance.resolve", allow=policies.may_handle, sentence=_("Pyyntö päätettiin"))
def resolve(
    _actor: StaffActor, request: ContactRequest, *, resolution: Resolution, outcome: Outcome
) -> ContactRequest:
    """End a request with what was done and what came of it.

    Raises:
        IllegalMove: nobody handles it.
        NotEnoughTries: "unreachable" before three tries on two days.
    """
    if resolution is Resolution.UNREACHABLE and not rules.may_be_unreachable(queries.tries(request)):
        raise NotEnoughTries
    state = states.CONTACT_REQUEST.after(request.item.state, "resolve")
    request.resolution, request.outcome = resolution, outcome
    request.save(update_fields=["resolution", "outcome"])
    close_item(request.item, state=state, outcome=resolution)
    note(
        unit=request.item.unit.public_id, audience="family", resolution=str(resolution), outcome=str(outcome)
    )
    return request


@command("guidance.reopen", allow=policies.may_handle, sentence=_("Pyyntö avattiin uudelleen"))
def reopen(_actor: StaffActor, request: ContactRequest) -> ContactRequest:
    """Open a closed request again within 30 days; the thread goes on and a new promise starts.

    Raises:
        IllegalMove: it is open, withdrawn, or was closed too long ago.
    """
    item = request.item
    state = states.CONTACT_REQUEST.after(item.state, "reopen")
    if item.closed_at is None or not rules.may_be_reopened(item.closed_at, time_source.now()):
        raise IllegalMove(item.state, "reopen")
    request.resolution, request.outcome = "", ""
    request.save(update_fields=["resolution", "outcome"])
    reopen_item(item, state=state)
    promise_deadlines(request, kinds=(rules.PROMISE,), start=time_source.now())
    note(unit=item.unit.public_id, audience="family")
    return request


def _self(actor: StaffActor) -> Staff:
    return Staff.objects.get(pk=actor.pk)
