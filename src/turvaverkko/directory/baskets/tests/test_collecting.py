"""A visitor collects without an account and without scripts: adding, order, notes, undo, paper."""

import re
from http import HTTPStatus

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from turvaverkko.directory.baskets.models import Basket
from turvaverkko.directory.baskets.rules import (
    MOST_ITEMS,
    NOTE_LENGTH,
    Content,
    Item,
    Kind,
    added,
    written,
)
from turvaverkko.directory.baskets.services import change
from turvaverkko.directory.models import Happening, Place, Service
from turvaverkko.directory.tests.pages_world import service, words_of

pytestmark = pytest.mark.usefixtures("small_county")

Clock = time_machine.Traveller
# Unit: queries of the page, with things of every kind in it.
PAGE_QUERIES = 20
NOTE = "kanaria-muistiinpano: soita ennen perjantaita"
SERVICE, SLEEP, PLACE = "service/perheohjaus-kotiin", "service/unikoulu", "place/tupa"


def add(client: Client, key: str, **more: str) -> str:
    response = client.post("/kori/lisaa/", {"mika": key, **more})
    assert response.status_code == HTTPStatus.SEE_OTHER
    return str(response["Location"])


def press(client: Client, button: str = "tallenna", **fields: str) -> str:
    """Press a button of the page; return what the next page says."""
    response = client.post("/kori/", {"tee": button, **fields}, follow=True)
    assert response.status_code == HTTPStatus.OK
    return response.content.decode()


def page(client: Client, address: str = "/kori/") -> str:
    response = client.get(address)
    assert response.status_code == HTTPStatus.OK, address
    return response.content.decode()


def names(html: str) -> list[str]:
    """The names of what stands in a basket, in order."""
    return [words_of(found) for found in re.findall(r'class="basket-name">(.*?)</h\d>', html)]


def test_an_empty_basket_says_how_to_begin_and_sets_no_cookie(client: Client) -> None:
    html = page(client)
    assert "Kori on tyhjä." in html
    assert 'href="/palvelut/"' in html
    assert 'class="basket-form"' not in html  # a form without a button is none
    assert not client.cookies
    assert not Basket.objects.exists()


def test_what_is_added_is_confirmed_where_it_was_found(client: Client) -> None:
    found = "/palvelut/?q=uni&kunta=liminka"
    assert add(client, SERVICE) == "/palvelut/perheohjaus-kotiin/#korissa-service-perheohjaus-kotiin"
    assert add(client, PLACE, paluu=found) == f"{found}#korissa-place-tupa"
    assert 'id="korissa-service-perheohjaus-kotiin"' in page(client, "/palvelut/perheohjaus-kotiin/")
    assert 'id="korissa-place-tupa"' in page(client, "/paikat/tupa/")


@pytest.mark.parametrize(
    "back", ["https://muualla.example/", "//muualla.example/", "\\\\muualla", "x" * 3000]
)
def test_a_way_back_to_another_site_is_not_taken(client: Client, back: str) -> None:
    assert add(client, SERVICE, paluu=back).startswith("/palvelut/perheohjaus-kotiin/#")


def test_the_basket_tells_what_each_thing_is_and_how_it_is_reached(client: Client, cafe: Happening) -> None:
    for key in (SERVICE, PLACE, "happening/perhekahvila"):
        add(client, key)
    html = page(client)
    assert names(html) == ["Perheohjaus kotiin", "Kohtaamispaikka Tupa", "Perhekahvila"]
    said = words_of(html)
    assert "3–12-vuotiaat" in said
    assert "Auki nyt klo 15 asti" in said
    assert 'href="tel:000555010"' in html
    assert "Seuraavan kerran tiistaina 24.11. klo 9" in said


def test_a_basket_speaks_the_readers_language(client: Client) -> None:
    add(client, SERVICE)
    assert "Familjearbete hemma" in page(client, "/sv/kori/")
    html = page(client, "/ar/kori/")
    assert '<html lang="ar" dir="rtl">' in html
    assert '<span lang="fi" dir="ltr">Perheohjaus kotiin</span>' in html


def test_at_most_two_cookies_are_kept_of_a_visitor(client: Client) -> None:
    client.post("/kunta/", {"kunta": "liminka"})
    client.post("/pyyda-apua/", {"asker": "parent"})
    add(client, SERVICE)
    assert len(client.cookies) == 2
    assert "Näytämme ensin: Liminka." in words_of(page(client, "/"))
    client.post("/kunta/", {"kunta": ""})
    assert names(page(client)) == ["Perheohjaus kotiin"]


