"""The family's pages: what is kept, what is refused, and what bad input gets."""

import re
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext

from turvaverkko.core.models import AddressCount
from turvaverkko.guidance.models import ContactRequest, Draft, Message
from turvaverkko.guidance.rules import DEVICE_COOKIE, DRAFTS_FOR_A_SENDING, GUESSES, SENDINGS
from turvaverkko.guidance.tests.conftest import Cast, send
from turvaverkko.organisation.models import DeadlinePolicy
from turvaverkko.work.api import Route, WorkItem

WHO = {"asker": "parent", "place": "Kajaani", "child_age": ""}
SITUATION = {"words": "Nuori ei mene kouluun 🙂", "urgency": "can-wait"}
CONTACT = {"way": "call", "phone": "000 123 4567", "call_hours": ["11-13"], "may_leave_message": "no"}
QUERIES_OF_STATUS = 14


@pytest.fixture
def browser(cast: Cast) -> Client:
    return Client()


def fill(browser: Client, **changes: Any) -> None:
    browser.post("/pyyda-apua/", WHO | changes)
    browser.post("/pyyda-apua/tilanne/", SITUATION | {"read": "1"} | changes)
    browser.post("/pyyda-apua/yhteys/", CONTACT | changes)


def sent(browser: Client) -> ContactRequest:
    fill(browser)
    browser.post("/pyyda-apua/tarkista/")
    return ContactRequest.objects.get()


def code_of(browser: Client) -> str:
    page = browser.get("/pyyda-apua/perilla/").content.decode()
    found = re.search(r'class="code"><bdi dir="ltr">([0-9A-Z-]+)<', page)
    assert found
    return found[1]


def test_three_answers_and_a_check_send_it(browser: Client) -> None:
    fill(browser)
    check = browser.get("/pyyda-apua/tarkista/").content.decode()
    assert "Nuori ei mene kouluun" in check
    assert ContactRequest.objects.count() == 0
    assert browser.post("/pyyda-apua/tarkista/")["Location"] == "/pyyda-apua/perilla/"
    request = ContactRequest.objects.get()
    assert request.words == "Nuori ei mene kouluun 🙂"
    assert request.item.municipality == "kajaani"
    receipt = browser.get("/pyyda-apua/perilla/")
    assert receipt["Cache-Control"] == "no-store"
    assert "Soitamme sinulle viimeistään" in receipt.content.decode()


def test_a_second_press_sends_no_second_request_and_shows_the_same_code(browser: Client) -> None:
    sent(browser)
    code = code_of(browser)
    browser.post("/pyyda-apua/tarkista/")
    assert ContactRequest.objects.count() == WorkItem.objects.count() == 1
    assert code_of(browser) == code


def test_what_was_sent_stays_sent_and_the_form_begins_anew(browser: Client) -> None:
    sent(browser)
    assert "Nuori ei mene" not in browser.get("/pyyda-apua/tilanne/").content.decode()
    fill(browser, words="Toinen asia")
    browser.post("/pyyda-apua/tarkista/")
    assert ContactRequest.objects.count() == 2


def test_typed_text_is_kept_when_something_is_wrong(browser: Client) -> None:
    browser.post("/pyyda-apua/", WHO)
    page = browser.post("/pyyda-apua/tilanne/", {"words": "x" * 5_001, "urgency": "can-wait"})
    assert "merkkiä liian pitkä" in page.content.decode()
    assert "x" * 5_001 in page.content.decode()
    assert "x" * 5_001 in browser.get("/pyyda-apua/tilanne/").content.decode()


