"""The list of happenings and the page of one: what a family reads on a Monday morning in November."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from html import unescape

import pytest
import time_machine
from django.db.models import Model
from django.test import Client

from turvaverkko.core.time_source import HELSINKI
from turvaverkko.directory import page_api
from turvaverkko.directory.device import COOKIE
from turvaverkko.directory.laying_out import lay_out
from turvaverkko.directory.models import (
    Happening,
    HappeningChange,
    HappeningTime,
    Occurrence,
    Place,
    Term,
    Text,
)
from turvaverkko.directory.remembering import content_version
from turvaverkko.directory.tests import happenings_world, pages_world
from turvaverkko.directory.tests.pages_world import MONDAY_MORNING, words_of

pytestmark = pytest.mark.usefixtures("happenings")
# Unit: queries. The bar for every public page.
MOST_QUERIES = 8


@pytest.fixture(autouse=True)
def _monday_morning() -> Iterator[None]:
    with time_machine.travel(MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def happenings(_monday_morning: None, small_county: None) -> None:
    happenings_world.build()


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def names(html: str) -> list[str]:
    """The names on the rows of a list, in order."""
    return [words_of(found) for found in re.findall(r'row-words"><a[^>]*>(.*?)</a>', html)]


def test_the_list_tells_today_this_week_and_later(client: Client) -> None:
    html = page(client, "/tapahtumat/")
    assert names(html) == [
        "Läksytupa",
        "Yökyöpelit",
        "Hoitaja Tuvalla",
        "Tiistain perhekahvila",
        "Saaren joulujuhla",
    ]
    said = words_of(html)
    assert said.index("Tänään tänään 14–16 Läksytupa") < said.index("Tällä viikolla to 26.11.")
    assert said.index("Hoitaja Tuvalla") < said.index("Myöhemmin ke 2.12. 10–12 Tiistain perhekahvila")
    assert "Tapahtumia ja sarjoja yhteensä 5." in said


def test_a_series_is_one_row_with_its_rhythm_and_what_is_cancelled_before(client: Client) -> None:
    said = words_of(page(client, "/tapahtumat/"))
    assert "joka tiistai, 15.12. asti" in said
    assert "24.11. peruttu" in said
    assert "Siirretty: Perhenurkka, Kempele." in said
    assert "joka päivä, 20.12. asti" in said


def test_each_time_can_be_seen_day_by_day(client: Client) -> None:
    html = page(client, "/tapahtumat/?nayta=kerrat&kunta=liminka")
    assert names(html)[:3] == ["Yökyöpelit", "Tiistain perhekahvila", "Yökyöpelit"]
    said = words_of(html)
    assert "Tiistaina 24.11. 10–12 Tiistain perhekahvila Peruttu. Vesivahinko." in said
    assert "Näytä sarja yhtenä rivinä" in said


def test_the_chosen_municipality_is_first_then_its_area(client: Client) -> None:
    pages_world.happening(
        "tanaan-tuvalla",
        "Tänään Tuvalla",
        ("once", date(2026, 11, 23), None, time(18), time(19)),
        place="tupa",
    )
    client.cookies[COOKIE] = "liminka"
    assert names(page(client, "/tapahtumat/"))[:3] == ["Tänään Tuvalla", "Läksytupa", "Yökyöpelit"]
    client.cookies[COOKIE] = "kempele"
    assert names(page(client, "/tapahtumat/"))[:3] == ["Läksytupa", "Tänään Tuvalla", "Yökyöpelit"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("milloin=tanaan", ["Läksytupa", "Yökyöpelit"]),
        ("milloin=viikko", ["Läksytupa", "Yökyöpelit", "Hoitaja Tuvalla"]),
        ("kunta=liminka", ["Yökyöpelit", "Hoitaja Tuvalla", "Tiistain perhekahvila"]),
        ("kunta=kempele&laji=party", ["Saaren joulujuhla"]),
        ("laji=outreach&laji=party", ["Hoitaja Tuvalla", "Saaren joulujuhla"]),
        ("kieli=so", ["Läksytupa"]),
        ("helppous=verkossa", ["Yökyöpelit"]),
        ("helppous=maksuton&paiva=ma", ["Yökyöpelit"]),
        ("paiva=la", ["Yökyöpelit", "Saaren joulujuhla"]),
        ("ika=13-17&helppous=maksuton", ["Yökyöpelit", "Hoitaja Tuvalla", "Saaren joulujuhla"]),
        ("laji=hupi&kieli=<script>&sivu=-1&paiva=xx", None),
    ],
)
def test_choices_narrow_and_wrong_ones_are_dropped(
    client: Client, query: str, found: list[str] | None
) -> None:
    html = page(client, f"/tapahtumat/?{query}")
    assert names(html) == (found if found is not None else names(page(client, "/tapahtumat/")))


def test_the_row_of_a_daily_series_is_about_the_wanted_weekday(client: Client) -> None:
    assert "su 29.11. 21–22.30" in words_of(page(client, "/tapahtumat/?paiva=su"))


def test_nothing_found_leads_on(client: Client) -> None:
    said = words_of(page(client, "/tapahtumat/?laji=party&kieli=so"))
    assert "Näillä rajauksilla ei ole nyt mitään tulossa." in said
    assert "Näytä kaikki tapahtumat" in said
    assert "Juhla tai tapahtuma" in said


def test_a_long_list_has_pages(client: Client) -> None:
    for number in range(30):
        pages_world.happening(
            f"kerho-{number}", f"Kerho {number:02}", ("once", date(2026, 11, 25), None, time(9), time(10))
        )
    first, second = page(client, "/tapahtumat/"), page(client, "/tapahtumat/?sivu=2")
    assert len(names(first)) == 20
    assert len(names(second)) == 15
    assert not set(names(first)) & set(names(second))
    assert 'rel="next"' in first
    assert names(page(client, "/tapahtumat/?sivu=99")) == []


def test_the_page_of_a_series_tells_every_time_in_words(client: Client) -> None:
    html = page(client, "/tapahtumat/perhekahvila/")
    said = words_of(html)
    assert "Joka tiistai, 15.12. asti" in said
    assert "tiistaina 24.11. klo 10–12 Peruttu. Vesivahinko." in said
    assert "keskiviikkona 2.12. klo 10–12 Siirretty: Perhenurkka, Kempele." in said
    assert "0–6-vuotiaat" in said
    assert "Ei ilmoittautumista" in said
    assert 'href="tel:000555401"' in html
    assert 'href="/paikat/tupa/"' in html
    assert "Koulutie 0" in said


def test_one_that_has_ended_says_so_and_leads_to_what_took_its_place(client: Client) -> None:
    html = page(client, "/tapahtumat/syyskerho/")
    assert "Tämä on päättynyt. Viimeinen kerta oli 19.11.2026." in words_of(html)
    assert 'href="/tapahtumat/joulujuhla/"' in html
    assert 'content="noindex"' in html
    Happening.objects.filter(slug="syyskerho").update(state="archived")
    assert "Tämä on päättynyt." in words_of(page(client, "/tapahtumat/syyskerho/"))
    Happening.objects.filter(slug="joulujuhla").update(state="hidden")
    assert client.get("/tapahtumat/syyskerho/").status_code == 404


@pytest.mark.parametrize("state", ["draft", "in-review", "hidden", "archived"])
def test_what_is_not_published_is_nowhere(client: Client, state: str) -> None:
    Happening.objects.filter(slug="laksytupa").update(state=state)
    assert client.get("/tapahtumat/laksytupa/").status_code == 404
    assert client.get("/tapahtumat/laksytupa/kalenteri.ics").status_code == 404
    for address in ("/tapahtumat/", "/tapahtumat/kalenteri.ics", "/paikat/nurkka/", "/sitemap.xml"):
        assert "aksytupa" not in client.get(address).content.decode().replace("Läksytupa", "laksytupa")


def test_a_confidential_place_is_nowhere(client: Client) -> None:
    """Neither where it is always, nor where one time was moved to it, nor behind a successor."""
    secret = Place.objects.get(slug="salainen")
    Occurrence.objects.filter(happening__slug="joulujuhla").update(place=secret)
    Happening.objects.filter(slug="syyskerho").update(successor=Happening.objects.get(slug="salakerho"))
    for address in (
        "/",
        "/tapahtumat/",
        "/tapahtumat/?nayta=kerrat",
        "/tapahtumat/joulujuhla/",
        "/tapahtumat/syyskerho/",
        "/tapahtumat/kalenteri.ics",
        "/tapahtumat/joulujuhla/kalenteri.ics",
        "/paikat/tupa/",
        "/sitemap.xml",
    ):
        text = page(client, address)
        for canary in ("alakerho", "alainen", "Salakatu"):
            assert canary not in text, address
    for address in ("kalenteri.ics", "naytto/", "juliste/", "qr.svg", ""):
        assert client.get(f"/paikat/salainen/{address}").status_code == 404
    assert client.get("/tapahtumat/salakerho/").status_code == 404
    assert client.get("/tapahtumat/salakerho/2026-11-23/0.ics").status_code == 404


@pytest.mark.parametrize("language", ["fi", "sv", "en", "ar"])
def test_the_pages_open_in_every_language(client: Client, language: str) -> None:
    prefix = "" if language == "fi" else f"/{language}"
    for address in (
        "/tapahtumat/",
        "/tapahtumat/perhekahvila/",
        "/paikat/tupa/naytto/",
        "/paikat/tupa/juliste/",
    ):
        html = page(client, f"{prefix}{address}")
        assert f'<html lang="{language}"' in html
        assert ("Tisdagens familjecafé" in html) == (language == "sv"), address
    if language in ("en", "ar"):
        assert 'lang="fi" dir="ltr">Tiistain perhekahvila' in page(
            client, f"{prefix}/tapahtumat/perhekahvila/"
        )


def data_of(html: str) -> dict[str, object]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_search_engines_read_a_series_with_its_times(client: Client) -> None:
    data = data_of(page(client, "/tapahtumat/perhekahvila/"))
    assert (data["@type"], data["url"]) == ("EventSeries", "http://testserver/tapahtumat/perhekahvila/")
    times = data["subEvent"]
    assert isinstance(times, list)
    assert [(one["startDate"], one["eventStatus"].rpartition("/")[2]) for one in times] == [
        ("2026-11-24T10:00:00+02:00", "EventCancelled"),
        ("2026-12-02T10:00:00+02:00", "EventRescheduled"),
        ("2026-12-08T10:00:00+02:00", "EventScheduled"),
        ("2026-12-15T10:00:00+02:00", "EventScheduled"),
    ]
    assert times[0]["location"][0]["address"]["streetAddress"] == "Koulutie 0"
    party = data_of(page(client, "/tapahtumat/joulujuhla/"))
    assert (party["@type"], party["startDate"]) == ("Event", "2026-12-12T14:00:00+02:00")
    online = data_of(page(client, "/tapahtumat/yokyopelit/"))
    assert online["subEvent"][0]["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"  # type: ignore[index]


def test_what_an_organiser_wrote_stays_data(client: Client) -> None:
    hostile = '</script><script>alert(1)</script> & "x"'
    Text.objects.filter(happening__slug="joulujuhla", kind="name").update(value=hostile)
    html = page(client, "/tapahtumat/joulujuhla/")
    assert "<script>alert" not in html
    assert data_of(html)["name"] == hostile
    assert hostile in unescape(html)


def test_the_front_page_tells_what_is_near_today(client: Client) -> None:
    said = words_of(page(client, "/"))
    assert "Seuraavaksi lähellä" in said
    assert "tänään 14–16 Läksytupa" in said
    said = words_of(page(client, "/?kunta=liminka"))
    assert "to 26.11. 13–15 Hoitaja Tuvalla" in said
    assert "Läksytupa" not in said


def test_the_page_of_a_place_tells_its_week_and_who_comes(client: Client) -> None:
    html = page(client, "/paikat/tupa/")
    said = words_of(html)
    assert "10–12 Tiistain perhekahvila Peruttu. Vesivahinko." in said
    assert "13–15 Hoitaja Tuvalla" in said
    assert "Ammattilaisia paikalla to 26.11. 13–15 Terveydenhoitaja" in said
    for address in ("kalenteri.ics", "juliste/", "naytto/"):
        assert f'href="/paikat/tupa/{address}"' in html
    said = words_of(page(client, "/paikat/tupa/?viikko=ensi"))
    # What was moved away from a place is told there on its new day.
    assert "10–12 Tiistain perhekahvila Siirretty: Perhenurkka, Kempele." in said


def test_a_page_lives_with_its_content(client: Client) -> None:
    before = content_version()
    first = client.get("/tapahtumat/perhekahvila/")
    again = client.get("/tapahtumat/perhekahvila/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    happenings_world.change("perhekahvila", date(2026, 12, 8), "cancelled")
    assert content_version() != before
    after = client.get("/tapahtumat/perhekahvila/", headers={"If-None-Match": first["ETag"]})
    assert after.status_code == 200
    assert "tiistaina 8.12. klo 10–12 Peruttu." in words_of(after.content.decode())


@pytest.mark.parametrize("model", [Occurrence, HappeningTime, HappeningChange, Happening.terms.through])
def test_every_table_of_happenings_is_watched(model: type[Model]) -> None:
    Happening.objects.get(slug="perhekahvila").terms.add(Term.objects.all()[0])
    before = content_version()
    row = model._default_manager.all()[0]
    row.delete()
    assert content_version() != before


@pytest.mark.parametrize(
    "address",
    [
        "/tapahtumat/",
        "/tapahtumat/?kunta=liminka&paiva=la&ika=3-6&kieli=fi",
        "/tapahtumat/?nayta=kerrat",
        "/tapahtumat/perhekahvila/",
        "/tapahtumat/kalenteri.ics",
        "/tapahtumat/perhekahvila/kalenteri.ics",
        "/paikat/tupa/",
        "/paikat/tupa/naytto/",
        "/paikat/tupa/juliste/",
        "/paikat/tupa/kalenteri.ics",
        "/",
    ],
)
def test_more_happenings_cost_no_more_queries(
    client: Client, address: str, django_assert_max_num_queries: object
) -> None:
    def counted() -> int:
        page_api.forget()
        page(client, address)
        page_api.forget_pages()
        with django_assert_max_num_queries(MOST_QUERIES) as queries:  # type: ignore[operator]
            page(client, address)
        return len(queries)

    few = counted()
    for number in range(15):
        pages_world.happening(
            f"lisa-{number}",
            f"Lisä {number}",
            ("week", date(2026, 11, 21), date(2027, 1, 30), time(9), time(10)),
            ("week", date(2026, 11, 23), date(2027, 1, 30), time(18), time(19)),
            place="tupa",
        )
    assert counted() <= few


def test_a_time_that_is_over_is_no_longer_told(client: Client) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 16, 1, tzinfo=HELSINKI), tick=False):
        said = words_of(page(client, "/tapahtumat/"))
    assert "ma 30.11. 14–16 Läksytupa" in said


def test_what_was_laid_out_again_without_a_change_keeps_its_stamp() -> None:
    row = Happening.objects.get(slug="laksytupa")
    before = list(row.occurrences.values_list("changed_at", flat=True))
    with time_machine.travel(datetime(2026, 11, 24, 9, tzinfo=HELSINKI), tick=False):
        lay_out(row)
        assert list(row.occurrences.values_list("changed_at", flat=True)) == before
        row.times.update(ends=time(17))
        lay_out(row)
        after = list(row.occurrences.values_list("changed_at", flat=True))
    assert after[:2] == before[:2]  # what has begun
    assert after[2] != before[2]
