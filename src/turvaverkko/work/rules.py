"""Rules of work. Pure: priorities, pauses, lights and the next due moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Final

from turvaverkko.core import calendars
from turvaverkko.core.calendars import DayTest
from turvaverkko.core.deadlines import Light


class Priority(IntEnum):
    """How soon somebody should look. Lower comes first."""

    AT_ONCE = 1
    SAME_DAY = 2
    NORMAL = 3


class PauseReason(StrEnum):
    """The only reasons for which a deadline stands still (design WORKFLOWS; evidence on casework)."""

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


# Deadlines of the law and of the county's promise may wait only for what the family decides.
PAUSES: Final = frozenset(PauseReason)


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


def next_due(deadlines: Iterable[Running]) -> datetime | None:
    """Return the earliest moment that is neither met nor standing still, or None."""
    return min((d.due_at for d in deadlines if not d.met and not d.paused), default=None)


def days_paused(paused_on: date, resumed_on: date, counts: DayTest) -> int:
    """Return how many counting days a pause took: the days after it began, up to the day it ended.

    The day of the pause was already used; the day of going on is used by whoever goes on.

    Examples:
        >>> days_paused(date(2026, 11, 20), date(2026, 11, 24), calendars.is_working_day)
        1
    """
    inside = calendars.count_days(paused_on, resumed_on, counts)
    return max(inside - (1 if counts(resumed_on) else 0), 0) if resumed_on > paused_on else 0


def moved(day: date, paused: int, counts: DayTest) -> date:
    """Return a day moved on by as many counting days as a pause took."""
    return calendars.nth_day(day, paused, counts) if paused else day


def light(today: date, half: date, near: date, last: date) -> Light:
    """Return how much of a run is used, by the stored days at which its lights change."""
    if today >= last:
        return Light.FULL
    if today >= near:
        return Light.NEAR
    return Light.HALF if today >= half else Light.EARLY
