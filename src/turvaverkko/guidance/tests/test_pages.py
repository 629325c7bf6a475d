"""The family's pages: what is kept, what is refused, and what bad input gets."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from turvaverkko.guidance.models import ContactRequest, Draft, Message
from turvaverkko.guidance.rules import DEVICE_COOKIE, GUESSES
from turvaverkko.guidance.tests.conftest import Cast, send
from turvaverkko.work.api import WorkItem

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
    assert browser.get("/pyyda-apua/tarkista/")["Location"] == "/pyyda-apua/"
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
