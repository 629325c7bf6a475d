"""J1, second half: a mother asks for help without a name, comes back with a code, is on her way out at once."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser import server
from tests.browser.axe import violations
from tests.browser.conftest import Visitor

WORDS = "5v raivoaa ja lyö meitä joka päivä"
SECONDS = 60  # front page to sent request, by keyboard (design UI)
BLANK_WITHIN = 100  # milliseconds


def path(language: str, rest: str) -> str:
    return rest if language == "fi" else f"/{language}{rest}"


def ask(page: Page, *, scripts: bool) -> str:
    """Walk from the front page to the receipt; return the code. Without scripts axe cannot run."""
    page.locator("a.help").first.click()
    page.wait_for_url(re.compile("/pyyda-apua/$"))
    page.locator("input[value=parent]").check()
    page.locator("#place").fill("Liminka")
    page.locator(".ask button.btn").click()
    page.wait_for_url(re.compile("/tilanne/"))
    page.locator("#words").fill(WORDS)
    page.locator(".ask button.btn").click()
    expect(page.locator('.alarm a[href="tel:112"]')).to_be_visible()
    page.locator(".ask button.btn").click()
    page.wait_for_url(re.compile("/yhteys/"))
    page.locator("input[value=code]").check()
    page.locator(".ask button.btn").click()
    page.wait_for_url(re.compile("/tarkista/"))
    assert not scripts or violations(page) == []
    page.locator(".ask button.help").click()
    page.wait_for_url(re.compile("/perilla/"))
    assert not scripts or violations(page) == []
    return page.locator(".code").inner_text().strip()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("language", ["fi", "ar"])
def test_she_asks_without_a_name_and_comes_back_with_the_code(
    visitor: Visitor, language: str, scripts: bool
) -> None:
    page = visitor.open(path(language, "/?kunta=liminka"), scripts=scripts)
    code = ask(page, scripts=scripts)
    assert re.fullmatch(r"[0-9A-Z]{5}-[0-9A-Z]{5}", code)
    later = visitor.open(path(language, "/pyyda-apua/tila/"), scripts=scripts)
    later.locator("#code").fill(code.lower())
    later.locator("[data-code] button").click()
    expect(later.locator(".messages")).to_contain_text(WORDS)
    assert code not in later.url
    later.locator("#text").fill("Myös yöt ovat vaikeita")
    later.locator("form[action$='vastaa/'] button").click()
    expect(later.locator(".messages")).to_contain_text("Myös yöt")
    later.locator("details:has(form[action$='kerro/']) summary").click()
    later.locator("#name").fill("Testi Äiti")
    later.locator("input[value=call]").check()
    later.locator("#phone").fill("000 123 4567")
    later.locator("form[action$='kerro/'] button").click()
    expect(later.locator("[role=status]")).to_be_visible()
    assert not scripts or violations(later) == []


@pytest.mark.parametrize("language", ["fi", "ar"])
def test_by_keyboard_only_it_takes_less_than_a_minute(visitor: Visitor, language: str) -> None:
    page = visitor.open(path(language, "/?kunta=liminka"))
    started = time.monotonic()
    tab_to(page, "a.help")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/pyyda-apua/$"))
    tab_to(page, "input[name=asker]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/tilanne/"))
    tab_to(page, "#words")
    page.keyboard.type("Vauva ei nuku")
    tab_to(page, ".ask button.btn")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/yhteys/"))
    tab_to(page, "input[name=way]")
    page.keyboard.press("ArrowUp")  # round to the last: the code alone
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/tarkista/"))
    tab_to(page, ".ask button.help")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/perilla/"))
    assert time.monotonic() - started < SECONDS


def test_the_way_out_blanks_the_page_and_back_does_not_return(visitor: Visitor) -> None:
    page = visitor.open("/?kunta=liminka")
    page.locator("a.help").first.click()
    page.wait_for_url(re.compile("/pyyda-apua/$"))
    page.locator("input[value=parent]").check()
    page.locator(".ask button.btn").click()
    page.wait_for_url(re.compile("/tilanne/"))
    page.locator("#words").fill(WORDS)
    blank, took = page.evaluate(
        """() => { const began = performance.now(); document.querySelector('[data-exit]').click();
        const gone = getComputedStyle(document.querySelector('main') ?? document.body).display === 'none'
            || getComputedStyle(document.body).display === 'none';
        return [gone, performance.now() - began]; }"""
    )
    assert blank
    assert took < BLANK_WITHIN
    page.wait_for_url(server.ELSEWHERE.address + "/")
    assert [c["name"] for c in page.context.cookies(visitor.address)] == []
    page.go_back()
    assert "pyyda-apua" not in page.url
    assert page.locator("[data-quiet]").count() == 0


def test_the_way_out_works_without_a_script(visitor: Visitor) -> None:
    page = visitor.open("/pyyda-apua/tilanne/", scripts=False)
    page.locator("#words").fill(WORDS)
    page.locator("[data-exit]").click()
    page.wait_for_url(server.ELSEWHERE.address + "/")


def test_a_code_in_the_address_never_reaches_the_server(visitor: Visitor) -> None:
    page = visitor.open("/pyyda-apua/tila/#7K3M9-QTR2K")
    assert page.locator("#code").input_value() == "7K3M9-QTR2K"
    assert "#" not in page.url


def tab_to(page: Page, selector: str) -> None:
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
    message = f"{selector} cannot be reached by Tab"
    raise AssertionError(message)


def test_without_the_network_what_was_typed_stays_and_a_sentence_says_so(visitor: Visitor) -> None:
    page = visitor.open("/pyyda-apua/")
    page.locator("input[value=parent]").check()
    page.locator("#place").fill("Liminka")
    page.context.set_offline(True)
    page.locator(".ask button.btn").click()
    expect(page.locator("[data-not-sent]")).to_be_visible()
    assert page.locator("#place").input_value() == "Liminka"
    assert violations(page) == []
    page.context.set_offline(False)
    page.locator(".ask button.btn").click()
    page.wait_for_url(re.compile("/tilanne/"))
    visitor.complaints.clear()  # the browser reports the network that was cut
