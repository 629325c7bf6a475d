"""A running product and a real Chromium, shared by the tests of one process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser import server
from tests.browser.staff import cookies_of

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with server.running() as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """Opens pages as one kind of visitor would and remembers what the console said."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def open(
        self,
        path: str,
        *,
        width: int = 390,
        height: int = 844,
        scheme: str = "light",
        scripts: bool = True,
        staff: str = "",
        **more: Any,
    ) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=scripts,
            locale="fi-FI",
            timezone_id="Europe/Helsinki",
            **more,
        )
        self.contexts.append(context)
        if staff:
            context.add_cookies(cookies_of(self.address, staff))
        page = context.new_page()
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.goto(self.address + path)
        return page

    def _listen(self, message: Any) -> None:
        # A page that is meant to be a refusal is reported by the browser as a failed load of itself.
        meant = any(f"status of {status}" in message.text for status in (404, 405, 410))
        if message.type in {"error", "warning"} and not meant:
            self.complaints.append(f"{message.type}: {message.text}")

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        self.contexts.clear()


@pytest.fixture
def visitor(chromium: Browser, address: str) -> Iterator[Visitor]:
    visitor = Visitor(chromium, address)
    yield visitor
    visitor.close()
    assert not visitor.complaints, visitor.complaints
