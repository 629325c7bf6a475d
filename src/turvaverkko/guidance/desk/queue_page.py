"""The queue and the day: what their templates need. The list is known before anybody's words are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from turvaverkko.access.api import StaffActor
from turvaverkko.core import time_source
from turvaverkko.core.addresses import addresses_of
from turvaverkko.core.secrets import keyed_hash
from turvaverkko.guidance.desk import filtering, queries, rows
from turvaverkko.guidance.desk.filtering import CLOSED, MINE, Selection
from turvaverkko.guidance.desk.groups import LATE_ONES, PRESSING, Bounds, Group, bounds_at
from turvaverkko.guidance.desk.labels import Labels
from turvaverkko.guidance.desk.queries import ITEM_KIND
from turvaverkko.looks.desk import QueueRow
from turvaverkko.work.api import Line, OpenItems, foremost_of, open_items

# Unit: rows.
PAGE: Final = 50
TODAY_ROWS: Final = 10


@dataclass(frozen=True, slots=True)
class Listed:
    """The lines of a page before their words: enough to tell whether anything changed."""

    open: OpenItems
    items: Sequence[Line]
    cells: Sequence[queries.Cell]
    bounds: Bounds

    @property
    def stamp(self) -> str:
        """What the list shows, as one short text; the same list has the same."""
        return keyed_hash("queue-stamp", repr(rows.stamp_parts(self.items, self.cells)))[:24]


def listed(actor: StaffActor, selection: Selection) -> Listed:
    """Return which requests a page of the queue shows."""
    bounds = bounds_at(time_source.now())
    open_ones = open_items(actor, (ITEM_KIND,))
    cells = queries.cells(open_ones, bounds)
    if selection.view == CLOSED:
        items = queries.closed_lately(actor, selection.narrowed, PAGE)
    else:
        start = PAGE * (selection.page - 1)
        items = open_ones.queue(selection.filters())[start : start + PAGE]
    return Listed(open_ones, items, cells, bounds)


def context(
    actor: StaffActor, selection: Selection, found: Listed, screen: str, chosen: str = ""
) -> dict[str, Any]:
    """Return what the queue shows. Every request on it is written into the access log."""
    labels = Labels()
    lines = _lines(actor, found.items, labels, screen, chosen)
    number = filtering.total(filtering.chosen_cells(found.cells, selection))
    closed = selection.view == CLOSED
    return {
        "tabs": filtering.tabs(found.cells, selection),
        "lists": filtering.lists(found.cells, selection, labels),
        "chips": filtering.chips(selection, labels),
        "clear_url": selection.url(places=()),
        "selection": selection,
        "segments": rows.bar(found.cells, selection),
        "groups": [] if closed else rows.groups(lines, found.cells, selection, found.bounds, PAGE),
        "closed_rows": [row for _item, row in lines] if closed else [],
        "is_closed": closed,
        "total": len(lines) if closed else number,
        "previous_url": selection.url(page=selection.page - 1) if selection.page > 1 else "",
        "next_url": ""
        if closed or number <= PAGE * selection.page
        else selection.url(page=selection.page + 1),
        "stamp": found.stamp,
        "list_url": selection.url(page=selection.page),
    }


def today(actor: StaffActor, screen: str) -> dict[str, Any]:
    """Return the day of one guide: what is mine, what must be done today, what waits."""
    whole = listed(actor, Selection())
    mine = [item for item in whole.items if item.assignee_id == actor.pk]
    if len(whole.items) == PAGE:  # more than a page: one's own may be further down
        mine = whole.open.queue(Selection(view=MINE).filters())[:TODAY_ROWS]
    pressing = [
        item
        for item in whole.items
        if item.assignee_id is None and rows.group_of_item(item, whole.bounds) in PRESSING
    ]
    mine, pressing = list(mine[:TODAY_ROWS]), pressing[:TODAY_ROWS]
    told = _lines(actor, [*mine, *pressing], Labels(), screen, "")
    lines = {item.pk: row for item, row in told}
    numbers = dict.fromkeys(Group, 0)
    for cell in whole.cells:
        numbers[cell.group] += cell.number
    return {
        "mine": [lines[item.pk] for item in mine if item.pk in lines],
        "pressing": [lines[item.pk] for item in pressing if item.pk in lines],
        "number_mine": filtering.total(cell for cell in whole.cells if cell.owner == "mine"),
        "number_free": filtering.total(cell for cell in whole.cells if cell.owner == "free"),
        "number_late": sum(numbers[group] for group in LATE_ONES),
        "number_waiting": numbers[Group.WAITING],
        "segments": rows.bar(whole.cells, Selection()),
        "mine_url": Selection().url(view=MINE),
        "queue_url": Selection().url(),
    }


def _lines(
    actor: StaffActor, items: Sequence[Line], labels: Labels, screen: str, chosen: str
) -> list[tuple[Line, QueueRow]]:
    """Return the items with their rows; one whose request the actor may not see is left out."""
    requests = queries.requests_seen(actor, items, screen)
    deadlines = foremost_of(items)
    now, address = time_source.now(), addresses_of("guidance:desk-request")

    def row(item: Line) -> QueueRow:
        request, deadline = requests[item.pk], deadlines[item.pk]
        return rows.row_of(item, request, deadline, labels, address, actor=actor.pk, now=now, chosen=chosen)

    return [(item, row(item)) for item in items if item.pk in requests]
