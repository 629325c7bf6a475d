"""Where work goes: routes, the units that can take it, and strays that come home."""

import logging
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from turvaverkko.access.api import Confidentiality, Grant, Verb, current_grants, grant, move_matter
from turvaverkko.core import time_source
from turvaverkko.core.commands import subject_of
from turvaverkko.organisation.api import Organisation, Path, Unit
from turvaverkko.organisation.models import Municipality
from turvaverkko.trail.api import entries_for
from turvaverkko.work.api import (
    assign,
    bring_home,
    close_item,
    item_for,
    move_to_unit,
    routed_units,
    stray_items,
    unit_on_route,
    usable_units,
)
from turvaverkko.work.jobs import bring_strays_home
from turvaverkko.work.tests.conftest import KIND, TEST, World


def end(unit: Unit) -> None:
    unit.valid_to = time_source.today() - timedelta(days=1)
    unit.save()


def moved(unit: Unit, world: World) -> Unit:
    """Where an item of a unit is after the job."""
    item = world.item(unit)
    bring_strays_home.call()
    item.refresh_from_db()
    return item.unit


@pytest.fixture
def duty(world: World) -> Unit:
    made = world.unit("duty")
    world.staff(made)
    world.route(made)
    return made


def test_the_nearest_route_wins_and_an_unstaffed_one_is_passed_by(world: World, duty: Unit) -> None:
    town = Municipality.objects.create(code="998", slug="testikyla", name_fi="Testikylä")
    in_area, in_town = world.unit("area", area=world.area("west")), world.unit("town")
    world.route(in_area, area=world.areas["west"])
    world.route(in_town, municipality=town)
    path = Path(world.county.pk, world.areas["west"].pk, town.pk)

    def chosen() -> Unit:
        route = unit_on_route(KIND, path)
        assert route is not None
        return route.unit

    assert chosen() == duty
    world.staff(in_area, "worker")
    assert chosen() == in_area
    world.staff(in_town, "unit-lead")
    assert chosen() == in_town
    end(in_town)
    assert chosen() == in_area
    assert list(routed_units(KIND)) == [in_area, duty, in_town]


def test_a_coordinator_works_no_queue(world: World) -> None:
    unit = world.unit("office")
    world.staff(unit, "coordinator")
    assert unit.pk not in usable_units()


def test_without_staff_anywhere_the_duty_unit_stands(world: World) -> None:
    unit = world.unit("duty")
    route = world.route(unit)
    assert unit_on_route(KIND, Path(world.county.pk)) == route
    assert unit_on_route("other.kind", Path(world.county.pk)) is None


def test_somebody_of_whom_no_county_is_known_gets_no_routes_of_another(world: World, duty: Unit) -> None:
    assert unit_on_route(KIND, Path()) is None


def test_a_stray_comes_home_and_the_trail_says_so(world: World, duty: Unit) -> None:
    lost = world.unit("lost")
    world.route(lost, area=world.area("north"))
    item, closed = world.item(lost), world.item(lost)
    close_item(closed, state="resolved", outcome="advised")
    worker = world.staff(lost, valid_to=time_source.today() - timedelta(days=1))
    assign(item, worker)
    grant(TEST, item.matter, to=worker, verb=Verb.DECIDE, basis=Grant.Basis.ASSIGNED)
    assert list(stray_items()) == [item]
    bring_strays_home.call()
    item.refresh_from_db()
    closed.refresh_from_db()
    assert (item.unit, item.matter.unit, item.assignee) == (duty, duty, None)
    assert closed.unit == lost
    assert not current_grants(item.matter)
    entry = entries_for(subject_of(item)).get()
    assert (entry.kind, entry.actor, entry.reason) == ("work.bring_home", "system:work-herder", "stray")
    assert entry.payload == {"former": lost.public_id}
    assert not stray_items()


def test_when_the_duty_unit_is_unstaffed_the_nearest_of_the_routes_takes_it(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    duty, lost = world.unit("duty"), world.unit("lost", area=world.area("west"))
    far, near = world.unit("far"), world.unit("near", area=world.areas["west"])
    world.route(duty)
    world.route(far, area=world.area("east"))
    world.route(near, area=world.areas["west"])
    world.staff(far)
    assert moved(lost, world) == far
    world.staff(near)
    with caplog.at_level(logging.WARNING):
        assert moved(lost, world) == near
    assert "reason=duty-unit-unstaffed" in caplog.text
    item = near.items.get()
    assert entries_for(subject_of(item)).get().reason == "stray-duty-unstaffed"


def test_when_nobody_works_anywhere_it_stays_and_the_log_says_so(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    lost = world.unit("lost")
    world.route(lost)
    assert moved(lost, world) == lost
    assert "1 left where they are" in caplog.text


def test_what_left_the_routes_is_a_stray_and_a_kind_without_routes_is_not(world: World, duty: Unit) -> None:
    unit = world.unit("unit")
    world.staff(unit)
    other = world.item(unit)
    other.kind = "plans.review"
    other.save()
    assert moved(unit, world) == duty
    other.refresh_from_db()
    assert other.unit == unit


def test_what_is_kept_closely_goes_to_where_a_lead_is(world: World, duty: Unit) -> None:
    led = world.unit("led")
    world.route(led, area=world.area("west"))
    lead = world.actor(led, "unit-lead")
    item = world.item(duty, Confidentiality.RESTRICTED)
    bring_strays_home.call()
    item.refresh_from_db()
    assert item.unit == led
    assert item_for(lead, item.public_id) == item


def test_a_stray_does_not_change_its_controller(world: World, duty: Unit) -> None:
    other = Organisation.objects.create(
        slug="yhdistys", kind="ngo", name_fi="Testiyhdistys", county=world.county
    )
    lost = world.unit("ngo", organisation=other)
    assert moved(lost, world) == lost


def test_every_item_of_a_matter_moves_with_it(world: World, duty: Unit) -> None:
    unit = world.unit("unit")
    item, second, closed = world.item(unit), world.item(unit), world.item(unit)
    for other in (second, closed):
        other.matter = item.matter
        other.save()
    close_item(closed, state="resolved", outcome="advised")
    with pytest.raises(ValueError, match="where its matter is"):
        move_to_unit(item, duty)
    move_matter(TEST, item.matter, duty)
    move_to_unit(item, duty)
    for other in (second, closed):
        other.refresh_from_db()
        assert other.unit == duty
    former = world.actor(unit)
    assert item_for(former, closed.public_id) is None


def test_only_the_system_or_a_lead_brings_home(world: World, duty: Unit) -> None:
    unit = world.unit("unit")
    item, guide = world.item(unit), world.actor(unit)
    with pytest.raises(PermissionDenied):
        bring_home(guide, item, unit=duty)
