"""From the queue to an answer: on a phone, by keyboard with presses counted, without scripts, in Arabic."""

import re
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.staff import GUIDE, LEAD
from tests.browser.test_staff_pages import faults

# Unit: key presses from the queue to an answered family; the words of the answer are not counted.
MOST_PRESSES = 8
PREFIX = {"fi": "", "ar": "/ar"}


class Family:
    """Asks for help through the real pages, without a browser."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def send(self, path: str, **fields: str) -> None:
        data = urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(
            self.address + path, data, {"Origin": self.address, "Sec-Fetch-Site": "same-origin"}
        )
        self.opener.open(request, timeout=20).read()

    def ask(self, words: str) -> str:
        """Send a request from Oulu; return its words."""
        self.send("/pyyda-apua/", asker="parent", place="Oulu", child_age="3-6")
        self.send("/pyyda-apua/tilanne/", words=words, urgency="can-wait", read="1")
        self.send("/pyyda-apua/yhteys/", way="call", phone="000 123 4567")
        self.send("/pyyda-apua/tarkista/")
        return words


@pytest.fixture
def asked(address: str, request: pytest.FixtureRequest) -> str:
    return Family(address).ask(f"tarvitaan neuvoa: {request.node.name}"[:80])


def of_words(page: Page, words: str) -> str:
    """The address of the request with these words, from whichever page of the queue it is on."""
    for _page in range(20):
        link = page.locator("[data-row] a", has_text=words)
        if link.count():
            return str(link.first.get_attribute("href"))
        page.locator("a[rel=next]").click(timeout=5_000)
        page.wait_for_load_state()
    pytest.fail(f"not in the queue: {words}")


def test_a_queue_is_answered_with_few_presses(visitor: Visitor, asked: str) -> None:
    page = visitor.open("/tyo/jono/?nayta=vapaat", width=1280, height=900, staff=GUIDE)
    page.locator("[data-keys-toggle]").click()
    page.mouse.move(900, 300)  # a message under the pointer would stay
    presses = 0

    def press(key: str) -> None:
        nonlocal presses
        presses += len(key.split("+"))
        page.keyboard.press(key)

    press("j")
    first = page.locator("[data-row] a").first
    expect(first).to_be_focused()
    key = page.locator("[data-row]").first.get_attribute("data-row")
    press("Enter")
    expect(page.locator("#ruutu [data-case]")).to_have_attribute("data-case", key or "")
    expect(page.locator("#ruutu .case-title")).to_be_focused()
    press("a")
    expect(page.locator("#sanottu")).to_contain_text("Pyyntö on nyt sinulla.")
    press("r")
    expect(page.locator("#vastaus")).to_be_focused()
    page.keyboard.type("Hei j k a, soitan tänään.")
    press("Control+Enter")
    expect(page.locator("#ruutu .messages")).to_contain_text("Hei j k a, soitan tänään.")
    assert presses <= MOST_PRESSES, presses
    print(f"key presses from the queue to an answer: {presses}")
    expect(page.locator("#sanottu [data-toast]")).to_have_count(0, timeout=15_000)
    assert faults(page) == []


def test_keys_are_off_until_switched_on(visitor: Visitor, asked: str) -> None:
    page = visitor.open("/tyo/jono/", width=1280, staff=GUIDE)
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    expect(page.locator("[data-keys-toggle]")).to_have_attribute("aria-pressed", "false")


def test_the_answer_is_taken_back_on_a_phone(visitor: Visitor, asked: str) -> None:
    page = visitor.open("/tyo/jono/?nayta=vapaat", width=390, staff=GUIDE)
    page.goto(visitor.address + of_words(page, asked))
    assert faults(page) == []
    page.locator("[data-key=a]").click()
    page.locator("#vastaus").fill("Väärälle perheelle")
    page.locator(".answer button").click()
    expect(page.locator(".messages")).to_contain_text("Väärälle perheelle")
    assert faults(page) == []
    page.locator("[data-toast] button").click()
    expect(page.locator("#vastaus")).to_have_value("Väärälle perheelle")
    expect(page.locator(".messages")).to_have_count(0)


@pytest.mark.parametrize("language", ["fi", "ar"])
def test_everything_works_without_scripts(visitor: Visitor, asked: str, language: str) -> None:
    prefix = PREFIX[language]
    page = visitor.open(f"{prefix}/tyo/jono/?nayta=vapaat", width=320, scripts=False, staff=GUIDE)
    address = of_words(page, asked)
    page.goto(visitor.address + address)
    page.locator("[data-key=a]").click()
    page.wait_for_url(re.compile(f"{re.escape(address)}$"))
    page.locator("#muistiinpano").fill("Soitan illalla")
    page.locator(f'form[action="{address}muistiinpano/"] button').click()
    expect(page.locator(".case-side .messages")).to_contain_text("Soitan illalla")
    page.locator('input[name="keino"][value="call"]').check()
    page.locator('input[name="tavoitettu"][value="yes"]').check()
    page.locator(f'form[action="{address}tavoitettu/"] button').click()
    expect(page.locator(".attempts li")).to_have_count(1)
    page.locator("#paatos summary").click()
    page.locator(f'form[action="{address}paata/"] button').click()
    expect(page.locator(".errs")).to_be_visible()
    page.locator("#ratkaisu").select_option("advised")
    page.locator("#tulos").select_option("got-help")
    page.locator(f'form[action="{address}paata/"] button').click()
    expect(page.locator(f'form[action="{address}avaa/"] button').first).to_be_visible()
    # The browser reports the refused form's own status; nothing else may be reported.
    visitor.complaints[:] = [line for line in visitor.complaints if "400" not in line]


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "by keyboard"])
def test_a_lead_gives_a_request_and_takes_it_back(visitor: Visitor, asked: str, scripts: bool) -> None:
    page = visitor.open("/tyo/jono/?nayta=vapaat", width=320, scripts=scripts, staff=LEAD)
    address = of_words(page, asked)
    page.goto(visitor.address + address)
    summary, people = page.locator("#anna summary"), page.locator("#tekija")
    summary.focus()
    page.keyboard.press("Enter")
    people.focus()
    people.select_option(index=1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#sanottu")).to_contain_text("Pyyntö on annettu tekijälle.")
    expect(page.locator(".events")).to_contain_text("Pyyntö annettiin tekijälle")
    if scripts:
        assert faults(page) == []
    page.locator("#sanottu button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#sanottu")).to_contain_text("Antaminen on peruttu.")
    expect(page.locator("[data-key=a]")).to_be_visible()


def test_of_two_guides_the_slower_one_is_told(visitor: Visitor, asked: str) -> None:
    slow = visitor.open("/tyo/jono/?nayta=vapaat", width=1280, staff=LEAD)
    address = of_words(slow, asked)
    slow.goto(visitor.address + address)
    quick = visitor.open(address, staff=GUIDE)
    quick.locator("[data-key=a]").click()
    expect(quick.locator("#sanottu")).to_contain_text("Pyyntö on nyt sinulla.")
    slow.locator("[data-key=a]").click()
    expect(slow.locator("[role=alert]")).to_contain_text("otti pyynnön")
    # The browser reports the 409 of the page itself; nothing else may be reported.
    visitor.complaints[:] = [line for line in visitor.complaints if "409" not in line]


def test_a_poll_keeps_the_focus_and_shows_what_changed(visitor: Visitor, asked: str) -> None:
    page = visitor.open("/tyo/jono/?nayta=vapaat", width=1280, staff=GUIDE)
    page.clock.install()
    page.reload()
    address = of_words(page, asked)
    row = page.locator(f'[data-row] a[href="{address}"]')
    others = page.locator(f'[data-row] a:not([href="{address}"])')
    if not others.count():
        pytest.skip("the queue holds one request only")
    others.first.focus()
    focused = others.first.get_attribute("href")
    quick = visitor.open(address, staff=LEAD)
    quick.locator("[data-key=a]").click()
    expect(quick.locator("#sanottu")).to_contain_text("Pyyntö on nyt sinulla.")
    page.clock.run_for(61_000)
    expect(row).to_have_count(0)
    assert page.evaluate("document.activeElement.getAttribute('href')") == focused


def test_what_is_being_written_outlives_the_browser(visitor: Visitor, asked: str) -> None:
    page = visitor.open("/tyo/jono/?nayta=vapaat", width=390, height=844, staff=GUIDE)
    address = visitor.address + of_words(page, asked)
    page.goto(address)
    page.get_by_role("button", name="Ota minulle").click()
    box = page.get_by_label("Vastaus perheelle")
    with page.expect_response(re.compile("/kesken/$")) as kept:
        box.press_sequentially("Hei, luin viestisi ja ")
    assert kept.value.status == 204
    page.goto(f"{visitor.address}/tyo/jono/")
    page.goto(address)
    expect(box).to_have_value("Hei, luin viestisi ja ")
    expect(page.get_by_text("Luonnos on tallessa")).to_be_visible()
    box.fill("Hei, luin viestisi ja soitan huomenna.")
    page.get_by_role("button", name="Lähetä vastaus").click()
    expect(box).to_have_value("")
