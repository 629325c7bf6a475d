"""Deadlines: a policy, the due date it gives, and its lights. Pure: no database, no time of its own.

Which policies there are is data (a county pack, an act's limits as rows); this file counts. A policy
carries its source, its version and the day from which it holds, because section numbers move.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from typing import Final

from turvaverkko.core import calendars
from turvaverkko.core.calendars import Break, DayTest
from turvaverkko.core.time_source import HELSINKI, local_day, to_local


class Unit(StrEnum):
    """In what a limit is counted. The values are what packs write."""

    AT_ONCE = "at_once"
    WORKING_DAYS = "working_days"
    OFFICE_DAYS = "office_days"
    SCHOOL_DAYS = "school_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"


class Light(IntEnum):
    """How much of the run is used, in per cent; later is greater."""

    EARLY = 0
    HALF = 50
    NEAR = 80
    FULL = 100


# The shares of the run at which a light changes. Source: design rules ("Start").
LIGHTS: Final = (Light.HALF, Light.NEAR, Light.FULL)


class NoPolicy(LookupError):
    """No policy of this code is in force on the day."""


@dataclass(frozen=True, slots=True)
class Policy:
    """One limit: how long, counted how, on whose word, from which day on.

    Attributes:
        code: its name in data, such as "promise.contact".
        amount: how many units; 0 with `Unit.AT_ONCE`.
        unit: what is counted.
        source: who decided it (act and section, or the county's decision), as shown to people.
        version: the version of this policy; a due date remembers it.
        valid_from: the first day on which it is used for a new run.
        time_of_day: when a promise ends on its last day (end of office hours); None = the whole day.
        runs_from: code of what starts the run, such as "received" or "pending".
        last_day_moves: move the last day by Act 150/1930 § 5. Only for acts to be done at an authority;
            the authority's own duties are never moved later.
        may_pause: stands still while the family is waited for. A promise may; a limit of the law only when
            the law itself says so (Social Welfare Act § 36 and Child Welfare Act § 26 do not).
    """

    code: str
    amount: int
    unit: Unit
    source: str
    version: int
    valid_from: date
    time_of_day: time | None = None
    runs_from: str = "received"
    last_day_moves: bool = False
    may_pause: bool = False

    def __post_init__(self) -> None:
        """Refuse a limit that cannot be counted."""
        if (self.unit is Unit.AT_ONCE) != (self.amount == 0) or self.amount < 0:
            message = f"{self.code}: the amount is 1 or more, or 0 with the unit at_once."
            raise ValueError(message)
        if self.unit is Unit.AT_ONCE and self.may_pause:
            message = f"{self.code}: what must be done at once waits for nobody."
            raise ValueError(message)
        if not self.source:
            message = f"{self.code}: a limit without a source is a guess."
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class LocalDays:
    """What only the place knows: the county's closing days and the municipality's school breaks."""

    closed: frozenset[date] = frozenset()
    breaks: tuple[Break, ...] = ()


NO_LOCAL_DAYS: Final = LocalDays()


@dataclass(frozen=True, slots=True)
class Due:
    """When a thing is due, and why.

    Attributes:
        policy: the policy that was counted.
        start: the Finnish day on which the run began; it does not count.
        day: the last day.
        counted_day: the last day before a move by Act 150/1930 § 5; nearly always the same day.
        lights: the days on which half, four fifths and all of the run are used.
        left_out: the days of the run that did not count.
    """

    policy: Policy
    start: date
    day: date
    counted_day: date
    lights: tuple[date, date, date]
    left_out: tuple[date, ...]

    @property
    def moment(self) -> datetime:
        """The moment after which it is late, aware, in Finnish time."""
        if self.policy.time_of_day is not None:
            return datetime.combine(self.day, self.policy.time_of_day, tzinfo=HELSINKI)
        return datetime.combine(self.day + timedelta(days=1), time.min, tzinfo=HELSINKI)

    def light(self, moment: date | datetime) -> Light:
        """Return how much of the run is used at a moment."""
        today = local_day(moment)
        reached = [light for light, day in zip(LIGHTS, self.lights, strict=True) if today >= day]
        return reached[-1] if reached else Light.EARLY

    def is_late(self, moment: datetime) -> bool:
        """Tell whether the last moment has passed."""
        ends = self.moment
        if self.policy.time_of_day is None:
            return to_local(moment) >= ends
        return to_local(moment) > ends


def in_force(policies: Iterable[Policy], code: str, day: date) -> Policy:
    """Return the policy of a code that holds on a day: the newest that has begun.

    Raises:
        NoPolicy: none has begun.
    """
    begun = [p for p in policies if p.code == code and p.valid_from <= day]
    if not begun:
        message = f"No policy {code!r} is in force on {day}."
        raise NoPolicy(message)
    return max(begun, key=lambda p: (p.valid_from, p.version))


def due(policy: Policy, start: date | datetime, local: LocalDays = NO_LOCAL_DAYS) -> Due:
    """Return when a run that began at `start` is due.

    Args:
        policy: the limit.
        start: the moment or Finnish day from which the run is counted; that day does not count.
        local: closing days and school breaks of the place.

    Examples:
        >>> promise = Policy("promise", 3, Unit.OFFICE_DAYS, "lupaus", 1, date(2026, 1, 1))
        >>> found = due(promise, date(2026, 12, 23))
        >>> found.day
        datetime.date(2026, 12, 30)
        >>> [day.day for day in found.left_out]
        [24, 25, 26, 27]
    """
    first = local_day(start)
    counts = day_test(policy.unit, local)
    counted = _counted_day(policy, first, counts)
    last = calendars.last_day_moved(counted) if policy.last_day_moves else counted
    half, near = (_light_day(share, first, counted, counts) for share in (Light.HALF, Light.NEAR))
    left_out = calendars.days_left_out(first, counted, counts)
    return Due(policy, first, last, counted, (half, near, last), left_out)


def day_test(unit: Unit, local: LocalDays = NO_LOCAL_DAYS) -> DayTest:
    """Return the test "does this day count" of a unit; in days and months of the calendar every day does."""
    tests: dict[Unit, Callable[[], DayTest]] = {
        Unit.WORKING_DAYS: lambda: calendars.is_working_day,
        Unit.OFFICE_DAYS: lambda: calendars.office_days(local.closed),
        Unit.SCHOOL_DAYS: lambda: calendars.school_days(local.breaks),
    }
    return tests[unit]() if unit in tests else calendars.every_day


def _counted_day(policy: Policy, first: date, counts: DayTest) -> date:
    if policy.unit is Unit.AT_ONCE:
        return first
    if policy.unit is Unit.MONTHS:
        return calendars.add_months(first, policy.amount)
    return calendars.nth_day(first, policy.amount, counts)


def _light_day(share: int, first: date, last: date, counts: DayTest) -> date:
    """Return the day on which `share` per cent of the run's own days are used."""
    length = calendars.count_days(first, last, counts)
    if not length:
        return first
    return calendars.nth_day(first, math.ceil(length * share / 100), counts)
