"""Reads of the desk: counts (one query for each branch of the gate), what closed lately, names behind ids."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from turvaverkko.access.api import ACTOR, Confidentiality, Role, Verb, seen, visible_to
from turvaverkko.core import time_source
from turvaverkko.core.commands import subject_of
from turvaverkko.core.prepared import Prepared, PreparedModels, ids, one_id, one_moment
from turvaverkko.guidance.desk.groups import SAME_DAY, Bounds, Group, group_of
from turvaverkko.guidance.models import ContactRequest
from turvaverkko.guidance.queries import WITH_ITEM
from turvaverkko.guidance.rules import REOPEN_WITHIN
from turvaverkko.guidance.states import WAITING_FAMILY
from turvaverkko.organisation.api import Staff, Unit, staff_by_unit
from turvaverkko.trail.api import LogEntry, Look, entries_for
from turvaverkko.work.api import QUEUE_ROLES, Line, OpenItems, WorkItem, lines_of, load, routed_units

ITEM_KIND = "guidance.request"
TAKEN_BY = ("guidance.take", "guidance.assign", "guidance.unassign")
# A list tells when to call, not whom: name, telephone and address are neither read nor decrypted.
_IN_LIST: Final = (
    "public_id",
    "item_id",
    "words",
    "language",
    "child_age",
    "way",
    "needs_interpreter",
    "resolution",
    "contact__call_hours",
    "contact__do_not_contact",
)
_REQUESTS: Final = PreparedModels(
    lambda: ContactRequest.objects.filter(item__in=ids("items")).select_related("contact").only(*_IN_LIST),
    "items",
)
# By what the open requests of a queue are counted, and the bounds of its groups.
COLUMNS: Final = ("municipality", "topic", "language", "channel", "in_group", "owner")
BOUNDS: Final = ("now", "today", "tomorrow")
# Unit: entries of a request's history that its page shows.
HISTORY = 60


class Cell(NamedTuple):
    """How many open requests share everything by which the queue is narrowed.

    Attributes:
        owner: "mine", "free" or "other".
    """

    municipality: str
    topic: str
    language: str
    channel: str
    group: Group
    owner: str
    number: int


def cells(items: OpenItems, bounds: Bounds) -> list[Cell]:
    """Return the counts of every open request that an actor sees, counted by the database for their units.

    Every number of the page is a sum of these, so tabs, chips and groups always agree with each other.
    """
    values = {**items.values(), **{name: [getattr(bounds, name)] for name in BOUNDS}}
    own = [
        Cell(municipality, topic, language, channel, Group(group), owner, number)
        for part in items.own(_counted)
        for municipality, topic, language, channel, group, owner, number in part.tuples(**values)
    ]
    return [*own, *_granted_cells(items, bounds)]


def _counted(part: QuerySet[WorkItem], names: Sequence[str]) -> Prepared:
    bounds = Bounds(**{name: one_moment(name) for name in BOUNDS})
    grouped = part.annotate(in_group=_group(bounds), owner=_owner(one_id(ACTOR))).order_by()
    counted = grouped.values(*COLUMNS).annotate(number=Count("pk"))
    return Prepared(lambda: counted, (*COLUMNS, "number"), perhaps=(*names, *BOUNDS))


def _granted_cells(items: OpenItems, bounds: Bounds) -> list[Cell]:
    me = getattr(items.actor, "pk", None)
    numbers = Counter(
        (
            row.municipality,
            row.topic,
            row.language,
            row.channel,
            group_of(bounds, state=row.state, priority=row.priority, next_due=row.next_due),
            "free" if row.assignee_id is None else "mine" if row.assignee_id == me else "other",
        )
        for row in items.by_grant
    )
    return [Cell(*cell, number) for cell, number in numbers.items()]


def closed_lately(actor: object, narrowed: dict[str, str], most: int) -> list[Line]:
    """Return what closed within the days in which it may be opened again, the latest first."""
    since = time_source.now() - REOPEN_WITHIN
    rows = WorkItem.objects.filter(kind=ITEM_KIND, closed_at__gte=since, **narrowed)
    # A union is sorted by its own columns only, so people and units come with a second query.
    closed = visible_to(rows.only("pk", "closed_at"), actor).order_by("-closed_at")[:most]
    return lines_of([item.pk for item in closed])


def requests_seen(actor: object, items: Iterable[Line], screen: str) -> dict[int, ContactRequest]:
    """Return the requests of queue lines by the key of the line; that they were seen is written.

    The lines went through the gate; a request that does not pass its own is left out.
    """

    def rows() -> Iterator[ContactRequest]:  # read when `seen` asks, in its transaction
        yield from _REQUESTS.all(items=[item.pk for item in items])

    return {request.item_id: request for request in seen(actor, rows(), Look.LIST, screen, leave_out=True)}


def for_page(actor: object, public_id: str) -> ContactRequest | None:
    """Return one request with everything its page names; a stranger's is as if it were not."""
    rows = ContactRequest.objects.filter(public_id=public_id)
    rows = rows.select_related(*WITH_ITEM, "item__unit__organisation__county", "contact")
    return visible_to(rows, actor, Verb.SEE).first()


