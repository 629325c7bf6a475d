"""Rules of work. Pure: priorities, pauses, lights, lateness and the next due moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import NamedTuple

from turvaverkko.core import calendars
from turvaverkko.core.calendars import DayTest
from turvaverkko.core.deadlines import Light
from turvaverkko.core.time_source import HELSINKI, to_local


class Priority(IntEnum):
    """How soon somebody should look. Lower comes first."""

    AT_ONCE = 1
    SAME_DAY = 2
    NORMAL = 3


class PauseReason(StrEnum):
    """The only reasons for which a deadline stands still: what the family decides, never what we lack."""

    WAITING_FAMILY = "waiting-family"
    WAITING_CONSENT = "waiting-consent"
    AGREED_LATER = "agreed-later"


class BreachReason(StrEnum):
    """Why a deadline was missed, as the unit tells it."""

    QUEUE = "queue"
    ABSENCE = "absence"
    WRONG_UNIT = "wrong-unit"
    UNREACHABLE = "unreachable"
    TECHNICAL = "technical"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Running:
    """What of a deadline decides when somebody must act next.

    Attributes:
        due_at: the stored moment, aware.
        met: whether it has been met.
        paused: whether it stands still.
    """

    due_at: datetime
    met: bool
    paused: bool


class ShownDeadline(NamedTuple):
    """What a queue tells of one deadline; each is that of the stored one of the same name."""

    pk: int
    item_id: int
    counted_in: str
    due_at: datetime
    last_day: date
    half_day: date
    near_day: date
    met_at: datetime | None
    dropped_at: datetime | None
    paused_at: datetime | None
    pause_reason: str
    paused_until: date | None


def next_due(deadlines: Iterable[Running]) -> datetime | None:
    """Return the earliest moment that is neither met nor standing still, or None."""
    return min((d.due_at for d in deadlines if not d.met and not d.paused), default=None)


def days_paused(paused_on: date, resumed_on: date, counts: DayTest) -> int:
    """Return how many counting days a pause took, so that as many days are left after it as before it.

    The day on which it began was in use, the day on which it ended is in use again; a day that does not
    count stands for the next one that does.

    Examples:
        >>> days_paused(date(2026, 11, 20), date(2026, 11, 24), calendars.is_working_day)  # Friday, Tuesday
        2
        >>> days_paused(date(2026, 11, 21), date(2026, 11, 23), calendars.is_working_day)  # Saturday, Monday
        0
    """
    began, ended = (calendars.nth_day(day, 0, counts) for day in (paused_on, resumed_on))
    return calendars.count_days(began, ended, counts)


def moved(day: date, paused: int, counts: DayTest) -> date:
    """Return a day moved on by as many counting days as a pause took."""
    return calendars.nth_day(day, paused, counts) if paused else day


def moved_moment(moment: datetime, days: int) -> datetime:
    """Return a moment some days later at the same time on Finnish walls, also over a change of clocks.

    Examples:
        >>> friday = datetime(2026, 10, 23, 16, tzinfo=HELSINKI)
        >>> moved_moment(friday, 3).isoformat()  # the clocks went back on Sunday
        '2026-10-26T16:00:00+02:00'
    """
    local = to_local(moment)
    day = date.fromordinal(local.toordinal() + days)
    return datetime.combine(day, local.time(), tzinfo=HELSINKI)


def is_late(due_at: datetime, moment: datetime) -> bool:
    """Tell whether a moment lies after what was promised."""
    return moment > due_at


def light(today: date, half: date, near: date, last: date) -> Light:
    """Return how much of a run is used, by the stored days at which its lights change."""
    if today >= last:
        return Light.FULL
    if today >= near:
        return Light.NEAR
    return Light.HALF if today >= half else Light.EARLY
