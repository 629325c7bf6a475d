"""How many lived where a figure was counted: areas of statistics, and service areas by their members."""

from datetime import date

import pytest

from turvaverkko.indicators.models import Figure, Indicator, Population, StatisticalArea
from turvaverkko.indicators.populations import populations
from turvaverkko.indicators.rules import AreaKind, year
from turvaverkko.indicators.tests.test_pages import area, client, figure, home, indicator, read, text
from turvaverkko.organisation.models import Area, AreaMembership, County, Municipality

__all__ = ["client", "home"]


@pytest.fixture
def lakeus(db: None) -> StatisticalArea:
    """Two municipalities; a third joined in the middle of 2023."""
    county = County.objects.create(code="19", slug="x", name_fi="X")
    inside = Area.objects.create(county=county, slug="lakeus", name_fi="Lakeus")
    for code, number, since in (
        ("001", 1000, date(2020, 1, 1)),
        ("002", 500, date(2020, 1, 1)),
        ("003", 100, date(2023, 7, 1)),
    ):
        one = Municipality.objects.create(code=code, slug=f"k{code}", name_fi=f"Kunta {code}")
        AreaMembership.objects.create(municipality=one, county=county, area=inside, valid_from=since)
        place = area(f"municipality:{code}", f"Kunta {code}", AreaKind.MUNICIPALITY)
        Population.objects.create(area=place, year=2022, number=number, source="tilasto")
    return area("service-area:lakeus", "Lakeus", AreaKind.SERVICE_AREA)


@pytest.fixture
def places(db: None) -> Indicator:
    return indicator("paikat", "Kohtaamispaikat", unit_fi="kpl", decimals=0)


def known(*figures: Figure) -> list[int | None]:
    found = populations(figures)
    return [found.get((one.area_id, one.period_end)) for one in figures if one.period_end]


def test_members_of_the_day_are_summed(lakeus: StatisticalArea, places: Indicator) -> None:
    figures = [figure(places, lakeus, year(number), "3") for number in (2022, 2023)]
    assert known(*figures) == [1500, 1600]


def test_it_is_not_known_when_a_member_lacks_a_number(lakeus: StatisticalArea, places: Indicator) -> None:
    Population.objects.filter(area__code="municipality:002").delete()
    assert known(figure(places, lakeus, year(2022), "3")) == [None]


def test_nor_before_the_area_had_members(lakeus: StatisticalArea, places: Indicator) -> None:
    assert known(figure(places, lakeus, year(2019), "3")) == [None]


def test_a_municipality_and_a_county_have_numbers_of_their_own(
    lakeus: StatisticalArea, places: Indicator
) -> None:
    county = area("county:19", "X", AreaKind.COUNTY)
    Population.objects.create(area=county, year=2022, number=9000, source="summa")
    oulu = StatisticalArea.objects.get(code="municipality:001")
    assert known(*(figure(places, one, year(2023), "3") for one in (county, oulu))) == [9000, 1000]


def test_the_page_tells_the_rate_and_what_is_not_known(
    client: object, lakeus: StatisticalArea, places: Indicator
) -> None:
    figure(places, lakeus, year(2023), "8")
    figure(places, lakeus, year(2018), "8")
    page = text(read(client, "/koordinaatio/mittarit/paikat/"))  # type: ignore[arg-type]
    assert "5,00" in page  # per 1,000 of 1,600
    assert "väkiluku ei tiedossa" in page


def test_queries_do_not_follow_the_figures(
    lakeus: StatisticalArea, places: Indicator, django_assert_num_queries: object
) -> None:
    figures = [figure(places, lakeus, year(number), "3") for number in range(2012, 2024)]
    with django_assert_num_queries(3):  # type: ignore[operator]
        populations(figures)