def history(request: ContactRequest) -> list[LogEntry]:
    """Return what was done to a request and to its item, the latest first. The reader was checked."""
    of_item = entries_for(subject_of(request.item))
    both = entries_for(subject_of(request)) | of_item
    return list(both.order_by("-id")[:HISTORY])


def taken(request: ContactRequest) -> LogEntry | None:
    """Return how the present owner came to have the request: took it, was given it, has it back."""
    return entries_for(subject_of(request)).filter(kind__in=TAKEN_BY).first()


def names_of(public_ids: Iterable[str]) -> dict[str, str]:
    """Return the names of staff by their public ids."""
    known = Staff.objects.filter(public_id__in=set(public_ids))
    return dict(known.values_list("public_id", "display_name"))


def units_to_hand_to(request: ContactRequest) -> list[tuple[Unit, int]]:
    """Return the units on the routes of requests, of the same organisation, with how many work in each."""
    unit = request.item.unit
    others = routed_units(ITEM_KIND).filter(organisation=unit.organisation_id).exclude(pk=unit.pk)
    people = staff_by_unit(QUEUE_ROLES, time_source.today())
    return [(other, len(people.get(other.pk, ()))) for other in others if people.get(other.pk)]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works in a unit today, with how much they have open in it."""

    staff: Staff
    number: int


def people_to_give_to(item: WorkItem) -> list[Person]:
    """Return to whom a request can be given, by name: who works in its unit today and sees what is kept so.

    Whoever has it already is left out, and so is everybody whose role or account has ended.
    """
    return people_by_unit([item])[item.pk]


def people_by_unit(items: Sequence[WorkItem | Line]) -> dict[int, list[Person]]:
    """Return the same for some requests by their item's key; the queries are those of one."""
    day, units = time_source.today(), {item.unit_id for item in items}
    by_roles = {roles: staff_by_unit(roles, day) for roles in {_given_to(item) for item in items} if roles}
    holders = {pk for people in by_roles.values() for unit in units for pk in people.get(unit, ())}
    known = {one.pk: one for one in Staff.objects.filter(pk__in=holders).order_by("display_name", "pk")}
    numbers = {unit: dict(load([unit])) for unit in units}
    return {
        item.pk: [
            Person(person, numbers[item.unit_id].get(pk, 0))
            for pk, person in known.items()
            if pk in by_roles.get(_given_to(item), {}).get(item.unit_id, ()) and pk != item.assignee_id
        ]
        for item in items
    }


def units_led(keys: Iterable[int]) -> list[Unit]:
    """Return units by their keys, by name."""
    return list(Unit.objects.filter(pk__in=list(keys)).order_by("name_fi"))


def names_by_key(keys: Iterable[int]) -> dict[int, str]:
    """Return the names of staff by their keys."""
    return dict(Staff.objects.filter(pk__in=list(keys)).values_list("pk", "display_name"))


def public_ids_of(actor: object, items: Sequence[int]) -> dict[int, str]:
    """Return the addresses of requests by the key of their item, as far as the actor may see them."""
    rows = ContactRequest.objects.filter(item__in=list(items)).only("item_id", "public_id")
    return {request.item_id: request.public_id for request in visible_to(rows, actor)}


def _given_to(item: WorkItem | Line) -> tuple[str, ...]:
    """The roles that see a request without a grant: giving it opens nothing to anybody."""
    levels = {Confidentiality.NORMAL: QUEUE_ROLES, Confidentiality.RESTRICTED: (Role.UNIT_LEAD,)}
    return levels.get(Confidentiality(item.confidentiality), ())


def _owner(actor: int) -> Case:
    mine = Q(assignee=actor)
    return _cases((Q(assignee__isnull=True), "free"), (mine, "mine"), otherwise="other")


def _group(bounds: Bounds) -> Case:
    return _cases(
        (Q(next_due__isnull=True, state=WAITING_FAMILY), Group.WAITING),
        (Q(next_due__isnull=True), Group.GOING),
        (Q(priority__lte=SAME_DAY, next_due__lt=bounds.now), Group.URGENT_LATE),
        (Q(priority__lte=SAME_DAY), Group.URGENT),
        (Q(next_due__lt=bounds.now), Group.LATE),
        (Q(next_due__lte=bounds.today), Group.TODAY),
        (Q(next_due__lte=bounds.tomorrow), Group.TOMORROW),
        otherwise=Group.LATER,
    )


def _cases(*cases: tuple[Q, str], otherwise: str) -> Case:
    whens = [When(condition, then=Value(str(name))) for condition, name in cases]
    return Case(*whens, default=Value(str(otherwise)), output_field=CharField())
