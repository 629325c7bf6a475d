"""The pages of one service, one life situation, one age, one municipality, and the meeting places."""

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from turvaverkko.core.time_source import HELSINKI
from turvaverkko.directory import page_api
from turvaverkko.directory.models import Place, Service
from turvaverkko.directory.tests import pages_world
from turvaverkko.directory.tests.pages_world import MONDAY_MORNING, words_of

pytestmark = pytest.mark.usefixtures("small_county")

SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=HELSINKI)


@pytest.fixture(autouse=True)
def _monday_morning() -> Iterator[None]:
    with time_machine.travel(MONDAY_MORNING, tick=False):
        yield


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_a_service_says_for_whom_what_happens_and_how_to_call(client: Client) -> None:
    html = page(client, "/palvelut/perheohjaus-kotiin/")
    assert 'href="tel:000555010"' in html
    said = words_of(html)
    for words in ("3–12-vuotias lapsi", "Soitat", "Voit lopettaa milloin vain.", "Pohde"):
        assert words in said
    assert "Auki nyt klo 15 asti Ma–pe 8–15" in said


def test_the_call_bar_carries_the_services_own_number(client: Client) -> None:
    html = page(client, "/palvelut/perheohjaus-kotiin/")
    assert 'href="tel:000555010"' in html[html.index('class="dock"') :]


def test_a_service_in_another_language_says_what_is_only_in_finnish(client: Client) -> None:
    html = page(client, "/sv/palvelut/perheohjaus-kotiin/")
    assert "<span>Familjearbete hemma</span>" in html.replace("<h1><span>", "<span>")
    assert '<span lang="fi" dir="ltr">Katsotte yhdessä, mitä tapahtuu.</span>' in html
    assert 'class="language-notice"' in html
    assert 'class="language-notice"' not in page(client, "/palvelut/perheohjaus-kotiin/")


def test_a_finnish_text_keeps_its_direction_on_an_arabic_page(client: Client) -> None:
    html = page(client, "/ar/palvelut/perheohjaus-kotiin/")
    assert '<html lang="ar" dir="rtl">' in html
    assert '<span lang="fi" dir="ltr">Soitat</span>' in html


def test_a_sensitive_service_leaves_no_trace(client: Client) -> None:
    response = client.get("/palvelut/turvakoti/")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    title = re.search(rb"<title>(.*?)</title>", response.content)
    assert title
    assert b"Turvakoti" not in title.group(1)


def test_what_is_not_published_is_not_there(client: Client) -> None:
    Service.objects.filter(slug="unikoulu").update(state="draft")
    Place.objects.filter(slug="tupa").update(confidential=True)
    for address in ("/palvelut/unikoulu/", "/palvelut/unikoulu/qr.svg", "/paikat/tupa/", "/palvelut/ei-ole/"):
        assert client.get(address).status_code == 404, address
    assert "Tupa" not in page(client, "/paikat/")


def test_the_qr_code_is_made_here_and_holds_the_pages_address(client: Client) -> None:
    response = client.get("/sv/palvelut/perheohjaus-kotiin/qr.svg")
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg")
    assert response.content != client.get("/palvelut/perheohjaus-kotiin/qr.svg").content
    assert "/palvelut/perheohjaus-kotiin/qr.svg" in page(client, "/palvelut/perheohjaus-kotiin/")


def test_a_situation_lists_what_is_near_and_the_other_situations(client: Client) -> None:
    html = page(client, "/aiheet/raivo-riidat-rajat/?kunta=liminka")
    assert "Perheohjaus kotiin" in html
    assert "Lähellä sinua" in html
    assert 'href="/aiheet/uni-ja-jaksaminen/"' in html


def test_a_sensitive_situation_has_a_quiet_title_and_emergency_help_first(client: Client) -> None:
    response = client.get("/aiheet/kotona/")
    html = response.content.decode()
    assert "<title>Kotona ·" in html
    assert "Väkivalta" not in html[: html.index("<h1>")]
    assert html.index('class="alarm"') < html.index("Turvakoti")
    assert response.headers["Cache-Control"] == "no-store"


