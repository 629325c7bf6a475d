"""The administrator's page of what has stopped: looked at full and empty, and used without scripts."""

import gzip
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.server import environment
from tests.browser.staff import ADMINISTRATOR
from tests.browser.test_every_page import MATRIX
from tests.browser.test_staff_pages import HTML, faults
from tests.turns import one_at_a_time

PATH = "/tyo/yllapito/pysahtyneet/"
# Rows that only this page shows. The longest names of the product, so that nothing sticks out at 320 px.
FILL = """
import django; django.setup()
from turvaverkko.core import time_source
from turvaverkko.core.models import Job
from turvaverkko.notices.api import Notice
now = time_source.now()
Job.objects.filter(state="dead").delete()
Notice.objects.filter(key__startswith="browser-test").delete()
for n, (name, error) in enumerate([
    ("turvaverkko.guidance.jobs.purge_contact_details", "django.db.utils.OperationalError at base.py:105"),
    ("turvaverkko.trail.jobs.seal_access_log", "turvaverkko.core.jobs.LeaseExpired"),
    ("turvaverkko.gone.entirely", "builtins.ModuleNotFoundError at importlib.py:1"),
] * 8):
    Job.objects.create(name=name, state="dead", last_error=error, attempts=n + 1, finished_at=now)
for n, template in enumerate(["to-read", "received", "work-waiting"]):
    Notice.objects.create(key=f"browser-test-{n}", template=template, purpose="test", language="fi", channel="mail",
                          state="dead", because="smtp-550", attempts=3, due_at=now, ended_at=now)
"""
EMPTY = FILL.split("for n, (name", maxsplit=1)[0]


@pytest.fixture(autouse=True)
def _by_turns() -> Iterator[None]:
    """All processes of a run share one installation: what stopped in it is filled and emptied by one at a time."""
    with one_at_a_time("upkeep-page"):
        yield


def in_the_product(program: str) -> None:
    subprocess.run([sys.executable, "-c", program], check=True, env=environment())


@pytest.mark.parametrize(("language", "scheme", "width"), MATRIX)
@pytest.mark.parametrize("state", ["full", "empty"])
def test_the_page(visitor: Visitor, state: str, language: str, scheme: str, width: int) -> None:
    in_the_product(FILL if state == "full" else EMPTY)
    path = PATH if language == "fi" else f"/{language}{PATH}"
    page = visitor.open(path, width=width, scheme=scheme, staff=ADMINISTRATOR)
    assert page.url.endswith(path)
    for _ in range(3):  # the worker of a product of this run may stop something meanwhile
        if state == "full" or not page.locator("main h3").count():
            break
        in_the_product(EMPTY)
        page.reload()
    assert page.locator("main h3").count() == (20 if state == "full" else 0)
    assert faults(page) == []
    for fold in page.locator("main details").all()[:2]:
        fold.locator("summary").click()
    assert faults(page) == []
    assert len(gzip.compress(page.content().encode())) <= HTML


def test_a_job_is_put_aside_and_others_sent_again_without_scripts(visitor: Visitor) -> None:
    in_the_product(FILL)
    page = visitor.open("/tyo/oma-tili/", width=320, scripts=False, staff=ADMINISTRATOR)
    page.locator(f'main a[href="{PATH}"]').click()
    first = page.locator("main li:has(h3)").first
    kept = first.locator('input[name="tunnus"]').first.input_value()
    first.locator("summary").click()
    first.locator('form[action$="/sivuun/"] button').click()
    expect(page.get_by_role("alert")).to_be_visible()
    visitor.complaints.clear()  # the browser reports the 400 that was meant
    again = page.locator(f'main li:has(input[value="{kept}"])')
    again.locator("select").select_option("outdated")
    again.locator('form[action$="/sivuun/"] button').click()
    page.wait_for_url(re.compile("tehty=sivuun"))
    assert kept not in page.content()
    expect(page.get_by_role("status")).to_contain_text("Siirrettiin sivuun")
