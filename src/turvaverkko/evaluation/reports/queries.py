"""What a report is made of. A fixed number of queries, whatever the number of goals and figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Q

from turvaverkko.evaluation import queries, standing
from turvaverkko.evaluation.models import Assessment, FrozenFigure, Goal, GoalIndicator, Round, RoundNote
from turvaverkko.evaluation.queries import Line, Node
from turvaverkko.evaluation.reports.rules import Choice, Offer
from turvaverkko.evaluation.rules import GoalKind, RoundState
from turvaverkko.indicators.api import (
    Figure,
    Indicator,
    QualityNote,
    StatisticalArea,
    indicators,
    notes_of,
    one_a_period,
)
from turvaverkko.indicators.page_api import figures_in
from turvaverkko.indicators.rules_api import AreaKind
from turvaverkko.organisation.api import County

# A series: code of the indicator and of the area.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that can be chosen for a report, with names.

    Attributes:
        areas: those of which any round has figures.
        rounds: oldest first.
    """

    county: County
    goals: Sequence[Goal]
    areas: Sequence[StatisticalArea]
    rounds: Sequence[Round]

    @property
    def offer(self) -> Offer:
        """The same as the rules know it."""
        return Offer(
            frozenset(one.code for one in self.goals),
            frozenset(one.code for one in self.areas),
            {one.code: not one.is_open for one in self.rounds},
        )


@dataclass(frozen=True, slots=True)
class Material:
    """What a report tells, as rows.

    Attributes:
        lines: the chosen goals with the figures of the chosen areas.
        absent: chosen goals of which the round tells nothing.
        earlier_lines: the same goals in the round to compare with, by key of the goal.
        nodes: the tree in which the goals stand.
        definitions: indicators as they are defined now, by code; one of a frozen round may be gone.
        quality: notes on quality by code of the indicator, as they are known now.
        series: the figures that a drawing shows.
    """

    county: County
    choice: Choice
    round: Round
    earlier: Round | None
    lines: Sequence[Line]
    absent: Sequence[Goal]
    earlier_lines: Mapping[int, Line]
    nodes: Sequence[Node]
    definitions: Mapping[str, Indicator]
    quality: Mapping[str, Sequence[QualityNote]]
    series: Mapping[Key, Sequence[Figure]]
    notes: Sequence[RoundNote]


def choices(county: County) -> Choices:
    """Return what can be chosen. Seven queries."""
    goals = list(Goal.objects.filter(county=county, kind=GoalKind.PROCESS))
    return Choices(county, goals, _areas(county), queries.rounds(county))


def material(of: Choices, choice: Choice) -> Material | None:
    """Return what a report of a choice tells; None where there is no round to tell of.

    A frozen round is drawn from what frozen rounds kept, so that its report stays what it is; an open one
    from the figures of now.
    """
    by_code = {one.code: one for one in of.rounds}
    one, earlier = by_code.get(choice.round), by_code.get(choice.earlier)
    if one is None:
        return None
    lines = _lines(one, choice)
    before = {line.goal.pk: line for line in _lines(earlier, choice)} if earlier else {}
    told = {line.goal.pk for line in lines}
    wanted = {stand.indicator.code for line in (*lines, *before.values()) for stand in line.standings}
    defined = {row.code: row for row in indicators() if row.code in wanted}
    notes = notes_of(defined.values())
    return Material(
        county=of.county,
        choice=choice,
        round=one,
        earlier=earlier,
        lines=lines,
        absent=[goal for goal in of.goals if goal.code in choice.goals and goal.pk not in told],
        earlier_lines=before,
        nodes=queries.tree(of.county),
        definitions=defined,
        quality={code: notes[row.pk] for code, row in defined.items()},
        series=_live_series(one, lines) if one.is_open else _kept_series(one, of.rounds),
        notes=queries.notes_of_round(one),
    )


def frozen_rounds(county: County) -> list[Round]:
    """Return the rounds whose figures are open data, newest first. One query."""
    return [one for one in reversed(queries.rounds(county)) if not one.is_open]


def _lines(one: Round, choice: Choice) -> list[Line]:
    return [
        replace(line, standings=[each for each in line.standings if _is_of(each.area, choice)])
        for line in queries.lines_of(one)
        if not choice.goals or line.goal.code in choice.goals
    ]


def _is_of(area: StatisticalArea | None, choice: Choice) -> bool:
    return not choice.areas or (area is not None and area.code in choice.areas)


def _areas(county: County) -> list[StatisticalArea]:
    """Areas of which an open round may know figures, and those of which frozen ones kept some."""
    followed = GoalIndicator.objects.filter(goal__county=county).values("indicator")
    told = Q()
    for part in standing.told_of_county(county):
        told |= Q(Exists(part.filter(indicator__in=followed, area=OuterRef("pk"))))
    found = {one.code: one for one in StatisticalArea.objects.filter(told)}
    kept = FrozenFigure.objects.filter(assessment__round__county=county).exclude(area_code="").order_by()
    for code, *names in kept.values_list("area_code", "area_fi", "area_sv", "area_en").distinct():
        fi, sv, en = names
        kind = code.partition(":")[0]
        found.setdefault(code, StatisticalArea(code=code, kind=kind, name_fi=fi, name_sv=sv, name_en=en))
    kinds = list(AreaKind)
    return sorted(found.values(), key=lambda area: (kinds.index(AreaKind(area.kind)), area.name_fi))


def _live_series(one: Round, lines: Iterable[Line]) -> dict[Key, list[Figure]]:
    until = standing.span_of(one).until
    stands = [stand for line in lines for stand in line.standings]
    areas = {stand.area.pk: stand.area for stand in stands if stand.area is not None}
    told = {stand.indicator.pk: stand.indicator for stand in stands}
    series: dict[Key, list[Figure]] = defaultdict(list)
    for figures in figures_in(areas, list(told.values())).values():
        for figure in figures:
            if figure.period_end is not None and figure.period_end <= until:
                figure.area = areas[figure.area_id]
                series[figure.indicator.code, figure.area.code].append(figure)
    return {key: one_a_period(figures) for key, figures in series.items()}


def _kept_series(one: Round, every: Sequence[Round]) -> dict[Key, list[Figure]]:
    """Figures that this round and those before it froze with; of one period the latest freezing tells."""
    editions = {each.pk: each.edition for each in every if not each.is_open and each.month <= one.month}
    rows = Assessment.objects.filter(round__in=editions, round__state=RoundState.FROZEN)
    ordered = list(rows.order_by("round__month"))
    kept = standing.frozen(ordered, editions)
    series: dict[Key, dict[str, Figure]] = defaultdict(dict)
    for row in ordered:
        for each in kept.get(row.pk, []):
            if each.area is not None:
                told = [figure for figure in (each.earlier, each.latest) if figure is not None]
                series[each.indicator.code, each.area.code].update({one.period: one for one in told})
    return {key: one_a_period(figures.values()) for key, figures in series.items()}
