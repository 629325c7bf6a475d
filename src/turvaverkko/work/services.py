"""Writes of work. The steps here are parts of an upper app's command: they stand in its transaction.

An item's story is told by the commands of the app that owns it (a contact request is taken, answered,
closed); only what nobody else does is a command here: writing down that a deadline was missed and why,
letting a pause end on its day, bringing a stray item home.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext_lazy as _

from turvaverkko.access.api import Grant, Matter, end_grants, move_matter
from turvaverkko.core import deadlines, time_source
from turvaverkko.core.actors import SystemActor
from turvaverkko.core.calendars import DayTest
from turvaverkko.core.commands import command, note
from turvaverkko.core.deadlines import Due, LocalDays
from turvaverkko.core.rows import locked
from turvaverkko.organisation.api import Staff, Unit
from turvaverkko.work import policies, queries, rules
from turvaverkko.work.models import Deadline, Pause, WorkItem
from turvaverkko.work.rules import BreachReason, PauseReason, Priority, Running

# A miss is a fact that nobody does: the system writes it.
WATCH = SystemActor("work-watch")
NO_REASONS: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class About:
    """What a queue shows of an item, as codes.

    Attributes:
        municipality: slug.
        topic: code of a life situation.
        language: language code in which the family is served.
        channel: how it came ("web", "phone").
    """

    municipality: str = ""
    topic: str = ""
    language: str = ""
    channel: str = ""


def open_item(
    matter: Matter, *, kind: str, state: str, about: About, priority: Priority = Priority.NORMAL
) -> WorkItem:
    """Put something to wait in the queue of the matter's unit."""
    item = WorkItem(
        matter=matter,
        unit_id=matter.unit_id,
        confidentiality=matter.confidentiality,
        kind=kind,
        state=state,
        priority=priority,
        municipality=about.municipality,
        topic=about.topic,
        language=about.language,
        channel=about.channel,
    )
    item.save()
    return item


def start_deadline(item: WorkItem, due: Due, started_at: datetime) -> Deadline:
    """Store a promise or a limit: it does not move when the rule does.

    Args:
        item: what has the deadline.
        due: as counted from `started_at`.
        started_at: what the policy runs from. A limit of the law runs from the arrival of the message,
            also when somebody notices only later which limit holds.

    Raises:
        IntegrityError: the item has an open deadline of this policy.
    """
    half, near, _full = due.lights
    made = Deadline(
        item=item,
        policy=due.policy.code,
        policy_version=due.policy.version,
        counted_in=due.policy.unit,
        may_pause=due.policy.may_pause,
        started_at=started_at,
        due_at=due.moment,
        last_day=due.day,
        half_day=half,
        near_day=near,
    )
    made.save()
    _refresh(item)
    return made


def meet_deadline(item: WorkItem, policy: str, at: datetime | None = None) -> Deadline | None:
    """Mark a deadline met at a moment (now); None when there is no open one. Meeting twice is no harm.

    One that stood still goes on first, so that the waiting is not counted against anybody.
    """
    moment = at or time_source.now()
    found = [deadline for deadline in _locked_open(item) if deadline.policy == policy]
    for deadline in found:
        _go_on(deadline, moment)
        _note_if_missed(deadline, moment)
        deadline.met_at = moment
        deadline.save(update_fields=["met_at"])
    _refresh(item)
    return found[0] if found else None


def unmeet_deadline(item: WorkItem, policy: str, met_at: datetime) -> Deadline | None:
    """Let a deadline run again whose meeting at a moment has just been taken back; None without one."""
    deadline = queries.last_deadline(item, policy)
    if deadline is None or deadline.met_at != met_at:
        return None
    deadline.met_at = None
    deadline.save(update_fields=["met_at"])
    _refresh(item)
    return deadline


def drop_deadline(item: WorkItem, policy: str, reason: str = "") -> Deadline | None:
    """Give up a deadline that is not needed, with the code of the reason; None when there is no open one."""
    found = [deadline for deadline in _locked_open(item) if deadline.policy == policy]
    for deadline in found:
        _drop(deadline, time_source.now(), reason)
    _refresh(item)
    return found[0] if found else None


def pause(item: WorkItem, reason: PauseReason, until: date | None = None) -> int:
    """Let the open deadlines of an item stand still for one of the three reasons; return how many.

    Only those do whose policy says so: no limit of the law waits unless the law gives the wait.

    Args:
        item: whose deadlines.
        reason: what the family decides.
        until: the day on which they go on by themselves, if one was agreed.
    """
    paused = [
        deadline for deadline in _locked_open(item) if deadline.paused_at is None and deadline.may_pause
    ]
    for deadline in paused:
        _note_if_missed(deadline, time_source.now())
        deadline.paused_at, deadline.pause_reason = time_source.now(), reason
        deadline.paused_until = until
        deadline.save(update_fields=["paused_at", "pause_reason", "paused_until"])
    _refresh(item)
    return len(paused)


