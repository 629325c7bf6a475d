"""Links to help oneself: on the page of a situation and beside a service, each with the day of its check."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from turvaverkko.directory.models import Term
from turvaverkko.directory.staying.models import SelfHelpLink
from turvaverkko.directory.tests.pages_world import MONDAY_MORNING, words_of
from turvaverkko.organisation.api import County

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_county")]
TOPIC = "/aiheet/raivo-riidat-rajat/"


def link(slug: str, *situations: str, **values: object) -> SelfHelpLink:
    row = SelfHelpLink.objects.create(
        slug=slug,
        county=County.objects.get(code="19"),
        **{
            "name": {"fi": f"Apu {slug}", "sv": f"Hjälp {slug}"},
            "text": {"fi": "Apua heti.", "sv": "Hjälp genast."},
            "url": f"https://{slug}.example/",
            "checked_on": date(2026, 11, 20),
            **values,
        },
    )
    row.situations.set(Term.objects.filter(code__in=situations))
    return row


def said(client: Client, path: str) -> str:
    with time_machine.travel(MONDAY_MORNING, tick=False):
        response = client.get(path)
    assert response.status_code == 200
    return words_of(response.content.decode())


@pytest.mark.parametrize("path", [TOPIC, "/palvelut/perheohjaus-kotiin/"])
def test_links_that_fit_stand_on_the_page_with_the_day(client: Client, path: str) -> None:
    assert "Apua heti." not in said(client, path)
    link("yksi", "raivo-riidat-rajat", "uni-ja-jaksaminen", checked_on=date(2026, 10, 1))
    link("kaksi", "raivo-riidat-rajat")
    link("muu", "uni-ja-jaksaminen")
    told = said(client, path)  # a new link is seen at once, though pages are remembered
    assert told.count("Apua heti.") == 2
    assert "Linkit tarkistettu 1.10.2026." in told
    assert "Apu muu" not in told


def test_what_is_dead_or_archived_is_not_shown(client: Client) -> None:
    row = link("yksi", "raivo-riidat-rajat")
    assert "Apu yksi" in said(client, TOPIC)
    for fault in ("is_dead", "archived"):
        SelfHelpLink.objects.update(**{"is_dead": False, "archived": False, fault: True})
        assert "Apu yksi" not in said(client, TOPIC)
    row.delete()


def test_a_language_that_lacks_the_words_reads_them_in_finnish(client: Client) -> None:
    link("yksi", "raivo-riidat-rajat")
    assert "Hjälp yksi" in said(client, f"/sv{TOPIC}")
    with time_machine.travel(MONDAY_MORNING, tick=False):
        html = client.get(f"/ar{TOPIC}").content.decode()
    assert '<span lang="fi" dir="ltr">Apu yksi' in html
