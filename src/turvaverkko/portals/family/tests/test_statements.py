"""Emergency help, the statements, what machines read, and addresses that lead nowhere."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
import yaml
from django.db import DatabaseError, connection
from django.test import Client

from turvaverkko.core.languages import PUBLISHED
from turvaverkko.core.time_source import HELSINKI
from turvaverkko.directory.tests.pages_world import MONDAY_MORNING, words_of
from turvaverkko.portals.family.statement import SOURCE, statement
from turvaverkko.portals.family.views.errors import words_of as words_of_address

STATEMENTS = ("saavutettavuus", "tietosuoja", "evasteet", "avoin-data", "tietoa")
NIGHT = datetime(2026, 11, 22, 3, 0, tzinfo=HELSINKI)
CRISIS_LIMIT = 20 * 1024


@pytest.fixture(autouse=True)
def _monday_morning() -> Iterator[None]:
    with time_machine.travel(MONDAY_MORNING, tick=False):
        yield


def said(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return words_of(response.content.decode())


@pytest.mark.usefixtures("small_county")
def test_emergency_help_is_small_and_needs_no_script(client: Client) -> None:
    response = client.get("/kiireellinen-apu/")
    html = response.content.decode()
    assert "<script" not in html
    assert "site.css" not in html
    assert len(response.content) < CRISIS_LIMIT
    assert html.index("tel:112") < html.index("tel:000111222")
    assert 'href="https://example.invalid/chat"' in html
    assert "Numerot on tarkistettu 20.11.2026." in words_of(html)


@pytest.mark.usefixtures("small_county")
def test_at_night_the_numbers_that_answer_are_lit(client: Client) -> None:
    with time_machine.travel(NIGHT, tick=False):
        assert "Auki aina" in said(client, "/kiireellinen-apu/")


@pytest.mark.usefixtures("small_county")
@pytest.mark.parametrize("prefix", ["", "/sv", "/en", "/ar"])
@pytest.mark.parametrize("name", STATEMENTS)
def test_every_statement_opens_in_every_language(client: Client, name: str, prefix: str) -> None:
    response = client.get(f"{prefix}/{name}/")
    assert response.status_code == 200
    assert response.content.count(b"<h1") == 1


@pytest.mark.usefixtures("small_county")
def test_the_accessibility_statement_holds_what_the_act_asks(client: Client) -> None:
    words = said(client, "/saavutettavuus/")
    for part in (
        "306/2019",
        "täyttää saavutettavuusvaatimukset osittain",
        "14 päivässä",
        "Traficom",
        "22.11.2026",
    ):
        assert part in words
    html = client.get("/saavutettavuus/").content.decode()
    assert "mailto:" in html


def test_every_gap_is_told_in_every_published_language() -> None:
    known = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    assert known["gaps"]
    for gap in known["gaps"]:
        for language in PUBLISHED:
            assert gap["what"].get(language.code), (gap["slug"], language.code)
            assert gap["plan"].get(language.code), (gap["slug"], language.code)


def test_a_gap_without_translation_says_its_language() -> None:
    assert {gap.lang for gap in statement("uk").gaps} == {"fi"}
    assert {gap.lang for gap in statement("sv").gaps} == {""}


@pytest.mark.usefixtures("small_county")
def test_the_cookies_page_names_the_one_cookie(client: Client) -> None:
    assert "kunta" in said(client, "/evasteet/")
    assert 'action="/kunta/"' in client.get("/evasteet/").content.decode()


@pytest.mark.usefixtures("small_county")
def test_sources_are_credited(client: Client) -> None:
    words = said(client, "/avoin-data/")
    for credit in ("Suomen palvelutietovaranto", "Tilastokeskus", "THL", "CC BY 4.0"):
        assert credit in words


@pytest.mark.usefixtures("small_county")
def test_the_sitemap_lists_public_pages_in_every_language_and_hides_tender_ones(client: Client) -> None:
    tree = ET.fromstring(client.get("/sitemap.xml").content)
    places = {element.text for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    for path in (
        "/",
        "/palvelut/perheohjaus-kotiin/",
        "/sv/paikat/tupa/",
        "/ar/kunnat/liminka/",
        "/ika/3-6/",
    ):
        assert f"http://testserver{path}" in places
    assert "http://testserver/aiheet/kotona/" not in places
    links = tree.findall(".//{http://www.w3.org/1999/xhtml}link")
    assert {link.get("hreflang") for link in links} == {"fi", "sv", "en", "ar"}


def test_robots_leave_typed_words_alone(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /palvelut/?" in text
    assert "Disallow: /sv/palvelut/?" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


@pytest.mark.usefixtures("searchable_county")
def test_the_health_page_tells_the_mode_of_the_search(client: Client) -> None:
    response = client.get("/terveys/")
    found = response.json()
    assert found["status"] == "ok"
    assert found["search"]["mode_of_index"] in ("voikko", "light")
    assert found["search"]["entries"] == 5
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.django_db
def test_the_health_page_says_when_the_database_is_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", broken)
    response = client.get("/terveys/")
    assert (response.status_code, response.json()["status"]) == (503, "broken")


@pytest.mark.django_db
def test_an_address_that_leads_nowhere_becomes_a_search(client: Client) -> None:
    response = client.get("/sv/palvelut/perheohjaus-kotona/")
    assert response.status_code == 404
    assert 'value="perheohjaus kotona"' in response.content.decode()
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/palvelut/vauva-ei-nuku/", "vauva ei nuku"),
        ("/ar/paikat/tupa/", "tupa"),
        ("/wp-login.php", "wp login"),
        ("/a/b/1/2/", ""),
        ("/" + "sana-" * 50, "sana sana sana sana sana sana"),
        ("/x\u202e\x00y-zz/", "xy zz"),
    ],
)
def test_words_of_an_address(path: str, words: str) -> None:
    assert words_of_address(path) == words


@pytest.mark.usefixtures("small_county")
def test_no_page_loads_anything_from_elsewhere(client: Client) -> None:
    for address in (
        "/",
        "/kiireellinen-apu/",
        "/paikat/tupa/",
        "/palvelut/perheohjaus-kotiin/",
        "/saavutettavuus/",
    ):
        html = client.get(address).content.decode()
        loaded = re.findall(
            r'<(?:script|img|link rel="(?:stylesheet|icon)")[^>]*(?:src|href)="([^"]+)"', html
        )
        assert loaded
        assert all(one.startswith("/") for one in loaded), address
        assert "style=" not in html
        assert "onclick" not in html
