"""Pages of staff, and signing in by keyboard with JavaScript off."""

import gzip
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import Visitor
from tests.browser.pages import STAFF_PAGES, Looked
from tests.browser.staff import CONSULTANT, GUIDE, LEAD, OTHER_GUIDE, code_of, next_code, prove
from tests.browser.test_every_page import in_every_way, overflow, small_targets
from tests.browser.test_journeys import tab_to
from tests.browser.test_right_to_left import scrambled
from turvaverkko.organisation.sign_in.demo import PASSWORD

KB = 1024
HTML = 25 * KB  # gzip, staff pages
PREFIX = {"fi": "", "ar": "/ar"}


def faults(page: Page) -> list[str]:
    return [*violations(page), *overflow(page), *small_targets(page), *scrambled_in_arabic(page)]


def scrambled_in_arabic(page: Page) -> list[str]:
    return scrambled(page) if page.locator("html").get_attribute("dir") == "rtl" else []


@pytest.mark.parametrize(("looked", "language", "scheme", "width"), in_every_way(STAFF_PAGES))
def test_staff_page(visitor: Visitor, looked: Looked, language: str, scheme: str, width: int) -> None:
    page = visitor.open(looked.in_language(language), width=width, scheme=scheme, staff=LEAD)
    if looked.name != "sign_in:confirm":
        prove(page, LEAD)
    assert page.url.endswith(looked.in_language(language)), page.url
    assert faults(page) == []
    assert len(gzip.compress(page.content().encode())) <= HTML
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"istunto", "csrftoken", "kunta"}


@pytest.mark.parametrize(("language", "email"), [("fi", GUIDE), ("ar", OTHER_GUIDE)])
def test_signing_in_by_keyboard_without_scripts(visitor: Visitor, language: str, email: str) -> None:
    prefix = PREFIX[language]
    page = visitor.open(f"{prefix}/kirjaudu/", scripts=False, width=320)
    tab_to(page, "#email")
    page.keyboard.type(email)
    tab_to(page, "#password")
    page.keyboard.type("ei ole tämä salasana")
    page.keyboard.press("Enter")
    fill_code(page, code_of(email))
    expect(page.locator(".errs")).to_be_visible()
    assert not [one for one in page.context.cookies() if one["name"] == "istunto"]
    # What was wrong is not told, so one begins again.
    tab_to(page, 'main a[href$="/kirjaudu/"]')
    page.keyboard.press("Enter")
    expect(page.locator("#email")).to_be_visible()
    tab_to(page, "#email")
    page.keyboard.type(email)
    tab_to(page, "#password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    fill_code(page, code_of(email))
    if page.locator(".errs").count():  # another run used this code within the half minute
        fill_code(page, next_code(email))
    page.wait_for_url(re.compile("/tyo/$"))
    tab_to(page, ".menu > summary")
    page.keyboard.press("Enter")
    tab_to(page, 'form[action$="/kirjaudu/ulos/"] button')
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/kirjaudu/$"))
    assert not [one for one in page.context.cookies() if one["name"] == "istunto"]


def fill_code(page: Page, code: str) -> None:
    page.wait_for_url(re.compile("/kirjaudu/"))
    expect(page.locator("#code")).to_be_visible()
    tab_to(page, "#code")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.wait_for_load_state()


@pytest.mark.parametrize("language", ["fi", "ar"])
def test_the_page_of_the_code(visitor: Visitor, language: str) -> None:
    page = visitor.open(f"{PREFIX[language]}/kirjaudu/", width=320)
    page.fill("#email", "kuka@example.invalid")
    page.fill("#password", "jotain")
    page.keyboard.press("Enter")
    expect(page.locator("#code")).to_be_visible()
    assert "kuka" not in page.url
    page.locator("main details summary").click()
    assert faults(page) == []
    page.locator("main button.btn").click()
    expect(page.locator(".errs")).to_be_focused()
    assert faults(page) == []


@pytest.mark.parametrize("language", ["fi", "ar"])
def test_the_lock_and_what_comes_after(visitor: Visitor, language: str) -> None:
    """One browser locks; in another tab of it a form was open, and nothing of it is lost."""
    prefix = PREFIX[language]
    page = visitor.open(f"{prefix}/tyo/oma-tili/", staff=CONSULTANT)
    form = page.context.new_page()
    form.goto(f"{visitor.address}{prefix}/tyo/oma-tili/")
    page.locator('form[action$="/kirjaudu/lukitse/"] button').click()
    page.wait_for_url(re.compile("/kirjaudu/lukittu/"))
    assert faults(page) == []
    form.locator('form[action$="/varakoodit/"] button').click()
    form.wait_for_url(re.compile("/kirjaudu/lukittu/\\?paikka="))
    form.fill("#password", PASSWORD)
    form.keyboard.press("Enter")
    form.wait_for_url(re.compile("/kirjaudu/jatka/"))
    assert faults(form) == []
    with form.expect_navigation():
        form.locator("main button.btn").click()
    if "vahvista" in form.url:  # the session is older than five minutes: it wants a code first
        prove(form, CONSULTANT)
        form.locator("main button.btn").click()
    expect(form.locator("main li .num").first).to_be_visible()
    assert form.locator("main li .num").count() == 10
    assert faults(form) == []
