"""The tree of goals, and one goal through its rounds."""

from django.http import Http404, HttpResponse

from turvaverkko.evaluation import presenting, queries, words
from turvaverkko.evaluation.models import Goal
from turvaverkko.evaluation.rules import GoalKind
from turvaverkko.indicators.page_api import Line, draw, for_readers, lines_of
from turvaverkko.organisation.api import County, host_county, names_of_staff
from turvaverkko.organisation.sign_in.api import StaffRequest

TREE = "evaluation:goals"


@for_readers
def tree(request: StaffRequest) -> HttpResponse:
    """GET koordinaatio/tavoitteet/ : what is gained, what is reached, what is done."""
    county = host_county()
    context = {"nodes": queries.tree(county), "rounds": queries.rounds(county)[::-1]}
    return draw(request, "evaluation/tree.html", TREE, context)


@for_readers
def goal(request: StaffRequest, code: str) -> HttpResponse:
    """GET koordinaatio/tavoitteet/<code>/ : where a goal belongs, its indicators, what each round said."""
    county = host_county()
    found = queries.goal_by_code(county, code)
    if found is None:
        raise Http404
    lines = queries.lines_of_goal(found, queries.rounds(county)) if found.kind == GoalKind.PROCESS else []
    names = names_of_staff(presenting.staff_of(lines))
    context = {
        "goal": found,
        "kind": str(words.KINDS[found.kind]),
        "note": found.note,
        "served": queries.served(found),
        "serving": queries.serving(found),
        "lines": [presenting.shown(line, names) for line in lines],
        "indicators": _indicators(found, county),
    }
    return draw(request, "evaluation/goal.html", TREE, context)


def _indicators(found: Goal, county: County) -> list[tuple[Line, str, str]]:
    """Each indicator with its newest figure and small chart, and what is aimed at. Four queries."""
    links = queries.indicators_of(found)
    lines = lines_of([link.indicator for link in links], county)
    return [(line, link.text, link.text_language) for line, link in zip(lines, links, strict=True)]
