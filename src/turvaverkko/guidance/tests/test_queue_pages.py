"""A queue of three pages: no section begins twice, each says where it goes on; places are told plainly."""

import re
from datetime import datetime, timedelta
from itertools import groupby

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from turvaverkko.access.api import Verb, staff_actor
from turvaverkko.access.testing import give, staff
from turvaverkko.core.time_source import HELSINKI
from turvaverkko.guidance import states
from turvaverkko.guidance.api import take
from turvaverkko.guidance.desk.groups import Part, part_of
from turvaverkko.guidance.desk.rows import part_words
from turvaverkko.guidance.tests.conftest import Cast, send
from turvaverkko.guidance.tests.test_desk_pages import QUEUE_QUERIES, client_of, page_of, path_of, text_of
from turvaverkko.organisation.models import County, Municipality, MunicipalityInCounty
from turvaverkko.work.api import Priority, WorkItem

Clock = time_machine.Traveller
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=HELSINKI)
# How many of each: priority, hours from noon to the end (None: nothing is due), state.
MIXED = (
    (4, Priority.AT_ONCE, 30, states.NEW),
    (9, Priority.SAME_DAY, -5, states.NEW),
    (8, Priority.SAME_DAY, 50, states.TAKEN),
    (31, Priority.NORMAL, -3, states.NEW),
    (6, Priority.NORMAL, 4, states.TAKEN),
    (7, Priority.NORMAL, 28, states.NEW),
    (20, Priority.NORMAL, 60, states.NEW),
    (11, Priority.NORMAL, None, states.IN_CONTACT),
    (3, Priority.SAME_DAY, None, states.IN_CONTACT),
    (17, Priority.NORMAL, None, states.WAITING_FAMILY),
    (4, Priority.SAME_DAY, None, states.WAITING_FAMILY),
)
TOTALS = {
    "Kiireelliset": 21,
    "Lupaus ylittynyt": 31,
    "Tänään": 6,
    "Huomenna": 7,
    "Myöhemmin": 20,
    "Vastattu, asia kesken": 14,
    "Odottaa perhettä": 21,
}


def fill(clock: Clock) -> None:
    """Make 120 requests, those of every kind spread over the whole order of arrival."""
    clock.move_to(NOON)
    kinds = [kind for kind in MIXED for _number in range(kind[0])]
    order = [kinds[(number * 37) % len(kinds)] for number in range(len(kinds))]
    assert len(order) == 120
    for number, (_many, priority, hours, state) in enumerate(order):
        item = send().request.item
        due = None if hours is None else NOON + timedelta(hours=hours, seconds=number)
        WorkItem.objects.filter(pk=item.pk).update(priority=priority, next_due=due, state=state)


def sections(page: str) -> list[tuple[str, str, list[str]]]:
    """Return (title, its number, ids of its rows) of a page."""
    found = []
    for part in re.findall(r'<section class="grp.*?</section>', page, re.DOTALL):
        title, number = (
            text_of(one).strip() for one in re.findall(r"<span[^>]*>(.*?)</span>\s*(?=<)", part)[:2]
        )
        found.append((title, number, re.findall(r'data-row="([^"]+)"', part)))
    return found


@pytest.mark.parametrize("by_grant", [False, True], ids=["own unit", "by grant"])
def test_no_section_begins_twice_and_each_row_stands_once(cast: Cast, clock: Clock, by_grant: bool) -> None:
    fill(clock)
    actor = cast.maija
    if by_grant:
        guide = staff("vieras@example.invalid", service_guide=cast.other_unit)
        for item in WorkItem.objects.select_related("matter"):
            give(guide, item.matter, Verb.DECIDE)
        actor = staff_actor(guide)
    client = client_of(actor)
    pages = [sections(page_of(client, f"/tyo/jono/?sivu={number}")) for number in (1, 2, 3)]
    rows = [(title, row) for page in pages for title, _number, rows in page for row in rows]
    assert len({row for _title, row in rows}) == len(rows) == 120
    in_order = [(title, len(list(same))) for title, same in groupby(rows, key=lambda one: one[0])]
    assert in_order == list(TOTALS.items())
    assert [sum(len(rows) for _t, _n, rows in page) for page in pages] == [50, 50, 20]
    assert [[(title, number) for title, number, _rows in page] for page in pages] == [
        [("Kiireelliset", "21"), ("Lupaus ylittynyt", "29 / 31, jatkuu seuraavalla sivulla")],
        [
            ("Lupaus ylittynyt", "30–31 / 31, jatkoa edelliseltä sivulta"),
            ("Tänään", "6"),
            ("Huomenna", "7"),
            ("Myöhemmin", "20"),
            ("Vastattu, asia kesken", "14"),
            ("Odottaa perhettä", "1 / 21, jatkuu seuraavalla sivulla"),
        ],
        [("Odottaa perhettä", "2–21 / 21, jatkoa edelliseltä sivulta")],
    ]