def resume(item: WorkItem, local: LocalDays | None = None) -> int:
    """Let the deadlines go on, moved by the counting days they stood still; return how many.

    Args:
        item: whose deadlines.
        local: closing days and school breaks by which the days are counted; those of the item's
            municipality unless told.
    """
    return _resume([d for d in _locked_open(item) if d.paused_at is not None], item, local)


def move_state(item: WorkItem, state: str) -> None:
    """Write the state that the owner's machine gave."""
    item.state = state
    item.save(update_fields=["state"])


def assign(item: WorkItem, staff: Staff | None) -> None:
    """Write who has taken the item, or that nobody has."""
    item.assignee = staff
    item.save(update_fields=["assignee"])


def move_to_unit(item: WorkItem, unit: Unit) -> None:
    """Write the unit of the item after its matter has moved; whoever had taken it no longer has it.

    The other items of the matter move with it, closed ones too: the former unit no longer sees them.

    Raises:
        ValueError: the matter is not in that unit.
    """
    if queries.unit_of(item) != unit.pk:
        message = "An item is where its matter is: move the matter first."
        raise ValueError(message)
    for other in queries.items_of(item.matter):
        if other.pk != item.pk and other.unit_id != unit.pk:
            _write_unit(other, unit)
    _write_unit(item, unit)


def close_item(
    item: WorkItem,
    *,
    state: str,
    outcome: str,
    reasons: Mapping[str, str] = NO_REASONS,
    at: datetime | None = None,
) -> None:
    """Take the item out of the queue. Deadlines that were not met are dropped and stay to be seen.

    Args:
        item: what has ended.
        state: as the owner's machine gave it.
        outcome: code of how it ended.
        reasons: why a deadline is not needed, by the code of its policy.
        at: the moment; now unless told.
    """
    now = at or time_source.now()
    for deadline in _locked_open(item):
        _drop(deadline, now, reasons.get(deadline.policy, ""))
    item.state, item.outcome, item.closed_at, item.next_due = state, outcome, now, None
    item.save(update_fields=["state", "outcome", "closed_at", "next_due"])


def reopen_item(item: WorkItem, *, state: str) -> None:
    """Put a closed item back into its unit's queue. New deadlines are the caller's to start."""
    item.state, item.outcome, item.closed_at, item.assignee = state, "", None, None
    item.save(update_fields=["state", "outcome", "closed_at", "assignee"])


def take_up_deadlines(item: WorkItem, policies: Collection[str], dropped_at: datetime) -> int:
    """Let deadlines of some policies run again that were dropped at a moment; return how many.

    They run from where they always ran: what ended them did not hold. A miss that was written stays one.
    """
    found = list(queries.dropped_at(locked(item), policies, dropped_at))
    for deadline in found:
        deadline.dropped_at, deadline.drop_reason = None, ""
        deadline.save(update_fields=["dropped_at", "drop_reason"])
    _refresh(item)
    return len(found)


def set_priority(item: WorkItem, priority: Priority) -> None:
    """Write how soon somebody should look."""
    item.priority = priority
    item.save(update_fields=["priority"])


@command("work.breached", allow=policies.is_system, sentence=_("Määräaika ylittyi"))
def note_breach(_actor: SystemActor, item: WorkItem, *, policy: str) -> Deadline:
    """Write into the trail that a deadline was missed: once, whoever finds it first.

    Raises:
        ValueError: it was not missed, or that was written before.
    """
    deadline = queries.open_deadline(item, policy)
    if deadline is None or deadline.breached_at is not None or not queries.is_late(deadline):
        message = f"{policy} of this item has no miss to be written down."
        raise ValueError(message)
    due = deadline.due_at.isoformat(timespec="seconds")
    note(policy=policy, version=deadline.policy_version, due=due, unit=item.unit.public_id)
    deadline.breached_at = time_source.now()
    deadline.save(update_fields=["breached_at"])
    return deadline


