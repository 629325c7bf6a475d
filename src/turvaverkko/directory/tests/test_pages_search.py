"""The search page: a family's words in, results with reasons out, and never an empty hand."""

import logging
import re
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from turvaverkko.core.time_source import HELSINKI
from turvaverkko.directory import page_api
from turvaverkko.directory.search import api as search
from turvaverkko.directory.tests import pages_world
from turvaverkko.directory.tests.pages_world import MONDAY_MORNING, words_of

pytestmark = pytest.mark.usefixtures("searchable_county")

SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=HELSINKI)
MOST_QUERIES = 8
EVERYTHING = ["tupa", "nurkka", "perheohjaus-kotiin", "turvakoti", "unikoulu"]


@pytest.fixture(autouse=True)
def _monday_morning() -> Iterator[None]:
    with time_machine.travel(MONDAY_MORNING, tick=False):
        yield


def page(client: Client, address: str, **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def hits(html: str) -> list[str]:
    return re.findall(r'<h3><a href="/(?:[a-z]{2}/)?(?:palvelut|paikat)/([a-z0-9-]+)/"', html)


def test_her_own_words_find_the_service_and_say_why(client: Client) -> None:
    html = page(client, "/palvelut/?q=5v raivoaa ja lyö")
    assert hits(html)[0] == "perheohjaus-kotiin"
    assert "Siksi tässä: raivoaa" in words_of(html)
    assert 'value="5v raivoaa ja lyö"' in html


def test_the_words_are_told_back_as_they_were_understood(client: Client) -> None:
    understood = words_of(page(client, "/palvelut/?q=5v raivoaa Limingassa"))
    assert "5 v = 5-vuotias" in understood
    assert "Liminka = tämä kunta ensin" in understood
    without_place = page(client, "/palvelut/?q=5v raivoaa Limingassa&ohita=place:liminka")
    assert "tämä kunta ensin" not in words_of(without_place)


def test_words_of_danger_pin_emergency_help_above_the_results(client: Client) -> None:
    html = page(client, "/palvelut/?q=mies lyö minua")
    assert 'href="tel:112"' in html[html.index('class="alarm"') :]
    assert html.index('class="alarm"') < html.index('class="hits"')
    assert 'class="alarm"' not in page(client, "/palvelut/?q=unikoulu")


def test_a_way_to_a_person_stands_among_the_results_or_under_them(client: Client) -> None:
    assert "000 190 100" in page(client, "/palvelut/?q=zzzzzz")
    assert len(re.findall(r'class="window( inline)?"', page(client, "/palvelut/"))) == 1


def test_nothing_found_still_leads_on(client: Client) -> None:
    html = page(client, "/palvelut/?q=zzzzzz")
    assert "Juuri näillä sanoilla ei löytynyt mitään." in html
    assert "/aiheet/raivo-riidat-rajat/" in html
    assert hits(html) == []


def test_without_words_everything_is_listed_from_a_to_z(client: Client) -> None:
    assert hits(page(client, "/palvelut/")) == EVERYTHING


def test_a_municipality_narrows_and_keeps_what_the_county_offers_there(client: Client) -> None:
    html = page(client, "/palvelut/?kunta=kempele")
    assert hits(html) == EVERYTHING[1:-1]
    assert 'name="kunta" value="kempele" checked' in html
    assert 'href="/palvelut/"' in html[html.index('class="chips"') :]


def test_choices_narrow_together_and_can_be_taken_away_one_by_one(client: Client) -> None:
    html = page(client, "/palvelut/?kunta=liminka&tapa=group&ika=3-6&kuka=ngo")
    assert hits(html) == []
    assert 'href="/palvelut/?kunta=liminka&amp;tapa=group&amp;kuka=ngo"' in html
    assert hits(page(client, "/palvelut/?kunta=liminka&tapa=group")) == ["unikoulu"]


def test_open_now_shows_only_where_somebody_answers(client: Client) -> None:
    assert hits(page(client, "/palvelut/?avoinna=nyt")) == EVERYTHING[:-1]
    with time_machine.travel(SUNDAY, tick=False):
        assert hits(page(client, "/palvelut/?avoinna=nyt")) == []


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        pytest.param(
            "/palvelut/?q=neuvola&kunta=Atlantis", "Emme tunne kuntaa ”Atlantis”", id="unknown municipality"
        ),
        pytest.param("/palvelut/?q=" + "raivo " * 1700, "Haimme sen alulla", id="10,000 characters"),
        pytest.param(
            "/palvelut/?q=raivo%00%07%E2%80%AEaa", "Poistimme tekstistä merkkejä", id="hidden signs"
        ),
    ],
)
def test_odd_input_gets_a_clear_word_and_a_page(client: Client, address: str, sentence: str) -> None:
    html = page(client, address)
    assert sentence in html
    assert not re.search("[\x00\x07\u202a-\u202e\u2066-\u2069]", html)


@pytest.mark.parametrize(
    "rest",
    [
        "sivu=0",
        "sivu=-1",
        "sivu=abc",
        "sivu=99999999999",
        "tapa=foo",
        "kieli=%FF",
        "ika=999",
        "tilanne=x&kuka=y",
    ],
)
def test_wrong_choices_are_no_fault(client: Client, rest: str) -> None:
    assert client.get(f"/palvelut/?{rest}").status_code == 200


def test_markup_in_the_words_stays_text(client: Client) -> None:
    html = page(client, "/palvelut/?q=<script>alert(1)</script>&kunta=<b>x</b>&ika=<i>")
    assert "<script>alert" not in html
    assert "<b>x</b>" not in html
    assert "<i>" not in html


def test_words_are_never_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        page(client, "/palvelut/?q=salainenhuoli")
        page(client, "/palvelut/ehdota/?q=salainenhuoli")
        client.get("/ei-ole/?q=salainenhuoli")
    # The log of SQL exists only while somebody develops; it says what is asked of the index.
    kept = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert not any("salainenhuoli" in message for message in kept)


def test_sensitive_words_leave_no_trace_on_the_device(client: Client) -> None:
    response = client.get("/palvelut/?q=mies lyö minua")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert b"<title>Palvelut" in response.content
    assert "ETag" not in response.headers


def test_other_words_may_be_kept_but_are_told_to_nobody(client: Client) -> None:
    response = client.get("/palvelut/?q=unikoulu")
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert b'name="robots" content="noindex"' in response.content


def test_suggestions_continue_the_words_and_are_kept_nowhere(client: Client) -> None:
    response = client.get("/palvelut/ehdota/?q=unik")
    assert "Unikoulu" in [one["text"] for one in response.json()]
    assert response.headers["Cache-Control"] == "no-store"
    assert client.get("/palvelut/ehdota/?q=u").json() == []


def test_a_swedish_page_shows_swedish_where_there_is_any(client: Client) -> None:
    html = page(client, "/sv/palvelut/?q=raivo")
    assert "Familjearbete hemma" in html
    html = page(client, "/sv/palvelut/?q=unikoulu")
    assert '<span lang="fi" dir="ltr">Unikoulu</span>' in html


@pytest.mark.parametrize(
    "address", ["/palvelut/", "/palvelut/?q=raivo", "/palvelut/?q=raivo&kunta=liminka&avoinna=nyt"]
)
def test_many_services_cost_no_more_queries_than_few(
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
    for number in range(15):
        pages_world.service(f"raivo-{number}", f"Raivon hallinta {number}", number=f"000 555 1{number:02}")
    search.rebuild()
    assert counted() <= few
