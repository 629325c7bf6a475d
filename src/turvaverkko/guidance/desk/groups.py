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
    """The groups, the most pressing first."""

    LATE = "late"
    TODAY = "today"
    TOMORROW = "tomorrow"
    LATER = "later"
    GOING = "going"  # in contact, nothing promised at the moment
    WAITING = "waiting"


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
    if next_due < bounds.now:
        return Group.LATE
    if priority <= SAME_DAY or next_due <= bounds.today:
        return Group.TODAY
    return Group.TOMORROW if next_due <= bounds.tomorrow else Group.LATER


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=HELSINKI)
