"""Reads of goals and rounds. Each makes a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from turvaverkko.evaluation import standing
from turvaverkko.evaluation.models import (
    Assessment,
    Goal,
    GoalIndicator,
    GoalLink,
    Round,
    RoundChange,
    RoundNote,
)
from turvaverkko.evaluation.rules import GoalKind, Reason, Told, Verdict
from turvaverkko.evaluation.standing import Standing
from turvaverkko.organisation.api import County


@dataclass(slots=True)
class Node:
    """A goal in the tree, with those that serve it."""

    goal: Goal
    children: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """A goal in a round: the text, what the rule says and from which figures, what a person judged."""

    goal: Goal
    round: Round
    assessment: Assessment | None
    told: Told
    standings: list[Standing]
    notes: list[RoundNote]


def tree(county: County) -> list[Node]:
    """Return the benefit goals with everything under them; a goal stands under each that it serves."""
    goals = Goal.objects.filter(county=county, is_archived=False)
    nodes = {goal.pk: Node(goal) for goal in goals}
    for link in GoalLink.objects.filter(goal__in=nodes, parent__in=nodes).order_by("goal__order"):
        nodes[link.parent_id].children.append(nodes[link.goal_id])
    return [node for node in nodes.values() if node.goal.kind == GoalKind.BENEFIT]


def goal_by_code(county: County, code: str) -> Goal | None:
    """Return a goal, also one that left the tree. One query."""
    return Goal.objects.filter(county=county, code=code).first()


def served(goal: Goal) -> list[Goal]:
    """Return the goals that a goal serves, with the ones that those serve in `parents`. Two queries."""
    return list(goal.parents.prefetch_related("parents").order_by("order"))


def serving(goal: Goal) -> list[Goal]:
    """Return the goals of the tree that serve a goal. One query."""
    return list(goal.children.filter(is_archived=False).order_by("order"))


def indicators_of(goal: Goal) -> list[GoalIndicator]:
    """Return the indicators of a goal with what is aimed at. One query."""
    return list(goal.indicator_links.select_related("indicator").order_by("order"))


def rounds(county: County) -> list[Round]:
    """Return the rounds, oldest first. One query."""
    return list(Round.objects.filter(county=county).order_by("month").select_related("county"))


def round_by_code(county: County, code: str) -> Round | None:
    """Return a round. One query."""
    return Round.objects.filter(county=county, code=code).select_related("county").first()


def lines_of(one: Round) -> list[Line]:
    """Return every goal of a round: of an open one those of the tree, of a frozen one those it froze with."""
    stored = {row.goal_id: row for row in one.assessments.select_related("goal")}
    if one.is_open:
        goals = list(Goal.objects.filter(county=one.county, kind=GoalKind.PROCESS, is_archived=False))
    else:
        goals = sorted((row.goal for row in stored.values()), key=lambda goal: (goal.order, goal.code))
    notes: dict[int, list[RoundNote]] = {}
    for note in one.notes.filter(goal__isnull=False):
        notes.setdefault(note.goal_id or 0, []).append(note)
    stand = _stand(one, goals, stored)
    return [
        Line(goal, one, stored.get(goal.pk), told, found, notes.get(goal.pk, []))
        for goal in goals
        for told, found in [stand[goal.pk]]
    ]


def lines_of_goal(goal: Goal, of: Iterable[Round]) -> list[Line]:
    """Return a goal in each of some rounds, newest first. Queries grow with open rounds only."""
    listed = sorted(of, key=lambda one: one.month, reverse=True)
    stored = {row.round_id: row for row in goal.assessments.all()}
    notes: dict[int, list[RoundNote]] = {}
    for note in goal.notes.all():
        notes.setdefault(note.round_id, []).append(note)
    shut = {one.pk: one.edition for one in listed if not one.is_open}
    kept = standing.frozen([row for row in stored.values() if row.round_id in shut], shut)
    found = []
    for one in listed:
        row = stored.get(one.pk)
        if one.is_open:
            if goal.is_archived:
                continue
            stand = standing.live([goal], one.county, standing.span_of(one)).get(goal.pk, [])
            told = standing.of_goal(stand)
        elif row is not None:
            stand = kept.get(row.pk, [])
            told = told_of(row, stand)
        else:
            continue
        found.append(Line(goal, one, row, told, stand, notes.get(one.pk, [])))
    return found


def told_of(row: Assessment, stand: list[Standing]) -> Told:
    """Return what the rule said when the round froze."""
    verdict = Verdict(row.rule_verdict or Verdict.UNTOLD)
    return Told(verdict, tuple(Reason(one) for one in row.rule_reasons), standing.of_goal(stand).better)


def changes_of(one: Round) -> list[RoundChange]:
    """Return what happened to a round, oldest first. One query."""
    return list(one.changes.all())


def notes_of_round(one: Round) -> list[RoundNote]:
    """Return the notes that concern the whole round. One query."""
    return list(one.notes.filter(goal__isnull=True))


def _stand(
    one: Round, goals: list[Goal], stored: dict[int, Assessment]
) -> dict[int, tuple[Told, list[Standing]]]:
    if one.is_open:
        found = standing.live(goals, one.county, standing.span_of(one))
        return {goal.pk: (standing.of_goal(found.get(goal.pk, [])), found.get(goal.pk, [])) for goal in goals}
    kept = standing.frozen(stored.values(), {one.pk: one.edition})
    stands = {goal.pk: kept.get(stored[goal.pk].pk, []) for goal in goals}
    return {goal.pk: (told_of(stored[goal.pk], stands[goal.pk]), stands[goal.pk]) for goal in goals}
