"""Rows of evaluation: the tree of goals, rounds, what is said of a goal in each, figures as they stood."""

from turvaverkko.evaluation.models.assessments import Assessment, FrozenFigure
from turvaverkko.evaluation.models.goals import Goal, GoalIndicator, GoalLink
from turvaverkko.evaluation.models.rounds import Round, RoundChange, RoundNote

__all__ = [
    "Assessment",
    "FrozenFigure",
    "Goal",
    "GoalIndicator",
    "GoalLink",
    "Round",
    "RoundChange",
    "RoundNote",
]
