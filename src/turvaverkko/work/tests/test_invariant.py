"""Every open item is in exactly one unit's queue, and somebody there sees it (design WORKFLOWS)."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from turvaverkko.access.api import Confidentiality, Grant, StaffActor, Verb, grant, move_matter, staff_actor
from turvaverkko.core import time_source
from turvaverkko.organisation.api import Staff, Unit
from turvaverkko.work.api import Filters, Route, WorkItem, close_item, move_to_unit, queue
from turvaverkko.work.jobs import bring_strays_home
from turvaverkko.work.tests.conftest import KIND, TEST, World

PAGE = 3
UNITS = st.integers(0, 4)
ROLES = st.sampled_from(["service-guide", "worker", "unit-lead", "specialist-consultant", "coordinator"])
LEVELS = st.sampled_from(list(Confidentiality))


@dataclass(frozen=True)
class Plan:
    """A county drawn at random, and what happens in it."""

    parents: list[int | None]
    staff: list[tuple[int, str]]
    routes: list[int]
    items: list[tuple[int, Confidentiality]]
    moves: list[tuple[int, int]]
    closed: list[int]
    grants: list[tuple[int, int]]
    ended_units: list[int]
    left_staff: list[int]


PLANS = st.builds(
    Plan,
    parents=st.lists(st.none() | UNITS, min_size=5, max_size=5),
    staff=st.lists(st.tuples(UNITS, ROLES), min_size=1, max_size=6),
    routes=st.lists(UNITS, min_size=1, max_size=4, unique=True),
    items=st.lists(st.tuples(UNITS, LEVELS), min_size=1, max_size=9),
    moves=st.lists(st.tuples(st.integers(0, 8), UNITS), max_size=4),
    closed=st.lists(st.integers(0, 8), max_size=2),
    grants=st.lists(st.tuples(st.integers(0, 8), st.integers(0, 5)), max_size=4),
    ended_units=st.lists(UNITS, max_size=2),
    left_staff=st.lists(st.integers(0, 5), max_size=3),
)


def build(world: World, plan: Plan) -> None:
    units = []
    for number, parent in enumerate(plan.parents):
        above = units[parent] if parent is not None and parent < number else None
        units.append(world.unit(f"u{number}", parent=above, area=world.area(f"a{number}")))
    people = [world.staff(units[where], role) for where, role in plan.staff]
    world.route(units[plan.routes[0]])
    for number in plan.routes[1:]:
        world.route(units[number], area=world.areas[f"a{number}"])
    items = [world.item(units[where], level) for where, level in plan.items]
    for item, unit in ((items[n], units[where]) for n, where in plan.moves if n < len(items)):
        item.matter = move_matter(TEST, item.matter, unit)
        move_to_unit(item, unit)
    for number, who in ((n, who) for n, who in plan.grants if n < len(items) and who < len(people)):
        grant(TEST, items[number].matter, to=people[who], verb=Verb.SEE, basis=Grant.Basis.MEETING)
    for item in (items[number] for number in plan.closed if number < len(items)):
        close_item(item, state="resolved", outcome="advised")
    yesterday = time_source.today() - timedelta(days=1)
    Unit.objects.filter(pk__in=[units[n].pk for n in plan.ended_units]).update(valid_to=yesterday)
    gone = [people[n].pk for n in plan.left_staff if n < len(people)]
    Staff.objects.filter(pk__in=gone).update(is_active=False)


def pages(actor: StaffActor, filters: Filters) -> list[WorkItem]:
    """The whole queue as somebody pages through it."""
    shown, found = [], queue(actor, filters)
    while page := found[len(shown) : len(shown) + PAGE]:
        shown += page
    assert len(shown) == found.count() == len(found)
    return shown


def check(world: World) -> None:
    actors = [staff_actor(staff) for staff in Staff.objects.filter(is_active=True)]
    units = list(Unit.objects.all())
    seen_in: dict[int, set[int]] = {}
    for actor in actors:
        everything = pages(actor, Filters())
        assert all(count == 1 for count in Counter(item.pk for item in everything).values())
        by_unit = [item for unit in units for item in pages(actor, Filters(units=(unit.public_id,)))]
        assert {item.pk for item in by_unit} == {item.pk for item in everything}
        for item in everything:
            if actor.units_at(item.confidentiality, actor.roles) & {item.unit_id}:
                seen_in.setdefault(item.pk, set()).add(item.unit_id)
    routed = set(Route.objects.filter(kind=KIND).values_list("unit", flat=True))
    staffed, led = staffed_by(actors), staffed_by(actors, only_leads=True)
    for item in WorkItem.objects.filter(closed_at__isnull=True).select_related("matter"):
        assert item.unit_id == item.matter.unit_id
        able = routed & (led or staffed if item.confidentiality > Confidentiality.NORMAL else staffed)
        able = able or routed & staffed
        if able:
            assert item.unit_id in able
        if able and item.confidentiality == Confidentiality.NORMAL:
            assert seen_in[item.pk] == {item.unit_id}
        if item.confidentiality == Confidentiality.RESTRICTED and routed & led:
            assert seen_in[item.pk] == {item.unit_id}


def staffed_by(actors: list[StaffActor], *, only_leads: bool = False) -> set[int]:
    """The units somebody works, read from the people: another way than the product's."""
    roles = {"unit-lead"} if only_leads else {"service-guide", "worker", "unit-lead"}
    return {
        unit for actor in actors for role, units in actor.units_of.items() if role in roles for unit in units
    }


@given(PLANS)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_every_open_item_is_in_the_queue_of_one_unit_that_works(world: World, plan: Plan) -> None:
    with transaction.atomic():
        world.areas.clear()
        build(world, plan)
        bring_strays_home.call()
        check(world)
        before = list(WorkItem.objects.order_by("pk").values_list("pk", "unit"))
        bring_strays_home.call()
        assert list(WorkItem.objects.order_by("pk").values_list("pk", "unit")) == before
        transaction.set_rollback(True)
