"""Giving, ending, moving, breaking glass and reviewing: stories with their trail."""

from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from turvaverkko.access.api import (
    AccessEnded,
    BreakGlass,
    Confidentiality,
    FamilyActor,
    GlassBroken,
    Grant,
    Matter,
    NotInCommand,
    StaffActor,
    Verb,
    break_glass,
    breaks_to_review,
    close_matter,
    end_access,
    end_grants,
    give_access,
    grant,
    keep_closer,
    may,
    move_matter,
    open_matter,
    reopen_matter,
    review,
    reviewers_of,
)
from turvaverkko.access.services import BY_HAND
from turvaverkko.access.testing import give
from turvaverkko.access.tests.conftest import SYSTEM, Town
from turvaverkko.core import commands, time_source
from turvaverkko.core.commands import command
from turvaverkko.core.states import IllegalMove
from turvaverkko.trail.api import AccessEntry, LogEntry

Basis = Grant.Basis
UNJUSTIFIED = BreakGlass.Verdict.UNJUSTIFIED


def kinds() -> list[str]:
    return list(LogEntry.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("who", ["staff", "family"])
def test_a_persons_step_outside_a_command_is_refused(town: Town, who: str) -> None:
    actor = town.actor("leena", unit_lead=town.oulu) if who == "staff" else FamilyActor("x")
    with pytest.raises(NotInCommand):
        open_matter(actor, town.oulu, kind="request")
    matter = town.matter()
    for step in (close_matter, reopen_matter):
        with pytest.raises(NotInCommand):
            step(actor, matter)
    with pytest.raises(NotInCommand):
        move_matter(actor, matter, town.raahe)
    with pytest.raises(NotInCommand):
        grant(actor, matter, to=town.raahe, verb=Verb.SEE, basis=Basis.REFERRAL)
    assert kinds() == []


def test_inside_a_command_a_step_leaves_its_own_line(town: Town) -> None:
    def ask(actor: FamilyActor, unit: object) -> Matter:
        return open_matter(actor, unit, kind="request")

    asking = command("access_test.ask", allow=lambda *_: True, sentence="Kysyttiin")(ask)
    try:
        matter = asking(FamilyActor("x"), town.oulu)
    finally:
        commands.forget("access_test.ask")
    assert matter.controller_id == town.oulu.organisation_id
    assert kinds() == ["access.open_matter", "access_test.ask"]
    assert LogEntry.objects.first().actor == "family:x"


def test_a_moved_matter_takes_its_copies_along_and_leaves_its_takers(town: Town, heard: list[object]) -> None:
    aino, own = town.person("aino", worker=town.oulu), town.person("olli", worker=town.oulu)
    matter = open_matter(SYSTEM, town.oulu, kind="request")
    # A row of a floor above, as the floor above would not be imported here.
    items = apps.get_model("work.WorkItem").objects
    item = items.create(matter=matter, unit=town.oulu, kind="request", state="new")
    give(aino, matter, Verb.DECIDE)
    kept = give(own, matter, Verb.DECIDE, basis=Basis.OWN_WORKER)
    move_matter(SYSTEM, matter, town.raahe)
    assert matter.unit == town.raahe
    assert items.get(pk=item.pk).unit == town.raahe
    assert list(matter.grants.filter(ends_at=None)) == [kept]
    assert [type(message) for message in heard] == [AccessEnded]
    assert not may(town.actor("aino"), Verb.SEE, matter)
    keep_closer(SYSTEM, matter, Confidentiality.HIDDEN)
    assert items.get(pk=item.pk).confidentiality == Confidentiality.HIDDEN


def test_a_matter_moves_neither_over_a_border_nor_into_the_past(town: Town) -> None:
    matter = town.matter()
    with pytest.raises(ValueError, match="controller"):
        move_matter(SYSTEM, matter, town.abroad)
    town.raahe.valid_to = time_source.today() - timedelta(days=1)
    town.raahe.save()
    with pytest.raises(ValueError, match="ended"):
        move_matter(SYSTEM, matter, town.raahe)


def test_closing_ends_also_what_has_not_begun(town: Town) -> None:
    aino = town.person("aino", worker=town.raahe)
    matter = town.matter()
    later = time_source.now() + timedelta(days=1)
    give(aino, matter)
    give(aino, matter, starts_at=later)
    close_matter(SYSTEM, matter)
    first = matter.closed_at
    assert close_matter(SYSTEM, matter).closed_at == first
    with pytest.raises(IllegalMove):
        grant(SYSTEM, matter, to=aino, verb=Verb.SEE, basis=Basis.REFERRAL)
    reopen_matter(SYSTEM, matter)
    with time_machine.travel(later + timedelta(hours=1)):
        assert not may(town.actor("aino"), Verb.SEE, matter)


def test_a_withdrawn_grant_ends_at_the_next_request(town: Town) -> None:
    aino = town.person("aino", worker=town.raahe)
    matter = town.matter()
    grant(SYSTEM, matter, to=aino, verb=Verb.SEE, basis=Basis.CONSENT)
    assert may(town.actor("aino"), Verb.SEE, matter)
    assert end_grants(SYSTEM, matter, basis=Basis.CONSENT, staff=aino) == 1
    assert end_grants(SYSTEM, matter, basis=Basis.CONSENT, staff=aino) == 0
    assert not may(town.actor("aino"), Verb.SEE, matter)


def test_a_lead_gives_and_ends_access_and_a_worker_does_not(town: Town) -> None:
    leena, aino = town.actor("leena", unit_lead=town.oulu), town.actor("aino", worker=town.oulu)
    olli, matter = town.person("olli", worker=town.raahe), town.matter()
    give_access(leena, matter, to=olli, verb=Verb.DECIDE, basis=Basis.ASSIGNED)
    assert may(town.actor("olli"), Verb.DECIDE, matter)
    for command_, named in ((end_access, {"holder": olli}),):
        with pytest.raises(PermissionDenied):
            command_(aino, matter, **named)
    assert end_access(leena, matter, holder=olli) == 1
    assert not may(town.actor("olli"), Verb.SEE, matter)
    assert kinds() == ["access.give_access", "access.end_access"]


def test_a_lead_gives_neither_to_oneself_nor_more_nor_what_is_hidden(town: Town) -> None:
    leena, olli = town.actor("leena", unit_lead=town.oulu), town.person("olli", worker=town.raahe)
    me = town.people["leena"]
    normal, hidden = town.matter(), town.matter(confidentiality=Confidentiality.HIDDEN)
    for matter, to, verb in (
        (normal, me, Verb.SEE),
        (normal, olli, Verb.ADMINISTER),
        (hidden, olli, Verb.SEE),
    ):
        with pytest.raises(PermissionDenied):
            give_access(leena, matter, to=to, verb=verb, basis=Basis.ASSIGNED)
    assert not Grant.objects.exists()


@pytest.mark.parametrize("basis", [b for b in Basis if b not in BY_HAND])
def test_other_bases_are_not_given_by_hand(town: Town, basis: Grant.Basis) -> None:
    leena, olli = town.actor("leena", unit_lead=town.oulu), town.person("olli", worker=town.raahe)
    with pytest.raises(ValueError, match="by hand"):
        give_access(leena, town.matter(), to=olli, verb=Verb.SEE, basis=basis)


def test_over_the_border_only_consent_and_law_open(town: Town) -> None:
    leena, matter = town.actor("leena", unit_lead=town.oulu), town.matter()
    stranger = town.person("stranger", worker=town.abroad)
    for to in (town.abroad, stranger):
        with pytest.raises(ValueError, match="by hand"):
            give_access(leena, matter, to=to, verb=Verb.SEE, basis=Basis.ASSIGNED)
        give_access(leena, matter, to=to, verb=Verb.SEE, basis=Basis.CONSENT)


@pytest.mark.parametrize(
    "fields",
    [
        {"basis": "statute"},
        {"basis": "break-glass"},
        {"ends_at": "before"},
        {"unit": "too"},
    ],
    ids=str,
)
def test_the_database_refuses_half_a_grant(town: Town, fields: dict[str, object]) -> None:
    if fields.get("ends_at"):
        fields = {"ends_at": time_source.now() - timedelta(days=1)}
    if fields.get("unit"):
        fields = {"unit": town.raahe}
    with pytest.raises(IntegrityError), transaction.atomic():
        give(town.person("aino"), town.matter(), **fields)


# Breaking glass.


def broken(town: Town) -> tuple[StaffActor, Matter, BreakGlass]:
    aino = town.actor("aino", worker=town.raahe)
    matter = town.matter(confidentiality=Confidentiality.HIDDEN)
    return aino, matter, break_glass(aino, matter, reason="Lapsi on vaarassa")


def test_glass_is_broken_for_three_hours_and_heard(town: Town, heard: list[object]) -> None:
    aino, matter, opening = broken(town)
    assert may(aino, Verb.CONTRIBUTE, matter)
    assert not may(aino, Verb.DECIDE, matter)
    [message] = heard
    assert isinstance(message, GlassBroken)
    assert (message.opening, message.by) == (opening.public_id, aino.public_id)
    entry = AccessEntry.objects.get()
    assert (entry.look, entry.basis, entry.matter) == ("break-glass", "break-glass", matter.public_id)
    assert "vaarassa" not in str(LogEntry.objects.values().get())
    until = opening.grant.ends_at
    assert until - opening.grant.starts_at == timedelta(hours=3)
    with time_machine.travel(until - timedelta(seconds=1), tick=False):
        assert may(aino, Verb.SEE, matter)
    with time_machine.travel(until, tick=False):
        assert not may(aino, Verb.SEE, matter)


def test_a_second_click_does_not_prolong_it(town: Town, heard: list[object]) -> None:
    aino, matter, opening = broken(town)
    assert break_glass(aino, matter, reason="Vielä") == opening
    assert (Grant.objects.count(), len(heard)) == (1, 1)


@pytest.mark.parametrize("role", ["coordinator", "director", "partner", "technical_administrator", "auditor"])
def test_who_does_not_meet_families_breaks_nothing(town: Town, role: str) -> None:
    with pytest.raises(PermissionDenied):
        break_glass(town.actor("x", **{role: town.oulu}), town.matter(), reason="Hätä")


def test_without_a_reason_nothing_opens(town: Town) -> None:
    with pytest.raises(ValueError, match="reason"):
        break_glass(town.actor("aino", worker=town.raahe), town.matter(), reason="  ")


def test_another_lead_reviews_and_an_unjustified_opening_ends(town: Town) -> None:
    aino, matter, opening = broken(town)
    leena = town.actor("leena", unit_lead=town.oulu)
    assert list(breaks_to_review(leena)) == [opening]
    assert list(reviewers_of(opening)) == [town.people["leena"]]
    review(leena, opening, verdict=UNJUSTIFIED, reason="Ei hätää")
    assert not may(aino, Verb.SEE, matter)
    assert list(breaks_to_review(leena)) == []
    with pytest.raises(IllegalMove):
        review(leena, opening, verdict=BreakGlass.Verdict.JUSTIFIED, reason="Sittenkin")
    assert not may(leena, Verb.SEE, matter)


def test_nobody_reviews_oneself_nor_another_units_opening(town: Town) -> None:
    leena = town.actor("leena", unit_lead=town.oulu)
    matter = town.matter(confidentiality=Confidentiality.HIDDEN)
    opening = break_glass(leena, matter, reason="Hätä")
    foreign = town.actor("risto", unit_lead=town.raahe)
    for actor in (leena, foreign, town.actor("aino", worker=town.oulu)):
        assert list(breaks_to_review(actor)) == []
        with pytest.raises(PermissionDenied):
            review(actor, opening, verdict=BreakGlass.Verdict.JUSTIFIED, reason="Oli")
    assert list(reviewers_of(opening)) == []


# The second wall.


def test_a_policy_that_forgets_the_unit_meets_the_second_wall(town: Town) -> None:
    def touch(_actor: object, matter: Matter) -> Matter:
        return matter

    careless = command("access_test.touch", allow=lambda *_: True, sentence="Koskettiin")(touch)
    try:
        careless(town.actor("aino", worker=town.oulu), town.matter())
        careless(SYSTEM, town.matter(town.raahe))
        for actor in (town.actor("aino"), FamilyActor("other")):
            with pytest.raises(PermissionDenied):
                careless(actor, town.matter(town.raahe))
    finally:
        commands.forget("access_test.touch")
