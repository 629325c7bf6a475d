"""What is shown is written down, and what did not come through the gate is not shown."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from turvaverkko.access.api import FamilyActor, Matter, Unguarded, seen, visible_to
from turvaverkko.access.testing import give
from turvaverkko.access.tests.conftest import SYSTEM, Town
from turvaverkko.trail.api import AccessEntry, Look


def entries() -> list[tuple[str, ...]]:
    rows = AccessEntry.objects.order_by("pk")
    return list(rows.values_list("matter", "basis", "role", "look", "screen"))


def test_a_list_leaves_a_row_for_each_with_its_ground(town: Town) -> None:
    aino = town.actor("aino", worker=town.oulu)
    here, there = town.matter(), town.matter(town.raahe)
    give(town.people["aino"], there, basis="own-worker")
    rows = seen(
        aino, visible_to(Matter.objects.all(), aino).order_by("id")[:50], Look.LIST, screen="work:queue"
    )
    assert rows == [here, there]
    assert entries() == [
        (here.public_id, "own-unit", "worker", "list", "work:queue"),
        (there.public_id, "own-worker", "worker", "list", "work:queue"),
    ]
    [controller] = set(AccessEntry.objects.values_list("controller", flat=True))
    assert controller == town.oulu.organisation.public_id


def test_a_family_leaves_a_row_too(town: Town) -> None:
    mine = town.matter()
    seen(FamilyActor(mine.public_id), [mine], Look.READ, screen="guidance:thread")
    assert entries() == [(mine.public_id, "receipt-code", "family-member", "read", "guidance:thread")]


def test_a_job_leaves_a_row_too(town: Town) -> None:
    seen(SYSTEM, [town.matter()], Look.EXPORT, screen="reports:export")
    assert AccessEntry.objects.get().basis == "system"


def test_rows_that_did_not_come_through_the_gate_are_not_shown(town: Town) -> None:
    aino = town.actor("aino", worker=town.oulu)
    with pytest.raises(Unguarded, match="1 rows"):
        seen(aino, [town.matter(), town.matter(town.raahe)], Look.LIST, screen="work:queue")
    assert entries() == []


@pytest.mark.parametrize("own", [True, False])
def test_the_number_of_queries_does_not_grow(town: Town, own: bool) -> None:
    aino = town.actor("aino", worker=town.oulu)
    counts = []
    for number in (2, 50):
        for _ in range(number - Matter.objects.count()):
            made = town.matter(town.oulu if own else town.raahe)
            give(town.people["aino"], made)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert (
                len(seen(aino, visible_to(Matter.objects.all(), aino)[:50], Look.LIST, screen="a:b"))
                == number
            )
        counts.append(len([q for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]))
    assert counts == ([3, 3] if own else [4, 4])


def test_nothing_shown_is_nothing_written(town: Town) -> None:
    assert seen(town.actor("aino", worker=town.oulu), Matter.objects.none(), Look.LIST, screen="a:b") == []
    assert entries() == []
