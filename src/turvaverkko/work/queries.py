"""Reads of work: queues as somebody sees them, deadlines, routes, and items that nobody would see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet

from turvaverkko.access.api import Matter, Role, Verb, visible_to
from turvaverkko.core import time_source
from turvaverkko.core.deadlines import Light
from turvaverkko.organisation.api import Path, Unit, active_units, staffed_units
from turvaverkko.work.models import Deadline, Route, WorkItem
from turvaverkko.work.rules import light

# Who works a queue: a unit without any of these has nobody to see its items.
QUEUE_ROLES = (Role.SERVICE_GUIDE, Role.WORKER, Role.UNIT_LEAD)


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the queue is shown. Empty means everything.

    Attributes:
        kinds: kinds of items; a page knows which kinds it can show.
        units: public ids.
        mine: only items that the actor has taken.
        free: only items that nobody has taken.
        closed: closed items instead of open ones.
    """

    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    late: bool = False
    mine: bool = False
    free: bool = False
    closed: bool = False


def queue(actor: object, filters: Filters) -> QuerySet[WorkItem]:
    """Return the items an actor may see, the most urgent first. Slice it; count it with `count`."""
    return visible_to(_narrowed(actor, filters), actor).order_by(
        "priority", F("next_due").asc(nulls_last=True), "pk"
    )


def item_for(actor: object, public_id: str, verb: Verb = Verb.SEE) -> WorkItem | None:
    """Return one item if the actor may do the verb to it; a stranger's item is as if it were not."""
    return visible_to(WorkItem.objects.filter(public_id=public_id), actor, verb).first()


def items_of(matter: Matter) -> QuerySet[WorkItem]:
    """Return the items of a matter whose reader has been checked."""
    return WorkItem.objects.filter(matter=matter).order_by("-opened_at", "pk")


def deadlines_of(items: Iterable[WorkItem]) -> Mapping[int, list[Deadline]]:
    """Return the deadlines of items by the item's key, the earliest first. One query."""
    found: dict[int, list[Deadline]] = {item.pk: [] for item in items}
    for deadline in Deadline.objects.filter(item__in=list(found)).order_by("due_at", "pk"):
        found[deadline.item_id].append(deadline)
    return found


def open_deadline(item: WorkItem, policy: str) -> Deadline | None:
    """Return the deadline of a policy that is neither met nor dropped."""
    return _open(Deadline.objects.filter(item=item, policy=policy)).first()


def open_deadlines(item: WorkItem) -> QuerySet[Deadline]:
    """Return the deadlines of an item that are neither met nor dropped."""
    return _open(Deadline.objects.filter(item=item)).order_by("due_at", "pk")


def light_of(deadline: Deadline, today: date | None = None) -> Light:
    """Return how much of a deadline's run is used today."""
    day = today or time_source.today()
    return light(day, deadline.half_day, deadline.near_day, deadline.last_day)


def is_late(deadline: Deadline) -> bool:
    """Tell whether a deadline was met late, or is late now. One that stands still is not late."""
    if deadline.met_at is not None:
        return deadline.met_at > deadline.due_at
    return deadline.paused_at is None and deadline.dropped_at is None and time_source.now() > deadline.due_at


def breaches(actor: object) -> QuerySet[Deadline]:
    """Return the open deadlines of visible items that are late and have no reason yet, oldest first."""
    late = _open(Deadline.objects.filter(due_at__lt=time_source.now(), paused_at__isnull=True))
    unexplained = late.filter(breach_reason="").select_related("item")
    return visible_to(unexplained, actor, Verb.ASSIGN).order_by("due_at", "pk")


def load(units: Iterable[int]) -> list[tuple[int | None, int]]:
    """Return (key of the assignee or None, open items) in some units, the largest load first."""
    open_items = WorkItem.objects.filter(unit__in=list(units), closed_at__isnull=True)
    counted = open_items.values_list("assignee").annotate(number=Count("pk")).order_by("-number", "assignee")
    return [(assignee, number) for assignee, number in counted]


def unit_on_route(kind: str, path: Path) -> Route | None:
    """Return the route of a kind of work: the municipality's, else its area's, else the county's own.

    Only a unit that works today and has somebody to work its queue is chosen; where none is left, the
    county's own row is returned in any case. None: the county has no route for the kind.
    """
    candidates = Route.objects.filter(kind=kind).select_related("unit", "area", "municipality")
    usable = usable_units()
    for place in ("municipality", "area"):
        owner = getattr(path, place)
        route = candidates.filter(**{place: owner}).first() if owner else None
        if route and route.unit_id in usable:
            return route
    return candidates.filter(county=path.county).first()


def usable_units() -> frozenset[int]:
    """Return the keys of the units that work today and have somebody who works their queue."""
    day = time_source.today()
    staffed: frozenset[int] = frozenset().union(*(staffed_units(role, day) for role in QUEUE_ROLES))
    return staffed & frozenset(active_units(day).values_list("pk", flat=True))


def routed_units(kind: str) -> QuerySet[Unit]:
    """Return the units to which a kind of work is routed."""
    return Unit.objects.filter(pk__in=Route.objects.filter(kind=kind).values("unit")).order_by("name_fi")


def stray_items() -> QuerySet[WorkItem]:
    """Return the open items that no guide would see: their unit has ended or has nobody left."""
    return WorkItem.objects.filter(closed_at__isnull=True).exclude(unit__in=usable_units()).order_by("pk")


def _open(deadlines: QuerySet[Deadline]) -> QuerySet[Deadline]:
    return deadlines.filter(met_at__isnull=True, dropped_at__isnull=True)


def _narrowed(actor: object, filters: Filters) -> QuerySet[WorkItem]:
    rows = WorkItem.objects.filter(closed_at__isnull=not filters.closed)
    columns = {
        "kind__in": filters.kinds,
        "unit__public_id__in": filters.units,
        "state__in": filters.states,
        "municipality__in": filters.municipalities,
        "topic__in": filters.topics,
        "language__in": filters.languages,
        "channel__in": filters.channels,
    }
    rows = rows.filter(**{column: values for column, values in columns.items() if values})
    if filters.late:
        rows = rows.filter(next_due__lt=time_source.now())
    if filters.mine:
        rows = rows.filter(assignee=getattr(actor, "pk", None))
    if filters.free:
        rows = rows.filter(assignee__isnull=True)
    return rows