@pytest.mark.parametrize(
    ("address", "data", "sentence"),
    [
        ("/pyyda-apua/", {}, "Valitse, kuka apua pyytää."),
        ("/pyyda-apua/", {"asker": "hakkeri"}, "Valitse, kuka apua pyytää."),
        ("/pyyda-apua/", {"asker": "parent", "place": "99999"}, "Emme tunnistaneet paikkaa."),
        ("/pyyda-apua/tilanne/", {"words": " \u202e\u200b "}, "Kirjoita muutama sana"),
        ("/pyyda-apua/yhteys/", {}, "Valitse, miten vastaamme sinulle."),
        ("/pyyda-apua/yhteys/", {"way": "call"}, "Kirjoita puhelinnumero"),
        ("/pyyda-apua/yhteys/", {"way": "call", "phone": "soita äidille"}, "Tarkista puhelinnumero."),
        ("/pyyda-apua/yhteys/", {"way": "mail", "email": "nimi@"}, "Tarkista sähköpostiosoite."),
    ],
)
def test_an_error_says_what_to_do(browser: Client, address: str, data: dict[str, str], sentence: str) -> None:
    page = browser.post(address, data)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert 'class="errs"' in page.content.decode()


def test_the_check_sends_back_to_the_first_step_that_was_left_out(browser: Client) -> None:
    assert browser.get("/pyyda-apua/tarkista/")["Location"] == "/pyyda-apua/?from=lost"
    browser.post("/pyyda-apua/", WHO)
    assert browser.get("/pyyda-apua/tarkista/")["Location"] == "/pyyda-apua/tilanne/"
    browser.post("/pyyda-apua/tilanne/", SITUATION)
    assert browser.post("/pyyda-apua/tarkista/")["Location"] == "/pyyda-apua/yhteys/"
    assert ContactRequest.objects.count() == 0


def test_help_needed_today_shows_emergency_numbers_before_it_goes_on(browser: Client) -> None:
    browser.post("/pyyda-apua/", WHO)
    first = browser.post("/pyyda-apua/tilanne/", SITUATION | {"urgency": "today"})
    assert first.status_code == 200
    assert 'name="read" value="1"' in first.content.decode()
    second = browser.post("/pyyda-apua/tilanne/", SITUATION | {"urgency": "today", "read": "1"})
    assert second["Location"] == "/pyyda-apua/yhteys/"


def test_a_form_of_another_site_is_refused_and_nothing_is_stored(browser: Client) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://muualla.invalid"}):
        assert browser.post("/pyyda-apua/", WHO, headers=headers).status_code == 403
    assert Draft.objects.count() == 0


def test_ten_megabytes_are_refused_in_words_and_nothing_is_stored(browser: Client) -> None:
    page = browser.post("/pyyda-apua/tilanne/", {"words": "a" * 10_000_000})
    assert page.status_code in {400, 413}
    assert page["Content-Language"] == "fi"
    assert Draft.objects.count() == 0


def test_a_spoilt_cookie_is_no_draft_and_no_thread(browser: Client) -> None:
    browser.cookies[DEVICE_COOKIE] = "valhe:1:2"
    assert browser.get("/pyyda-apua/tilanne/").status_code == 200
    assert "Avaa pyyntösi koodilla" in browser.get("/pyyda-apua/tila/").content.decode()
    assert browser.post("/pyyda-apua/tila/vastaa/", {"text": "hei", "avain": "k" * 16}).status_code == 404


def test_another_device_opens_the_thread_by_code_and_writes_once(browser: Client) -> None:
    request = sent(browser)
    other = Client()
    assert (
        other.post("/pyyda-apua/tila/", {"code": code_of(browser).lower()})["Location"] == "/pyyda-apua/tila/"
    )
    page = other.get("/pyyda-apua/tila/")
    assert page["Cache-Control"] == "no-store"
    found = re.search(r'name="avain" value="([0-9a-z]+)"', page.content.decode())
    assert found
    for _press in range(2):
        other.post("/pyyda-apua/tila/vastaa/", {"text": "Unohdin yöt", "avain": found[1]})
    assert [m.text for m in Message.objects.filter(request=request)] == ["Unohdin yöt"]
    assert "Viestisi on perillä." in other.get("/pyyda-apua/tila/").content.decode()


def test_guessed_codes_all_look_alike_and_then_have_to_wait(browser: Client, cast: Cast) -> None:
    send()
    first = browser.post("/pyyda-apua/tila/", {"code": "99999-99999"}).content
    for attempt in range(GUESSES - 1):
        again = browser.post("/pyyda-apua/tila/", {"code": f"9999{attempt}-99999"})
        assert again.status_code == 200
        assert again.content.replace(f"9999{attempt}".encode(), b"99999") == first
    assert browser.post("/pyyda-apua/tila/", {"code": "99999-99999"}).status_code == 429