def test_an_age_shows_what_suits_it(client: Client) -> None:
    html = page(client, "/ika/3-6/")
    assert "Perheohjaus kotiin" in html
    assert "Unikoulu" not in html
    assert 'href="/ika/3-6/" aria-current="page"' in html


def test_a_municipality_shows_its_own_and_its_places(client: Client) -> None:
    html = page(client, "/kunnat/liminka/")
    assert "Unikoulu" in html
    assert "Kohtaamispaikka Tupa" in html
    assert "Perhenurkka" not in html
    assert client.get("/kunnat/kajaani/").status_code == 404


def test_the_places_of_the_readers_municipality_come_first(client: Client) -> None:
    client.cookies["kunta"] = "liminka"
    html = page(client, "/paikat/")
    assert html.index("Kohtaamispaikka Tupa") < html.index("Perhenurkka")
    client.cookies["kunta"] = "kempele"
    html = page(client, "/paikat/")
    assert html.index("Perhenurkka") < html.index("Kohtaamispaikka Tupa")


def test_places_narrow_to_a_municipality_and_to_this_moment(client: Client) -> None:
    assert "Perhenurkka" not in page(client, "/paikat/?kunta=liminka")
    assert "Perhenurkka" in page(client, "/paikat/?avoinna=nyt")
    with time_machine.travel(SUNDAY, tick=False):
        html = page(client, "/paikat/?avoinna=nyt")
    assert "Täällä ei ole nyt kohtaamispaikkaa auki." in html
    assert "000 190 100" in html


def test_a_place_says_when_it_is_open_and_how_the_first_visit_goes(client: Client) -> None:
    html = page(client, "/paikat/tupa/")
    assert "Auki nyt klo 14 asti" in words_of(html)
    assert "Kukaan ei kysy, miksi tulit." in html
    assert "Tällä viikolla" in html
    assert 'class="tag">Tänään' in html
    assert "Limingan kunta" in html


def test_on_sunday_a_place_shows_the_week_that_comes(client: Client) -> None:
    with time_machine.travel(SUNDAY, tick=False):
        html = page(client, "/paikat/tupa/")
    assert "Ensi viikolla" in html
    assert "23.11." in html
    assert "Kiinni. Avautuu huomenna" in words_of(html)


def test_next_week_is_shown_on_request_with_todays_sign(client: Client) -> None:
    html = page(client, "/paikat/tupa/?viikko=ensi")
    assert "30.11." in html
    assert "Auki nyt klo 14 asti" in words_of(html)


# Unit: queries. The bar for every public page.
MOST_QUERIES = 8


@pytest.mark.parametrize(
    "address",
    [
        "/palvelut/perheohjaus-kotiin/",
        "/palvelut/perheohjaus-kotiin/?kunta=liminka",
        "/paikat/tupa/",
        "/paikat/",
        "/aiheet/raivo-riidat-rajat/",
        "/ika/3-6/",
        "/kunnat/liminka/",
    ],
)
def test_more_rows_cost_no_more_queries(
    client: Client, address: str, django_assert_max_num_queries: object
) -> None:
    def counted() -> int:
        page_api.forget()
        page(client, address)  # what stands on every page is read once for all of them
        page_api.forget_pages()
        with django_assert_max_num_queries(MOST_QUERIES) as queries:  # type: ignore[operator]
            page(client, address)
        return len(queries)

    few = counted()
    for number in range(12):
        situations = ["raivo-riidat-rajat"]
        pages_world.service(
            f"s-{number}", f"Palvelu {number}", situations=situations, number=f"000 5{number}"
        )
        pages_world.place(f"p-{number}", f"Paikka {number}", "liminka")
    assert counted() <= few
