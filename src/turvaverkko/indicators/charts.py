"""Drawing without a library: scales, ticks and paths for SVG. Pure: nothing here knows a row.

Units are those of the view box. Time is a number of days; rounds without dates take 1, 2, 3.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

# Unit: of the view box. How wide and how high one tooth of the zigzag of a break is.
TOOTH_WIDTH: Final = 4.0
TOOTH_HEIGHT: Final = 7.0
# A step this much longer than the shortest one means that a figure between is missing.
GAP: Final = 1.5
# Unit: classes of shade on the map of tiles.
SHADES: Final = 5


@dataclass(frozen=True, slots=True)
class Dot:
    """One figure to draw.

    Attributes:
        at: time as a number of days.
        value: None where there is none: the line breaks.
        label: the value in words, for those that are named on the drawing.
        hollow: it was taken from a report, not from the source.
        step: what a next figure must be of for the line to go on ("year", "round").
    """

    at: float
    value: float | None
    label: str = ""
    hollow: bool = False
    step: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure where it stands. `anchor`: how its label hangs on it."""

    x: float
    y: float
    label: str = ""
    hollow: bool = False
    last: bool = False
    anchor: str = "middle"
    label_y: float = 0.0


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on a scale and where."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything a template needs to draw a line chart.

    Attributes:
        lines: paths, one for each unbroken run of figures.
        breaks: paths of zigzags.
        target_y: where the line of the target lies; None without one.
    """

    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    lines: Sequence[str]
    marks: Sequence[Mark]
    breaks: Sequence[str]
    rows: Sequence[Tick]
    columns: Sequence[Tick]
    target_y: float | None = None
    target_label: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a drawing and the room round its field."""

    width: int
    height: int
    left: int = 8
    right: int = 8
    top: int = 8
    bottom: int = 8


def nice_step(span: float, most: int) -> float:
    """Return the smallest of 1, 2, 2.5 or 5 times a power of ten that divides a span in at most `most` parts.

    Examples:
        >>> nice_step(100, 5), nice_step(0.9, 4), nice_step(7, 4)
        (20.0, 0.25, 2.0)
    """
    if span <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(span / most))
    return next(
        step * power for step in (1.0, 2.0, 2.5, 5.0, 10.0, 20.0) if span / (step * power) <= most + 1e-9
    )


def nice_ticks(low: float, high: float, most: int = 4) -> list[float]:
    """Return round numbers from at or under `low` to at or over `high`, `most` steps at most if it can.

    Examples:
        >>> nice_ticks(43, 87)
        [40.0, 60.0, 80.0, 100.0]
        >>> nice_ticks(5, 5)
        [4.0, 4.5, 5.0, 5.5, 6.0]
        >>> nice_ticks(0, 0)
        [0.0, 1.0]
    """
    if low == high:
        if low == 0:
            return [0.0, 1.0]
        room = nice_step(abs(low), 5)
        low, high = low - room, high + room
    step = nice_step(high - low, most)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]


