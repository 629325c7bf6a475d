"""Reads of work: the queue as somebody sees it, one item, and how much each one has."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any, Final, NamedTuple, TypeVar, overload

from django.db.models import Case, Count, QuerySet, When

from turvaverkko.access.api import (
    Confidentiality,
    Matter,
    Role,
    StaffActor,
    Verb,
    branches,
    marks_of,
    stand_in,
    visible_to,
)
from turvaverkko.core import time_source
from turvaverkko.core.prepared import Prepared, ids, one_moment, words
from turvaverkko.work.models import WorkItem

T = TypeVar("T")
# From a part of what an actor sees and the names of the markers that may stand in it.
Make = Callable[[QuerySet[WorkItem], Sequence[str]], T]
# The marker of the moment for which a queue is asked; `Filters` with a list have a marker of its name.
NOW: Final = "now"
LISTS: Final = ("kinds", "units", "states", "municipalities", "topics", "languages", "channels")
# Unit: roles × filters × questions that a process keeps worked out.
SHAPES: Final = 500

# What a queue is sorted by: due at all, priority, when, key.
Key = tuple[int, int, timedelta, int]
FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)
NEVER: Final = datetime(3000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the queue is shown. Empty means everything.

    Attributes:
        kinds: kinds of items; a page knows which kinds it can show.
        units: public ids.
        late: only items whose next due moment has passed.
        mine: only items that the actor has taken.
        free: only items that nobody has taken.
        closed: closed items instead of open ones.
        last: states whose items come after all others when nothing of theirs is due.
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
    last: tuple[str, ...] = ()

    def leave(self, row: "Line", actor: int | None, now: datetime) -> bool:
        """Tell whether an open item is left when all others are taken out; the same in SQL: `_narrowed`."""
        chosen = (
            (self.kinds, row.kind),
            (self.units, row.unit),
            (self.states, row.state),
            (self.municipalities, row.municipality),
            (self.topics, row.topic),
            (self.languages, row.language),
            (self.channels, row.channel),
        )
        return (
            all(value in values for values, value in chosen if values)
            and not (self.late and (row.next_due is None or row.next_due >= now))
            and not (self.mine and row.assignee_id != actor)
            and not (self.free and row.assignee_id is not None)
        )


class Line(NamedTuple):
    """One item as a queue shows it: what narrows, groups and sorts it, and who has it.

    A queue of fifty costs a third of what it costs as instances with their unit and assignee.

    Attributes:
        unit: public id.
        assignee: the name of whoever has it; None when nobody has.
    """

    pk: int
    kind: str
    unit: str
    unit_id: int
    confidentiality: int
    state: str
    municipality: str
    topic: str
    language: str
    channel: str
    priority: int
    next_due: datetime | None
    closed_at: datetime | None
    assignee_id: int | None
    assignee: str | None


# The columns of `Line`, in its order.
COLUMNS: Final = tuple(
    {"unit": "unit__public_id", "assignee": "assignee__display_name"}.get(name, name)
    for name in Line.__annotations__
)


class OpenItems:
    """The open items that an actor may see: those of their units as querysets, those by grant read once.

    A page asks them several times (counts, groups, a page of rows). What is seen by grants costs to find, not
    to carry: a consultant with 19,000 grants has 1,500 open items, found in one query of 20 ms.
    """

    def __init__(self, actor: object, kinds: tuple[str, ...] = ()) -> None:
        self.actor, self.kinds = actor, kinds

    def own(self, make: Make[T], filters: Filters | None = None) -> list[T]:
        """Return what `make` makes of what the actor's units open, in parts that share no row.

        It is made of stand-ins, once for everybody with the same roles and filters; `values` fill it.
        """
        return self._parts(make, filters or Filters())[:-1]

    def values(self, filters: Filters | None = None) -> dict[str, Any]:
        """Return the values of the markers in what `own` gives."""
        narrowed = replace(filters or Filters(), kinds=self.kinds)
        lists = {name: list(getattr(narrowed, name)) for name in LISTS if getattr(narrowed, name)}
        mine = marks_of(self.actor) if isinstance(self.actor, StaffActor) else {}
        return {**lists, **mine, NOW: [time_source.now()]}

    @cached_property
    def by_grant(self) -> list[Line]:
        """What grants open beside it."""
        parts = self._parts(_lines, Filters())
        return _read(parts[-1], self.values()) if parts else []

    def queue(self, filters: Filters) -> "Queue":
        """Return them narrowed, the most urgent first."""
        return Queue(self, filters)

    def _parts(self, make: Make[T], filters: Filters) -> list[T]:
        if not isinstance(self.actor, StaffActor):
            return []
        return asked(self.actor.roles, _marked(replace(filters, kinds=self.kinds)), make)


class Queue:
    """The items an actor may see, the most urgent first (closed ones: the latest first). Slice it, count it.

    By priority and moment; what has nothing due comes after all that has, or it would stand among it on every
    page of a long queue.

    Each branch of the gate is sorted and cut by itself and they are merged here: a union sorted by the
    database reads every column of every visible row before it cuts.
    """

    ordered: Final = True  # for Django's Paginator

    def __init__(self, items: OpenItems, filters: Filters) -> None:
        self._items, self._filters = items, filters

    def count(self) -> int:
        """Return how many there are."""
        return len(self._granted) + sum(branch.count() for branch in self._branches)

    @cached_property
    def _branches(self) -> list[QuerySet[WorkItem]]:
        """What is not read as granted: everything closed, or what is open in the actor's units."""
        found = list(branches(_narrowed(self._items.actor, self._filters), self._items.actor))
        return found if self._filters.closed else found[:-1]

    @cached_property
    def _granted(self) -> list[Line]:
        if self._filters.closed:
            return []
        actor, now = getattr(self._items.actor, "pk", None), time_source.now()
        return [row for row in self._items.by_grant if self._filters.leave(row, actor, now)]

    def _rows(self, stop: int | None) -> Iterator[tuple[Key, Line]]:
        """Yield the first items of each branch with what they are sorted by."""
        if self._filters.closed:
            for branch in self._branches:
                for row in branch.order_by("-closed_at", "-pk").values_list(*COLUMNS)[:stop]:
                    line = Line(*row)
                    yield (0, 0, NEVER - (line.closed_at or FIRST), -line.pk), line
            return
        for line in (*self._own_rows(stop), *self._granted):
            yield _key(line, self._filters.last), line

    def _own_rows(self, stop: int | None) -> Iterator[Line]:
        """Yield the first rows of each branch: an index leads what is due, the rest comes when needed."""
        values = self._items.values(self._filters)
        make = in_order(stop, self._filters.last)
        for due, rest in self._items.own(make, self._filters):
            found = _read(due, values)
            yield from found
            if not self._filters.late and (stop is None or len(found) < stop):
                yield from _read(rest, values)[: None if stop is None else stop - len(found)]

    def __len__(self) -> int:
        return self.count()

    def __bool__(self) -> bool:
        return any(branch.exists() for branch in self._branches) or bool(self._granted)

    def __iter__(self) -> Iterator[Line]:
        return iter(self[:])

    @overload
    def __getitem__(self, wanted: int) -> Line: ...

    @overload
    def __getitem__(self, wanted: slice) -> list[Line]: ...

    def __getitem__(self, wanted: int | slice) -> Line | list[Line]:
        """Return one item or a page of them.

        Raises:
            IndexError: there is no such item.
            ValueError: counted from the end, or with a step.
        """
        if isinstance(wanted, int):
            return self[wanted : wanted + 1][0]
        start, stop = wanted.start or 0, wanted.stop
        if start < 0 or (stop is not None and stop < 0) or wanted.step not in {None, 1}:
            message = "A queue is sliced from its beginning."
            raise ValueError(message)
        return [line for _key, line in sorted(self._rows(stop), key=itemgetter(0))[start:stop]]


