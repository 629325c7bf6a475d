"""Reads of work: deadlines, their lights and words, what was missed and what is to go on."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet

from turvaverkko.access.api import Verb, branches
from turvaverkko.core import calendars, deadlines, time_source
from turvaverkko.core.deadlines import Due, Light, LocalDays, Policy
from turvaverkko.core.prepared import Prepared, PreparedModels, ids
from turvaverkko.organisation.api import (
    County,
    local_days,
    municipalities,
    path_of_county,
    path_of_municipality,
    policies,
)
from turvaverkko.work import rules, words
from turvaverkko.work.models import Deadline, Pause, WorkItem
from turvaverkko.work.queries.queues import Line
from turvaverkko.work.rules import ShownDeadline

_DEADLINES: Final = PreparedModels(
    lambda: Deadline.objects.filter(item__in=ids("items")).order_by("due_at", "pk"), "items"
)

_SHOWN: Final = Prepared(
    lambda: _open().filter(item__in=ids("items")).order_by("pk"),
    tuple(ShownDeadline.__annotations__),
    "items",
)


def foremost_of(lines: Iterable[Line]) -> Mapping[int, ShownDeadline | None]:
    """Return the deadline that a queue shows of each item by the item's key, or None. One query."""
    found: dict[int, list[ShownDeadline]] = {line.pk: [] for line in lines}
    for row in _SHOWN.tuples(items=list(found)):
        deadline = ShownDeadline(*row)
        found[deadline.item_id].append(deadline)
    return {pk: words.foremost(running) for pk, running in found.items()}


def deadlines_of(items: Iterable[WorkItem]) -> Mapping[int, list[Deadline]]:
    """Return the deadlines of items by the item's key, the earliest first. One query."""
    found: dict[int, list[Deadline]] = {item.pk: [] for item in items}
    for deadline in _DEADLINES.all(items=list(found)):
        found[deadline.item_id].append(deadline)
    return found


def open_deadline(item: WorkItem, policy: str) -> Deadline | None:
    """Return the deadline of a policy that is neither met nor dropped, or None."""
    return _open().filter(item=item, policy=policy).first()


def deadline_met_at(item: WorkItem, policy: str, met_at: datetime) -> Deadline | None:
    """Return the deadline of a policy that was met at exactly this moment."""
    return Deadline.objects.filter(item=item, policy=policy, met_at=met_at).first()


def open_deadlines(item: WorkItem) -> QuerySet[Deadline]:
    """Return the deadlines of an item that are neither met nor dropped."""
    return _open().filter(item=item).order_by("due_at", "pk")


def dropped_at(item: WorkItem, policies: Collection[str], moment: datetime) -> QuerySet[Deadline]:
    """Return the deadlines of some policies that were dropped at exactly this moment, as by a closing."""
    found = Deadline.objects.filter(item=item, policy__in=list(policies), dropped_at=moment)
    return found.order_by("due_at", "pk")


def last_deadline(item: WorkItem, policy: str) -> Deadline | None:
    """Return the latest deadline of a policy, open or not, or None."""
    return Deadline.objects.filter(item=item, policy=policy).order_by("-pk").first()


def light_of(deadline: Deadline, today: date | None = None) -> Light:
    """Return how much of a deadline's run is used today, or was when it was met, dropped or paused."""
    ended = _ended_at(deadline)
    day = time_source.local_day(ended) if ended else today or time_source.today()
    return rules.light(day, deadline.half_day, deadline.near_day, deadline.last_day)


def is_late(deadline: Deadline) -> bool:
    """Tell whether a deadline is late now, or was when it was met, dropped or paused."""
    return rules.is_late(deadline.due_at, _ended_at(deadline) or time_source.now())


def breaches(actor: object, most: int = 50) -> list[Deadline]:
    """Return the missed deadlines of visible items that have no reason yet, oldest first, at most so many.

    A miss is found by the job within minutes, or at once by whoever meets or closes too late.
    """
    unexplained = Deadline.objects.filter(breached_at__isnull=False, breach_reason="").select_related("item")
    parts = branches(unexplained, actor, Verb.ASSIGN)
    found = (deadline for part in parts for deadline in part.order_by("due_at", "pk")[:most])
    return sorted(found, key=lambda deadline: (deadline.due_at, deadline.pk))[:most]


def missed_unnoted() -> QuerySet[Deadline]:
    """Return the open deadlines that are late and not yet written down as missed."""
    late = _open().filter(due_at__lt=time_source.now(), paused_at__isnull=True, breached_at__isnull=True)
    return late.select_related("item").order_by("due_at", "pk")


def items_to_wake() -> QuerySet[WorkItem]:
    """Return the open items with a deadline whose pause was agreed until a day that has come."""
    due = _open().filter(paused_at__isnull=False, paused_until__lte=time_source.today())
    return WorkItem.objects.filter(pk__in=due.values("item"), closed_at__isnull=True).order_by("pk")


def local_days_of(item: WorkItem) -> LocalDays:
    """Return the closing days and school breaks by which an item's days are counted."""
    county = item.unit.organisation.county
    if county is None:
        return deadlines.NO_LOCAL_DAYS
    # A place outside the county has none of our days: the county's own hold, as when the run was counted.
    place = municipalities(county).filter(slug=item.municipality).first() if item.municipality else None
    return local_days(path_of_municipality(place) if place else path_of_county(county))


def explained(deadline: Deadline, *, opening: str = "") -> str:
    """Return why a deadline is on its day, what it waited for and how it went, in one sentence or a few.

    Args:
        deadline: as stored; what was promised does not move with the policy.
        opening: what began the run, already translated, such as "Pyyntö tuli".
    """
    local = local_days_of(deadline.item)
    pauses: dict[str, int] = {}
    for reason, days in Pause.objects.filter(deadline=deadline).order_by("pk").values_list("reason", "days"):
        pauses[reason] = pauses.get(reason, 0) + days
    due = _due(deadline, local)
    return words.explanation(deadline, due, pauses, local, opening=opening)


def _due(deadline: Deadline, local: LocalDays) -> Due | None:
    """Return the run as it was promised, or None when the version of its policy is gone."""
    county = deadline.item.unit.organisation.county
    policy = _policy(deadline, county) if county else None
    if policy is None:
        return None
    counted = deadlines.due(policy, deadline.started_at, local)
    promised = deadline.promised_day or deadline.last_day
    if counted.day == promised:
        return counted
    counts = deadlines.day_test(policy.unit, local)
    left_out = calendars.days_left_out(counted.start, promised, counts)
    return replace(counted, day=promised, counted_day=promised, left_out=left_out)


def _policy(deadline: Deadline, county: County) -> Policy | None:
    wanted = (deadline.policy, deadline.policy_version)
    return next((p for p in policies(county) if (p.code, p.version) == wanted), None)


def _ended_at(deadline: Deadline) -> datetime | None:
    """Return when the run ended or began to stand still; None while it goes on."""
    return deadline.met_at or deadline.dropped_at or deadline.paused_at


def _open() -> QuerySet[Deadline]:
    return Deadline.objects.filter(met_at__isnull=True, dropped_at__isnull=True)
