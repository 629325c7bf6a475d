"""Figures that are worked out from daily work: an app above declares what it counts, here it is kept safe.

An app declares a `Topic` when it starts (`register`): its indicators, two ways of counting them that share no
query, and the sums that a reader could make. `publishable` decides what of it may be shown; a job stores only
that (`refreshing`). `docs/indicators.md` is printed from the declarations. Pure: no database.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple

from turvaverkko.indicators.rules import Direction, Period, key_of, month, quarter_of
from turvaverkko.indicators.small_numbers import LEAST_SHOWN, Sum, hidden_cells

# The requests of no municipality of the county. Never shown, yet whoever subtracts can work it out.
ELSEWHERE: Final = "elsewhere"
COUNTY_WEIGHT: Final = 60
AREA_WEIGHT: Final = 8
# What a share is made of stands beside the counts while small numbers are looked for; neither is published.
PART: Final = "#part"
REST: Final = "#rest"
# Unit: days after the end of a period in which its figures may still change. Source: a request can be opened
# again within 30 days (design WORKFLOWS).
SETTLES: Final = timedelta(days=31)


class Measure(StrEnum):
    """What kind of number an indicator is."""

    COUNT = "count"  # of what happened in the period: months make a quarter
    STOCK = "stock"  # of what there is at the end of the period
    SHARE = "share"  # per cent
    MEDIAN = "median"


@dataclass(frozen=True, slots=True)
class Declared:
    """An indicator as its app declares it. All texts but the names are in Finnish.

    Attributes:
        code: of the indicator.
        names: by language: Finnish, Swedish, English.
        units: by language.
        counted: what is counted.
        of: of what it is a share; empty for others.
        method: how it is counted, and what is left out.
        since: from when the figures begin, in words.
        by_municipality: whether municipalities have figures of their own, beside larger areas.
        groups: by code, the parts of which each has a figure of its own by quarter, with their names
            (lazy or text).
    """

    code: str
    names: Mapping[str, str]
    units: Mapping[str, str]
    counted: str
    method: str
    since: str
    measure: Measure = Measure.COUNT
    direction: Direction = Direction.NEITHER
    of: str = ""
    decimals: int = 0
    by_municipality: bool = False
    groups: Mapping[str, object] = field(default_factory=dict)


class Cell(NamedTuple):
    """One number: indicator, group ("" for all), code of the area, key of the period."""

    indicator: str
    group: str
    area: str
    period: str

    def of(self, group: str) -> "Cell":
        """Return the cell of another group."""
        return Cell(self.indicator, group, self.area, self.period)

    def at(self, area: str) -> "Cell":
        """Return the cell of another area."""
        return Cell(self.indicator, self.group, area, self.period)

    def during(self, period: str) -> "Cell":
        """Return the cell of another period."""
        return Cell(self.indicator, self.group, self.area, period)


@dataclass(frozen=True, slots=True)
class Counted:
    """A number before it is known whether it may be shown.

    Attributes:
        value: a count, a median; of a share nothing, it follows from part and whole.
        part: of a share: how many of the whole.
        whole: of a share or a median: of how many it is.
    """

    value: Decimal = Decimal(0)
    part: int = 0
    whole: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """An area with the municipalities (slugs) that it consists of, and the larger area it is part of."""

    code: str
    parent: str
    slugs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """Of which areas and which periods is counted.

    Attributes:
        county: the county itself, which has also what is of no municipality.
        places: its areas and municipalities.
        months: that have ended, in order, none left out.
        quarters: that have ended.
        from_the_start: whether nothing was there before the first month.
    """

    county: str
    places: tuple[Place, ...]
    months: tuple[Period, ...]
    quarters: tuple[Period, ...]
    from_the_start: bool = True

    @property
    def periods(self) -> tuple[Period, ...]:
        """Months and quarters."""
        return (*self.months, *self.quarters)

    @property
    def areas(self) -> tuple[str, ...]:
        """Every area of which is counted, and what is of none of them."""
        return (self.county, *(place.code for place in self.places), ELSEWHERE)

    @property
    def large_areas(self) -> tuple[str, ...]:
        """The county and its service areas, and what is of none of these."""
        parents = {place.parent for place in self.places}
        return (self.county, *(one.code for one in self.places if one.code in parents), ELSEWHERE)

    def areas_of(self, slug: str) -> tuple[str, ...]:
        """Return every area to which something of a municipality belongs ("" is of none)."""
        inside = tuple(place.code for place in self.places if slug in place.slugs)
        return (self.county, *(inside or (ELSEWHERE,)))


Counting = Callable[[Plan], Mapping[Cell, Counted]]


@dataclass(frozen=True, slots=True)
class Topic:
    """What one app counts.

    Attributes:
        indicators: what it declares.
        begins: the first day of which something is known; None when nothing is.
        count: from log entries.
        recount: the same numbers from rows, with other queries.
        sums: what adds up inside one area, beside months and areas.
    """

    code: str
    indicators: tuple[Declared, ...]
    begins: Callable[[], date | None]
    count: Counting
    recount: Counting
    sums: Callable[[Plan, str], Iterable[Sum[Cell]]]


_topics: Final[dict[str, Topic]] = {}


def register(topic: Topic) -> None:
    """Declare what an app counts.

    Raises:
        ValueError: another topic has the code, or declares an indicator of this one.
    """
    others = [one for one in _topics.values() if one.code != topic.code]
    taken = {declared.code for one in others for declared in one.indicators}
    if _topics.get(topic.code, topic) != topic or taken & {one.code for one in topic.indicators}:
        message = f"{topic.code} declares what is declared already."
        raise ValueError(message)
    _topics[topic.code] = topic


def topics() -> tuple[Topic, ...]:
    """Return what is counted, by code."""
    return tuple(_topics[code] for code in sorted(_topics))


@dataclass(frozen=True, slots=True)
class Known:
    """What stands published already: cells that readers have seen, and cells that stay hidden for good."""

    shown: frozenset[Cell] = frozenset()
    hidden: frozenset[Cell] = frozenset()


def ended_periods(first: date, today: date) -> tuple[tuple[Period, ...], tuple[Period, ...]]:
    """Return the months and the quarters that ended before today, from the quarter of the first day on.

    A running month is never published: from day to day one could watch each single family come.

    Examples:
        >>> months, quarters = ended_periods(date(2026, 8, 14), date(2026, 11, 23))
        >>> [key_of(one) for one in (*months, *quarters)]
        ['2026-07', '2026-08', '2026-09', '2026-10', '2026-Q3']
    """
    at = quarter_of(first).start or first
    months: list[Period] = []
    while (one := month(at.month, at.year)).end and one.end < today:
        months.append(one)
        at = one.end + timedelta(days=1)
    ends = {one.end for one in months}
    quarters = {quarter_of(one.end) for one in months if one.end and quarter_of(one.end).end in ends}
    return tuple(months), tuple(sorted(quarters))


def is_settled(period: Period, today: date) -> bool:
    """Tell whether the figures of a period change no more."""
    return period.end is not None and today - period.end > SETTLES


def share(counted: Counted) -> Decimal:
    """Return a share in whole per cents."""
    return (Decimal(100) * counted.part / counted.whole).quantize(Decimal(1))


def publishable(
    topic: Topic, plan: Plan, counted: Mapping[Cell, Counted], known: Known | None = None
) -> dict[Cell, Decimal | None]:
    """Return what may be shown of what was counted: small numbers and what would give them are None."""
    known = known or Known()
    numbers = _numbers(topic, plan, counted)
    elsewhere = frozenset(cell for cell in numbers if cell.area == ELSEWHERE)
    hidden = hidden_cells(
        numbers,
        list(_sums(topic, plan, numbers)),
        shown=_parts_too(known.shown, numbers),
        hidden=elsewhere | _parts_too(known.hidden, numbers),
        weight=lambda cell: _weight(plan, cell),
    )
    values: dict[Cell, Decimal | None] = {}
    for declared in topic.indicators:
        for cell in _cells_of(declared, plan):
            found = counted.get(cell, Counted())
            if cell.area != ELSEWHERE and _has_value(declared, found):
                values[cell] = _value(declared, found, hidden, cell)
    return values


def _has_value(declared: Declared, found: Counted) -> bool:
    """Counts are zero where nothing happened; of nobody there is neither a share nor a median."""
    return declared.measure in {Measure.COUNT, Measure.STOCK} or found.whole > 0


def _value(declared: Declared, found: Counted, hidden: frozenset[Cell], cell: Cell) -> Decimal | None:
    if declared.measure is Measure.MEDIAN:
        return found.value if found.whole >= LEAST_SHOWN else None
    if declared.measure is Measure.SHARE:
        made_of = {cell.of(PART), cell.of(REST)}
        return None if made_of & hidden or found.whole < LEAST_SHOWN else share(found)
    return None if cell in hidden else found.value


def _numbers(topic: Topic, plan: Plan, counted: Mapping[Cell, Counted]) -> dict[Cell, int]:
    """Return the counts in which small numbers are looked for: a share as its part and its rest."""
    numbers: dict[Cell, int] = {}
    for declared in topic.indicators:
        for cell in _cells_of(declared, plan):
            found = counted.get(cell, Counted())
            if declared.measure is Measure.SHARE:
                numbers[cell.of(PART)] = found.part
                numbers[cell.of(REST)] = found.whole - found.part
            elif declared.measure is not Measure.MEDIAN:
                numbers[cell] = int(found.value)
    for cell in [one for one in numbers if one.area == ELSEWHERE]:
        # Whatever is left of the county when all that is shown has been taken from it.
        beside = (cell.at(area) for area in _parts_of(plan, plan.county, numbers, cell) if area != ELSEWHERE)
        numbers[cell] = numbers[cell.at(plan.county)] - sum(numbers[one] for one in beside)
    return numbers


def _parts_of(plan: Plan, whole: str, numbers: Collection[Cell], cell: Cell) -> list[str]:
    """Return the areas of which one consists, as far as they have a number like a cell's."""
    parts = [place.code for place in plan.places if place.parent == whole]
    parts += [ELSEWHERE] if whole == plan.county else []
    return [area for area in parts if cell.at(area) in numbers]


