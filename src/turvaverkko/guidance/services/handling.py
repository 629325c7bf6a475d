"""What a guide does with a request: take, try, note, check, hand over, close, reopen."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from turvaverkko.access.api import StaffActor, move_matter, staff_actor
from turvaverkko.core import time_source
from turvaverkko.core.commands import command, note
from turvaverkko.core.states import IllegalMove
from turvaverkko.guidance import policies, queries, rules, states
from turvaverkko.guidance.models import ContactAttempt, ContactRequest, InternalNote, UrgencyCheck
from turvaverkko.guidance.rules import Danger, Kind, LimitOpen, NotNeeded, Outcome, Resolution
from turvaverkko.guidance.services import half_written
from turvaverkko.guidance.services.asking import promise_deadlines
from turvaverkko.guidance.services.moving import move
from turvaverkko.organisation.api import Staff, Unit
from turvaverkko.work.api import (
    QUEUE_ROLES,
    PauseReason,
    Priority,
    assign,
    close_item,
    drop_deadline,
    meet_deadline,
    move_to_unit,
    pause,
    reopen_item,
    set_priority,
    take_up_deadlines,
    unmeet_deadline,
)


class NotEnoughTries(ValueError):
    """Three tries on two days come before "unreachable"."""


class AlreadyTaken(IllegalMove):
    """A colleague was faster."""


class NotOfUnit(ValueError):
    """Whom it was to be given to does not work on the unit's requests today."""


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
def assign_to(
    _actor: StaffActor, request: ContactRequest, *, staff: Staff, instead_of: str | None = None
) -> ContactRequest:
    """Give a request to somebody of the unit. Only the unit's lead does.

    Args:
        request: which.
        staff: who works on the requests of its unit today and may see this one.
        instead_of: public id of who has it as the giver knows, "" for nobody; None does not ask.

    Raises:
        AlreadyTaken: somebody else has it by now: of two leads one wins.
        NotOfUnit: the receiver works elsewhere, has left, or may not work on this request.
        IllegalMove: it has ended.
    """
    item = request.item
    former = item.assignee.public_id if item.assignee else None
    _still_open(request, "assign")
    if instead_of not in {None, former or ""} and former != staff.public_id:
        raise AlreadyTaken(item.state, "assign")
    if not works_on(staff, request):
        raise NotOfUnit
    before = item.state
    if before == states.NEW:
        move(request, "take")
    assign(item, staff)
    note(unit=item.unit.public_id, holder=staff.public_id, former=former, state=before)
    return request


@command("guidance.unassign", allow=policies.may_assign, sentence=_("Antaminen peruttiin"))
def take_assignment_back(actor: StaffActor, request: ContactRequest) -> ContactRequest:
    """Undo one's own giving: the request is again with whom it was. Only while nothing followed it.

    Raises:
        IllegalMove: somebody has done something since, or whoever had it works here no longer.
    """
    item = request.item
    given = queries.last_act(request)
    if given is None or given.kind != "guidance.assign" or given.actor != actor.public_id:
        raise IllegalMove(item.state, "unassign")
    former = queries.staff_by_public_id(given.payload["former"])
    if former is not None and not works_on(former, request):
        raise IllegalMove(item.state, "unassign")
    if given.payload["state"] == states.NEW:
        move(request, "release")
    assign(item, former)
    note(unit=item.unit.public_id, holder=given.payload["former"], reason="undo")
    return request


def works_on(staff: Staff, request: ContactRequest) -> bool:
    """Tell whether somebody works in a request's unit today and may work on this request."""
    person = staff_actor(staff)
    units = frozenset[int]().union(*(person.units_of.get(role, ()) for role in QUEUE_ROLES))
    return request.item.unit_id in units and policies.may_contribute(person, request)


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
    half_written.forget(actor, request, half_written.Where.NOTE)
    note(unit=request.item.unit.public_id)
    return written