def test_two_tabs_fill_one_basket(client: Client) -> None:
    add(client, SERVICE)
    other = Client()
    other.cookies = client.cookies
    stale = page(client)
    add(other, SLEEP)
    press(client, muistio="yhteinen")  # the first tab was drawn before the second thing came
    assert "Unikoulu" not in stale
    assert names(page(other)) == ["Perheohjaus kotiin", "Unikoulu"]


def test_order_removal_and_undo(client: Client) -> None:
    for key in (SERVICE, SLEEP, PLACE):
        add(client, key)
    assert names(press(client, f"ylos:{PLACE}")) == ["Perheohjaus kotiin", "Kohtaamispaikka Tupa", "Unikoulu"]
    assert names(press(client, f"alas:{SERVICE}"))[0] == "Kohtaamispaikka Tupa"
    html = press(client, f"poista:{SLEEP}")
    assert names(html) == ["Kohtaamispaikka Tupa", "Perheohjaus kotiin"]
    assert "Otettu pois korista." in html
    assert len(names(press(client, "kumoa"))) == 3
    assert "Kori on tyhjä." in press(client, "tyhjenna")
    assert len(names(press(client, "kumoa"))) == 3


def test_every_button_keeps_the_notes_and_no_address_carries_them(client: Client) -> None:
    add(client, SERVICE)
    add(client, SLEEP)
    fields = {f"muistio:{SERVICE}": NOTE, "muistio": "Kaikista yhteensä"}
    response = client.post("/kori/", {"tee": f"alas:{SERVICE}", **fields})
    assert response["Location"] == "/kori/?tehty=siirretty"
    html = page(client)
    assert NOTE in html
    assert "Kaikista yhteensä" in html
    stored = str(list(Basket.objects.values_list("content", "previous")))
    assert NOTE in stored  # the field opens it
    with connection.cursor() as cursor:
        cursor.execute("SELECT content, previous FROM baskets_basket")
        raw = str(cursor.fetchall())
    assert "kanaria" not in raw
    assert "perheohjaus" not in raw


def test_a_note_that_is_too_long_is_kept_on_the_page_and_changes_nothing(client: Client) -> None:
    add(client, SERVICE)
    add(client, SLEEP)
    typed = "ä" * (NOTE_LENGTH + 3)
    response = client.post("/kori/", {"tee": f"poista:{SLEEP}", f"muistio:{SERVICE}": typed})
    html = response.content.decode()
    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert "Muistiinpano on 3 merkkiä liian pitkä." in words_of(html)
    assert 'href="#muistio-service-perheohjaus-kotiin"' in html
    assert 'id="muistio-service-perheohjaus-kotiin"' in html
    assert typed in html
    assert len(names(html)) == 2


def test_the_limit_is_told_in_words(client: Client) -> None:
    add(client, SERVICE)
    basket = Basket.objects.get()
    items = tuple(Item(Kind.SERVICE, f"palvelu-{number}") for number in range(MOST_ITEMS))
    Basket.objects.filter(pk=basket.pk).update(content=written(Content(items)))
    assert add(client, SLEEP) == "/kori/?tehty=taynna"
    assert "Koriin mahtuu 100 kohdetta." in words_of(page(client, "/kori/?tehty=taynna"))


@pytest.mark.parametrize(
    "key",
    [
        "service/ei-ole",
        "place/perheohjaus-kotiin",
        "muu/tupa",
        "service",
        "",
        "service/\x00",
        "\x00/\u202e",
        "x" * 5000,
    ],
)
def test_what_does_not_exist_cannot_be_added(client: Client, key: str) -> None:
    assert client.post("/kori/lisaa/", {"mika": key}).status_code == HTTPStatus.NOT_FOUND
    assert not Basket.objects.exists()


