"""Pages of figures with many areas tell the same from fewer rows."""

import pytest

from turvaverkko.indicators import presenting_pages as shown
from turvaverkko.indicators import queries
from turvaverkko.indicators.models import Figure, Indicator
from turvaverkko.indicators.opening import figures_opened
from turvaverkko.indicators.rules import AreaKind, Origin, Period, PeriodKind, Status, month, year
from turvaverkko.indicators.tests.test_pages import area, figure, indicator


@pytest.fixture
def visits(db: None) -> Indicator:
    """Areas with every year, with a gap, with one figure, with none of late, with a month between years."""
    made = indicator("kaynnit", "Käynnit", target="50")
    for number, years in enumerate(((2015, 2022, 2023), (2015, 2016), (2023,), (2014, 2019, 2023), ())):
        place = area(f"municipality:{number:03}", f"Kunta {number}", AreaKind.MUNICIPALITY)
        for at in years:
            figure(made, place, year(at), f"{10 * number + at % 10}")
    place = area("municipality:900", "Kuukausi", AreaKind.MUNICIPALITY)
    for when in (year(2019), month(5, 2022), month(6, 2023)):
        figure(made, place, when, "7")
    place = area("municipality:901", "Eri laji", AreaKind.MUNICIPALITY)
    for when in (year(2018), month(5, 2023), year(2023)):
        figure(made, place, when, "8")
    return Indicator.objects.get(pk=made.pk)


def test_the_newest_tell_what_all_would(visits: Indicator) -> None:
    def told(figures: list[Figure]) -> list[tuple[str, ...]]:
        found = shown.multiples(visits, figures, [], is_drawn=False)
        return [tuple(cell.text for cell in row) for row in shown.areas_table(found, visits).rows]

    newest = queries.newest_of_kind(visits, AreaKind.MUNICIPALITY)
    assert told(newest) == told(queries.figures_of_kind(visits, AreaKind.MUNICIPALITY))
    assert len(told(newest)) == 6


def test_a_list_opens_the_host_before_an_area_with_figures_of_our_own(db: None) -> None:
    made, other = indicator("a", "A"), indicator("b", "B")
    host = area("county:1", "Oma", AreaKind.COUNTY)
    region = area("region:1", "Maakunta")
    abroad = area("county:2", "Muu", AreaKind.COUNTY)
    figure(made, host, year(2023), "1", Origin.FETCHED)
    for one in (made, other):
        figure(one, region, year(2023), "2")
        figure(one, abroad, year(2023), "3", Origin.FETCHED)
    found = figures_opened([made, other], "county:1")
    assert [[str(one.area) for one in found[key.pk]] for key in (made, other)] == [["Oma"], ["Maakunta"]]


def test_the_newest_end_is_of_what_is_shown(db: None) -> None:
    made, empty, timeless = indicator("a", "A"), indicator("b", "B"), indicator("c", "C")
    region = area("region:1", "Maakunta")
    figure(made, region, year(2021), "1")
    figure(made, region, year(2023), "1", status=Status.REPLACED)
    figure(timeless, region, Period(None, None, PeriodKind.UNKNOWN), "1")
    assert queries.newest_ends([made, empty, timeless]) == {
        made.pk: year(2021).end,
        timeless.pk: None,
    }
