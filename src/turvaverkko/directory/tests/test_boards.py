"""The screen and the poster of a place."""

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
import time_machine
from django.test import Client

from turvaverkko.core.time_source import HELSINKI
from turvaverkko.directory.tests import happenings_world, pages_world
from turvaverkko.directory.tests.pages_world import MONDAY_MORNING, words_of

pytestmark = pytest.mark.usefixtures("happenings")


@pytest.fixture(autouse=True)
def _monday_morning() -> Iterator[None]:
    with time_machine.travel(MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def happenings(_monday_morning: None, small_county: None) -> None:
    happenings_world.build()


def test_the_screen_tells_today_and_the_days_to_come_and_leads_nowhere(client: Client) -> None:
    response = client.get("/paikat/nurkka/naytto/")
    html = response.content.decode()
    said = words_of(html)
    assert "maanantaina 23.11. klo 10.07" in said
    assert "Tänään 14–16 Läksytupa 7–12-vuotiaat" in said
    assert "Seuraavina päivinä ei ole ohjelmaa." in said
    assert "<a " not in html
    assert "<script" not in html
    assert response["Refresh"] == "300"


def test_what_is_cancelled_is_said_on_the_screen_and_what_is_over_is_gone(client: Client) -> None:
    assert "tiistaina 24.11. 10–12 Tiistain perhekahvila Peruttu. Vesivahinko." in words_of(
        client.get("/paikat/tupa/naytto/").content.decode()
    )
    with time_machine.travel(datetime(2026, 11, 24, 12, 1, tzinfo=HELSINKI), tick=False):
        said = words_of(client.get("/paikat/tupa/naytto/").content.decode())
    assert "Tänään ei ole enää ohjelmaa." in said
    assert "perhekahvila" not in said
    assert "torstaina 26.11. 13–15 Hoitaja Tuvalla" in said


def test_a_full_day_is_cut_and_the_screen_says_so(client: Client) -> None:
    for number in range(8):
        for day in (23, 25, 26):
            pages_world.happening(
                f"kerho-{day}-{number}",
                f"Kerho {number}",
                ("once", date(2026, 11, day), None, time(12 + number), time(13 + number)),
                place="nurkka",
            )
    said = words_of(client.get("/paikat/nurkka/naytto/").content.decode())
    assert said.count("Ja vielä muuta") == 2
    assert "Ja vielä muuta: 4." in said  # nine today, five shown
    assert "Ja vielä muuta: 8." in said  # Wednesday fits, Thursday does not


def test_the_poster_holds_one_week_with_a_way_to_the_page(client: Client) -> None:
    html = client.get("/paikat/tupa/juliste/").content.decode()
    said = words_of(html)
    assert "Viikko 48: 23.11.–29.11." in said
    assert "tiistaina 24.11. 10–12 Tiistain perhekahvila Peruttu. Vesivahinko." in said
    assert "torstaina 26.11. 13–15 Hoitaja Tuvalla" in said
    assert 'src="/paikat/tupa/qr.svg"' in html
    assert "http://testserver/paikat/tupa/" in said
    following = words_of(client.get("/paikat/tupa/juliste/?viikko=ensi").content.decode())
    assert "Viikko 49: 30.11.–6.12." in following
    assert "Siirretty: Perhenurkka, Kempele." in following
    assert client.get("/paikat/tupa/qr.svg")["Content-Type"] == "image/svg+xml"


def test_a_week_without_anything_says_so(client: Client) -> None:
    with time_machine.travel(datetime(2027, 7, 5, 9, tzinfo=HELSINKI), tick=False):
        assert "Tällä viikolla ei ole ohjelmaa." in words_of(
            client.get("/paikat/tupa/juliste/").content.decode()
        )


@pytest.mark.parametrize("page", ["naytto/", "juliste/", "qr.svg", "kalenteri.ics"])
def test_an_unknown_place_has_no_wall(client: Client, page: str) -> None:
    assert client.get(f"/paikat/ei-ole/{page}").status_code == 404