def open_items(actor: object, kinds: tuple[str, ...] = ()) -> OpenItems:
    """Return the open items of some kinds (of all) that an actor may see."""
    return OpenItems(actor, kinds)


def queue(actor: object, filters: Filters) -> Queue:
    """Return the items an actor may see, the most urgent first."""
    return open_items(actor, filters.kinds).queue(filters)


def item_for(actor: object, public_id: str, verb: Verb = Verb.SEE) -> WorkItem | None:
    """Return one item if the actor may do the verb to it; a stranger's item is as if it were not."""
    return visible_to(WorkItem.objects.filter(public_id=public_id), actor, verb).first()


def lines_of(keys: Sequence[int]) -> list[Line]:
    """Return the lines of items whose reader has been checked, in the order of their keys. One query."""
    found = {line.pk: line for line in _read(_BY_KEY, {"keys": keys})}
    return [found[key] for key in keys if key in found]


def items_of(matter: Matter) -> QuerySet[WorkItem]:
    """Return the items of a matter whose reader has been checked."""
    return WorkItem.objects.filter(matter=matter).order_by("-opened_at", "pk")


def unit_of(item: WorkItem) -> int:
    """Return the key of the unit in which an item's matter is now."""
    found: int = Matter.objects.filter(pk=item.matter_id).values_list("unit_id", flat=True).get()
    return found


