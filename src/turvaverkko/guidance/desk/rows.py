"""The rows of the queue, in their groups."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext

from turvaverkko.core import time_source
from turvaverkko.guidance import states
from turvaverkko.guidance.desk.due import row_due
from turvaverkko.guidance.desk.filtering import Selection, chosen_cells
from turvaverkko.guidance.desk.groups import (
    PRESSING,
    SAME_DAY,
    SECTIONS,
    Bounds,
    Group,
    Part,
    group_of,
    part_of,
)
from turvaverkko.guidance.desk.labels import Labels
from turvaverkko.guidance.desk.queries import Cell
from turvaverkko.guidance.models import ContactRequest
from turvaverkko.guidance.rules import Way
from turvaverkko.looks.desk import QueueGroup, QueueRow, Segment, segments
from turvaverkko.looks.words import moment_words
from turvaverkko.work.api import Line, ShownDeadline

# Unit: signs. One line of the widest list; the rest is on the request's own page.
LINE: Final = 90
# The bar tells when things are due; what is urgent is due today at the latest.
IN_BAR: Final = {Group.URGENT_LATE: Group.LATE, Group.URGENT: Group.TODAY}
# Words in minutes are told anew at least this often, although nothing else changed.
TOLD_AGAIN: Final = timedelta(minutes=5)


def group_names() -> dict[Group, str]:
    """The names of the sections of the list."""
    return {
        Group.URGENT: gettext("Kiireelliset"),
        Group.LATE: gettext("Lupaus ylittynyt"),
        Group.TODAY: gettext("Tänään"),
        Group.TOMORROW: gettext("Huomenna"),
        Group.LATER: gettext("Myöhemmin"),
        Group.GOING: gettext("Vastattu, asia kesken"),
        Group.WAITING: gettext("Odottaa perhettä"),
    }


def groups(
    lines: Sequence[tuple[Line, QueueRow]],
    cells: Iterable[Cell],
    selection: Selection,
    bounds: Bounds,
    page: int,
) -> list[QueueGroup]:
    """Return the rows of a page in their sections; the numbers are of the whole queue as it is narrowed.

    Args:
        lines: what the page shows.
        cells: the counts of everything.
        selection: what of it is chosen, and the number of the page.
        bounds: where the groups end.
        page: rows of a page.
    """
    chosen = list(chosen_cells(cells, selection))
    names, found, before = group_names(), [], 0
    shown = range(page * (selection.page - 1), page * selection.page)
    for section, groups_of_it in SECTIONS:
        placed = [row for item, row in lines if group_of_item(item, bounds) in groups_of_it]
        total = max(sum(cell.number for cell in chosen if cell.group in groups_of_it), len(placed))
        if placed:
            part = part_words(part_of(before, total, shown))
            found.append(QueueGroup(names[section], total, placed, section is Group.LATE, part))
        before += total
    return found


def part_words(part: Part) -> str:
    """Return "12 / 31, jatkuu seuraavalla sivulla", or "" for a section that is whole on its page."""
    if part.first > 1 and part.last < part.total:
        pattern = gettext("%(first)s–%(last)s / %(total)s, jatkoa edelliseltä sivulta ja jatkuu seuraavalla")
    elif part.first > 1:
        pattern = gettext("%(first)s–%(last)s / %(total)s, jatkoa edelliseltä sivulta")
    elif part.last < part.total:
        pattern = gettext("%(last)s / %(total)s, jatkuu seuraavalla sivulla")
    else:
        return ""
    return pattern % {"first": part.first, "last": part.last, "total": part.total}


def group_of_item(item: Line, bounds: Bounds) -> Group:
    """Return the group of an item."""
    return group_of(bounds, state=item.state, priority=item.priority, next_due=item.next_due)


def bar(cells: Iterable[Cell], selection: Selection) -> list[Segment]:
    """Return the bar of what is due when."""
    numbers: dict[Group, int] = {}
    for cell in chosen_cells(cells, selection):
        group = IN_BAR.get(cell.group, cell.group)
        numbers[group] = numbers.get(group, 0) + cell.number
    names = {
        Group.LATE: gettext("myöhässä"),
        Group.TODAY: gettext("tänään"),
        Group.TOMORROW: gettext("huomenna"),
        Group.LATER: gettext("myöhemmin"),
        Group.GOING: gettext("kesken"),
        Group.WAITING: gettext("odottaa perhettä"),
    }
    return segments([(group.value, name, numbers.get(group, 0)) for group, name in names.items()])


def row_of(
    item: Line,
    request: ContactRequest,
    deadline: ShownDeadline | None,
    labels: Labels,
    address: Callable[[str], str],
    *,
    actor: int,
    now: datetime,
    chosen: str = "",
) -> QueueRow:
    """Return one line: the family's own words, not rewritten. `address` is that of a request by its id."""
    waiting = item.state == states.WAITING_FAMILY
    told = row_due(deadline, now, is_waiting=waiting, same_day=item.priority <= SAME_DAY)
    closed = item.closed_at is not None
    return QueueRow(
        key=request.public_id,
        url=address(request.public_id),
        due=moment_words(item.closed_at) if item.closed_at else told.text,
        light="quiet" if closed else told.light,
        words=first_line(request.words),
        owner=item.assignee or (gettext("Päättynyt") if closed else ""),
        is_mine=item.assignee_id == actor,
        lang=request.language.replace("fi-simple", "fi"),
        meta=[part for part in _meta(item, request, labels) if part],
        current=request.public_id == chosen,
    )


def first_line(words: str) -> str:
    """Return the first line of the words, cut at the end of a word when it is long."""
    line = next((line.strip() for line in words.splitlines() if line.strip()), "")
    if len(line) <= LINE:
        return line
    return line[:LINE].rsplit(" ", maxsplit=1)[0] + "…"


def stamp_parts(items: Sequence[Line], cells: Sequence[Cell]) -> list[object]:
    """Return what a list shows, without anybody's words: two lists with the same parts look the same.

    While something is about to end, its words change by the minute; they are told anew now and then.
    """
    now = time_source.now()
    parts: list[object] = [
        (i.pk, i.state, i.assignee_id, i.priority, _when(i.next_due), _when(i.closed_at)) for i in items
    ]
    parts += sorted((c.group.value, *c[:4], c.owner, c.number) for c in cells)
    pressing = any(c.group in PRESSING for c in cells)
    return [*parts, int(now.timestamp() // TOLD_AGAIN.total_seconds()) if pressing else 0]


def _when(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0


def _meta(item: Line, request: ContactRequest, labels: Labels) -> list[str]:
    hours = request.contact.call_hours if request.way == Way.CALL and hasattr(request, "contact") else ""
    interpreter = gettext("tulkki") if request.needs_interpreter else ""
    way = f"{labels.way(request.way)} {', '.join(hours.replace('-', '–').split())}".strip()
    taken_back = hasattr(request, "contact") and request.contact.do_not_contact and not item.closed_at
    return [
        gettext("perhe perui") if taken_back else "",
        labels.place(item.municipality),
        labels.age(request.child_age),
        way,
        labels.language_of(request.language) if request.language != "fi" else "",
        interpreter,
        labels.resolution(request.resolution) if item.closed_at else "",
    ]