def test_a_form_of_another_site_adds_nothing(client: Client) -> None:
    response = client.post("/kori/lisaa/", {"mika": SERVICE}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert not Basket.objects.exists()


@pytest.mark.parametrize("key", ["arvattu", "liminka", "x" * 4000, "\x00"])
def test_a_made_up_key_opens_nothing(client: Client, key: str) -> None:
    add(client, SERVICE)
    stranger = Client()
    stranger.cookies["kunta"] = f".{key}"
    assert "Kori on tyhjä." in page(stranger)


def test_what_has_closed_is_told_in_words(client: Client, cafe: Happening) -> None:
    for key in (SERVICE, SLEEP, PLACE, "happening/perhekahvila"):
        add(client, key)
    Service.objects.filter(slug="unikoulu").update(state="archived")
    Service.objects.filter(slug="perheohjaus-kotiin").update(state="hidden")
    cafe.occurrences.all().delete()
    html = page(client)
    said = words_of(html)
    assert names(html)[:2] == ["Perheohjaus kotiin", "Unikoulu"]
    assert "Tauolla juuri nyt." in said
    assert "Ei ole enää tarjolla." in said
    assert "Uusia kertoja ei ole tiedossa." in said
    assert 'href="/palvelut/unikoulu/"' not in html


def test_of_a_place_that_became_confidential_nothing_is_told(client: Client, cafe: Happening) -> None:
    add(client, PLACE)
    add(client, "happening/perhekahvila")
    Place.objects.filter(slug="tupa").update(confidential=True)
    for address in ("/kori/", "/kori/tulosta/"):
        html = page(client, address)
        assert "Tämä ei ole enää nähtävissä" in html
        assert not any(words in html for words in ("Tupa", "Koulutie", "Perhekahvila", "000 555 077"))
    assert client.post("/kori/lisaa/", {"mika": PLACE}).status_code == HTTPStatus.NOT_FOUND


def test_the_sheet_has_a_code_for_each_thing(client: Client) -> None:
    assert client.get("/kori/tulosta/").status_code == HTTPStatus.NOT_FOUND
    add(client, SERVICE)
    add(client, PLACE)
    press(client, muistio="Ota yhteys ensin Tupaan")
    html = page(client, "/kori/tulosta/")
    assert html.count('class="basket-qr"') == 2
    # A drawing of a fixed size would be cut off by the size that paper gives it.
    drawings = re.findall(r'class="basket-qr" aria-hidden="true"><svg([^>]*)>', html)
    assert all("viewBox" in drawing for drawing in drawings)
    assert len(drawings) == 2
    assert "Ota yhteys ensin Tupaan" in html
    assert "<textarea" not in html


def test_nothing_of_a_basket_stays_in_the_browser(client: Client) -> None:
    add(client, "service/turvakoti")
    for address in ("/kori/", "/kori/tulosta/"):
        response = client.get(address)
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert b"<title>Kori" in response.content
        assert b'content="noindex"' in response.content
        assert b"data-exit" in response.content or b"/poistu/" in response.content


def test_the_way_out_takes_the_basket_from_the_device(client: Client) -> None:
    client.post("/kunta/", {"kunta": "liminka"})
    add(client, SERVICE)
    client.get("/poistu/")
    assert "Kori on tyhjä." in page(client)
    assert "Näytämme ensin: Liminka." in words_of(page(client, "/"))


def test_a_basket_is_kept_for_thirty_days(client: Client, clock: Clock) -> None:
    add(client, SERVICE)
    clock.shift(29 * 24 * 3600)
    press(client, muistio="yhä käytössä")
    clock.shift(29 * 24 * 3600)
    assert len(names(page(client))) == 1
    clock.shift(2 * 24 * 3600)
    assert "Kori on tyhjä." in page(client)


def test_the_number_of_queries_does_not_grow_with_the_basket(client: Client, cafe: Happening) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client)
        return len(captured)

    for key in (SERVICE, PLACE, "happening/perhekahvila"):
        add(client, key)
    page(client)  # what is remembered for a quarter of an hour
    few = asked()
    for number in range(20):
        service(f"lisa-{number}", f"Lisäpalvelu {number}", number=f"000 555 1{number:02}")
        add(client, f"service/lisa-{number}")
    add(client, "place/nurkka")
    page(client)
    assert asked() == few
    assert few <= PAGE_QUERIES


def test_what_two_tabs_add_at_once_is_both_there(client: Client) -> None:
    add(client, SERVICE)
    first, second = Basket.objects.get(), Basket.objects.get()
    change(first, lambda content: added(content, Item(Kind.SERVICE, "unikoulu")))
    change(second, lambda content: added(content, Item(Kind.PLACE, "tupa")))  # fetched before the other came
    assert names(page(client)) == ["Perheohjaus kotiin", "Unikoulu", "Kohtaamispaikka Tupa"]


@pytest.mark.usefixtures("searchable_county")
def test_what_is_found_is_collected_from_the_list_and_the_reader_stays_in_it(client: Client) -> None:
    found = "/palvelut/?q=lapsi+raivoaa"
    html = page(client, found)
    forms = re.findall(r'name="mika" value="([^"]+)"><input type="hidden" name="paluu" value="([^"]+)"', html)
    assert (SERVICE, found) in forms
    for key, back in forms:
        assert add(client, key, paluu=back).startswith(f"{found}#korissa-")
