"""Rules of evaluation. Pure: what may be said of a goal from its figures, and when it may not be said."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from turvaverkko.indicators.rules_api import Direction, Period, PeriodKind, is_better, meets, month


class GoalKind(StrEnum):
    """The three floors of the tree: what is gained, what is reached, what is done."""

    BENEFIT = "benefit"
    OUTCOME = "outcome"
    PROCESS = "process"


# On which kind of goal a goal rests; benefit goals rest on none.
SERVES: Final = {GoalKind.OUTCOME: GoalKind.BENEFIT, GoalKind.PROCESS: GoalKind.OUTCOME}


class RoundState(StrEnum):
    """A round is written while it is open; a frozen one says what was known when it froze."""

    OPEN = "open"
    FROZEN = "frozen"


class Verdict(StrEnum):
    """What is said of a goal or of one of its indicators in a round."""

    ON_TARGET = "on-target"
    CLOSER = "closer"
    NO_CHANGE = "no-change"
    FURTHER = "further"
    MIXED = "mixed"  # of a goal only: some of its indicators came closer, others went further
    UNTOLD = "untold"  # it cannot be told; a reason says why


class Reason(StrEnum):
    """Why a verdict cannot be told."""

    NO_FIGURE = "no-figure"  # nothing new since the round before
    NO_DENOMINATOR = "no-denominator"  # of what it is a share is not known
    BREAK = "break"  # the way of counting changed between the two figures
    NO_DIRECTION = "no-direction"  # the figure tells of need or size: neither way is better
    NO_TARGET = "no-target"  # nothing to be on or away from
    NO_EARLIER = "no-earlier"  # the target is not met, and there is nothing to compare with
    PARTIAL = "partial"  # what can be told is on target, but not everything can be told
    NO_INDICATOR = "no-indicator"  # the goal is followed in words only


# In the order in which they are told.
REASONS_IN_ORDER: Final = tuple(Reason)
# Years, and months with two digits, of rounds.
CODE: Final = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
# What a change towards the wished side, away from it or none means where a target is not met.
MOVED: Final = {True: Verdict.CLOSER, False: Verdict.FURTHER, None: Verdict.NO_CHANGE}


@dataclass(frozen=True, slots=True)
class Point:
    """A figure at its time. `value` is None where the source has none or hides it."""

    start: date
    end: date
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Measure:
    """What the rule needs to know of an indicator.

    Attributes:
        breaks: days from whose beginning something else is counted; None stands for a break whose day
            is not known, which parts every figure from every other.
        lacks_denominator: it is a share of something that the source does not tell.
    """

    direction: Direction
    target: Decimal | None = None
    breaks: tuple[date | None, ...] = ()
    lacks_denominator: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A verdict with the reasons why it could not be told, if so.

    Attributes:
        better: whether the figure changed the wished way since the earlier one; also where there is no
            target. None where it did not change, where there is no earlier figure, or over a break.
    """

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    better: bool | None = None


def month_of(code: str) -> Period:
    """Return the period of a round by its code, such as "2021-05".

    Raises:
        ValueError: it is not a year and a month.
    """
    if not CODE.fullmatch(code):
        raise ValueError(code)
    year, _, number = code.partition("-")
    return month(int(number), int(year), PeriodKind.ROUND)


def name_of(code: str) -> str:
    """Return how a round is called: "5/2021".

    Raises:
        ValueError: the code is not a year and a month.
    """
    first = month_of(code).start
    return f"{first.month}/{first.year}" if first else code


def parts(breaks: Iterable[date | None], earlier: Point, latest: Point) -> bool:
    """Tell whether a break lies between two figures."""
    return any(at is None or earlier.start < at <= latest.end for at in breaks)


def within_break(breaks: Iterable[date | None], point: Point) -> bool:
    """Tell whether the way of counting changed in the middle of a figure's own time, or nobody knows when."""
    return any(at is None or point.start < at <= point.end for at in breaks)


def is_broken(breaks: Iterable[date | None], earlier: Point | None, latest: Point) -> bool:
    """Tell whether a break lies within the time of a figure, or between it and the earlier one."""
    known = tuple(breaks)
    return within_break(known, latest) or (earlier is not None and parts(known, earlier, latest))


def tell(measure: Measure, earlier: Point | None, latest: Point | None) -> Told:
    """Say where one indicator stands. A break gives no light whatever the number: never green over a break.

    Args:
        measure: what is known of the indicator.
        earlier: the figure to compare with.
        latest: the figure of this round; None when nothing new is known.
    """
    if latest is None or latest.value is None:
        return Told(Verdict.UNTOLD, (Reason.NO_FIGURE,))
    known = earlier if earlier is not None and earlier.value is not None else None
    broken = is_broken(measure.breaks, known, latest)
    reasons = [
        reason
        for reason, holds in (
            (Reason.NO_DENOMINATOR, measure.lacks_denominator),
            (Reason.BREAK, broken),
            (Reason.NO_DIRECTION, measure.direction is Direction.NEITHER),
            (Reason.NO_TARGET, measure.target is None and measure.direction is not Direction.NEITHER),
        )
        if holds
    ]
    before = known.value if known is not None and not broken else None
    better = is_better(measure.direction, before, latest.value) if before is not None else None
    if reasons:
        return Told(Verdict.UNTOLD, tuple(reasons), better)
    if meets(measure.direction, latest.value, measure.target):
        return Told(Verdict.ON_TARGET, (), better)
    if before is None:
        return Told(Verdict.UNTOLD, (Reason.NO_EARLIER,))
    return Told(MOVED[better], (), better)


def together(told: Sequence[Told]) -> Told:
    """Say where a goal stands from its indicators, or an indicator from the parts of the area.

    On target only when every one of them is: what cannot be told is not taken for good. Where nothing can be
    told, the way of the changes is still told when it is the same for all.
    """
    if not told:
        return Told(Verdict.UNTOLD, (Reason.NO_INDICATOR,))
    said = {one.verdict for one in told} - {Verdict.UNTOLD}
    why = {reason for one in told for reason in one.reasons}
    reasons = tuple(reason for reason in REASONS_IN_ORDER if reason in why)
    ways = {one.better for one in told} - {None}
    better = ways.pop() if len(ways) == 1 else None
    if not said:
        return Told(Verdict.UNTOLD, reasons, better)
    if Verdict.MIXED in said or (Verdict.FURTHER in said and said & {Verdict.CLOSER, Verdict.ON_TARGET}):
        return Told(Verdict.MIXED)
    for verdict in (Verdict.FURTHER, Verdict.CLOSER, Verdict.NO_CHANGE):
        if verdict in said:
            return Told(verdict)
    is_all = all(one.verdict is Verdict.ON_TARGET for one in told)
    return Told(Verdict.ON_TARGET) if is_all else Told(Verdict.UNTOLD, (Reason.PARTIAL, *reasons))