@command("guidance.check_urgency", allow=policies.may_contribute, sentence=_("Kiireellisyys arvioitiin"))
def check_urgency(actor: StaffActor, request: ContactRequest, *, found: Danger) -> UrgencyCheck:
    """Judge how urgent it is; the limit of the law that asks for it at once is met by it.

    Source: Social Welfare Act 1301/2014 § 36, Child Welfare Act 417/2007 § 26 (*check*).

    Raises:
        IllegalMove: it has ended.
    """
    _still_open(request, "check")
    check = UrgencyCheck(request=request, staff_id=actor.pk, found=found, checked_at=time_source.now())
    check.save()
    for code in rules.URGENCY:
        meet_deadline(request.item, code, check.checked_at)
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

    Limits of the former kind are dropped: a mistake can be corrected, and corrected back. An urgency that was
    judged before the kind was known was judged then.
    Source: Social Welfare Act 1301/2014 §§ 35 and 36, Child Welfare Act 417/2007 §§ 25 and 26 (*check*).

    Raises:
        IllegalMove: it has ended.
    """
    _still_open(request, "kind")
    wanted, held = rules.STATUTORY[kind], rules.STATUTORY[Kind(request.kind)]
    for code in set(held) - set(wanted):
        drop_deadline(request.item, code, NotNeeded.OTHER_KIND)
    request.kind = kind
    request.save(update_fields=["kind"])
    _start_limits(request, wanted)
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
    _actor: StaffActor,
    request: ContactRequest,
    *,
    resolution: Resolution,
    outcome: Outcome,
    not_needed: NotNeeded | None = None,
) -> ContactRequest:
    """End a request with what was done and what came of it; statutory limits are met by it or said off.

    Source: Social Welfare Act 1301/2014 § 36, Child Welfare Act 417/2007 § 26 (*check*): `rules.ended_by`.

    Args:
        request: which.
        resolution: what was done.
        outcome: what came of it.
        not_needed: why statutory limits that the resolution does not answer are not needed.

    Raises:
        IllegalMove: nobody handles it.
        NotEnoughTries: "unreachable" before three tries on two days.
        UrgencyFirst: the law wants the urgency judged, and nobody has.
        LimitOpen: a statutory limit is left over, and nobody said why it is not needed.
    """
    if resolution is Resolution.UNREACHABLE and not rules.may_be_unreachable(queries.tries(request)):
        raise NotEnoughTries
    item = request.item
    state = states.CONTACT_REQUEST.after(item.state, "resolve")
    if not_needed not in {None, *rules.reasons_for(Kind(request.kind))}:
        raise LimitOpen
    ended = rules.ended_by(resolution, queries.running_limits(request), not_needed)
    request.resolution, request.outcome = resolution, outcome
    request.save(update_fields=["resolution", "outcome"])
    now = time_source.now()
    for code in sorted(ended.met):
        meet_deadline(item, code, now)
    close_item(item, state=state, outcome=resolution, reasons=ended.dropped, at=now)
    note(unit=item.unit.public_id, audience="family", resolution=str(resolution), outcome=str(outcome))
    if ended.dropped:
        note(not_needed=[f"{code}:{why}" for code, why in ended.dropped.items()])
    return request


@command("guidance.reopen", allow=policies.may_handle, sentence=_("Pyyntö avattiin uudelleen"))
def reopen(_actor: StaffActor, request: ContactRequest) -> ContactRequest:
    """Open a closed request again within 30 days; the thread goes on and a new promise starts.

    Statutory limits that the closing dropped run again, from arrival as before: the law knows no break
    (Social Welfare Act 1301/2014 § 36, Child Welfare Act 417/2007 § 26; *check*). What the closing met was
    met, unless it was a slip that is taken back at once.

    Raises:
        IllegalMove: it is open, withdrawn, or was closed too long ago.
    """
    item, now = request.item, time_source.now()
    state = states.CONTACT_REQUEST.after(item.state, "reopen")
    closed_at = item.closed_at
    if closed_at is None or not rules.may_be_reopened(closed_at, now):
        raise IllegalMove(item.state, "reopen")
    request.resolution, request.outcome = "", ""
    request.save(update_fields=["resolution", "outcome"])
    reopen_item(item, state=state)
    limits = rules.STATUTORY[Kind(request.kind)]
    take_up_deadlines(item, limits, closed_at)
    if rules.was_a_slip(closed_at, now):
        for code in limits:
            unmeet_deadline(item, code, closed_at)
    promise_deadlines(request, kinds=(rules.PROMISE,), start=time_source.now())
    note(unit=item.unit.public_id, audience="family")
    return request


def _still_open(request: ContactRequest, action: str) -> None:
    if request.item.closed_at is not None:
        raise IllegalMove(request.item.state, action)


def _start_limits(request: ContactRequest, wanted: tuple[str, ...]) -> None:
    """Start the limits that neither run nor were met; an urgency judged before was judged then."""
    known = queries.limits_not_dropped(request)
    new = tuple(code for code in wanted if code not in known)
    promise_deadlines(request, kinds=new, start=request.received_at)
    checks = queries.urgency_checks(request)
    for code in rules.URGENCY & set(new) if checks else ():
        meet_deadline(request.item, code, checks[-1].checked_at)


def _self(actor: StaffActor) -> Staff:
    return Staff.objects.get(pk=actor.pk)
