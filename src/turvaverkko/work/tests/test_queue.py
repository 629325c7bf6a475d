"""The queue as somebody sees it: order, pages, filters, and how many queries it takes."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from turvaverkko.access.api import Confidentiality, FamilyActor, Grant, StaffActor, Verb, grant, staff_actor
from turvaverkko.core import time_source
from turvaverkko.organisation.api import Unit
from turvaverkko.work.api import (
    Filters,
    Line,
    Priority,
    WorkItem,
    assign,
    close_item,
    foremost_of,
    item_for,
    lines_of,
    load,
    move_state,
    queue,
    set_priority,
)
from turvaverkko.work.tests.conftest import TEST, World


def due_in(item: WorkItem, hours: int | None) -> WorkItem:
    item.next_due = None if hours is None else time_source.now() + timedelta(hours=hours)
    item.save()
    return item


def keys(items: Iterable[WorkItem | Line]) -> list[int]:
    return [item.pk for item in items]


@pytest.fixture
def guide(world: World, unit: Unit) -> StaffActor:
    return world.actor(unit)


def test_the_most_urgent_is_first_and_what_has_no_deadline_last(
    world: World, unit: Unit, guide: StaffActor
) -> None:
    still, later, sooner = (due_in(world.item(unit), hours) for hours in (None, 5, 3))
    urgent = due_in(world.item(unit), 9)
    set_priority(urgent, Priority.AT_ONCE)
    elsewhere = world.item(world.unit("elsewhere"))
    grant(TEST, elsewhere.matter, to=unit, verb=Verb.SEE, basis=Grant.Basis.REFERRAL)
    due_in(elsewhere, 4)
    found = queue(guide, Filters())
    assert keys(found[:]) == keys([urgent, sooner, elsewhere, later, still])
    assert (keys(found[1:3]), found[2].pk, found[9:12]) == (keys([sooner, elsewhere]), elsewhere.pk, [])
    assert (len(found), found.count(), bool(found)) == (5, 5, True)
    with pytest.raises(IndexError):
        found[5]
    for wrong in (slice(-1, None), slice(None, -1), slice(0, 4, 2)):
        with pytest.raises(ValueError, match="from its beginning"):
            found[wrong]


def test_a_grant_beside_the_own_unit_shows_an_item_once(world: World, unit: Unit) -> None:
    staff = world.staff(unit)
    item = world.item(unit)
    grant(TEST, item.matter, to=staff, verb=Verb.DECIDE, basis=Grant.Basis.ASSIGNED)
    assert keys(queue(staff_actor(staff), Filters())) == [item.pk]


def test_closed_items_come_the_latest_first(world: World, unit: Unit, guide: StaffActor) -> None:
    items = [world.item(unit) for _ in range(3)]
    elsewhere = world.item(world.unit("elsewhere"))
    grant(TEST, elsewhere.matter, to=unit, verb=Verb.SEE, basis=Grant.Basis.REFERRAL)
    for item in (items[1], elsewhere, items[0]):
        close_item(item, state="resolved", outcome="advised")
    found = queue(guide, Filters(closed=True))
    assert (keys(found[:]), found.count()) == (keys([items[0], elsewhere, items[1]]), 3)
    assert keys(found[1:2]) == [elsewhere.pk]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(kinds=("guidance.request",)), "ab"),
        (Filters(kinds=("plans.review",)), ""),
        (Filters(states=("taken",)), "b"),
        (Filters(municipalities=("oulu",)), "a"),
        (Filters(topics=("ero",)), "b"),
        (Filters(languages=("sv",)), "b"),
        (Filters(channels=("web",)), "a"),
        (Filters(late=True), "a"),
        (Filters(mine=True), "b"),
        (Filters(free=True), "a"),
    ],
    ids=str,
)
@pytest.mark.parametrize("by_grant", [False, True], ids=["own unit", "by grant"])
def test_every_filter_narrows(world: World, unit: Unit, filters: Filters, found: str, by_grant: bool) -> None:
    staff = world.staff(unit)
    at = world.unit("elsewhere") if by_grant else unit
    first = due_in(world.item(at, municipality="oulu", topic="vauva", language="fi", channel="web"), -1)
    second = world.item(at, municipality="liminka", topic="ero", language="sv", channel="phone")
    if by_grant:
        for item in (first, second):
            grant(TEST, item.matter, to=unit, verb=Verb.SEE, basis=Grant.Basis.REFERRAL)
    move_state(second, "taken")
    assign(second, staff)
    names = {first.pk: "a", second.pk: "b"}
    assert "".join(names[item.pk] for item in queue(staff_actor(staff), filters)) == found


def test_strangers_families_and_the_restricted(world: World, unit: Unit, guide: StaffActor) -> None:
    item, close = world.item(unit), world.item(unit, Confidentiality.RESTRICTED)
    stranger, lead = world.actor(world.unit("elsewhere")), world.actor(unit, "unit-lead")
    assert keys(queue(guide, Filters())) == [item.pk]
    assert sorted(keys(queue(lead, Filters()))) == sorted(keys([item, close]))
    for nobody in (stranger, FamilyActor(item.matter.public_id), world.actor(unit, "coordinator")):
        assert not queue(nobody, Filters())
        assert queue(nobody, Filters())[:] == []
    assert item_for(stranger, item.public_id) is None
    assert item_for(guide, close.public_id) is None
    assert item_for(guide, item.public_id, Verb.ASSIGN) is None
    assert item_for(lead, item.public_id, Verb.ASSIGN) == item


def test_a_line_tells_what_its_item_is_and_who_has_it(world: World, unit: Unit, guide: StaffActor) -> None:
    staff = world.staff(unit)
    taken, free = due_in(world.item(unit, topic="ero"), 3), world.item(unit)
    assign(taken, staff)
    first, second = queue(guide, Filters())
    assert (first.unit, first.unit_id, first.topic) == (unit.public_id, unit.pk, "ero")
    assert (first.next_due, first.assignee_id, first.assignee) == (
        taken.next_due,
        staff.pk,
        staff.display_name,
    )
    assert (second.pk, second.assignee_id, second.assignee) == (free.pk, None, None)
    assert lines_of([free.pk, 0, taken.pk]) == [second, first]


def test_load_counts_what_the_lead_sees(world: World, unit: Unit) -> None:
    staff = world.staff(unit)
    for level in Confidentiality:
        assign(world.item(unit, level), staff)
    world.item(unit)
    close_item(world.item(unit), state="resolved", outcome="advised")
    world.item(world.unit("elsewhere"))
    assert load([unit.pk]) == [(staff.pk, 2), (None, 1)]


@pytest.mark.parametrize("number", [2, 60])
def test_a_page_takes_the_same_queries_however_long_it_is(
    world: World, unit: Unit, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    staff = world.staff(unit, "unit-lead")
    for _ in range(number):
        world.promise(world.item(unit), time_source.now())
    with django_assert_max_num_queries(6):
        found = queue(staff_actor(staff), Filters())
        page = found[:50]
        deadlines = foremost_of(page)
        shown = [(item.unit, item.assignee, deadlines[item.pk]) for item in page]
        assert all(deadline for _unit, _assignee, deadline in shown)
    assert (len(shown), found.count()) == (min(number, 50), number)
