"""In which group of the queue a request stands: by what was promised. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from turvaverkko.core.time_source import HELSINKI, local_day
from turvaverkko.guidance.states import WAITING_FAMILY

# Unit: priority of a work item; what is as urgent as this belongs to this day, whatever its promise.
SAME_DAY: Final = 2


class Group(StrEnum):
    """What is counted apart, the most pressing first."""

    URGENT_LATE = "urgent-late"
    URGENT = "urgent"  # somebody must look today, whatever was promised
    LATE = "late"
    TODAY = "today"
    TOMORROW = "tomorrow"
    LATER = "later"
    GOING = "going"  # in contact, nothing promised at the moment
    WAITING = "waiting"


LATE_ONES: Final = frozenset({Group.URGENT_LATE, Group.LATE})
PRESSING: Final = frozenset({Group.URGENT_LATE, Group.URGENT, Group.LATE, Group.TODAY})
# The sections of the list in the order of the queue, so that none begins again on a later page.
SECTIONS: Final = (
    (Group.URGENT, frozenset({Group.URGENT_LATE, Group.URGENT})),
    *((one, frozenset({one})) for one in Group if one not in {Group.URGENT_LATE, Group.URGENT}),
)


@dataclass(frozen=True, slots=True)
class Part:
    """What of a section stands on a page: the numbers of its first and last row, and of all."""

    first: int
    last: int
    total: int


def part_of(before: int, total: int, page: range) -> Part:
    """Return what of a section stands on a page.

    Args:
        before: rows of the sections before it.
        total: its own rows.
        page: places of the queue that the page shows, from 0.

    Examples:
        >>> part_of(40, 31, range(50, 100))
        Part(first=11, last=31, total=31)
    """
    return Part(max(page.start - before, 0) + 1, min(page.stop - before, total), total)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The moments at which groups end.

    Attributes:
        now: aware.
        today: the midnight that ends today; a limit that ends with the day ends exactly then.
        tomorrow: the midnight that ends tomorrow.
    """

    now: datetime
    today: datetime
    tomorrow: datetime


def bounds_at(now: datetime) -> Bounds:
    """Return the bounds at a moment, by Finnish walls."""
    day = local_day(now)
    return Bounds(now, _midnight(day + timedelta(days=1)), _midnight(day + timedelta(days=2)))


def group_of(bounds: Bounds, *, state: str, priority: int, next_due: datetime | None) -> Group:
    """Return the group of an item. The same rule stands in SQL in `queries.cells`; a test compares them."""
    if next_due is None:
        return Group.WAITING if state == WAITING_FAMILY else Group.GOING
    is_late = next_due < bounds.now
    if priority <= SAME_DAY:
        return Group.URGENT_LATE if is_late else Group.URGENT
    if is_late:
        return Group.LATE
    if next_due <= bounds.today:
        return Group.TODAY
    return Group.TOMORROW if next_due <= bounds.tomorrow else Group.LATER


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=HELSINKI)
