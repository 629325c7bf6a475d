"""Goals on the front page of those who lead: where they stand in the latest round, the worst first."""

from collections import Counter
from typing import Any, Final

from turvaverkko.evaluation import presenting, queries
from turvaverkko.evaluation.models import Assessment
from turvaverkko.evaluation.queries import Line
from turvaverkko.evaluation.rules import Told, Verdict
from turvaverkko.organisation.api import County

# Unit: goals named on the front page.
NAMED: Final = 5
# The order in which somebody who leads wants to know.
PRESSING: Final = (
    Verdict.FURTHER,
    Verdict.MIXED,
    Verdict.NO_CHANGE,
    Verdict.UNTOLD,
    Verdict.CLOSER,
    Verdict.ON_TARGET,
)


def context(county: County) -> dict[str, Any]:
    """Return what the part shows of the latest round; an empty dict before the first one."""
    every = queries.rounds(county)
    if not every:
        return {}
    lines = queries.lines_of(every[-1])
    lines.sort(key=lambda line: PRESSING.index(verdict_of(line)))
    counted = Counter(verdict_of(line) for line in lines)
    return {
        "round": every[-1],
        "total": len(lines),
        "counts": [
            (presenting.light(Told(verdict)), counted[verdict]) for verdict in PRESSING if counted[verdict]
        ],
        "goals": [(line.goal, _light(line)) for line in lines[:NAMED]],
        "unwritten": sum(1 for line in lines if not (line.assessment and line.assessment.text)),
        "state": presenting.state_words(every[-1]),
    }


def verdict_of(line: Line) -> Verdict:
    """Return what stands of a goal: a person's judgement where there is one, else what the rule says."""
    judged = (line.assessment or Assessment()).judgement
    return Verdict(judged) if judged else line.told.verdict


def _light(line: Line) -> presenting.Light:
    row = line.assessment
    if row is not None and row.judgement:
        return presenting.light(Told(Verdict(row.judgement)), row.judgement_reason)
    return presenting.light(line.told)
