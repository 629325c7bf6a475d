"""Who sees what: ended things give nothing at the next request, hidden things are for persons only."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import DjangoAssertNumQueries

from turvaverkko.access.api import (
    Confidentiality,
    FamilyActor,
    Matter,
    Role,
    StaffActor,
    Verb,
    actor_of,
    basis_of,
    branches,
    may,
    staff_actor,
    visible_to,
)
from turvaverkko.access.testing import give
from turvaverkko.access.tests.conftest import SYSTEM, Town
from turvaverkko.core import time_source
from turvaverkko.core.actors import ANONYMOUS

YESTERDAY = timedelta(days=-1)


def sees(actor: object, matter: Matter, verb: Verb = Verb.SEE) -> bool:
    by_gate = visible_to(Matter.objects.filter(pk__in=[matter.pk]), actor, verb).exists()
    assert by_gate is may(actor, verb, matter)
    assert by_gate is visible_to(Matter.objects.filter(pk=matter.pk), actor, verb).exists()
    assert by_gate is any(part.exists() for part in branches(Matter.objects.all(), actor, verb))
    return by_gate


def test_a_worker_sees_the_own_units_matter_and_no_other(town: Town) -> None:
    aino = town.actor("aino", worker=town.oulu)
    assert sees(aino, town.matter())
    Matter.objects.all().delete()
    assert not sees(aino, town.matter(town.raahe))


def test_a_restricted_matter_is_the_leads_and_a_hidden_one_nobodys(town: Town) -> None:
    aino, leena = town.actor("aino", worker=town.oulu), town.actor("leena", unit_lead=town.oulu)
    kept = town.matter(confidentiality=Confidentiality.RESTRICTED)
    assert (sees(aino, kept), sees(leena, kept)) == (False, True)
    kept.delete()
    hidden = town.matter(confidentiality=Confidentiality.HIDDEN)
    give(town.oulu, hidden, Verb.ADMINISTER)
    assert not sees(aino, hidden)
    assert not sees(leena, hidden)
    give(town.people["aino"], hidden)
    assert sees(aino, hidden)
    assert not sees(leena, hidden)


def test_a_grant_to_a_unit_does_not_reach_who_only_coordinates_there(town: Town) -> None:
    """Worker in Oulu, coordinator in Raahe: a grant to Raahe is not for them."""
    actor = town.actor("aino", worker=town.oulu, coordinator=town.raahe)
    given = town.matter(town.abroad)
    give(town.raahe, given)
    assert not sees(actor, given)


def test_a_restricted_matter_granted_to_a_unit_opens_to_its_lead_alone(town: Town) -> None:
    given = town.matter(town.abroad, confidentiality=Confidentiality.RESTRICTED)
    give(town.oulu, given)
    assert not sees(town.actor("aino", worker=town.oulu), given)
    assert sees(town.actor("leena", unit_lead=town.oulu), given)


@pytest.mark.parametrize("ending", ["role", "unit", "organisation", "account"])
def test_what_has_ended_gives_nothing_at_the_next_request(town: Town, ending: str) -> None:
    aino = town.person("aino", worker=town.oulu)
    here, granted = town.matter(), town.matter(town.raahe)
    give(aino, granted)
    assert may(staff_actor(aino), Verb.SEE, here)
    over = time_source.today() + YESTERDAY
    if ending == "role":
        aino.roles.update(valid_to=over)
    elif ending == "account":
        aino.is_active = False
    else:
        thing = town.oulu if ending == "unit" else town.oulu.organisation
        thing.valid_to = over
        thing.save()
    now = staff_actor(aino)
    assert now.roles == frozenset()
    assert not may(now, Verb.SEE, here)
    assert not may(now, Verb.SEE, granted)


@pytest.mark.parametrize(("starts", "ends"), [(-2, -1), (1, 2), (-2, 0)])
def test_a_grant_holds_from_its_beginning_until_its_end(town: Town, starts: int, ends: int) -> None:
    aino = town.actor("aino", worker=town.oulu)
    elsewhere = town.matter(town.raahe)
    now = time_source.now()
    dates = {"starts_at": now + timedelta(hours=starts), "ends_at": now + timedelta(hours=ends)}
    give(town.people["aino"], elsewhere, **dates)
    assert not sees(aino, elsewhere)


def test_being_a_superuser_gives_nothing(town: Town) -> None:
    root = town.person("root")
    root.is_superuser = root.is_staff = True
    root.save()
    assert not sees(staff_actor(root), town.matter())


def test_a_family_sees_its_own_matter_and_decides_nothing(town: Town) -> None:
    mine, other = town.matter(), town.matter()
    family = FamilyActor(mine.public_id)
    assert list(visible_to(Matter.objects.all(), family)) == [mine]
    assert not may(family, Verb.SEE, other)
    assert not may(family, Verb.CONTRIBUTE, mine)


@pytest.mark.parametrize("nobody", [ANONYMOUS, SYSTEM, None, "aino"], ids=str)
def test_who_is_neither_staff_nor_family_sees_nothing(town: Town, nobody: object) -> None:
    assert not sees(nobody, town.matter())


def test_the_ground_is_told(town: Town) -> None:
    aino = town.actor("aino", worker=town.oulu)
    here, there = town.matter(), town.matter(town.raahe)
    assert (basis_of(aino, here), basis_of(aino, there)) == ("own-unit", "")
    end = time_source.now() + timedelta(hours=3)
    give(town.people["aino"], there, Verb.CONTRIBUTE, basis="break-glass", ends_at=end)
    assert basis_of(aino, there) == "break-glass"
    give(town.people["aino"], there, basis="consent")
    assert basis_of(aino, there) == "consent"
    assert basis_of(FamilyActor(here.public_id), here) == "receipt-code"


def test_parts_share_no_row(town: Town) -> None:
    actor = town.actor("aino", worker=town.oulu, unit_lead=town.raahe)
    matters = [town.matter(unit, confidentiality=c) for unit in (town.oulu, town.raahe) for c in (1, 2)]
    for one in matters:
        give(town.people["aino"], one)
        give(town.oulu, one)
    found = [row.pk for part in branches(Matter.objects.all(), actor) for row in part]
    assert sorted(found) == sorted(one.pk for one in matters)
    assert visible_to(Matter.objects.all(), actor).count() == 4


def test_an_actor_is_asked_for_once_a_request(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = RequestFactory().get("/")
    request.user = town.person("aino", worker=town.oulu)
    with django_assert_num_queries(2):
        first = actor_of(request)
    with django_assert_num_queries(0):
        assert actor_of(request) is first
    assert isinstance(first, StaffActor)
    assert first.roles == {Role.WORKER}
    assert actor_of(RequestFactory().get("/")) is ANONYMOUS


def test_to_ask_of_one_row_takes_two_small_queries(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    aino = town.actor("aino", worker=town.oulu)
    here, there = town.matter(), town.matter(town.raahe)
    with django_assert_num_queries(1):
        assert may(aino, Verb.SEE, here)
    with django_assert_num_queries(2):
        assert not may(aino, Verb.SEE, there)
