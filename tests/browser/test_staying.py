"""The page behind a letter's link and the pages of editors: looked at full and empty, used without scripts."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import Visitor
from tests.browser.server import environment
from tests.browser.staff import EDITOR
from tests.browser.test_every_page import MATRIX, overflow, small_targets
from tests.browser.test_staff_pages import faults, scrambled_in_arabic
from tests.turns import one_at_a_time

CORRECTIONS = "/tyo/sisallot/korjaukset/"
QUALITY = "/koordinaatio/sisallot/"
EMPTY = """
import django; django.setup()
from datetime import timedelta
from turvaverkko.core import time_source
from turvaverkko.directory.models import Place
from turvaverkko.directory.staying.models import Answer, Ask, Correction
from turvaverkko.directory.staying.tokens import token_of
from turvaverkko.organisation.api import Organisation
now, today = time_source.now(), time_source.today()
kept = Place.objects.filter(operators__organisation__slug="oulu-kunta")
Answer.objects.all().delete()
Correction.objects.all().delete()
Place.objects.filter(pk__in=kept).update(confirmed_on=today, state="published")
ask = Ask.objects.create(organisation=Organisation.objects.get(slug="oulu-kunta"), step="ask")
"""
FILL = (
    EMPTY
    + """
Place.objects.filter(pk__in=list(kept.values_list("pk", flat=True)[:3])).update(confirmed_on=today - timedelta(days=100))
last = kept.last()
Correction.objects.create(organisation=ask.organisation, about="place", listing=last.public_id, has_ended=True, due_at=now,
                          words="Ovi on " + "siirtynyt " * 20, contact="esimerkki@oulu.example")
"""
)
TELL = "print('/vahvista/' + token_of(ask.public_id) + '/')"


@pytest.fixture(autouse=True)
def _by_turns() -> Iterator[None]:
    """All processes of a run share one installation: one at a time changes what is due in it."""
    with one_at_a_time("staying"):
        yield
        in_the_product(EMPTY)


def in_the_product(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, env=environment(), stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip()


@pytest.mark.parametrize(("language", "scheme", "width"), MATRIX)
@pytest.mark.parametrize("state", ["full", "empty"])
def test_the_page_of_a_letter(visitor: Visitor, state: str, language: str, scheme: str, width: int) -> None:
    path = in_the_product((FILL if state == "full" else EMPTY) + TELL)
    page = visitor.open(path if language == "fi" else f"/{language}{path}", width=width, scheme=scheme)
    for fold in page.locator("main details").all()[:2]:
        fold.locator("summary").click()
    found = [*violations(page), *overflow(page), *small_targets(page), *scrambled_in_arabic(page)]
    assert found == []
    assert page.locator("main form").count() == (10 if state == "full" else 0)
    assert page.context.cookies() == []


@pytest.mark.parametrize(("language", "scheme", "width"), MATRIX)
@pytest.mark.parametrize("path", [CORRECTIONS, QUALITY, f"{QUALITY}vanhentuneet/", f"{QUALITY}linkit/"])
def test_the_pages_of_editors(visitor: Visitor, path: str, language: str, scheme: str, width: int) -> None:
    in_the_product(FILL)
    address = path if language == "fi" else f"/{language}{path}"
    page = visitor.open(address, width=width, scheme=scheme, staff=EDITOR)
    assert page.url.endswith(address)
    assert faults(page) == []


def test_a_letter_is_answered_without_scripts_at_phone_width(visitor: Visitor) -> None:
    page = visitor.open(in_the_product(FILL + TELL), width=320, scripts=False)
    name = page.locator("main section h2 a").first.inner_text()
    page.get_by_role("button", name="Pitää paikkansa", exact=True).first.click()
    expect(page.get_by_role("status")).to_contain_text(name)
    page.get_by_role("button", name="Kumoa").click()
    expect(page.locator("main section h2 a").first).to_have_text(name)
    section = page.locator("main section", has_text=name).first
    section.locator("summary", has_text="Jokin on muuttunut").click()
    section.get_by_role("button", name="Lähetä muutos").click()
    expect(page.locator(".errs")).to_be_visible()
    visitor.complaints.clear()  # the browser reports the 400 that was meant
    page.locator("textarea:visible").fill("Avaamme jo kello 9.")
    page.get_by_role("button", name="Lähetä muutos").first.click()
    expect(page.locator("main")).to_contain_text("Korjaus on työn alla")
    page.get_by_role("button", name="Kaikki pitävät paikkansa").click()
    expect(page.get_by_role("status")).to_contain_text("Vahvistit")
