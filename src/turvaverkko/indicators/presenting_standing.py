"""How a figure stands against the one before it and against its target. Pure.

Never a green light over a break: where what is counted changed, neither a change nor a target is judged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from turvaverkko.indicators.rules import Direction, PeriodKind, is_better, meets

# A figure of a year comes out in the course of the next; one that ended longer ago than this is old.
# Unit: days. Source: a choice of our own, to be confirmed by those who follow the figures.
STALE_AFTER: Final = timedelta(days=2 * 365)


class Light(StrEnum):
    """What the rule says of the newest figure."""

    MET = "met"
    BEHIND = "behind"
    BETTER = "better"  # no target; changed for the better
    WORSE = "worse"
    SAME = "same"
    BROKEN = "broken"  # what is counted changed: nothing is judged
    UNJUDGED = "unjudged"  # there is no direction, or nothing to compare with
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Point:
    """A figure as far as its standing goes."""

    value: Decimal | None
    kind: PeriodKind
    start: date | None = None
    end: date | None = None
    order: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How the newest figure stands.

    Attributes:
        latest, before: places in the series; None where there is none to speak of.
        change: from the one before to the latest, if they compare.
        is_broken: a break lies between the two, or in the newest series as a whole.
        short_of: how much is missing from the target (0 when it is met); None without a number to aim at.
    """

    light: Light
    latest: int | None = None
    before: int | None = None
    change: Decimal | None = None
    is_broken: bool = False
    short_of: Decimal | None = None


def standing(
    points: Sequence[Point],
    *,
    direction: Direction,
    target: Decimal | None,
    breaks: Sequence[date | None] = (),
) -> Standing:
    """Return how the newest figure with a value stands.

    Args:
        points: in time.
        direction: which way is better.
        target: what is aimed at.
        breaks: days on which what is counted changed; None for a break whose day is not known.
    """
    known = [place for place, one in enumerate(points) if one.value is not None]
    if not known:
        return Standing(Light.MISSING)
    latest = known[-1]
    before = _comparable_before(points, known)
    if _broken(points, known, breaks):
        return Standing(Light.BROKEN, latest, None, None, is_broken=True, short_of=None)
    value = points[latest].value or Decimal(0)
    change = value - (points[before].value or Decimal(0)) if before is not None else None
    short_of = _short_of(direction, value, target)
    return Standing(_light(direction, value, change, target), latest, before, change, short_of=short_of)


def _comparable_before(points: Sequence[Point], known: Sequence[int]) -> int | None:
    """The last figure of the same kind of time before the newest."""
    kind = points[known[-1]].kind
    return next((place for place in reversed(known[:-1]) if points[place].kind is kind), None)


def _broken(points: Sequence[Point], known: Sequence[int], breaks: Sequence[date | None]) -> bool:
    """A break of unknown day, or one after the figure before: what is aimed at was set for another count."""
    if not breaks:
        return False
    if None in breaks or len(known) < 2:
        return None in breaks
    start, newest = points[known[-2]].start, points[known[-1]]
    end = newest.end or newest.start
    if start is None or end is None:
        return True
    return any(at is not None and start < at <= end for at in breaks)


def _short_of(direction: Direction, value: Decimal, target: Decimal | None) -> Decimal | None:
    met = meets(direction, value, target)
    if met is None or target is None:
        return None
    return Decimal(0) if met else abs(target - value)


def _light(direction: Direction, value: Decimal, change: Decimal | None, target: Decimal | None) -> Light:
    met = meets(direction, value, target)
    if met is not None:
        return Light.MET if met else Light.BEHIND
    if change is None or direction is Direction.NEITHER:
        return Light.UNJUDGED
    better = is_better(direction, value - change, value)
    if better is None:
        return Light.SAME
    return Light.BETTER if better else Light.WORSE


def is_stale(end: date | None, today: date) -> bool:
    """Tell whether a figure is so old that a newer one should be looked for; an unknown time is not."""
    return end is not None and today - end > STALE_AFTER


def is_count(unit: str) -> bool:
    """Tell whether a unit counts things, so that per persons means something: no share, no ratio, no persons.

    Examples:
        >>> [is_count(unit) for unit in ("kpl", "henkilöä", "€", "%", "€/asukas", "as.")]
        [True, True, True, False, False, False]
    """
    plain = unit.strip().casefold()
    return bool(plain) and "%" not in plain and "/" not in plain and plain not in {"as.", "pv", "arkipäivää"}