def test_leaving_empties_the_device(browser: Client) -> None:
    fill(browser)
    left = browser.get("/poistu/")
    assert left.status_code == 302
    assert "turvaverkko" not in left["Location"]
    assert browser.cookies[DEVICE_COOKIE].value == ""


def test_the_status_page_makes_a_constant_number_of_queries(browser: Client) -> None:
    request = sent(browser)
    browser.post("/pyyda-apua/tila/", {"code": code_of(browser)})

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.get("/pyyda-apua/tila/")
        return len(queries)

    count()
    few = count()
    for number in range(20):
        Message(request=request, text=f"viesti {number}").save()
    assert count() == few
    assert few <= QUERIES_OF_STATUS


@pytest.mark.parametrize(
    ("step", "wrong"),
    [
        ("yhteys", {"way": "call", "phone": "000 12"}),
        ("tilanne", {"words": "x" * 5_001}),
        ("tilanne", SITUATION | {"urgency": "today"}),
    ],
    ids=["half a number", "too long", "danger not read"],
)
def test_a_step_with_an_error_cannot_be_walked_round(
    browser: Client, step: str, wrong: dict[str, str]
) -> None:
    fill(browser)
    browser.post(f"/pyyda-apua/{step}/", wrong)
    assert browser.post("/pyyda-apua/tarkista/")["Location"] == f"/pyyda-apua/{step}/"
    assert ContactRequest.objects.count() == 0


def test_a_language_that_nobody_speaks_is_left_out(browser: Client) -> None:
    fill(browser, language="klingon-of-the-northern-hills")
    browser.post("/pyyda-apua/tarkista/")
    assert ContactRequest.objects.get().language == "fi"


def test_closing_on_this_device_takes_the_receipt_with_it(browser: Client) -> None:
    sent(browser)
    code = code_of(browser)
    browser.post("/pyyda-apua/tila/sulje/")
    assert code not in browser.get("/pyyda-apua/perilla/", follow=True).content.decode()


NOT_NOW = "Emme voi ottaa pyyntöä vastaan juuri nyt."


@pytest.mark.parametrize(
    ("place", "said", "municipality"),
    [
        ("Oulu", "Oulu ei ole tällä alueella. Kysy apua täältä: Pohjois-Pohjanmaan hyvinvointialue.", "oulu"),
        ("Pertunmaa", "Kysy apua täältä: Etelä-Savon hyvinvointialue.", "mantyharju"),
        ("90014", "90014 ei ole tällä alueella. Kysy apua täältä: Pohjois-Pohjanmaan hyvinvointialue.", ""),
        ("88899", "Lähellä on myös toinen alue: Pohjois-Pohjanmaan hyvinvointialue.", ""),
    ],
)
def test_a_place_of_another_county_is_told_once_and_keeps_nobody_out(
    browser: Client, cast: Cast, place: str, said: str, municipality: str
) -> None:
    told = browser.post("/pyyda-apua/", WHO | {"place": place})
    assert told.status_code == 200
    page = told.content.decode().replace('<bdi dir="ltr">', "").replace("</bdi>", "")
    assert said in re.sub(r"<[^>]+>", "", page)
    assert "tel:116117" in page
    assert "Jatka silti" in page
    assert ("kunnan nimi. Silloin palveluohjaaja näkee" in page) == (not municipality)
    assert browser.get("/pyyda-apua/tarkista/")["Location"] == "/pyyda-apua/"  # nothing is walked round
    assert browser.post("/pyyda-apua/", WHO | {"place": place, "elsewhere": place})["Location"] == (
        "/pyyda-apua/tilanne/"
    )
    browser.post("/pyyda-apua/tilanne/", SITUATION)
    browser.post("/pyyda-apua/yhteys/", CONTACT)
    browser.post("/pyyda-apua/tarkista/")
    request = ContactRequest.objects.get()
    assert request.item.municipality == municipality
    assert request.item.unit == cast.unit
    assert request.item.next_due is not None


