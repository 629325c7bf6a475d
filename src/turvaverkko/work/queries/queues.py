"""Reads of work: the queue as somebody sees it, one item, and how much each one has."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Final, overload

from django.db.models import Case, Count, QuerySet, When

from turvaverkko.access.api import Confidentiality, Matter, Verb, branches, visible_to
from turvaverkko.core import time_source
from turvaverkko.work.models import WorkItem

# What a queue is sorted by: due at all, priority, when, key; and the key of the row.
Key = tuple[int, int, timedelta, int, int]
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


class Queue:
    """The items an actor may see, the most urgent first (closed ones: the latest first). Slice it, count it.

    By priority and moment; what has nothing due comes after all that has, or it would stand among it on every
    page of a long queue.

    Each branch of the gate is sorted and cut by itself and they are merged here: a union sorted by the
    database reads every column of every visible row before it cuts. What is seen by grants costs to find,
    not to sort: it is read once for page and count.
    """

    ordered: Final = True  # for Django's Paginator

    def __init__(self, rows: QuerySet[WorkItem], actor: object, filters: Filters) -> None:
        parts = list(branches(rows, actor))
        self._own, self._granted = parts[:-1], parts[-1]
        self._closed, self._last = filters.closed, filters.last

    def count(self) -> int:
        """Return how many there are."""
        by_grant = self._granted.count() if self._closed else len(self._granted_keys)
        return by_grant + sum(branch.count() for branch in self._own)

    @cached_property
    def _granted_keys(self) -> list[Key]:
        return list(self._keys(self._granted, None))

    def _keys(self, branch: QuerySet[WorkItem], stop: int | None) -> Iterator[Key]:
        """Yield what the first rows of a branch are sorted by: enough to merge the branches."""
        if self._closed:
            latest = branch.order_by("-closed_at", "-pk").values_list("closed_at", "pk")
            for closed_at, pk in latest[:stop]:
                yield 0, 0, NEVER - (closed_at or FIRST), -pk, pk
            return
        if stop is None:  # all of them: the caller sorts
            for state, priority, moment, pk in branch.values_list("state", "priority", "next_due", "pk"):
                band = 0 if moment else 2 if state in self._last else 1
                yield band, priority, (moment or FIRST) - FIRST, pk, pk
            return
        due = branch.filter(next_due__isnull=False).order_by("priority", "next_due", "pk")
        found = list(due.values_list("priority", "next_due", "pk")[:stop])
        for priority, moment, pk in found:
            yield 0, priority, (moment or FIRST) - FIRST, pk, pk
        if len(found) < stop:
            band_of = Case(When(state__in=self._last, then=2), default=1)
            rest = (
                branch.filter(next_due__isnull=True).annotate(band=band_of).order_by("band", "priority", "pk")
            )
            for after, priority, pk in rest.values_list("band", "priority", "pk")[: stop - len(found)]:
                yield after, priority, timedelta(0), pk, pk

    def __len__(self) -> int:
        return self.count()

    def __bool__(self) -> bool:
        return any(branch.exists() for branch in (*self._own, self._granted))

    def __iter__(self) -> Iterator[WorkItem]:
        return iter(self[:])

    @overload
    def __getitem__(self, wanted: int) -> WorkItem: ...

    @overload
    def __getitem__(self, wanted: slice) -> list[WorkItem]: ...

    def __getitem__(self, wanted: int | slice) -> WorkItem | list[WorkItem]:
        """Return one item or a page of them, each with its unit and assignee.

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
        granted = self._keys(self._granted, stop) if self._closed else self._granted_keys
        own = (key for branch in self._own for key in self._keys(branch, stop))
        return _rows([pk for *_before, pk in sorted((*own, *granted))[start:stop]])


def queue(actor: object, filters: Filters) -> Queue:
    """Return the items an actor may see, the most urgent first."""
    return Queue(_narrowed(actor, filters), actor, filters)


def item_for(actor: object, public_id: str, verb: Verb = Verb.SEE) -> WorkItem | None:
    """Return one item if the actor may do the verb to it; a stranger's item is as if it were not."""
    return visible_to(WorkItem.objects.filter(public_id=public_id), actor, verb).first()


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


def _rows(keys: list[int]) -> list[WorkItem]:
    found = WorkItem.objects.filter(pk__in=keys).select_related("unit", "assignee").in_bulk()
    return [found[pk] for pk in keys]
