"""The director's way from the first page to a report, and from a live figure down to where counts are hidden."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Visitor
from tests.browser.staff import DIRECTOR
from tests.browser.test_staff_pages import faults
from turvaverkko.indicators.small_numbers import LEAST_SHOWN

WAYS = [
    pytest.param(1280, True, id="1280"),
    pytest.param(390, False, id="390 without scripts"),
]
PROMISE = "guidance-answered-in-promise"
REQUESTS = "guidance-requests"
# Unit: tries of a second each. A demo counts its figures in the background after it has started.
PATIENCE = 60


def follow(page: Page, path: str) -> None:
    """Follow the first link that leads to an address."""
    page.locator(f'main a[href^="{path}"]').first.click()
    page.wait_for_url(re.compile(re.escape(path)))


@pytest.mark.parametrize(("width", "scripts"), WAYS)
def test_from_the_front_to_a_report(visitor: Visitor, tmp_path: Path, width: int, scripts: bool) -> None:
    page = visitor.open("/koordinaatio/", width=width, scripts=scripts, staff=DIRECTOR)
    goals = page.locator('a[href="/koordinaatio/tavoitteet/"]').first
    if not goals.is_visible():
        page.locator(".menu > summary").click()
    goals.click()
    follow(page, "/koordinaatio/tavoitteet/hyoty-saatavuus/")
    follow(page, "/koordinaatio/tavoitteet/tulos-yksi-kokonaisuus/")
    follow(page, "/koordinaatio/tavoitteet/perhekeskukset/")
    follow(page, "/koordinaatio/mittarit/adolescent-psychiatry-visits/")
    chart = page.locator("svg.chart >> visible=true").first
    expect(chart).to_be_visible()
    assert chart.locator("path.break").count() >= 1
    expect(page.locator("main")).to_contain_text("Luku on lähes puolet edellisvuodesta")
    expect(page.locator("main")).to_contain_text("Katkos sarjassa")
    expect(page.locator("main .light.met")).to_have_count(0)
    page.go_back()
    follow(page, "/koordinaatio/kierrokset/2023-12/")
    written = page.locator("section:has(> #perhekeskukset) .prose").inner_text()
    assert len(written) > 40
    follow(page, "/koordinaatio/raportit/?kierros=2023-12")
    expect(page.locator("#kierros")).to_have_value("2023-12")
    page.locator("#aiempi").select_option("2021-05")
    page.locator('input[name="kenelle"][value="tyoryhma"]').check()
    page.locator('input[name="tavoite"][value="perhekeskukset"]').check()
    page.locator("main form button").click()
    page.wait_for_url(re.compile("/koordinaatio/raportit/raportti/"))
    expect(page.locator("h1")).to_contain_text("12/2023")
    expect(page.locator("main")).to_contain_text(written)
    if scripts:
        assert faults(page) == []
    with page.expect_download() as waiting:
        page.locator('main a[href*="raportti.pdf"]').click()
    file = tmp_path / "raportti.pdf"
    waiting.value.save_as(file)
    assert waiting.value.suggested_filename == "arviointi-2023-12.pdf"
    root = PdfReader(file).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] in (True, "true")
    assert root["/Lang"] == "fi"
    assert root["/StructTreeRoot"]


@pytest.mark.parametrize(("width", "scripts"), WAYS)
def test_a_live_figure_goes_down_to_areas_and_no_further(visitor: Visitor, width: int, scripts: bool) -> None:
    page = visitor.open(f"/koordinaatio/mittarit/{PROMISE}/", width=width, scripts=scripts, staff=DIRECTOR)
    for _try in range(PATIENCE):
        if page.locator("main table").count():
            break
        page.wait_for_timeout(1_000)
        page.reload()
    expect(page.locator("main table").first).to_be_attached()
    follow(page, f"/koordinaatio/alueet/{PROMISE}/")
    expect(page.locator("main table tbody tr").first).to_be_attached()
    # What is counted in families: every number shown is none or five and more, in each kind of areas.
    page.goto(f"{visitor.address}/koordinaatio/alueet/{REQUESTS}/")
    kinds = [link.get_attribute("href") for link in page.locator("main nav.views a").all()]
    assert len(kinds) > 1
    shown: list[int] = []
    for kind in kinds:
        page.goto(f"{visitor.address}/koordinaatio/alueet/{REQUESTS}/{kind}")
        cells = page.locator("main table tbody tr td:nth-of-type(1)").all_inner_texts()
        shown += [int(text) for text in cells if text.strip().isdigit()]
        table = page.request.get(f"{visitor.address}/koordinaatio/alueet/{REQUESTS}/luvut.csv{kind}").text()
        shown += [int(line.split(";")[7]) for line in table.splitlines()[1:] if line.split(";")[7].isdigit()]
    assert shown
    assert [number for number in shown if 0 < number < LEAST_SHOWN] == []
    # Below the municipality there is nothing to open: no link of the table leads to a family or a request.
    assert page.locator('main a[href*="/tyo/"]').count() == 0
