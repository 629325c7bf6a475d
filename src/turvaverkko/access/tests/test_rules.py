"""Levels, ceilings and the matrix's register."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turvaverkko.access import matrix
from turvaverkko.access.actors import StaffActor
from turvaverkko.access.gate import Gate
from turvaverkko.access.rules import Confidentiality, Role, Verb, level, verbs_up_to
from turvaverkko.organisation.models import RoleAssignment


@given(st.sampled_from(Verb))
def test_a_grant_of_a_verbs_level_holds_the_verb_and_those_before_it(verb: Verb) -> None:
    held = verbs_up_to(level(verb))
    assert verb in held
    assert len(held) == level(verb)


def test_staff_roles_are_those_of_the_organisation() -> None:
    assert {role.value for role in Role} - {"family-member", "anonymous"} == set(RoleAssignment.Role.values)


@pytest.mark.parametrize(
    ("role", "own", "granted"),
    [
        (Role.WORKER, {1}, {1}),
        (Role.SERVICE_GUIDE, {1}, {1}),
        (Role.UNIT_LEAD, {1, 2}, {1, 2}),
        (Role.PARTNER, set(), {1}),
        (Role.SPECIALIST_CONSULTANT, set(), {1}),
        (Role.COORDINATOR, set(), set()),
        (Role.DIRECTOR, set(), set()),
        (Role.TECHNICAL_ADMINISTRATOR, set(), set()),
    ],
)
def test_what_a_role_opens_by_unit_and_by_a_grant_to_its_unit(role: Role, own: set, granted: set) -> None:
    actor = StaffActor("x", 1, {role: frozenset({7})})
    assert {c for c in Confidentiality if actor.units_at(c, actor.roles)} == own
    assert {c for c in Confidentiality if actor.units_granted_at(c, actor.roles)} == granted


def test_an_unknown_kind_is_a_no() -> None:
    assert not matrix.role_may(Role.UNIT_LEAD, Verb.SEE, "nothing.of_the_kind")


def test_two_kinds_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match=r"access\.matter"):
        matrix.declare("access.matter", "Another", {})


def test_the_gate_finds_the_controller_beside_the_matters_id() -> None:
    assert Gate("a.b").controller == "matter__controller__public_id"
    assert Gate("a.b", matter_public_id="public_id").controller == "controller__public_id"
