"""A figure from a coordinator's file to the page of its indicator, on a phone with JavaScript off."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import Visitor
from tests.browser.test_every_page import overflow, small_targets
from turvaverkko.core import time_source
from turvaverkko.indicators.tests.entry_files import PDF, row, xlsx

COORDINATOR = "koordinaattori@example.invalid"
DIRECTOR = "johtaja@example.invalid"
HOME = "/koordinaatio/mittarit/syotto/"
INDICATOR = "/koordinaatio/mittarit/lets-talk-discussions/"
LETS_TALK, OULU = "lets-talk-discussions", "municipality:564"


def faults(page: Page) -> list[str]:
    return [*violations(page), *overflow(page), *small_targets(page)]


def bring(page: Page, content: bytes) -> None:
    page.set_input_files(
        "#tiedosto", {"name": "kunnat.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Näytä, mitä muuttuisi").click()


def test_a_figure_from_the_file_to_the_page(visitor: Visitor) -> None:
    # A time and a value of its own, so that the journey may be walked twice over one database.
    value = 100 + int(time_source.now().timestamp()) % 800
    month = f"20{10 + value % 10}-0{1 + value % 9}"
    page = visitor.open(HOME, scripts=False, staff=COORDINATOR)
    bring(page, xlsx([row(LETS_TALK, OULU, month, "noin sata")]))
    expect(page.get_by_role("alert")).to_contain_text("Tiedostosta ei otettu mitään.")
    expect(page.locator("main")).to_contain_text("”noin sata” ei ole luku.")
    expect(page.get_by_role("button", name="Lähetä hyväksyttäväksi")).to_have_count(0)

    page.get_by_role("link", name="Tuo toinen tiedosto").click()
    bring(page, xlsx([row(LETS_TALK, OULU, month, value)]))
    expect(page.locator("main table")).to_contain_text(f"{value} kpl")
    sure = page.locator('input[name="varma"]')
    if sure.count():
        sure.check()
    with page.expect_navigation():
        page.get_by_role("button", name="Lähetä hyväksyttäväksi").click()
    expect(page.get_by_role("status")).to_contain_text("odottavat nyt toisen henkilön hyväksyntää")
    expect(page.get_by_role("button", name="Hyväksy luvut")).to_have_count(0)

    other = visitor.open("/koordinaatio/", scripts=False, staff=DIRECTOR)
    expect(other.locator("main")).to_contain_text("Hyväksyntää odottavia lukujen tuonteja")
    other.goto(page.url.partition("?")[0])
    with other.expect_navigation():
        other.get_by_role("button", name="Hyväksy luvut").click()
    expect(other.get_by_role("status")).to_contain_text("Luvut on hyväksytty")

    other.goto(visitor.address + INDICATOR)
    entered = other.locator("section", has=other.get_by_role("heading", name="Kirjatut luvut"))
    expect(entered).to_contain_text(re.compile(rf"Oulu.*{value}\skpl"))
    expect(entered).to_contain_text("kunnat.xlsx")
    expect(entered).to_contain_text("kirjasi Vieno Esimerkki, hyväksyi Väinö Esimerkki")


@pytest.mark.parametrize(("prefix", "scheme", "width"), [("", "light", 320), ("/ar", "dark", 1280)])
def test_every_page_on_the_way_is_sound(visitor: Visitor, prefix: str, scheme: str, width: int) -> None:
    page = visitor.open(f"{prefix}{HOME}", width=width, scheme=scheme, staff=COORDINATOR)
    assert faults(page) == []
    page.locator("main details summary").click()
    assert faults(page) == []
    month = f"19{90 + width % 9}-0{1 + int(time_source.now().timestamp()) % 9}"
    for content in (
        xlsx([row(LETS_TALK, OULU, "?", "?")]),
        xlsx([row(LETS_TALK, OULU, month, 120, huomautus="Kysely", katkos="Uusi lomake")]),
    ):
        page.goto(f"{visitor.address}{prefix}{HOME}")
        page.set_input_files(
            "#tiedosto", {"name": "a.xlsx", "mimeType": "application/octet-stream", "buffer": content}
        )
        with page.expect_navigation():
            page.locator("form[enctype] button").click()
        assert faults(page) == []
    page.goto(f"{visitor.address}{prefix}{INDICATOR}syota/")
    assert faults(page) == []
    page.fill("#luku", "sata")
    page.set_input_files("#tiedosto", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": PDF})
    with page.expect_navigation():
        page.locator("main button.btn").click()
    expect(page.locator(".errs")).to_be_focused()
    assert faults(page) == []
    # A refused form is reported by the browser as a failed load of its page.
    visitor.complaints[:] = [one for one in visitor.complaints if "status of 400" not in one]