def test_tabs_and_bar_count_the_late_ones_also_among_the_urgent(cast: Cast, clock: Clock) -> None:
    fill(clock)
    client = client_of(cast.maija)
    page = page_of(client, "/tyo/jono/?nayta=myohassa")
    assert dict(re.findall(r">(Kaikki|Myöhässä) <span class=\"num\">(\d+)<", page)) == {
        "Kaikki": "120",
        "Myöhässä": "40",
    }
    assert [(title, len(rows)) for title, _number, rows in sections(page)] == [
        ("Kiireelliset", 9),
        ("Lupaus ylittynyt", 31),
    ]
    assert "40 lupausta on ylittynyt." in text_of(page_of(client, "/tyo/"))


@pytest.mark.parametrize("page", [1, 2, 3])
def test_every_page_of_a_long_queue_is_cheap(cast: Cast, clock: Clock, page: int) -> None:
    fill(clock)
    client = client_of(cast.maija)
    page_of(client, "/tyo/jono/")
    with CaptureQueriesContext(connection) as asked:
        page_of(client, f"/tyo/jono/?sivu={page}")
    plain = [one["sql"] for one in asked.captured_queries]
    plain = [sql for sql in plain if not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
    assert len(plain) <= QUEUE_QUERIES, "\n".join(plain)


@pytest.mark.parametrize(
    ("before", "total", "page", "words"),
    [
        pytest.param(0, 50, range(50), "", id="exactly a page"),
        pytest.param(0, 51, range(50), "50 / 51, jatkuu seuraavalla sivulla", id="one too many"),
        pytest.param(0, 51, range(50, 100), "51–51 / 51, jatkoa edelliseltä sivulta", id="the one"),
        pytest.param(
            20,
            200,
            range(50, 100),
            "31–80 / 200, jatkoa edelliseltä sivulta ja jatkuu seuraavalla",
            id="all of the page",
        ),
        pytest.param(60, 7, range(50, 100), "", id="in the middle"),
    ],
)
def test_what_of_a_section_is_on_a_page(before: int, total: int, page: range, words: str) -> None:
    assert part_words(part_of(before, total, page)) == words
    assert isinstance(part_of(before, total, page), Part)


@pytest.fixture
def elsewhere() -> str:
    """A municipality of another county."""
    county = County.objects.create(code="97", slug="muualla", name_fi="Muualla")
    place = Municipality.objects.create(code="997", slug="kaukola", name_fi="Kaukola", name_sv="Fjärrby")
    MunicipalityInCounty.objects.create(county=county, municipality=place, valid_from="2023-01-01")
    return place.slug


def test_a_place_elsewhere_or_unknown_is_told_plainly(cast: Cast, clock: Clock, elsewhere: str) -> None:
    unknown, away, home = send(municipality=""), send(municipality=elsewhere), send()
    client = client_of(cast.lead)
    away_words = "Kaukola, ei tämän hyvinvointialueen kunta"
    for path in ("/tyo/jono/", "/tyo/tiimi/"):
        text = text_of(page_of(client, path))
        assert text.count(away_words) == text.count("paikka ei tiedossa") == 1, path
        assert "Kajaani ·" in text
    page = text_of(page_of(client, path_of(away.request)))
    assert f"Pyyntö: {away_words}" in page
    assert "Kaukola ei kuulu tähän hyvinvointialueeseen." in page
    page = text_of(page_of(client, path_of(unknown.request)))
    assert "Pyyntö: paikka ei tiedossa" in page
    assert "Perhe ei kertonut paikkaa." in page
    assert "hyvinvointialueen kunta" not in page
    assert "Pyyntö: Kajaani" in text_of(page_of(client, path_of(home.request)))


def test_a_request_from_elsewhere_is_handled_like_any_other(cast: Cast, clock: Clock, elsewhere: str) -> None:
    request = send(municipality=elsewhere).request
    take(cast.maija, request)
    client = client_of(cast.maija)
    client.post(path_of(request, "odota/"), {"asti": ""})
    clock.shift(timedelta(days=3))
    client = client_of(cast.maija)
    assert (
        client.post(path_of(request, "tavoitettu/"), {"keino": "call", "tavoitettu": "yes"}).status_code
        == 303
    )
    assert 'data-row="' in page_of(client, f"/tyo/jono/?kunta={elsewhere}")