def _cells_of(declared: Declared, plan: Plan) -> Iterable[Cell]:
    """Yield the cells of an indicator: months are told of the county only, everything else by quarter.

    Source: design RULES ("counts default to service area × quarter"): finer ones would nearly all be hidden,
    and with them the numbers of the county that they could be worked out from.
    """
    for group in ("", *declared.groups):
        for area in plan.areas if declared.by_municipality else plan.large_areas:
            for period in plan.periods if area == plan.county and not group else plan.quarters:
                yield Cell(declared.code, group, area, key_of(period))


def _parts_too(cells: frozenset[Cell], numbers: Mapping[Cell, int]) -> frozenset[Cell]:
    """Return the cells that are counted, and for a share what it is made of."""
    made_of = {cell.of(group) for cell in cells for group in (PART, REST)}
    return frozenset(cell for cell in cells | made_of if cell in numbers)


def _sums(topic: Topic, plan: Plan, numbers: Collection[Cell]) -> Iterable[Sum[Cell]]:
    """Yield what a reader can add up: areas, months of a quarter, and what the topic knows."""
    for cell in numbers:
        parts = _parts_of(plan, cell.area, numbers, cell)
        if parts:
            yield Sum(tuple(cell.at(area) for area in parts), (cell,))
    yield from _months_add_up(topic, plan, numbers)
    for area in plan.areas:
        for one in topic.sums(plan, area):
            if all(cell in numbers for cell in (*one.left, *one.right)):
                yield one