@command("work.explain_breach", allow=policies.may_assign, sentence=_("Ylityksen syy kirjattiin"))
def explain_breach(_actor: object, item: WorkItem, *, policy: str, reason: BreachReason) -> Deadline:
    """Write why a deadline was missed. The breach itself is a fact and is never edited away.

    Raises:
        ValueError: the deadline was not missed.
    """
    deadline = queries.last_deadline(item, policy)
    if deadline is not None and queries.is_late(deadline) and deadline.breached_at is None:
        deadline = note_breach(WATCH, item, policy=policy)
    if deadline is None or deadline.breached_at is None:
        message = f"{policy} of this item was not missed."
        raise ValueError(message)
    note(reason=str(reason), policy=policy, unit=item.unit.public_id)
    deadline.breach_reason = reason
    deadline.save(update_fields=["breach_reason"])
    return deadline


@command("work.wake", allow=policies.is_system, sentence=_("Sovittu odotus päättyi"))
def wake(_actor: SystemActor, item: WorkItem) -> int:
    """Let the deadlines of an item go on whose pause was agreed until a day that has come."""
    note(unit=item.unit.public_id)
    today = time_source.today()
    due = [d for d in _locked_open(item) if d.paused_at and d.paused_until and d.paused_until <= today]
    return _resume(due, item, None)


@command("work.bring_home", allow=policies.may_assign, sentence=_("Työ siirtyi päivystysjonoon"))
def bring_home(actor: SystemActor, item: WorkItem, *, unit: Unit, duty: bool = True) -> WorkItem:
    """Move an item that nobody would see to a unit that works, such as the county's duty queue.

    Args:
        actor: the job.
        item: the stray one.
        unit: where it goes.
        duty: whether that is the duty unit; False is written into the trail, because the duty unit is
            unstaffed itself.
    """
    note(unit=unit.public_id, former=item.unit.public_id, reason="stray" if duty else "stray-duty-unstaffed")
    matter = move_matter(actor, item.matter, unit)
    if item.assignee is not None:
        end_grants(actor, matter, staff=item.assignee, basis=Grant.Basis.ASSIGNED)
    move_to_unit(item, unit)
    return item


def _write_unit(item: WorkItem, unit: Unit) -> None:
    item.unit = unit
    if item.closed_at is None:
        item.assignee = None
    item.save(update_fields=["unit", "assignee"])


def _locked_open(item: WorkItem) -> list[Deadline]:
    """Return the open deadlines under the lock of their item: no pause is counted twice."""
    locked(item)
    return list(queries.open_deadlines(item))


def _resume(standing: list[Deadline], item: WorkItem, local: LocalDays | None) -> int:
    for deadline in standing:
        _go_on(deadline, time_source.now(), local)
    _refresh(item)
    return len(standing)


def _drop(deadline: Deadline, at: datetime, reason: str) -> None:
    _go_on(deadline, at)
    _note_if_missed(deadline, at)
    deadline.dropped_at, deadline.drop_reason = at, reason
    deadline.save(update_fields=["dropped_at", "drop_reason"])


def _note_if_missed(deadline: Deadline, at: datetime) -> None:
    if deadline.breached_at is None and rules.is_late(deadline.due_at, at):
        deadline.breached_at = note_breach(WATCH, deadline.item, policy=deadline.policy).breached_at


def _go_on(deadline: Deadline, at: datetime, local: LocalDays | None = None) -> None:
    """Let a deadline that stands still go on; what was missed before the pause stays missed."""
    began = deadline.paused_at
    if began is None:
        return
    local = queries.local_days_of(deadline.item) if local is None else local
    counts = deadlines.day_test(deadlines.Unit(deadline.counted_in), local)
    days = 0
    if not rules.is_late(deadline.due_at, began) and at > began:
        days = rules.days_paused(time_source.local_day(began), time_source.local_day(at), counts)
    Pause(
        deadline=deadline, reason=deadline.pause_reason, began_at=began, ended_at=max(at, began), days=days
    ).save()
    _move_on(deadline, days, counts)
    deadline.paused_at, deadline.pause_reason, deadline.paused_until = None, "", None
    deadline.save()


def _move_on(deadline: Deadline, days: int, counts: DayTest) -> None:
    last = rules.moved(deadline.last_day, days, counts)
    if last != deadline.last_day:
        deadline.promised_day = deadline.promised_day or deadline.last_day
    deadline.due_at = rules.moved_moment(deadline.due_at, (last - deadline.last_day).days)
    deadline.last_day = last
    deadline.half_day = rules.moved(deadline.half_day, days, counts)
    deadline.near_day = rules.moved(deadline.near_day, days, counts)
    deadline.days_paused += days


def _refresh(item: WorkItem) -> None:
    """Write the next due moment, by which queues are sorted."""
    running = [
        Running(deadline.due_at, met=False, paused=deadline.paused_at is not None)
        for deadline in queries.open_deadlines(item)
    ]
    item.next_due = rules.next_due(running)
    item.save(update_fields=["next_due"])
