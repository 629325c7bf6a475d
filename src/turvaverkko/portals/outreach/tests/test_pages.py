"""The page of outreach visits: what it counts, for whom, and what it costs."""

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from turvaverkko.access.testing import staff, unit
from turvaverkko.core.time_source import HELSINKI
from turvaverkko.directory.laying_out import lay_out
from turvaverkko.directory.models import Happening
from turvaverkko.directory.tests import happenings_world
from turvaverkko.directory.tests.pages_world import MONDAY_MORNING, happening, place, words_of
from turvaverkko.organisation.sign_in.testing import sign_in

PAGE = "/koordinaatio/jalkautuminen/"
CSV = f"{PAGE}kaynnit.csv"
HOURS = (time(13), time(15))
# What has begun stays as it was told: the visits are planned, and one called off, before they begin.
BEFORE = datetime(2026, 10, 1, 9, tzinfo=HELSINKI)


@pytest.fixture(autouse=True)
def _visits(small_county: None) -> Iterator[None]:
    with time_machine.travel(BEFORE, tick=False):
        happening(
            "hoitaja",
            "Hoitaja",
            ("week", date(2026, 10, 6), date(2026, 12, 15), *HOURS),
            place="tupa",
            kind="outreach",
            specialty="public-health-nurse",
        )
        happenings_world.change("hoitaja", date(2026, 10, 20), "cancelled")
        happening(
            "ohjaaja",
            "Ohjaaja",
            ("once", date(2026, 11, 18), None, *HOURS),
            place="nurkka",
            kind="outreach",
            specialty="family-worker",
        )
        secret = place("salainen", "Salainen talo", "liminka", confidential=True)
        happening(
            "salaa",
            "Salaa",
            ("once", date(2026, 11, 18), None, *HOURS),
            place=secret.slug,
            kind="outreach",
            specialty="midwife",
        )
        happening("kerho", "Kerho", ("once", date(2026, 11, 18), None, *HOURS), place="tupa")
    with time_machine.travel(MONDAY_MORNING, tick=False):
        yield


def client_of(role: str) -> Client:
    made = Client()
    sign_in(made, staff(f"{role}@x.invalid", **{role.replace("-", "_"): unit("yksi")}))
    return made


def said(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return words_of(response.content.decode().partition("<main")[2])


def test_visits_are_counted_by_area_and_specialty() -> None:
    text = said(client_of("coordinator"))
    # Tuesdays from 6.10. to 17.11. without the cancelled one, and four to come.
    assert "1.1.2026–31.12.2026: käyty 7, vielä tulossa 4, peruttu 1." in text
    assert "Ammattilainen Lakeus Yhteensä Terveydenhoitaja 6 6 Perheohjaaja 1 1 Yhteensä 7 7" in text
    assert "Kätilö" not in text
    assert "käyty 1, vielä tulossa 4" not in text


def test_a_period_narrows_and_one_that_is_none_is_told_and_kept() -> None:
    client = client_of("director")
    text = said(client, f"{PAGE}?alku=2026-10&loppu=2026-10")
    assert "1.10.2026–31.10.2026: käyty 3, vielä tulossa 0, peruttu 1." in text
    html = client.get(f"{PAGE}?alku=marraskuu&loppu=").content.decode()
    assert "Kirjoita kuukaudet muodossa 2026-11" in words_of(html)
    assert 'value="marraskuu"' in html
    assert "Tältä ajalta ei ole käyntejä." in said(client, f"{PAGE}?alku=2024-01&loppu=2024-02")


def test_what_ended_is_still_counted_and_what_was_never_told_is_not() -> None:
    Happening.objects.filter(slug="hoitaja").update(state="archived")
    Happening.objects.filter(slug="ohjaaja").update(state="draft")
    assert "käyty 6, vielä tulossa 4" in said(client_of("coordinator"))


def test_the_file_has_a_row_for_each_area_and_specialty() -> None:
    response = client_of("coordinator").get(CSV)
    assert response["Content-Disposition"] == 'attachment; filename="jalkautuminen.csv"'
    assert response.content.decode().splitlines() == [
        "\ufeffAlue;Ammattilainen;Käyty;Tulossa;Peruttu",
        "Lakeus;Perheohjaaja;1;0;0",
        "Lakeus;Terveydenhoitaja;6;4;1",
    ]


@pytest.mark.parametrize(
    ("role", "status"),
    [("coordinator", 200), ("director", 200), ("unit-lead", 200), ("service-guide", 403), ("worker", 403)],
)
def test_those_who_lead_read_it(role: str, status: int) -> None:
    client = client_of(role)
    assert [client.get(address).status_code for address in (PAGE, CSV)] == [status, status]
    assert Client().get(PAGE).status_code == 303


def test_more_visits_cost_no_more_queries() -> None:
    client = client_of("coordinator")
    client.get(PAGE)

    def counted() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(PAGE)
        return len(found)

    few = counted()
    row = Happening.objects.get(slug="ohjaaja")
    row.times.update(every="week", first=date(2026, 1, 7), last=date(2026, 12, 30))
    lay_out(row)
    client.get(PAGE)
    assert counted() <= few
