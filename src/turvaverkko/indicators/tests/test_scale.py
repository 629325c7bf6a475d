"""Pages of figures with many areas: no plan reads every figure."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from bench import figures_data
from turvaverkko.indicators import queries
from turvaverkko.indicators.models import Figure, Indicator, StatisticalArea
from turvaverkko.indicators.opening import figures_opened
from turvaverkko.indicators.rules import AreaKind
from turvaverkko.work.tests.test_scale import plans_that_scan

INDICATORS = 60


@pytest.fixture(scope="module")
def country(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    if connection.vendor != "postgresql":
        pytest.skip("plans of a country are PostgreSQL's")
    with django_db_blocker.unblock(), transaction.atomic():
        figures_data.make(INDICATORS, tidy="ANALYZE")
        yield
        transaction.set_rollback(True)


def first() -> Indicator:
    return queries.indicators()[6]


READS: list[Callable[[], object]] = [
    lambda: figures_opened(queries.indicators()[:40], figures_data.HOST),
    lambda: queries.newest_ends(queries.indicators()),
    lambda: queries.newest_written(8),
    lambda: list(queries.in_several_areas()[:40]),
    lambda: queries.areas_of(first()),
    lambda: queries.kinds_of_areas(first()),
    lambda: queries.figures_listed(first(), StatisticalArea.objects.get(code=figures_data.HOST), 100),
    lambda: queries.newest_of_kind(first(), AreaKind.MUNICIPALITY),
    lambda: queries.without_value(200),
    lambda: queries.counterparts(queries.reported()),
]


@pytest.mark.full
def test_the_probe_finds_a_scan(country: None, db: None) -> None:
    assert plans_that_scan(
        {"indicators_figure"}, lambda: list(Figure.objects.filter(footnote_fi="x", status="final"))
    )


@pytest.mark.full
@pytest.mark.parametrize("number", range(len(READS)))
def test_no_page_reads_every_figure(country: None, db: None, number: int) -> None:
    assert not plans_that_scan({"indicators_figure"}, READS[number])
