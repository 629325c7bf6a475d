"""The weights of UI.md: HTML, CSS and JS in gzip, a first visit in all, requests, cookies, third parties."""

import gzip
import re
import urllib.request
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.pages import Looked, listings
from tests.browser.test_every_page import ALL

KB = 1024
HTML, CSS, JS = 12 * KB, 14 * KB, 18 * KB  # gzip, public pages
FIRST_VISIT, REPEAT, REQUESTS = 60 * KB, 15 * KB, 6
CRISIS = 20 * KB
LINK = re.compile(r'(?:href|src)="([^"]+\.(?:css|js))"')


def body(address: str) -> bytes:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as answer:
        raw = answer.read()
        return gzip.decompress(raw) if answer.headers.get("Content-Encoding") == "gzip" else raw


def weight(content: bytes) -> int:
    return len(gzip.compress(content, 6))


@pytest.mark.parametrize("language", ["fi", "ar"])
@pytest.mark.parametrize("looked", [page for page in ALL if not page.is_refusal], ids=str)
def test_html_is_light(address: str, looked: Looked, language: str) -> None:
    assert weight(body(address + looked.in_language(language))) <= HTML


def test_styles_and_scripts_are_light(address: str) -> None:
    page = address + "/palvelut/?q=neuvola"
    linked = [urljoin(page, link) for link in LINK.findall(body(page).decode())]
    assert linked
    assert sum(weight(body(link)) for link in linked if link.endswith(".css")) <= CSS
    assert sum(weight(body(link)) for link in linked if link.endswith(".js")) <= JS


class Meter:
    """Counts what a browser fetches."""

    def __init__(self, browser: Browser) -> None:
        self.context = browser.new_context(viewport={"width": 390, "height": 844})
        self.page = self.context.new_page()
        self.session = self.context.new_cdp_session(self.page)
        self.session.send("Network.enable")
        self.addresses: list[str] = []
        self.transferred = 0
        self.session.on(
            "Network.requestWillBeSent", lambda sent: self.addresses.append(sent["request"]["url"])
        )
        self.session.on("Network.loadingFinished", self._finished)

    def _finished(self, finished: dict[str, float]) -> None:
        self.transferred += int(finished["encodedDataLength"])

    def visit(self, address: str) -> tuple[int, list[str]]:
        self.addresses, self.transferred = [], 0
        self.page.goto(address, wait_until="networkidle")
        # The icon of the tab is the sprite of the page: one file, fetched once.
        return self.transferred, list(dict.fromkeys(self.addresses))


@pytest.mark.parametrize("looked", [page for page in ALL if not page.is_refusal], ids=str)
def test_a_first_visit_is_light_and_stays_at_home(chromium: Browser, address: str, looked: Looked) -> None:
    meter = Meter(chromium)
    first, asked = meter.visit(address + looked.path)
    repeat, _ = meter.visit(address + looked.path)
    cookies = meter.context.cookies()
    meter.context.close()
    assert {urlsplit(one).netloc for one in asked} == {urlsplit(address).netloc}
    assert len(asked) <= REQUESTS, asked
    assert first <= FIRST_VISIT
    assert repeat <= REPEAT
    assert len(cookies) <= 2


def test_the_crisis_page_is_tiny(chromium: Browser, address: str) -> None:
    meter = Meter(chromium)
    transferred, asked = meter.visit(address + "/kiireellinen-apu/")
    meter.context.close()
    assert transferred <= CRISIS, asked


def test_there_are_listings_to_weigh() -> None:
    assert len(listings()) >= 2