def _months_add_up(topic: Topic, plan: Plan, numbers: Collection[Cell]) -> Iterable[Sum[Cell]]:
    stocks = {one.code for one in topic.indicators if one.measure is Measure.STOCK}
    for quarter in plan.quarters:
        inside = [key_of(one) for one in plan.months if one.end and quarter_of(one.end) == quarter]
        for cell in [one for one in numbers if one.period == key_of(quarter)]:
            # What there is at the end of a quarter is what there is at the end of its last month.
            keys = inside[-1:] if cell.indicator in stocks else inside
            months = tuple(cell.during(key) for key in keys)
            if all(one in numbers for one in months):
                yield Sum(months, (cell,))


def _weight(plan: Plan, cell: Cell) -> int:
    """Return how much is lost with a cell: the larger the area, and totals before parts."""
    parents = {place.parent for place in plan.places}
    of_area = COUNTY_WEIGHT if cell.area == plan.county else AREA_WEIGHT if cell.area in parents else 1
    return of_area * (1 if cell.group else 2) * (2 if "Q" in cell.period else 1)


def differences(one: Mapping[Cell, Counted], other: Mapping[Cell, Counted]) -> frozenset[Cell]:
    """Return the cells in which two ways of counting disagree; what a way does not name is nothing."""
    cells = one.keys() | other.keys()
    return frozenset(cell for cell in cells if one.get(cell, Counted()) != other.get(cell, Counted()))


HEAD: Final = f"""# Indicators of daily work

Worked out every night from the log of what was done: for the county each month and quarter that has ended,
for its service areas and municipalities each quarter. Counted a second time from the rows themselves; a
period in which the two disagree is not published. Counts of families from 1 to {LEAST_SHOWN - 1} are hidden,
and so is whatever would give them away; zero is shown. Figures are preliminary for {SETTLES.days} days after
the end of their period.
"""


def documentation(found: Sequence[Topic]) -> str:
    """Return the declarations as a paper."""
    out = [HEAD]
    for topic in found:
        out.append(f"## {topic.code}\n")
        out += [_described(declared) for declared in topic.indicators]
    return "\n".join(out)


def _described(one: Declared) -> str:
    names = " · ".join(one.names[language] for language in ("fi", "sv", "en"))
    rows = {
        "code": f"`{one.code}`",
        "kind": one.measure.value,
        "unit": one.units["fi"],
        "better": one.direction.value,
        "counted": one.counted,
        "of": one.of or "–",
        "how": one.method,
        "since": one.since,
        "parts": ", ".join(str(name) for name in one.groups.values()) or "–",
    }
    table = "\n".join(f"| {name} | {text} |" for name, text in rows.items())
    return f"### {names}\n\n| | |\n|---|---|\n{table}\n"