def scale(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    """Return the function that takes `low` to `start` and `high` to `end`; the middle where there is no span.

    Examples:
        >>> scale(0, 10, 100, 0)(2.5)
        75.0
    """
    if high == low:
        return lambda _value: (start + end) / 2
    return lambda value: round(start + (value - low) * (end - start) / (high - low), 1)


def runs(dots: Sequence[Dot], breaks: Sequence[float] = ()) -> list[list[Dot]]:
    """Return the dots in unbroken runs: a run ends at a break, a missing figure and a change of step.

    A figure is missing when it is None, or when years, quarters or months do not follow at the usual pace.
    """
    usual = _usual_steps(dots)
    found: list[list[Dot]] = []
    before: Dot | None = None
    for dot in dots:
        if dot.value is None:
            before = None
            continue
        if before is None or not _goes_on(before, dot, breaks, usual):
            found.append([])
        found[-1].append(dot)
        before = dot
    return found


def _usual_steps(dots: Sequence[Dot]) -> dict[str, float]:
    steps: dict[str, float] = {}
    for one, other in pairwise(dots):
        if one.step == other.step and one.step in {"year", "quarter", "month"}:
            steps[one.step] = min(other.at - one.at, steps.get(one.step, math.inf))
    return steps


def _goes_on(before: Dot, dot: Dot, breaks: Sequence[float], usual: dict[str, float]) -> bool:
    if before.step != dot.step or any(before.at < at <= dot.at for at in breaks):
        return False
    return dot.at - before.at <= GAP * usual.get(dot.step, math.inf)


def path(points: Sequence[tuple[float, float]]) -> str:
    """Return points as the path of a line: "M0,1 L2,3"."""
    return " ".join(f"{'L' if number else 'M'}{x:g},{y:g}" for number, (x, y) in enumerate(points))


def zigzag(x: float, top: float, bottom: float) -> str:
    """Return the path of a break: teeth from top to bottom round `x`."""
    teeth = max(2, round((bottom - top) / TOOTH_HEIGHT))
    step = (bottom - top) / teeth
    sides = (0.0, *((TOOTH_WIDTH if n % 2 else -TOOTH_WIDTH) for n in range(1, teeth)), 0.0)
    return path([(round(x + side, 1), round(top + n * step, 1)) for n, side in enumerate(sides)])


def bounds(
    values: Sequence[float], target: float | None = None, *, share: bool = False
) -> tuple[float, float]:
    """Return from where to where a scale reaches: every value and the target; a share stays within 0 and 100.

    It begins at nought unless the values lie close together far from it.
    """
    every = [*values, *([] if target is None else [target])]
    low, high = min(every), max(every)
    if low > 0 and low < (high - low) * 2:
        low = 0
    if share and low >= 0 and high <= 100:
        ticks = nice_ticks(low, high)
        return max(0.0, ticks[0]), min(100.0, ticks[-1])
    return low, high


def line_chart(
    dots: Sequence[Dot],
    frame: Frame,
    *,
    say: Callable[[float], str],
    years: Sequence[Tick] = (),
    breaks: Sequence[float] = (),
    target: float | None = None,
    target_label: str = "",
    reach: tuple[float, float] | None = None,
    span: tuple[float, float] | None = None,
    share: bool = False,
) -> Drawing | None:
    """Lay a series on a drawing; None when no figure has a value.

    Args:
        dots: in time.
        frame: size and room.
        say: a number of the scale in words.
        years: labels under the field by time; those outside the series are left out.
        breaks: times at which what is counted changed.
        target: what is aimed at.
        target_label: the target in words.
        reach: lowest and highest of the scale, for drawings that share one.
        span: first and last of the time, for the same.
        share: whether the values are shares of a hundred.
    """
    values = [dot.value for dot in dots if dot.value is not None]
    if not values:
        return None
    ticks = nice_ticks(*(reach or bounds(values, target, share=share)))
    y_of = scale(ticks[0], ticks[-1], frame.height - frame.bottom, frame.top)
    x_of = scale(
        *(span or _span([*(dot.at for dot in dots), *breaks])),
        float(frame.left),
        float(frame.width - frame.right),
    )
    return Drawing(
        frame.width,
        frame.height,
        float(frame.left),
        float(frame.width - frame.right),
        float(frame.top),
        float(frame.height - frame.bottom),
        [
            path([(x_of(dot.at), y_of(dot.value or 0.0)) for dot in run])
            for run in runs(dots, breaks)
            if len(run) > 1
        ],
        _marks([dot for dot in dots if dot.value is not None], x_of, y_of, frame),
        [zigzag(x_of(at), frame.top, frame.height - frame.bottom) for at in breaks],
        [Tick(y_of(tick), say(tick)) for tick in ticks],
        apart(
            [Tick(x_of(one.at), one.label) for one in years if _within(one.at, dots)],
            frame.left - 20,
            frame.width,
        ),
        y_of(target) if target is not None else None,
        target_label,
    )


def apart(ticks: Sequence[Tick], start: float, end: float, room: float = 52.0) -> list[Tick]:
    """Return the ticks that have room for their labels: the last one stands, others give way."""
    kept: list[Tick] = []
    for tick in reversed([one for one in ticks if start <= one.at <= end]):
        if not kept or kept[-1].at - tick.at >= room:
            kept.append(tick)
    return kept[::-1]


def _within(at: float, dots: Sequence[Dot]) -> bool:
    return dots[0].at <= at <= dots[-1].at


def _span(times: Sequence[float]) -> tuple[float, float]:
    return min(times), max(times)


def _marks(
    dots: Sequence[Dot], x_of: Callable[[float], float], y_of: Callable[[float], float], frame: Frame
) -> list[Mark]:
    marks = []
    for number, dot in enumerate(dots):
        x, y = x_of(dot.at), y_of(dot.value or 0.0)
        last = number == len(dots) - 1
        above = y - 12 if y - 12 > frame.top + 8 else y + 22
        side = "start" if x < frame.left + 40 else "end" if x > frame.width - frame.right - 40 else "middle"
        marks.append(Mark(x, y, dot.label if last or number == 0 else "", dot.hollow, last, side, above))
    return marks


def shade_of(value: float, edges: Sequence[float]) -> int:
    """Return the class of a value, 1 to one more than the edges; an edge belongs to the class above it.

    Examples:
        >>> [shade_of(value, [10, 20]) for value in (9.9, 10, 25)]
        [1, 2, 3]
    """
    return 1 + sum(1 for edge in edges if value >= edge)


def edges_of(values: Sequence[float]) -> list[float]:
    """Return the round numbers that part values into at most five classes; none when all are the same.

    Examples:
        >>> edges_of([68, 71, 84, 94])
        [70.0, 80.0, 90.0]
        >>> edges_of([5, 5])
        []
    """
    if not values or min(values) == max(values):
        return []
    ticks = nice_ticks(min(values), max(values), SHADES)
    return [tick for tick in ticks if min(values) < tick <= max(values)][: SHADES - 1]


def short(name: str, most: int = 8) -> str:
    """Return a name that fits on a tile: cut and ended with a full stop.

    Examples:
        >>> short("Kempele"), short("Siikalatva")
        ('Kempele', 'Siikala.')
    """
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}."