def test_another_place_elsewhere_is_told_again_and_the_same_one_is_not(browser: Client) -> None:
    read = {"place": "Oulu", "elsewhere": "Oulu"}
    assert browser.post("/pyyda-apua/", WHO | read).status_code == 302
    again = browser.get("/pyyda-apua/?from=check").content.decode()
    assert "Jatka silti" not in again
    assert 'name="elsewhere" value="Oulu"' in again
    assert browser.post("/pyyda-apua/", WHO | read | {"place": "Pertunmaa"}).status_code == 200


def test_a_place_of_this_county_is_told_nothing(browser: Client) -> None:
    assert browser.post("/pyyda-apua/", WHO)["Location"] == "/pyyda-apua/tilanne/"


def test_danger_that_is_not_read_says_nothing_of_places(browser: Client) -> None:
    browser.post("/pyyda-apua/", WHO)
    browser.post("/pyyda-apua/tilanne/", SITUATION | {"urgency": "today"})
    page = browser.get("/pyyda-apua/").content.decode()
    assert "Jatka silti" not in page


def test_a_misspelt_place_gets_suggestions(browser: Client) -> None:
    page = browser.post("/pyyda-apua/", WHO | {"place": "Sotkammo"}).content.decode()
    assert "Tarkoititko: Sotkamo?" in page


@pytest.mark.parametrize("missing", [Route, DeadlinePolicy])
@pytest.mark.parametrize("language", ["fi", "sv", "ar"])
def test_a_county_that_cannot_receive_says_so_and_loses_nothing(
    browser: Client, caplog: pytest.LogCaptureFixture, missing: Any, language: str
) -> None:
    fill(browser)
    missing.objects.all().delete()
    page = browser.post("/pyyda-apua/tarkista/" if language == "fi" else f"/{language}/pyyda-apua/tarkista/")
    text = page.content.decode()
    assert page.status_code == 503
    assert page["Cache-Control"] == "no-store"
    assert int(page["Retry-After"]) > 0
    assert f'<html lang="{language}"' in text
    with translation.override(language):
        assert gettext(NOT_NOW) in text
    assert 'href="tel:112"' in text
    assert "000123" not in caplog.text
    assert "Nuori ei mene" not in caplog.text
    assert "lets no request in" in caplog.text
    assert ContactRequest.objects.count() == WorkItem.objects.count() == 0
    assert "Nuori ei mene kouluun" in browser.get("/pyyda-apua/tarkista/").content.decode()


def test_when_the_county_can_receive_again_the_same_draft_is_sent(browser: Client, cast: Cast) -> None:
    fill(browser)
    routes = list(Route.objects.all())
    Route.objects.all().delete()
    assert browser.post("/pyyda-apua/tarkista/").status_code == 503
    Route.objects.bulk_create(routes)
    assert browser.post("/pyyda-apua/tarkista/")["Location"] == "/pyyda-apua/perilla/"
    assert ContactRequest.objects.count() == 1


