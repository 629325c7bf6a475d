"""Which two figures a round compares, and how little it reads to find them."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from turvaverkko.evaluation import queries
from turvaverkko.evaluation.standing import newest_two
from turvaverkko.evaluation.tests.conftest import Tree
from turvaverkko.indicators.api import Figure, StatisticalArea
from turvaverkko.indicators.rules import AreaKind, Origin, Period, month, quarter, year


def of(*times: Period) -> list[Figure]:
    return [
        Figure(period=str(n), period_kind=one.kind, period_start=one.start, period_end=one.end)
        for n, one in enumerate(sorted(times, key=lambda one: str(one.start)))
    ]


@pytest.mark.parametrize(
    ("times", "newest", "earlier"),
    [
        ([year(2022)], year(2022), None),
        ([year(2021), year(2022), year(2019)], year(2022), year(2021)),
        ([year(2021), quarter(3, 2022)], quarter(3, 2022), None),
        ([year(2021), quarter(2, 2020), quarter(4, 2021)], quarter(4, 2021), quarter(2, 2020)),
        ([year(2021), year(2022), month(12, 2022)], month(12, 2022), None),
    ],
)
def test_only_times_of_one_kind_are_compared(
    times: list[Period], newest: Period, earlier: Period | None
) -> None:
    last, before = newest_two(of(*times))
    assert (last.period_start, last.period_end) == (newest.start, newest.end)
    found = (before.period_start, before.period_end) if before else None
    assert found == ((earlier.start, earlier.end) if earlier else None)


def test_times_that_overlap_are_no_change() -> None:
    school = Period(year(2021).start, year(2022).end, year(2022).kind)
    rows = of(school, year(2020), year(2022))
    last, before = newest_two(rows)
    assert (last.period_start, before.period_start if before else None) == (
        year(2022).start,
        year(2020).start,
    )


def test_older_years_and_other_counties_add_no_query_and_change_no_figure(tree: Tree) -> None:
    one = tree.round("2023-12")
    abroad = StatisticalArea.objects.create(code="county:2", kind=AreaKind.COUNTY, name_fi="Muu")

    def read() -> tuple[int, Decimal | None]:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            line = next(row for row in queries.lines_of(one) if row.goal == tree.goal)
        latest = line.standings[0].latest
        return len(asked), latest.value if latest else None

    before = read()
    for at in range(2000, 2021):
        tree.figure(tree.coverage, year(at), "10")
        tree.figure(tree.coverage, year(at), "10", area=abroad, origin=Origin.FETCHED)
    assert read() == before == (before[0], Decimal(80))