def load(units: Iterable[int]) -> list[tuple[int | None, int]]:
    """Return (key of the assignee or None, open items) in some units, the largest load first.

    What even the unit's lead does not see is not counted: no gap between list and count tells of it.
    """
    open_items = WorkItem.objects.filter(unit__in=list(units), closed_at__isnull=True)
    seen = open_items.filter(confidentiality__lte=Confidentiality.RESTRICTED)
    counted = seen.values_list("assignee").annotate(number=Count("pk")).order_by("-number", "assignee")
    return [(assignee, number) for assignee, number in counted]


def _narrowed(actor: object, filters: Filters, now: datetime | None = None) -> QuerySet[WorkItem]:
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
        rows = rows.filter(next_due__lt=now or time_source.now())
    if filters.mine:
        rows = rows.filter(assignee=getattr(actor, "pk", None))
    if filters.free:
        rows = rows.filter(assignee__isnull=True)
    return rows


@lru_cache(maxsize=SHAPES)
def in_order(stop: int | None, last: tuple[str, ...]) -> "Make[tuple[Prepared, Prepared]]":
    """Return what makes of a part its first rows in order: those that are due, and the rest."""

    def make(part: QuerySet[WorkItem], names: Sequence[str]) -> tuple[Prepared, Prepared]:
        due = part.filter(next_due__isnull=False).order_by("priority", "next_due", "pk")
        rest = part.filter(next_due__isnull=True).order_by("priority", "pk")
        if last:
            is_last = Case(When(state__in=last, then=1), default=0)
            rest = rest.order_by(is_last, "priority", "pk")
        return _lines(due[:stop], names), _lines(rest[:stop], names)

    return make


@lru_cache(maxsize=SHAPES)
def asked(roles: frozenset[Role], filters: Filters, make: Make[T]) -> list[T]:
    """Return what `make` makes of each part of the open items that somebody with these roles sees.

    Roles, and which filters are used, decide the SQL; who asks, their units and what is chosen fill it.
    """
    actor, now = stand_in(roles), one_moment(NOW)
    names = (*LISTS, *marks_of(actor), NOW)
    return [make(part, names) for part in branches(_narrowed(actor, filters, now), actor, now=now)]


def _marked(filters: Filters) -> Filters:
    chosen: dict[str, Any] = {name: tuple(words(name)) for name in LISTS if getattr(filters, name)}
    return replace(filters, last=(), **chosen)


def _lines(part: QuerySet[WorkItem], names: Sequence[str]) -> Prepared:
    return Prepared(lambda: part, COLUMNS, perhaps=names)


def _read(prepared: Prepared, values: dict[str, Any]) -> list[Line]:
    return [Line(*row) for row in prepared.tuples(**values)]


def _key(row: Line, last: tuple[str, ...]) -> Key:
    band = 0 if row.next_due else 2 if row.state in last else 1
    return band, row.priority, (row.next_due or FIRST) - FIRST, row.pk


_BY_KEY: Final = Prepared(lambda: WorkItem.objects.filter(pk__in=ids("keys")), COLUMNS, "keys")