@override_settings(SENDINGS=2)
def test_over_the_limit_of_an_address_nothing_is_sent_and_nothing_is_lost(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    families = [Client() for _ in range(3)]
    for family in families:
        fill(family)
    answers = [family.post("/pyyda-apua/tarkista/") for family in families]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    text = answers[-1].content.decode()
    assert NOT_NOW in text
    assert "Nuori ei mene kouluun" in text
    assert 'href="tel:112"' in text
    assert "Jos lähetät nyt" not in text
    assert ContactRequest.objects.count() == 2
    assert "guidance.sending" in caplog.text
    assert "127.0.0.1" not in caplog.text
    elsewhere = families[-1].post("/pyyda-apua/tarkista/", REMOTE_ADDR="192.0.2.7")
    assert elsewhere["Location"] == "/pyyda-apua/perilla/"


@override_settings(SENDINGS=1)
def test_over_the_limit_in_arabic_the_page_is_arabic(cast: Cast) -> None:
    sent(Client())
    late = Client()
    fill(late)
    page = late.post("/ar/pyyda-apua/tarkista/")
    assert page.status_code == 429
    assert '<html lang="ar" dir="rtl">' in page.content.decode()


@override_settings(SENDINGS=1)
def test_two_presses_at_the_limit_both_lead_to_the_receipt(browser: Client) -> None:
    fill(browser)
    draft = Draft.objects.get()
    assert browser.post("/pyyda-apua/tarkista/").status_code == 302
    # The second press was under way when the first had not yet been received.
    with patch("turvaverkko.guidance.views.device.draft_of", return_value=draft):
        assert browser.post("/pyyda-apua/tarkista/")["Location"] == "/pyyda-apua/perilla/"
    assert ContactRequest.objects.count() == 1


@override_settings(SENDINGS=1)
def test_over_the_limit_of_drafts_the_page_keeps_what_was_typed(cast: Cast) -> None:
    typed = {"asker": "parent", "place": "Sotkamo", "child_age": ""}
    answers = [Client().post("/pyyda-apua/", typed) for _ in range(DRAFTS_FOR_A_SENDING + 1)]
    assert [answer.status_code for answer in answers] == [302] * DRAFTS_FOR_A_SENDING + [429]
    text = answers[-1].content.decode()
    assert NOT_NOW in text
    assert 'value="Sotkamo"' in text
    assert not answers[-1].cookies
    assert Draft.objects.count() == DRAFTS_FOR_A_SENDING
    situation = Client().post("/pyyda-apua/tilanne/", {"words": "Apua nyt", "urgency": "today"})
    assert situation.status_code == 429
    assert "Apua nyt</textarea>" in situation.content.decode()
    assert situation.content.decode().count('id="vaara"') == 1


@override_settings(SENDINGS=0)
def test_a_county_may_count_nothing(cast: Cast) -> None:
    for _ in range(3):
        browser = Client()
        fill(browser)
        assert browser.post("/pyyda-apua/tarkista/").status_code == 302
    assert AddressCount.objects.count() == 0


def test_a_school_behind_one_address_is_not_shut_out() -> None:
    assert settings.SENDINGS == SENDINGS >= 30  # a class that writes in one lesson


LOST = "Tällä laitteella ei ole keskeneräistä pyyntöä."
TELEPHONE = 'href="tel:000200100"'


def test_a_browser_that_keeps_no_cookie_is_told_so_at_the_first_step(browser: Client) -> None:
    for step, typed in (("", WHO), ("tilanne/", SITUATION), ("yhteys/", CONTACT)):
        Client().post(f"/pyyda-apua/{step}", typed)
    page = browser.get("/pyyda-apua/tarkista/", follow=True).content.decode()
    assert LOST in page
    assert TELEPHONE in page
    assert LOST not in browser.get("/pyyda-apua/").content.decode()
    browser.post("/pyyda-apua/", WHO)
    assert LOST not in browser.get("/pyyda-apua/?from=lost").content.decode()


def test_a_telephone_number_is_read_from_the_left_also_in_arabic(browser: Client) -> None:
    fill(browser)
    assert '<span class="num">000 123 4567</span>' in browser.get("/ar/pyyda-apua/tarkista/").content.decode()


def test_who_has_lost_the_code_or_whose_request_ended_finds_a_telephone(browser: Client) -> None:
    assert TELEPHONE in browser.get("/pyyda-apua/tila/").content.decode()
    sent(browser)
    browser.post("/pyyda-apua/tila/", {"code": code_of(browser)})
    again = '<p><a href="/pyyda-apua/">'
    opened = browser.get("/pyyda-apua/tila/").content.decode()
    assert (TELEPHONE in opened, again in opened) == (False, False)
    browser.post("/pyyda-apua/tila/peru/")
    ended = browser.get("/pyyda-apua/tila/").content.decode()
    assert (TELEPHONE in ended, again in ended) == (True, True)
    assert "Peruit pyynnön" in ended
    assert "Saat vastauksen" not in ended  # nobody reads or answers it any more


def test_errors_stand_in_the_order_of_the_fields(browser: Client) -> None:
    sent(browser)
    browser.post("/pyyda-apua/tila/", {"code": code_of(browser)})
    page = browser.post("/pyyda-apua/tila/kerro/", {}).content.decode()
    assert page.index('href="#name"') < page.index('href="#way"')
