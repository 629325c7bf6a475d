"""Rules of indicators. Pure: codes, time, direction and what may be said of a figure."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final


class Source(StrEnum):
    """Where the figures of an indicator come from."""

    SOTKANET = "sotkanet"
    SCHOOL_HEALTH = "school-health"  # Kouluterveyskysely of THL
    SURVEY = "survey"  # a survey of our own
    COLLECTED = "collected"  # collected by hand from units and projects
    DAILY_WORK = "daily-work"  # computed from log entries
    STATISTICS = "statistics"  # Statistics Finland and other official statistics


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"  # the figure tells of need or of size; no light is given to it


class AreaKind(StrEnum):
    """Kinds of areas of which figures are told. They do not nest in each other: an area names its parent."""

    COUNTRY = "country"
    COUNTY = "county"  # wellbeing services county (hyvinvointialue), from 2023
    REGION = "region"  # maakunta
    HOSPITAL_DISTRICT = "hospital-district"  # until 2022
    SERVICE_AREA = "service-area"
    MUNICIPALITY = "municipality"
    NETWORK = "network"  # an area of cooperation, such as that of a VIP network


class PeriodKind(StrEnum):
    """Kinds of time of which a figure tells."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    INTERVAL = "interval"
    ROUND = "round"  # an evaluation round: what was known when it was made
    ORDER = "order"  # only the order of rounds is known: "round 1", "round 2"
    TARGET = "target"  # no time: what is aimed at
    UNKNOWN = "unknown"


class Origin(StrEnum):
    """How a figure came to us. Figures of different origin stand side by side; none overwrites another."""

    REPORTED = "reported"  # stands in a report or plan, as printed there
    FETCHED = "fetched"  # from the source's own interface
    ENTERED = "entered"  # written by hand, approved by another
    COMPUTED = "computed"


class Status(StrEnum):
    """How settled a figure is."""

    DRAFT = "draft"  # entered, not yet approved: on no page but its own
    PRELIMINARY = "preliminary"
    FINAL = "final"
    REVISED = "revised"
    REPLACED = "replaced"  # a later figure of the same thing holds


class Qualifier(StrEnum):
    """How exactly a figure is told."""

    EXACT = ""
    ABOUT = "about"
    OVER = "over"
    ON_AVERAGE = "on-average"


class NoteKind(StrEnum):
    """What is wrong with or missing from a figure or a series."""

    BREAK = "break"  # what is counted changed: figures before and after do not compare
    DENOMINATOR = "denominator"  # of what it is a share is not told
    TARGET = "target"  # the target has no number
    TIME = "time"  # the time was inferred or is not told
    AREA = "area"
    CONTRADICTION = "contradiction"  # two sources or two places of one source disagree
    COVERAGE = "coverage"  # not everybody reported
    IDENTITY = "identity"  # that the source's indicator is the same is not verified


# What may be shown as a figure of now.
SHOWN: Final = frozenset({Status.PRELIMINARY, Status.FINAL, Status.REVISED})


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A time of which a figure tells: from a day to a day, both included.

    Attributes:
        start: None where no time is known (target, order, unknown).
        order: of rounds of which only the order is known; else 0.
    """

    start: date | None
    end: date | None
    kind: PeriodKind
    order: int = 0


def year(number: int) -> Period:
    """Return a calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31), PeriodKind.YEAR)


def month(number: int, of_year: int, kind: PeriodKind = PeriodKind.MONTH) -> Period:
    """Return a month (1 to 12) of a year; `PeriodKind.ROUND` for a round made in it."""
    last = calendar.monthrange(of_year, number)[1]
    return Period(date(of_year, number, 1), date(of_year, number, last), kind)


def quarter(number: int, of_year: int) -> Period:
    """Return a quarter (1 to 4) of a year."""
    first = 3 * number - 2
    last = month(first + 2, of_year).end
    return Period(date(of_year, first, 1), last, PeriodKind.QUARTER)


def key_of(period: Period) -> str:
    """Return the short text that tells a period from every other: "2021", "2021-Q3", "2021-05", "round 2"."""
    start, end = period.start, period.end
    if start is None or end is None:
        return f"round {period.order}" if period.kind is PeriodKind.ORDER else period.kind.value
    return {
        PeriodKind.YEAR: f"{start.year}",
        PeriodKind.QUARTER: f"{start.year}-Q{(start.month + 2) // 3}",
        PeriodKind.MONTH: f"{start.year}-{start.month:02}",
        PeriodKind.ROUND: f"round {start.year}-{start.month:02}",
    }.get(period.kind, f"{start}/{end}")


def quarter_of(day: date) -> Period:
    """Return the quarter of a day."""
    return quarter((day.month + 2) // 3, day.year)


def before(period: Period) -> Period:
    """Return the year, quarter or month before one of the same kind.

    Raises:
        ValueError: periods of its kind do not follow each other.
    """
    if period.start is None or period.kind not in {PeriodKind.YEAR, PeriodKind.QUARTER, PeriodKind.MONTH}:
        message = f"No period comes before a {period.kind}."
        raise ValueError(message)
    last = period.start - timedelta(days=1)
    if period.kind is PeriodKind.YEAR:
        return year(last.year)
    return quarter_of(last) if period.kind is PeriodKind.QUARTER else month(last.month, last.year)


def per(count: Decimal | int, population: int, unit: int = 1000) -> Decimal | None:
    """Return a count per `unit` persons (1 for per capita, 100 for a percentage); None without population."""
    return Decimal(count) * unit / Decimal(population) if population else None


def is_better(direction: Direction, earlier: Decimal, later: Decimal) -> bool | None:
    """Tell whether a change is for the better; None when it is neither or nothing changed."""
    if direction is Direction.NEITHER or earlier == later:
        return None
    return (later > earlier) == (direction is Direction.UP)


def meets(direction: Direction, value: Decimal, target: Decimal | None) -> bool | None:
    """Tell whether a value meets a target; None without a target or a direction."""
    if target is None or direction is Direction.NEITHER:
        return None
    return value >= target if direction is Direction.UP else value <= target
