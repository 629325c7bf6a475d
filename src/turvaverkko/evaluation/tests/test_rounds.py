"""Stories of a round: written, judged, frozen, revised behind its back, opened again."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import translation

from turvaverkko.evaluation import queries, services
from turvaverkko.evaluation.models import Assessment, FrozenFigure, Goal, Round, RoundChange
from turvaverkko.evaluation.queries import Line
from turvaverkko.evaluation.rules import Reason, Verdict
from turvaverkko.evaluation.tests.conftest import Tree
from turvaverkko.indicators.api import Figure, Indicator, figure_words
from turvaverkko.indicators.rules import Status, month, year
from turvaverkko.trail.api import LogEntry


def line(one: Round, goal: Goal) -> Line:
    fresh = Round.objects.select_related("county").get(pk=one.pk)
    return next(each for each in queries.lines_of(fresh) if each.goal == goal)


def value(one: Round, goal: Goal) -> Decimal | None:
    latest = line(one, goal).standings[0].latest
    return latest.value if latest else None


def last_entry() -> LogEntry:
    return LogEntry.objects.latest("pk")


def test_a_round_is_opened_written_judged_and_frozen(tree: Tree) -> None:
    coordinator, director = tree.actor("coordinator"), tree.actor("director")
    one = services.open_round(coordinator, "2023-12")
    services.write(coordinator, one, goal=tree.goal, text="Kattavuus kasvoi.")
    assert last_entry().kind == "evaluation.write"
    assert last_entry().payload == {"round": "2023-12", "goal": "perhekeskukset"}
    services.judge(
        director, one, goal=tree.goal, verdict=Verdict.NO_CHANGE, reason="Mittari ei kerro kaikkea."
    )
    found = line(one, tree.goal)
    assert found.told.verdict is Verdict.CLOSER
    assert found.assessment is not None
    assert (found.assessment.text, found.assessment.judgement) == ("Kattavuus kasvoi.", "no-change")
    services.freeze_round(director, one)
    assert last_entry().kind == "evaluation.freeze_round"
    found = line(one, tree.goal)
    assert (found.told.verdict, value(one, tree.goal)) == (Verdict.CLOSER, Decimal(80))
    assert found.standings[0].earlier is not None
    assert figure_words(found.standings[0].earlier) == "60\xa0%"
    assert line(one, tree.other).told.reasons == (Reason.NO_INDICATOR,)


def test_a_frozen_round_keeps_its_figures_whatever_happens_to_them(tree: Tree) -> None:
    one = services.open_round(tree.actor("director"), "2023-12")
    services.freeze_round(tree.actor("director"), one)
    Figure.objects.filter(period="2022").update(status=Status.REPLACED)
    tree.figure(tree.coverage, year(2022), "40", status=Status.REVISED)
    tree.break_at(date(2022, 1, 1))
    Indicator.objects.filter(pk=tree.coverage.pk).update(name_fi="Toinen nimi", target=10)
    found = line(one, tree.goal)
    assert (value(one, tree.goal), found.told.verdict) == (Decimal(80), Verdict.CLOSER)
    assert found.standings[0].indicator.name == "Kattavuus"
    # The same round, open, tells of the figures of now: over a break there is no light.
    services.reopen_round(tree.actor("director"), one, reason="Luku oli väärin.")
    found = line(one, tree.goal)
    assert (value(one, tree.goal), found.told.reasons) == (Decimal(40), (Reason.BREAK,))
    # What it was frozen with stays under its edition, and a second freezing stands beside it.
    services.freeze_round(tree.actor("director"), one)
    kept = FrozenFigure.objects.filter(indicator_code="coverage").order_by("edition")
    assert [(row.edition, row.value) for row in kept] == [(1, Decimal(80)), (2, Decimal(40))]
    assert value(one, tree.goal) == Decimal(40)
    changes = RoundChange.objects.filter(round=one).values_list("state", "reason")
    assert list(changes) == [("open", ""), ("frozen", ""), ("open", "Luku oli väärin."), ("frozen", "")]
    Indicator.objects.all().delete()
    assert value(one, tree.goal) == Decimal(40)


def test_a_frozen_round_is_not_written(tree: Tree) -> None:
    coordinator = tree.actor("coordinator")
    one = services.open_round(coordinator, "2023-12")
    services.freeze_round(coordinator, one)
    with pytest.raises(services.RoundFrozen):
        services.write(coordinator, one, goal=tree.goal, text="Myöhässä.")
    with pytest.raises(services.RoundFrozen):
        services.judge(coordinator, one, goal=tree.goal, verdict=Verdict.CLOSER, reason="Myöhässä.")
    with pytest.raises(services.RoundFrozen):
        services.freeze_round(coordinator, one)
    with pytest.raises(services.ReasonMissing):
        services.reopen_round(coordinator, one, reason="  ")
    assert not Round.objects.get(pk=one.pk).is_open
    services.reopen_round(coordinator, one, reason="Korjaus.")
    with pytest.raises(services.RoundOpen):
        services.reopen_round(coordinator, one, reason="Korjaus.")


@pytest.mark.parametrize("role", ["unit-lead", "technical-administrator", "service-guide", "auditor"])
def test_others_change_nothing(tree: Tree, role: str) -> None:
    one, actor = tree.round("2023-12"), tree.actor(role)
    for act in (
        lambda: services.write(actor, one, goal=tree.goal, text="Ei."),
        lambda: services.judge(actor, one, goal=tree.goal, verdict=Verdict.CLOSER, reason="Ei."),
        lambda: services.open_round(actor, "2024-05"),
        lambda: services.freeze_round(actor, one),
        lambda: services.reopen_round(actor, one, reason="Ei."),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert not Assessment.objects.exists()


def test_a_director_judges_but_does_not_write(tree: Tree) -> None:
    one = tree.round("2023-12")
    with pytest.raises(PermissionDenied):
        services.write(tree.actor("director"), one, goal=tree.goal, text="Ei.")


def test_a_judgement_needs_a_reason_and_can_be_taken_away(tree: Tree) -> None:
    one, actor = tree.round("2023-12"), tree.actor("coordinator")
    with pytest.raises(services.ReasonMissing):
        services.judge(actor, one, goal=tree.goal, verdict=Verdict.ON_TARGET, reason=" ")
    row = services.judge(actor, one, goal=tree.goal, verdict=Verdict.ON_TARGET, reason="Näin on.")
    assert row.judgement == "on-target"
    row = services.judge(actor, one, goal=tree.goal, verdict=None)
    assert (row.judgement, row.judgement_reason) == ("", "")
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.update(judgement="closer")


def test_of_two_writers_the_second_reads_first(tree: Tree) -> None:
    one, actor = tree.round("2023-12"), tree.actor("coordinator")
    row = services.write(actor, one, goal=tree.goal, text="Ensin.", seen="")
    with pytest.raises(services.WrittenMeanwhile):
        services.write(actor, one, goal=tree.goal, text="Sitten.", seen="")
    services.write(actor, one, goal=tree.goal, text="Sitten.", seen=services.stamp(row))
    assert Assessment.objects.get().text_fi == "Sitten."


def test_a_text_is_of_its_writers_language(tree: Tree) -> None:
    one, actor = tree.round("2023-12"), tree.actor("coordinator")
    with translation.override("sv"):
        row = services.write(actor, one, goal=tree.goal, text="Bättre.")
    assert (row.text_fi, row.text_sv) == ("", "Bättre.")
    assert (row.text, row.text_language) == ("Bättre.", "sv")


def test_a_round_is_of_a_month_that_has_begun_and_there_is_one(tree: Tree) -> None:
    actor = tree.actor("coordinator")
    services.open_round(actor, "2026-11")
    with pytest.raises(services.RoundExists):
        services.open_round(actor, "2026-11")
    for wrong in ("2026-12", "11/2026"):
        with pytest.raises(ValueError, match=wrong):
            services.open_round(actor, wrong)


def test_only_process_goals_of_the_tree_are_assessed(tree: Tree) -> None:
    one, actor = tree.round("2023-12"), tree.actor("coordinator")
    with pytest.raises(services.NotFollowed):
        services.write(actor, one, goal=Goal.objects.get(code="tulos"), text="Ei.")
    Goal.objects.filter(pk=tree.goal.pk).update(is_archived=True)
    with pytest.raises(services.NotFollowed):
        services.write(actor, one, goal=Goal.objects.get(pk=tree.goal.pk), text="Ei.")


def test_a_round_knows_what_ended_by_its_month_and_not_what_the_one_before_knew(tree: Tree) -> None:
    first, second = tree.round("2022-09"), tree.round("2023-12")
    assert value(first, tree.goal) == Decimal(60)
    assert value(second, tree.goal) == Decimal(80)
    third = tree.round("2024-05")
    found = line(third, tree.goal)
    assert found.told.reasons == (Reason.NO_FIGURE,)
    assert found.standings[0].earlier is not None
    assert found.standings[0].earlier.value == Decimal(80)


def test_a_month_is_not_compared_with_a_year(tree: Tree) -> None:
    tree.figure(tree.coverage, month(10, 2023), "10")
    found = line(tree.round("2023-12"), tree.goal)
    assert (found.told.verdict, found.told.reasons) == (Verdict.UNTOLD, (Reason.NO_EARLIER,))
