"""A signed-in member of staff for the browser: through the real pages, with the keys of the demo."""

import re
import time
import urllib.parse
import urllib.request
from functools import cache
from http.cookiejar import CookieJar
from typing import Any

import pyotp
from playwright.sync_api import Page

from turvaverkko.core import time_source
from turvaverkko.organisation.sign_in.demo import PASSWORD, secret_of
from turvaverkko.organisation.sign_in.rules import STEP

# Accounts of the demo, one for each kind of use: a code is good once, so two uses at once would wait.
LEAD = "esihenkilo.oulu@example.invalid"
CONSULTANT = "konsultti@example.invalid"
GUIDE = "palveluohjaaja.oulu@example.invalid"
ADMINISTRATOR = "yllapitaja@example.invalid"
EDITOR = "sisallontuottaja@example.invalid"
DIRECTOR = "johtaja@example.invalid"
OTHER_GUIDE = "palveluohjaaja.lakeus@example.invalid"


def code_of(email: str) -> str:
    return pyotp.TOTP(secret_of(email)).now()


def next_code(email: str) -> str:
    """The code after the present one, when it has come: the present one may have been used."""
    time.sleep(STEP - time_source.now().timestamp() % STEP + 0.2)
    return code_of(email)


class Desk:
    """Signs in without a browser."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def send(self, path: str, **fields: str) -> str:
        data = urllib.parse.urlencode(fields).encode() if fields else None
        with self.opener.open(self.address + path, data, timeout=20) as answer:
            return answer.read().decode()

    def sign_in(self, email: str) -> None:
        form = self.send("/kirjaudu/")
        for code in (code_of, next_code, next_code):
            page = self.send(
                "/kirjaudu/",
                csrfmiddlewaretoken=hidden(form, "csrfmiddlewaretoken"),
                email=email,
                password=PASSWORD,
            )
            fields = {name: hidden(page, name) for name in ("csrfmiddlewaretoken", "challenge")}
            page = self.send("/kirjaudu/koodi/", **fields, code=code(email))
            if any(cookie.name == "istunto" for cookie in self.jar):
                return
            form = page
        raise AssertionError(f"{email} could not sign in")


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name} on the page"
    return found[1]


def prove(page: Page, email: str) -> None:
    """Give a code where a page wants one first: a long run has signed in more than five minutes ago."""
    for code in (code_of, next_code, next_code):
        if "/kirjaudu/vahvista/" not in page.url:
            return
        page.fill("#code", code(email))
        with page.expect_navigation():
            page.keyboard.press("Enter")


@cache  # a session of ten hours serves a whole run
def cookies_of(address: str, email: str) -> list[dict[str, Any]]:
    """The cookies of a signed-in browser, as Playwright takes them."""
    desk = Desk(address)
    desk.sign_in(email)
    return [{"name": one.name, "value": one.value or "", "url": address} for one in desk.jar]
