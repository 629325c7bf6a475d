"""Happenings in the search: found by name, place and who comes; with their next time; gone when over."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client

from turvaverkko.core.jobs.testing import drain
from turvaverkko.core.time_source import HELSINKI
from turvaverkko.directory.jobs import lay_out_happenings
from turvaverkko.directory.models import Happening, Occurrence
from turvaverkko.directory.search import api as search
from turvaverkko.directory.tests import happenings_world, pages_world
from turvaverkko.directory.tests.pages_world import MONDAY_MORNING, words_of

JANUARY = datetime(2027, 1, 11, 9, tzinfo=HELSINKI)


@pytest.fixture(autouse=True)
def _searchable(small_county: None) -> Iterator[None]:
    with time_machine.travel(MONDAY_MORNING, tick=False):
        happenings_world.build()
        pages_world.index()
        yield


def found(words: str, **wanted: object) -> list[str]:
    return [hit.key for hit in search.search(words, **wanted).hits]  # type: ignore[arg-type]


def test_a_happening_is_found_by_its_name_its_place_and_who_comes() -> None:
    assert found("läksytupa")[0] == "happening/laksytupa"
    assert "happening/laksytupa" in found("perhenurkka")
    assert found("terveydenhoitaja")[0] == "happening/hoitaja-tuvalla"
    assert found("tisdagens familjecafé", language="sv")[0] == "happening/perhekahvila"
    hit = search.search("läksytupa").hits[0]
    assert (hit.min_age, hit.max_age, hit.municipalities) == (7, 12, ("kempele",))
    assert hit.facets["kind"] == ["happening"]


def test_what_is_over_or_at_a_confidential_place_is_not_found() -> None:
    assert "happening/syyskerho" not in found("syyskerho")
    assert "happening/salakerho" not in found("salakerho")


def test_a_result_tells_the_next_time(client: Client) -> None:
    html = client.get("/palvelut/?q=läksytupa").content.decode()
    assert "tänään 14–16" in words_of(html)
    assert 'href="/tapahtumat/laksytupa/"' in html
    Occurrence.objects.filter(happening__slug="laksytupa").delete()
    assert 'href="/tapahtumat/laksytupa/"' not in client.get("/palvelut/?q=läksytupa").content.decode()


def test_a_change_is_found_when_it_is_indexed_again() -> None:
    row = Happening.objects.get(slug="laksytupa")
    row.texts.filter(kind="name").update(value="Soppakerho")
    search.index_entry("happening/laksytupa")
    assert found("soppakerho")[0] == "happening/laksytupa"
    Happening.objects.filter(pk=row.pk).update(state="hidden")
    search.index_entry("happening/laksytupa")
    assert "happening/laksytupa" not in found("soppakerho")


def test_every_night_times_follow_the_school_breaks_and_what_is_over_is_forgotten() -> None:
    cafe = Happening.objects.get(slug="perhekahvila")
    cafe.occurrences.filter(day=date(2026, 12, 15)).delete()
    for number in range(25):
        pages_world.happening(f"muu-{number}", f"Muu {number}")
    lay_out_happenings.enqueue()
    assert len(drain()) == 2  # more than one job's worth
    assert cafe.occurrences.filter(day=date(2026, 12, 15)).exists()
    assert "happening/perhekahvila" in found("perhekahvila")
    with time_machine.travel(JANUARY, tick=False):
        lay_out_happenings.enqueue()
        drain()
        assert "happening/perhekahvila" not in found("perhekahvila")
        assert "happening/laksytupa" in found("läksytupa")


def test_a_night_without_changes_writes_no_times() -> None:
    lay_out_happenings.enqueue()
    drain()
    before = list(Occurrence.objects.order_by("pk").values())
    lay_out_happenings.enqueue()
    drain()
    assert list(Occurrence.objects.order_by("pk").values()) == before
