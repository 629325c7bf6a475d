"""Computed figures: what is published of what was counted, and what a reader could work out of it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from turvaverkko.indicators import computed
from turvaverkko.indicators.computed import (
    Cell,
    Counted,
    Declared,
    Known,
    Measure,
    Place,
    Plan,
    Topic,
    differences,
    documentation,
    ended_periods,
    is_settled,
    publishable,
)
from turvaverkko.indicators.rules import Direction, month

COUNTY, NORTH, SOUTH = "county:19", "service-area:north", "service-area:south"
PLACES = (
    Place("municipality:001", NORTH, frozenset({"a"})),
    Place("municipality:002", NORTH, frozenset({"b"})),
    Place(NORTH, COUNTY, frozenset({"a", "b"})),
    Place("municipality:003", SOUTH, frozenset({"c"})),
    Place(SOUTH, COUNTY, frozenset({"c"})),
)
MONTHS, QUARTERS = ended_periods(date(2026, 7, 1), date(2026, 10, 1))
PLAN = Plan(COUNTY, PLACES, MONTHS, QUARTERS)
JULY, QUARTER = "2026-07", "2026-Q3"
NAMES = {"fi": "nimi", "sv": "namn", "en": "name"}


def declared(measure: Measure) -> Declared:
    return Declared(
        "x",
        NAMES,
        NAMES,
        "mitä",
        "miten",
        "alusta",
        measure,
        Direction.UP,
        by_municipality=True,
    )


def topic(measure: Measure) -> Topic:
    def nothing(_plan: Plan) -> Mapping[Cell, Counted]:
        return {}

    return Topic("t", (declared(measure),), lambda: None, nothing, nothing, lambda _plan, _area: ())


def of(numbers: Mapping[str, int]) -> dict[Cell, Counted]:
    """The counts of July, and of the quarter, in which nothing else happened."""
    return {
        Cell("x", "", area, period): Counted(Decimal(number))
        for area, number in numbers.items()
        for period in (JULY, QUARTER)
    }


def hidden(values: Mapping[Cell, Decimal | None], period: str = QUARTER) -> set[str]:
    return {cell.area for cell, value in values.items() if value is None and cell.period == period}


def test_a_small_municipality_takes_another_with_it_but_not_the_county() -> None:
    counts = of({"municipality:001": 3, "municipality:002": 20, "municipality:003": 30, NORTH: 23, SOUTH: 30})
    values = publishable(topic(Measure.COUNT), PLAN, counts | of({COUNTY: 53}))
    assert hidden(values) == {"municipality:001", "municipality:002"}
    assert values[Cell("x", "", COUNTY, JULY)] == Decimal(53)
    assert values[Cell("x", "", COUNTY, "2026-08")] == Decimal(0)


def test_months_are_told_of_the_county_only() -> None:
    values = publishable(topic(Measure.COUNT), PLAN, of({COUNTY: 53, NORTH: 53, "municipality:001": 53}))
    assert {cell.area for cell in values if cell.period == JULY} == {COUNTY}
    assert {cell.area for cell in values if cell.period == QUARTER} > {COUNTY, NORTH, "municipality:001"}


def test_what_is_of_no_municipality_cannot_be_subtracted_from_the_county() -> None:
    counts = of({"municipality:001": 9, "municipality:002": 20, "municipality:003": 30, NORTH: 29, SOUTH: 30})
    values = publishable(topic(Measure.COUNT), PLAN, counts | of({COUNTY: 61}))
    assert hidden(values) & {COUNTY, NORTH, SOUTH}
    assert not [cell for cell in values if cell.area == computed.ELSEWHERE]


def test_what_has_been_seen_stays_and_something_else_is_hidden() -> None:
    counts = of({"municipality:001": 3, "municipality:002": 20, "municipality:003": 30, NORTH: 23, SOUTH: 30})
    seen = frozenset({Cell("x", "", "municipality:002", QUARTER)})
    values = publishable(topic(Measure.COUNT), PLAN, counts | of({COUNTY: 53}), Known(shown=seen))
    assert values[Cell("x", "", "municipality:002", QUARTER)] == Decimal(20)
    assert NORTH in hidden(values)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(18, 24, Decimal(75)), (22, 24, None), (24, 24, Decimal(100)), (3, 3, None)],
)
def test_a_share_of_few_or_but_for_few_is_hidden(part: int, whole: int, expected: Decimal | None) -> None:
    areas = ("municipality:003", SOUTH, COUNTY)
    counts = {
        Cell("x", "", area, period): Counted(part=part, whole=whole)
        for area in areas
        for period in (JULY, QUARTER)
    }
    values = publishable(topic(Measure.SHARE), PLAN, counts)
    assert {values[Cell("x", "", area, QUARTER)] for area in areas} == {expected}
    assert Cell("x", "", NORTH, QUARTER) not in values


def test_the_median_of_four_is_hidden() -> None:
    counts = {Cell("x", "", COUNTY, JULY): Counted(Decimal(2), whole=4)}
    counts |= {Cell("x", "", COUNTY, QUARTER): Counted(Decimal("1.5"), whole=5)}
    values = publishable(topic(Measure.MEDIAN), PLAN, counts)
    assert values == {Cell("x", "", COUNTY, JULY): None, Cell("x", "", COUNTY, QUARTER): Decimal("1.5")}


def test_figures_settle_a_month_after_their_period() -> None:
    july = month(7, 2026)
    assert not is_settled(july, date(2026, 8, 31))
    assert is_settled(july, date(2026, 9, 1))


def test_ways_that_agree_on_nothing_being_there_agree() -> None:
    cell = Cell("x", "", COUNTY, JULY)
    assert not differences({cell: Counted()}, {})
    assert differences({cell: Counted(Decimal(1))}, {}) == {cell}


def test_an_indicator_is_declared_once() -> None:
    taken = computed.topics()[0].indicators[0]
    other = topic(Measure.COUNT)
    with pytest.raises(ValueError, match="declared already"):
        computed.register(Topic("other", (taken,), other.begins, other.count, other.recount, other.sums))


def test_every_declaration_is_in_the_paper() -> None:
    paper = documentation(computed.topics())
    for one in computed.topics():
        assert all(f"`{declared.code}`" in paper and declared.method in paper for declared in one.indicators)
