"""Journeys, walked as the person would: on a phone, by keyboard, with and without JavaScript."""

import re
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

WORDS = "5v raivoaa ja lyö meitä joka päivä"
PHONE = 'a[href^="tel:"]'


def main_phone(page: Page) -> str:
    """The number of the service itself, not of the roof."""
    return page.locator("main").locator(PHONE).first.get_attribute("href") or ""


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("language", ["fi", "ar"])
def test_a_mother_searches_and_reaches_a_phone_number(visitor: Visitor, language: str, scripts: bool) -> None:
    page = visitor.open("/" if language == "fi" else f"/{language}/", scripts=scripts)
    page.locator("input[name=q]").first.fill(WORDS)
    page.locator("input[name=q]").first.press("Enter")
    page.wait_for_url(re.compile("/palvelut/"))
    expect(page.locator("input[name=q]").first).to_have_value(WORDS)
    expect(page.locator('.alarm a[href="tel:112"]')).to_be_visible()
    hits = page.locator(".hits h2 a, .hits h3 a")
    assert hits.count() >= 3
    hits.first.click()
    page.wait_for_url(re.compile(r"/palvelut/[a-z0-9-]+/"))
    assert re.fullmatch(r"tel:\+?\d{3,}", main_phone(page))


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_she_filters_to_her_municipality(visitor: Visitor, scripts: bool) -> None:
    page = visitor.open(f"/palvelut/?q={WORDS}", scripts=scripts)
    page.locator("details.facets > summary, .facets summary").first.click()
    page.locator("input[name=kunta][value=liminka]").first.check()
    if not scripts or page.locator(".facets button[type=submit]").first.is_visible():
        page.locator(".facets button[type=submit]").first.click()
    page.wait_for_url(re.compile("kunta=liminka"))
    assert "raivoaa" in unquote_plus(page.url)
    assert page.locator(".hits > li").count() >= 1


@pytest.mark.parametrize("language", ["fi", "ar"])
def test_by_keyboard_only(visitor: Visitor, language: str) -> None:
    page = visitor.open("/" if language == "fi" else f"/{language}/")
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.getAttribute('href')")
    assert page.locator(f"main{skip}").count() == 1, "the first stop leads past the header"
    tab_to(page, "input[name=q]")
    page.keyboard.type(WORDS)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/palvelut/"))
    tab_to(page, ".hits a")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/palvelut/[a-z0-9-]+/"))
    tab_to(page, f"main {PHONE}")
    assert outlined(page)


def tab_to(page: Page, selector: str, limit: int = 120) -> None:
    """Press Tab until the focus is on `selector`; every stop on the way must be visible."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        assert outlined(page), page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
    pytest.fail(f"Tab never reached {selector}")


def outlined(page: Page) -> bool:
    """Whether the focus shows: an outline or a shadow ring on the element, on its whole row or on its frame."""
    return page.evaluate(
        """() => {
            const styles = [getComputedStyle(document.activeElement, '::after')];
            for (let one = document.activeElement, n = 0; one && n < 4; one = one.parentElement, n++)
                styles.push(getComputedStyle(one));
            for (const style of styles) {
                if ((style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none')
                    return true;
            }
            return false;
        }"""
    )


def test_choosing_a_municipality_is_remembered(visitor: Visitor) -> None:
    page = visitor.open("/", scripts=False)
    form = page.locator("form:has(select[name=kunta])").first
    if not form.is_visible():
        page.locator("summary", has_text="kunta").first.click()
    form.locator("select[name=kunta]").select_option("liminka")
    form.locator("button[type=submit]").click()
    expect(page.locator("main")).to_contain_text(re.compile("Limin[gk]"))
    names = {cookie["name"] for cookie in page.context.cookies()}
    assert "kunta" in names
    assert len(names) <= 2


def test_which_family_centre_is_mine(visitor: Visitor) -> None:
    page = visitor.open("/perhekeskukset/")
    page.locator("main input[type=text], main input[type=search], main input[name=q]").first.fill("90100")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("90100"))
    assert page.locator("main").locator(PHONE).count() >= 1


@pytest.mark.parametrize(
    "words",
    [
        "x" * 10_000,
        "neuvola\x00\x07\u202e\u2066 oulu",
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "'\"; DROP TABLE text;--",
    ],
    ids=["10 000 signs", "control and direction marks", "markup", "quotes"],
)
def test_bad_words_get_a_page(visitor: Visitor, words: str) -> None:
    page = visitor.open("/")
    page.locator("input[name=q]").first.evaluate(
        "(box, words) => { box.removeAttribute('maxlength'); box.value = words; }", words
    )
    page.locator("input[name=q]").first.press("Enter")
    page.wait_for_url(re.compile("/palvelut/"))
    expect(page.locator("h1")).to_be_visible()
    assert page.locator("main").locator(PHONE).count() + page.locator(".hits > li").count() >= 1
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", page.locator("main").inner_text())


def options(page: Page) -> list[str]:
    """What the browser's own list offers under the search box."""
    return page.eval_on_selector_all("datalist option", "all => all.map(one => one.value)")


@pytest.mark.parametrize(("language", "beginning"), [("fi", "neuvo"), ("ar", "طفل")])
def test_the_box_offers_how_the_words_may_go_on(visitor: Visitor, language: str, beginning: str) -> None:
    page = visitor.open("/" if language == "fi" else f"/{language}/")
    asked: list[str] = []
    page.on("request", lambda request: "ehdota" in request.url and asked.append(request.url))
    box = page.locator("input[name=q]").first
    box.press_sequentially(beginning[0], delay=20)
    page.wait_for_timeout(400)
    assert not asked, "one letter is nobody's beginning"
    with page.expect_response(re.compile("/palvelut/ehdota/")):
        box.press_sequentially(beginning[1:], delay=20)
    expect(page.locator("datalist option").first).to_be_attached()
    assert beginning in options(page)[0].casefold()
    assert len(asked) == 1, "a word typed in one go is asked once"
    assert all(one.startswith(visitor.address) for one in asked)
    assert box.get_attribute("list") == page.locator("datalist").first.get_attribute("id")
    box.fill("")
    assert not options(page)
    box.fill("neuvola")
    box.press("Enter")
    page.wait_for_url(re.compile(r"/palvelut/\?q=neuvola"))


def test_without_scripts_the_box_is_only_a_box(visitor: Visitor) -> None:
    page = visitor.open("/", scripts=False)
    assert page.locator("datalist").count() == 0
    assert page.locator("input[name=q]").first.get_attribute("list") is None


def test_what_happens_when_one_calls_opens_without_scripts(visitor: Visitor) -> None:
    page = visitor.open("/", scripts=False)
    steps = page.locator(".window .thread li")
    expect(steps.first).not_to_be_visible()
    page.locator(".window summary").click()
    expect(steps.first).to_be_visible()
    assert steps.count() == 3
