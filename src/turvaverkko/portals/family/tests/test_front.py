"""The front page, the municipality that comes first, and the finder of family centres."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from turvaverkko.core.time_source import HELSINKI
from turvaverkko.directory import page_api
from turvaverkko.directory.tests.pages_world import MONDAY_MORNING, words_of
from turvaverkko.organisation.models import (
    County,
    FamilyCentre,
    FamilyCentreMunicipality,
    Municipality,
    RegionalSetting,
)

pytestmark = pytest.mark.usefixtures("small_county")

SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=HELSINKI)
ONE_YEAR = 365 * 24 * 3600


@pytest.fixture(autouse=True)
def _monday_morning() -> Iterator[None]:
    with time_machine.travel(MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def centre(small_county: None) -> FamilyCentre:
    """The family centre of Liminka, and one in preparation in Kempele."""
    county = County.objects.get(code="19")
    liminka, kempele = (Municipality.objects.get(slug=slug) for slug in ("liminka", "kempele"))
    operating = FamilyCentre.objects.create(
        county=county,
        slug="limingan-perhekeskus",
        name_fi="Limingan perhekeskus",
        status="operating",
        form="physical",
        municipality=liminka,
        phone="000 425 100",
        hours=[{"days": "mon-fri", "from": "08:00", "to": "15:00"}],
        source="test",
    )
    FamilyCentreMunicipality.objects.create(family_centre=operating, municipality=liminka)
    coming = FamilyCentre.objects.create(
        county=county,
        slug="kempeleen-perhekeskus",
        name_fi="Kempeleen perhekeskus",
        status="preparing",
        form="network",
        municipality=kempele,
        source="test",
    )
    FamilyCentreMunicipality.objects.create(family_centre=coming, municipality=kempele)
    return operating


def said(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return words_of(response.content.decode())


def choose(client: Client, kunta: str, way_back: str = "/", **headers: str) -> HttpResponse:
    response = client.post("/kunta/", {"kunta": kunta, "next": way_back}, headers=headers)
    assert isinstance(response, HttpResponse)
    return response


def test_the_first_screen_has_a_question_a_box_and_a_person(client: Client) -> None:
    html = client.get("/").content.decode()
    assert html.index('name="q"') < html.index('href="tel:000190100"') < html.index('class="awake"')
    assert 'class="help" href="/pyyda-apua/"' in html
    assert "tai soita 000 190 100" in words_of(html)


def test_while_somebody_answers_the_card_says_until_when(client: Client) -> None:
    assert "Auki nyt klo 16 asti" in said(client, "/")


def test_when_nobody_answers_the_card_promises_a_day_and_an_hour(client: Client) -> None:
    with time_machine.travel(SUNDAY, tick=False):
        words = said(client, "/")
    assert "Kiinni. Avautuu huomenna klo 8." in words
    assert "Jos kirjoitat nyt, vastaamme viimeistään keskiviikkona 25.11. klo 16." in words


def test_who_answers_now_comes_first(client: Client) -> None:
    html = client.get("/").content.decode()
    awake = html[html.index('class="awake"') :]
    assert awake.index("tel:112") < awake.index("tel:000111222")
    assert "Auki aina" in awake


def test_life_situations_and_ages_are_doors(client: Client) -> None:
    html = client.get("/").content.decode()
    for address in ("/aiheet/raivo-riidat-rajat/", "/aiheet/kotona/", "/ika/3-6/", "/paikat/tupa/"):
        assert f'href="{address}"' in html


def test_a_chosen_municipality_is_remembered_for_a_year_and_comes_first(client: Client) -> None:
    response = choose(client, "kempele", "/paikat/")
    assert response["Location"] == "/paikat/"
    cookie = response.cookies["kunta"]
    assert (cookie.value, cookie["samesite"], cookie["max-age"]) == ("kempele", "Lax", ONE_YEAR)
    assert "Näytämme ensin: Kempele." in said(client, "/")
    assert "Lähellä: Kempele" in said(client, "/")


def test_the_address_wins_over_the_cookie(client: Client) -> None:
    choose(client, "kempele")
    assert "Näytämme ensin: Liminka." in said(client, "/?kunta=liminka")


def test_choosing_all_municipalities_forgets(client: Client) -> None:
    choose(client, "kempele")
    assert choose(client, "").cookies["kunta"]["max-age"] == 0
    assert "Näytämme ensin" not in said(client, "/")


@pytest.mark.parametrize("typed", ["atlantis", "kajaani", "x" * 10_000, "\x00\u202e"])
def test_only_municipalities_of_the_county_are_remembered(client: Client, typed: str) -> None:
    assert choose(client, typed).cookies["kunta"].value == ""


def test_an_unknown_municipality_is_told_about(client: Client) -> None:
    assert "Emme tunne kuntaa ”Atlantis”. Näytämme koko alueen." in said(client, "/?kunta=Atlantis")


@pytest.mark.parametrize(
    ("way_back", "led_to"),
    [
        ("/paikat/", "/paikat/"),
        ("/sv/?q=salaisuus", "/sv/"),
        ("https://example.com/", "/"),
        ("//example.com/", "/"),
        ("/\\example.com", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_stays_at_home(client: Client, way_back: str, led_to: str) -> None:
    assert choose(client, "liminka", way_back)["Location"] == led_to


def test_another_site_cannot_choose_for_the_reader(client: Client) -> None:
    assert choose(client, "liminka", **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.get("/kunta/").status_code == 405


def test_reading_sets_no_cookie(client: Client) -> None:
    for address in ("/", "/paikat/", "/aiheet/kotona/", "/evasteet/", "/perhekeskukset/?mista=91900"):
        assert not client.get(address).cookies, address


def test_the_areas_own_telephone_stands_for_its_municipalities(client: Client) -> None:
    lakeus = RegionalSetting(
        key="contact.phone", area=Municipality.objects.get(slug="liminka").area_memberships.get().area
    )
    lakeus.value = {"number": "000 190 140"}
    lakeus.save()
    assert "000 190 140" in said(client, "/?kunta=liminka")
    assert "000 190 100" in said(client, "/")


def test_the_front_page_asks_little_of_the_database(
    client: Client, django_assert_max_num_queries: object
) -> None:
    client.get("/")
    page_api.forget_pages()
    with django_assert_max_num_queries(1):  # type: ignore[operator]
        client.get("/")


def test_an_unchanged_page_is_not_sent_again(client: Client) -> None:
    first = client.get("/")
    again = client.get("/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Cookie" in again["Vary"]
    with time_machine.travel(SUNDAY, tick=False):
        assert client.get("/", headers={"If-None-Match": first["ETag"]}).status_code == 200
    choose(client, "liminka")
    assert client.get("/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_page_opens_before_anything_is_loaded(client: Client) -> None:
    County.objects.filter(code="19").update(slug="elsewhere")
    page_api.forget()
    assert "Kerro omin sanoin" in said(client, "/")
    assert "Perhekeskus" in said(client, "/perhekeskukset/")


@pytest.mark.usefixtures("centre")
@pytest.mark.parametrize("typed", ["91900", "Liminka", "limingassa"])
def test_the_finder_knows_my_family_centre(client: Client, typed: str) -> None:
    html = client.get("/perhekeskukset/", {"mista": typed}).content.decode()
    assert 'href="tel:000425100"' in html
    assert "Limingan perhekeskus" in html
    assert "Auki nyt klo 15 asti" in words_of(html)


@pytest.mark.usefixtures("centre")
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        pytest.param("1234", "”1234” ei ole postinumero", id="no postal code"),
        pytest.param("Kajaani", "ei ole tällä alueella", id="another county"),
        pytest.param("Kempele", "on valmisteilla", id="in preparation"),
        pytest.param("xyzzy", "Emme löydä paikkaa", id="unknown"),
        pytest.param("<script>", "Emme löydä paikkaa", id="markup"),
        pytest.param("", "Kirjoita postinumero tai kunnan nimi.", id="nothing"),
    ],
)
def test_the_finder_always_answers(client: Client, typed: str, sentence: str) -> None:
    response = client.get("/perhekeskukset/", {"mista": typed})
    assert response.status_code == 200
    assert sentence in words_of(response.content.decode())
    assert b"<script>" not in response.content


@pytest.mark.usefixtures("centre")
def test_every_family_centre_is_listed_also_those_that_come(client: Client) -> None:
    words = said(client, "/perhekeskukset/")
    assert "Limingan perhekeskus" in words
    assert "Kempeleen perhekeskus Kempele Valmisteilla" in words
