"""Freezing a round: its figures and what the rule says of them are written down as they stand."""

from turvaverkko.core import time_source
from turvaverkko.evaluation import standing
from turvaverkko.evaluation.models import Assessment, FrozenFigure, Goal, Round, RoundChange
from turvaverkko.evaluation.rules import GoalKind, RoundState


def freeze(one: Round, by: str, *, is_reported_only: bool = False) -> int:
    """Freeze an open round; return how many figures it keeps. Part of a command or of applying a pack.

    Args:
        one: the round.
        by: public id of who does it.
        is_reported_only: only figures that a report told; for rounds made before the product stood.
    """
    goals = list(Goal.objects.filter(county=one.county, kind=GoalKind.PROCESS, is_archived=False))
    found = standing.live(goals, one.county, standing.span_of(one), is_reported_only=is_reported_only)
    stored = {row.goal_id: row for row in one.assessments.all()}
    rows = []
    one.edition += 1
    for goal in goals:
        row = stored.get(goal.pk) or Assessment(goal=goal, round=one)
        told = standing.of_goal(found.get(goal.pk, []))
        row.rule_verdict, row.rule_reasons = told.verdict, [str(reason) for reason in told.reasons]
        row.save()
        rows += [standing.kept(each, row, one.edition, n) for n, each in enumerate(found.get(goal.pk, []))]
    FrozenFigure.objects.bulk_create(rows)
    one.state, one.frozen_at, one.frozen_by = RoundState.FROZEN, time_source.now(), by
    one.save(update_fields=["state", "frozen_at", "frozen_by", "edition"])
    RoundChange.objects.create(round=one, state=RoundState.FROZEN, by=by)
    return len(rows)
