"""Writes of work. The steps here are parts of an upper app's command: they stand in its transaction.

An item's story is told by the commands of the app that owns it (a contact request is taken, answered,
closed); only what nobody else does is a command here: explaining a breach, bringing a stray item home.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from turvaverkko.access.api import Matter, move_matter
from turvaverkko.core import deadlines, time_source
from turvaverkko.core.actors import SystemActor
from turvaverkko.core.commands import command, note
from turvaverkko.core.deadlines import Due, LocalDays
from turvaverkko.organisation.api import Staff, Unit
from turvaverkko.work import policies, queries, rules
from turvaverkko.work.models import Deadline, WorkItem
from turvaverkko.work.rules import BreachReason, PauseReason, Priority, Running


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
    """Store a promise or a limit: it does not move when the rule does."""
    half, near, _full = due.lights
    made = Deadline(
        item=item,
        policy=due.policy.code,
        policy_version=due.policy.version,
        counted_in=due.policy.unit,
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
    """Mark a deadline met at a moment (now); None when there is no open one. Meeting twice is no harm."""
    deadline = queries.open_deadline(item, policy)
    if deadline is None:
        return None
    deadline.met_at = at or time_source.now()
    deadline.paused_at, deadline.pause_reason, deadline.paused_until = None, "", None
    deadline.save(update_fields=["met_at", "paused_at", "pause_reason", "paused_until"])
    _refresh(item)
    return deadline


def pause(item: WorkItem, reason: PauseReason, until: date | None = None) -> int:
    """Let the open deadlines of an item stand still for one of the three reasons; return how many."""
    paused = [deadline for deadline in queries.open_deadlines(item) if deadline.paused_at is None]
    for deadline in paused:
        deadline.paused_at, deadline.pause_reason = time_source.now(), reason
        deadline.paused_until = until
        deadline.save(update_fields=["paused_at", "pause_reason", "paused_until"])
    _refresh(item)
    return len(paused)


def resume(item: WorkItem, local: LocalDays) -> int:
    """Let the deadlines go on, moved by the counting days they stood still; return how many.

    Args:
        item: whose deadlines.
        local: closing days and school breaks by which the days are counted.
    """
    standing = [deadline for deadline in queries.open_deadlines(item) if deadline.paused_at is not None]
    for deadline in standing:
        _go_on(deadline, local)
    _refresh(item)
    return len(standing)


def move_state(item: WorkItem, state: str) -> None:
    """Write the state that the owner's machine gave."""
    item.state = state
    item.save(update_fields=["state"])


def assign(item: WorkItem, staff: Staff | None) -> None:
    """Write who has taken the item, or that nobody has."""
    item.assignee = staff
    item.save(update_fields=["assignee"])


def move_to_unit(item: WorkItem, unit: Unit) -> None:
    """Write the unit of the item after its matter has moved; whoever had taken it no longer has it."""
    item.unit, item.assignee = unit, None
    item.save(update_fields=["unit", "assignee"])


def close_item(item: WorkItem, *, state: str, outcome: str) -> None:
    """Take the item out of the queue. Deadlines that were not met are dropped and stay to be seen."""
    now = time_source.now()
    for deadline in queries.open_deadlines(item):
        deadline.dropped_at = now
        deadline.paused_at, deadline.pause_reason, deadline.paused_until = None, "", None
        deadline.save(update_fields=["dropped_at", "paused_at", "pause_reason", "paused_until"])
    item.state, item.outcome, item.closed_at, item.next_due = state, outcome, now, None
    item.save(update_fields=["state", "outcome", "closed_at", "next_due"])


def reopen_item(item: WorkItem, *, state: str) -> None:
    """Put a closed item back into its unit's queue. New deadlines are the caller's to start."""
    item.state, item.outcome, item.closed_at, item.assignee = state, "", None, None
    item.save(update_fields=["state", "outcome", "closed_at", "assignee"])


def set_priority(item: WorkItem, priority: Priority) -> None:
    """Write how soon somebody should look."""
    item.priority = priority
    item.save(update_fields=["priority"])


@command("work.explain_breach", allow=policies.may_assign, sentence=_("Ylityksen syy kirjattiin"))
def explain_breach(_actor: object, item: WorkItem, *, policy: str, reason: BreachReason) -> Deadline | None:
    """Write why a deadline was missed. The breach itself is a fact and is never edited away.

    Raises:
        ValueError: the deadline is not late.
    """
    deadline = queries.open_deadline(item, policy)
    if deadline is None or not queries.is_late(deadline):
        message = f"{policy} of this item is not late."
        raise ValueError(message)
    note(reason=str(reason), policy=policy, unit=item.unit.public_id)
    deadline.breach_reason = reason
    deadline.save(update_fields=["breach_reason"])
    return deadline


@command("work.bring_home", allow=policies.may_assign, sentence=_("Työ siirtyi päivystysjonoon"))
def bring_home(actor: SystemActor, item: WorkItem, *, unit: Unit) -> WorkItem:
    """Move an item that no guide would see to a unit that works, such as the county's duty queue."""
    note(unit=unit.public_id, reason="stray")
    move_matter(actor, item.matter, unit)
    move_to_unit(item, unit)
    return item


def _go_on(deadline: Deadline, local: LocalDays) -> None:
    counts = deadlines.day_test(deadlines.Unit(deadline.counted_in), local)
    paused_on = time_source.local_day(deadline.paused_at) if deadline.paused_at else time_source.today()
    added = rules.days_paused(paused_on, time_source.today(), counts)
    last = rules.moved(deadline.last_day, added, counts)
    deadline.due_at += last - deadline.last_day
    deadline.last_day = last
    deadline.half_day = rules.moved(deadline.half_day, added, counts)
    deadline.near_day = rules.moved(deadline.near_day, added, counts)
    deadline.days_paused += added
    deadline.paused_at, deadline.pause_reason, deadline.paused_until = None, "", None
    deadline.save()


def _refresh(item: WorkItem) -> None:
    """Write the next due moment, by which queues are sorted."""
    running = [
        Running(deadline.due_at, met=False, paused=deadline.paused_at is not None)
        for deadline in queries.open_deadlines(item)
    ]
    item.next_due = rules.next_due(running)
    item.save(update_fields=["next_due"])
