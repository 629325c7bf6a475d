"""What is shown is written down, and what did not come through the gate is not shown."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from turvaverkko.access.api import FamilyActor, Matter, Unguarded, break_glass, seen, visible_to
from turvaverkko.access.testing import give
from turvaverkko.access.tests.conftest import SYSTEM, Town
from turvaverkko.organisation.api import Unit
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


def units_of_entries() -> list[str]:
    return list(AccessEntry.objects.order_by("pk").values_list("unit", flat=True))


def test_the_row_names_the_unit_in_which_somebody_looked(town: Town) -> None:
    below = Unit.objects.create(
        slug="alla", name_fi="Alla", organisation=town.oulu.organisation, parent=town.oulu
    )
    aino = town.actor("aino", worker=town.oulu)
    mine, deeper, by_name, by_unit = (
        town.matter(),
        town.matter(below),
        town.matter(town.raahe),
        town.matter(town.raahe),
    )
    give(town.people["aino"], by_name, basis="own-worker")
    give(below, by_unit, basis="consultation")
    seen(aino, visible_to(Matter.objects.all(), aino).order_by("id")[:50], Look.LIST, screen="work:queue")
    assert dict(AccessEntry.objects.values_list("matter", "unit")) == {
        mine.public_id: town.oulu.public_id,
        deeper.public_id: below.public_id,
        by_name.public_id: town.oulu.public_id,
        by_unit.public_id: below.public_id,
    }


def test_who_works_in_two_units_looks_in_neither_by_a_grant_of_their_own(town: Town) -> None:
    both = town.actor("aino", worker=town.oulu, unit_lead=town.abroad)
    there = town.matter(town.raahe)
    give(town.people["aino"], there)
    seen(both, [there], Look.READ, screen="a:b")
    seen(both, [town.matter()], Look.READ, screen="a:b")
    assert units_of_entries() == ["", town.oulu.public_id]


def test_the_unit_is_that_of_the_role_that_opens_the_kind(town: Town) -> None:
    aino = town.actor("aino", worker=town.oulu, content_editor=town.abroad)
    there = town.matter(town.raahe)
    give(town.people["aino"], there)
    seen(aino, [there], Look.READ, screen="a:b")
    assert units_of_entries() == [town.oulu.public_id]


def test_an_emergency_opening_names_the_unit_of_who_opened(town: Town) -> None:
    break_glass(town.actor("aino", worker=town.oulu), town.matter(town.raahe), reason="Lapsi on vaarassa.")
    assert units_of_entries() == [town.oulu.public_id]


def test_families_and_jobs_look_in_no_unit(town: Town) -> None:
    mine = town.matter()
    seen(FamilyActor(mine.public_id), [mine], Look.READ, screen="a:b")
    seen(SYSTEM, [mine], Look.EXPORT, screen="a:b")
    assert units_of_entries() == ["", ""]


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
    assert counts == ([3, 3] if own else [5, 5])


def test_nothing_shown_is_nothing_written(town: Town) -> None:
    assert seen(town.actor("aino", worker=town.oulu), Matter.objects.none(), Look.LIST, screen="a:b") == []
    assert entries() == []
