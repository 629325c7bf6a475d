"""J2: a family collects on a phone without scripts and hands it on; a guide sends a basket of three services."""

import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.staff import GUIDE
from tests.browser.test_queue_journey import Family, of_words
from tests.browser.test_staff_pages import faults

SERVICE = "/palvelut/perheohjaus-kotiin-lakeus/"
PLACE = "/paikat/kohtaamispaikka-tupa-liminka/"
NOTE = "Soita ensin tähän, aamulla"
WAYS = [("fi", "light", 320), ("ar", "dark", 1280)]
PREFIX = {"fi": "", "ar": "/ar"}


def press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def add(page: Page, path: str) -> None:
    """Collect the thing of a page; its page says so where the button is."""
    page.goto(urljoin(page.url, path))
    press(page, ".basket-add button")
    expect(page.locator(".in-basket:target")).to_be_visible()


def test_a_family_collects_and_hands_on_without_scripts(visitor: Visitor) -> None:
    page = visitor.open("/palvelut/?q=vauva+ei+nuku", scripts=False)
    first = page.locator(".hit h3").first.inner_text()
    press(page, ".hit .basket-add button")
    assert "q=vauva+ei+nuku" in page.url
    expect(page.locator(".in-basket:target")).to_be_visible()
    add(page, SERVICE)
    add(page, PLACE)
    press(page, ".in-basket:target a")
    expect(page.locator(".basket-name")).to_have_count(3)
    expect(page.locator(".basket-name").first).to_have_text(first)

    press(page, ".basket > li:nth-child(2) button[value^='ylos']")
    expect(page.locator(".basket-name").nth(1)).to_have_text(first)
    page.locator(".basket > li:nth-child(1) summary").click()
    page.locator(".basket > li:nth-child(1) textarea").fill(NOTE)
    press(page, "button[value='jaa']")
    assert NOTE not in page.url
    link = page.locator(".basket-links a").first.get_attribute("href")
    assert link

    other = visitor.open(link.removeprefix(visitor.address), scripts=False, width=320)
    expect(other.locator(".basket-name")).to_have_count(3)
    expect(other.locator(".basket-note")).to_have_text(NOTE)
    press(other, "main form.actions button")
    expect(other.locator(".basket-name")).to_have_count(3)
    assert {cookie["name"] for cookie in other.context.cookies()} == {"kunta"}

    press(page, "button[value^='lopeta']")
    other.goto(link)
    expect(other.locator("h1")).to_have_text("Tämä linkki ei avaa mitään")
    visitor.complaints.clear()  # the refusal that was just asked for

    press(page, ".basket > li:nth-child(3) button[value^='poista']")
    expect(page.locator(".basket-name")).to_have_count(2)
    press(page, "button[value='kumoa']")
    expect(page.locator(".basket-name")).to_have_count(3)
    press(page, "button[value='tyhjenna']")
    expect(page.locator(".empty")).to_be_visible()


@pytest.mark.parametrize(("language", "scheme", "width"), WAYS)
def test_every_page_of_a_filled_basket(visitor: Visitor, language: str, scheme: str, width: int) -> None:
    prefix = PREFIX[language]
    page = visitor.open(f"{prefix}/kori/", width=width, scheme=scheme)
    add(page, prefix + PLACE)
    assert faults(page) == []
    add(page, prefix + SERVICE)
    page.goto(f"{visitor.address}{prefix}/kori/")
    page.locator("#muistio").fill(NOTE)
    press(page, "button[value='jaa']")
    assert faults(page) == []
    shared = page.locator(".basket-links a").first.get_attribute("href")
    for path in (shared, f"{visitor.address}{prefix}/kori/tulosta/"):
        page.goto(str(path))
        expect(page.locator(".basket-name")).to_have_count(2)
        assert faults(page) == []
    page.emulate_media(media="print")
    expect(page.locator(".basket-qr svg").first).to_be_visible()


def test_a_guide_sends_a_basket_of_three_services_to_a_family(visitor: Visitor) -> None:
    family = Family(visitor.address)
    words = family.ask("korin matka: kolme palvelua kiitos")
    receipt = family.opener.open(f"{visitor.address}/pyyda-apua/perilla/", timeout=20).read().decode()
    code = re.search(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", receipt)
    assert code
    page = visitor.open("/palvelut/?q=vauva+ei+nuku", staff=GUIDE, width=390)
    search = page.url
    for number in range(3):
        page.goto(search)
        page.locator(".hit .basket-add button").nth(number).click()
        expect(page.locator(".in-basket:target")).to_be_visible()
    page.goto(f"{visitor.address}/tyo/kori/")
    names = page.locator(".basket-name").all_inner_texts()
    assert len(names) == 3
    page.locator("#muistio").fill("Aloittakaa ensimmäisestä.")
    press(page, "button[value='tallenna']")
    assert faults(page) == []

    page.goto(f"{visitor.address}/tyo/jono/?nayta=vapaat")
    page.goto(f"{visitor.address}{of_words(page, words)}")
    page.goto(re.sub(r"/tyo/jono/.*valittu=([a-z0-9]+).*", r"/tyo/pyynnot/\1/", page.url))
    press(page, "form[action$='/ota/'] button")
    page.locator("#kori summary").click()
    assert faults(page) == []
    press(page, "#kori form button")
    expect(page.locator("main")).to_contain_text("Kori lähtee perheelle 10 sekunnin kuluttua.")

    other = visitor.open("/pyyda-apua/tila/", scripts=False)
    for _second in range(20):  # it can be taken back for ten
        other.goto(f"{visitor.address}/pyyda-apua/tila/")
        if other.locator("#code").count():
            other.locator("#code").fill(code[0])
            press(other, "[data-code] button")
        if other.locator(".basket-name").count():
            break
        other.wait_for_timeout(1_000)
    assert other.locator(".basket-name").all_inner_texts() == names
    expect(other.locator(".basket-note")).to_have_text("Aloittakaa ensimmäisestä.")
