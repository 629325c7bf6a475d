"""The page of what was reported beside its sources."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from turvaverkko.indicators.models import Indicator, StatisticalArea
from turvaverkko.indicators.rules import Direction, Origin, Period, PeriodKind, Source, year
from turvaverkko.indicators.tests.test_pages import (
    area,
    booking,
    client,
    client_of,
    figure,
    home,
    indicator,
    psychiatry,
    read,
    region,
    text,
)
from turvaverkko.organisation.api import Unit

__all__ = ["booking", "client", "home", "psychiatry", "region"]
PAGE = "/koordinaatio/laatu/lahteet/"


@pytest.fixture
def linked(psychiatry: Indicator, region: StatisticalArea) -> Indicator:
    """The figure of 2021 differs, that of 2020 is the same, that of 2022 is not in the source."""
    Indicator.objects.filter(pk=psychiatry.pk).update(sotkanet_id=2484, sotkanet_verified=True)
    StatisticalArea.objects.filter(pk=region.pk).update(sotkanet_id=503)
    figure(psychiatry, region, year(2020), "711.9", Origin.FETCHED)
    return psychiatry


def row_of(page: str, when: str) -> str:
    rows = [text(row) for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)]
    return next(row for row in rows if when in row and "Avohoito" in row)


def test_nothing_is_reported_yet(client: Client) -> None:
    assert "Raportoituja lukuja ei vielä ole." in text(read(client, PAGE))


def test_the_same_differing_and_missing_stand_beside(
    client: Client, linked: Indicator, booking: Indicator
) -> None:
    page = read(client, PAGE)
    assert "Sama luku" in row_of(page, "2020")
    differing = row_of(page, "2021")
    assert "683,9" in differing
    assert "683,1 (Haettu lähteestä)" in differing
    assert "Poikkeaa: \u22120,8" in differing
    assert "Lähteestä ei ole saatu lukua" in row_of(page, "2022")
    said = text(page)
    assert "Raportoituja lukuja 5: samoja kuin lähteessä 1, poikkeavia 1, ilman vertailukohtaa 3." in said
    assert "Mittaria ei ole kytketty lähteeseen 2" in said


def test_a_doubtful_link_is_told_beside_the_difference(client: Client, linked: Indicator) -> None:
    Indicator.objects.update(sotkanet_verified=False)
    page = read(client, PAGE)
    assert "Sama luku; kytkentää lähteeseen ei ole tarkistettu" in row_of(page, "2020")
    assert "Kytkentää lähteeseen ei ole tarkistettu" in row_of(page, "2022")


def test_what_a_person_entered_stands_beside_too(client: Client, region: StatisticalArea) -> None:
    made = indicator("kysely", "Avohoitokysely", source=Source.SURVEY)
    figure(made, region, year(2021), "7.0")
    figure(made, region, year(2021), "8.0", Origin.ENTERED)
    assert "8,0 (Kirjattu)" in row_of(read(client, PAGE), "2021")


def test_a_target_and_an_unknown_time_say_so(client: Client, region: StatisticalArea) -> None:
    made = indicator("kysely", "Avohoitokysely", source=Source.SURVEY)
    figure(made, region, Period(None, None, PeriodKind.TARGET), "7.0")
    figure(made, region, Period(None, None, PeriodKind.UNKNOWN), "8.0")
    page = read(client, PAGE)
    assert "Tavoite, jota mikään lähde ei kerro" in row_of(page, "tavoite")
    assert "Aikaa ei kerrottu" in row_of(page, "8,0")


def test_it_narrows(client: Client, linked: Indicator, booking: Indicator) -> None:
    oulu = area("municipality:564", "Oulu")
    figure(booking, oulu, year(2021), "1")

    def left(query: str) -> int:
        return len(re.findall(r"<tr><th scope=\"row\">", read(client, PAGE + query)))

    assert [left(query) for query in ("", "?ero=1", "?mittari=ajanvaraus", "?alue=municipality:564")] == [
        6,
        1,
        3,
        1,
    ]
    assert left("?mittari=ajanvaraus&alue=region:17") == 2
    assert left("?mittari=olematon&alue=%00&sivu=9999") == 6
    assert "Näillä ehdoilla ei löytynyt lukuja." in text(read(client, PAGE + "?mittari=ajanvaraus&ero=1"))


def test_the_file_is_narrowed_alike_and_holds_no_formula(client: Client, linked: Indicator) -> None:
    Indicator.objects.update(name_fi="=1+1")
    rows = client.get(f"{PAGE}luvut.csv?ero=1").content.decode().splitlines()
    assert len(rows) == 2
    assert rows[1].startswith("'=1+1;")
    assert ";683,9;" in rows[1]
    assert ";683,1;" in rows[1]
    assert ";-0,8;" in rows[1]


def test_it_is_linked_from_quality_and_from_the_indicator(client: Client, linked: Indicator) -> None:
    assert f'href="{PAGE}"' in read(client, "/koordinaatio/laatu/")
    assert f'href="{PAGE}?mittari=psykiatria"' in read(client, "/koordinaatio/mittarit/psykiatria/")


def test_only_those_who_read_figures_open_it(home: Unit, db: None) -> None:
    auditor = client_of(home, "auditor")
    for path in (PAGE, f"{PAGE}luvut.csv"):
        assert Client().get(path).status_code == 303
        assert auditor.get(path).status_code == 403


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}luvut.csv"])
def test_queries_do_not_follow_the_figures(
    client: Client, linked: Indicator, region: StatisticalArea, path: str
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            read(client, path)
        return len([one for one in caught if "SAVEPOINT" not in one["sql"]])

    first = asked()
    for number in range(12):
        made = indicator(f"lisa-{number}", f"Lisä {number}", direction=Direction.UP)
        for at in range(2010, 2020):
            figure(made, region, year(at), "1")
            figure(made, region, year(at), "2", Origin.FETCHED)
    assert asked() == first
    assert first <= 8
