"""Where each indicator of a goal stands in a round: worked out from figures, or read as it froze."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from turvaverkko.evaluation.models import Assessment, FrozenFigure, Goal, GoalIndicator, Round
from turvaverkko.evaluation.rules import Measure, Point, Reason, Told, Verdict, month_of, tell, together
from turvaverkko.indicators.api import (
    TIMED,
    Figure,
    Indicator,
    QualityNote,
    StatisticalArea,
    Timed,
    notes_of,
    one_a_period,
)
from turvaverkko.indicators.rules_api import SHOWN, AreaKind, Direction, NoteKind, Origin
from turvaverkko.organisation.api import County

# A figure of the whole county tells of it; where there is none, figures of its parts do together.
WHOLE: Final = (AreaKind.COUNTY, AreaKind.REGION)


@dataclass(frozen=True, slots=True)
class Standing:
    """One indicator of a goal in one area.

    Attributes:
        latest: the newest figure that the round knows and the round before did not.
        earlier: the one before it; where nothing is new, the last one known.
        aim: what is aimed at, in the reader's language; only of an open round.
    """

    indicator: Indicator
    area: StatisticalArea | None
    latest: Figure | None
    earlier: Figure | None
    told: Told
    aim: str = ""


Standings = dict[int, list[Standing]]
# The newest figure of a series, and the one to compare it with.
Pair = tuple[Figure, Figure | None]


@dataclass(frozen=True, slots=True)
class Span:
    """What a round may know: figures whose time ended by `until`; new ones ended after `since`."""

    until: date
    since: date | None

    def is_new(self, figure: Figure) -> bool:
        """Whether the round before could not know the figure."""
        return self.since is None or (figure.period_end is not None and figure.period_end > self.since)


def span_of(one: Round) -> Span:
    """Return what a round may know. One query."""
    before = Round.objects.filter(county_id=one.county_id, month__lt=one.month).order_by("-month").first()
    until, since = month_of(one.code).end, month_of(before.code).end if before else None
    if until is None:  # a month has an end
        raise ValueError(one.code)
    return Span(until, since)


def live(goals: Iterable[Goal], county: County, span: Span, *, is_reported_only: bool = False) -> Standings:
    """Return where the goals stand by their key, from the figures of now. Seven queries."""
    links: Standings = {}
    rows = GoalIndicator.objects.filter(goal__in=[goal.pk for goal in goals]).select_related("indicator")
    followed = list(rows.order_by("goal_id", "order"))
    indicators = {link.indicator_id: link.indicator for link in followed}
    figures = _figures(indicators, county, span, is_reported_only=is_reported_only)
    notes = notes_of(indicators.values())
    stand = {
        key: _stand(one, figures.get(key, []), notes.get(key, []), span) for key, one in indicators.items()
    }
    for link in followed:
        links.setdefault(link.goal_id, []).extend(
            Standing(one.indicator, one.area, one.latest, one.earlier, one.told, link.text)
            for one in stand[link.indicator_id]
        )
    return links


def told_of_county(county: County, *, is_reported_only: bool = False) -> list[QuerySet[Figure]]:
    """Return the figures on which rounds rest: those that reports told, of the county and its service areas.

    In parts, each led by its index (one with an "or" reads every figure of every area); a reported figure of
    the county stands in both. One query.
    """
    known = Figure.objects.filter(status__in=sorted(SHOWN), group="", period_start__isnull=False)
    reported = known.filter(origin=Origin.REPORTED).exclude(area__kind=AreaKind.COUNTRY)
    if is_reported_only:
        return [reported]
    own = StatisticalArea.objects.filter(
        Q(code=f"{AreaKind.COUNTY}:{county.code}") | Q(kind=AreaKind.SERVICE_AREA)
    )
    return [reported, known.filter(area__in=list(own.values_list("pk", flat=True)))]


def _figures(
    indicators: Mapping[int, Indicator], county: County, span: Span, *, is_reported_only: bool
) -> dict[int, list[Pair]]:
    """The two figures of each area that a round compares, by indicator, as far as the round may know them.

    Of all figures only their times are read, and whole figures only of those that are compared: a source with
    every year of every area costs a round no more than a table with two.
    """
    times = {
        row.pk: row
        for part in told_of_county(county, is_reported_only=is_reported_only)
        for row in part.filter(indicator__in=indicators).values_list(*TIMED, named=True)
        # Not asked of the database: it would take the index of ends, where every area of the country is.
        if row.period_end and row.period_end <= span.until
    }
    series: dict[tuple[int, int], list[Timed]] = defaultdict(list)
    for row in times.values():
        series[row.indicator_id, row.area_id].append(row)
    chosen = {key: newest_two(known) for key, rows in series.items() if (known := one_a_period(rows))}
    wanted = [one.pk for pair in chosen.values() for one in pair if one is not None]
    figures = {one.pk: one for one in Figure.objects.filter(pk__in=wanted)}
    areas = StatisticalArea.objects.in_bulk({area for _indicator, area in series})
    for one in figures.values():
        one.indicator, one.area = indicators[one.indicator_id], areas[one.area_id]
    found: dict[int, list[Pair]] = defaultdict(list)
    for (indicator, _area), (newest, earlier) in chosen.items():
        found[indicator].append((figures[newest.pk], figures[earlier.pk] if earlier else None))
    return found


def newest_two(known: Sequence[Timed]) -> tuple[Timed, Timed | None]:
    """Return the newest of a series, and the last of the same kind of time that ended before it began.

    Only times of one kind are compared: a quarter is no change from a year.
    """
    newest = max(known, key=lambda one: (one.period_end or date.min, one.period_start or date.min))
    began = newest.period_start or date.min
    alike = [
        one for one in known if one.period_kind == newest.period_kind and (one.period_end or date.max) < began
    ]
    return newest, alike[-1] if alike else None


def _stand(
    indicator: Indicator, areas: Iterable[Pair], notes: Sequence[QualityNote], span: Span
) -> list[Standing]:
    measure = Measure(
        Direction(indicator.direction),
        indicator.target,
        tuple(note.at for note in notes if note.kind == NoteKind.BREAK),
        lacks_denominator=any(note.kind == NoteKind.DENOMINATOR for note in notes),
    )
    found = [_of_area(indicator, measure, newest, earlier, span) for newest, earlier in areas]
    nothing = Standing(indicator, None, None, None, tell(measure, None, None))
    return sorted(found, key=_place) or [nothing]


def _of_area(
    indicator: Indicator, measure: Measure, newest: Figure, earlier: Figure | None, span: Span
) -> Standing:
    if not span.is_new(newest):
        return Standing(indicator, newest.area, None, newest, tell(measure, point_of(newest), None))
    told = tell(measure, point_of(earlier) if earlier else None, point_of(newest))
    return Standing(indicator, newest.area, newest, earlier, told)


def point_of(figure: Figure) -> Point:
    """Return a figure as the rules know it."""
    return Point(figure.period_start or date.min, figure.period_end or date.max, figure.value)


def _place(one: Standing) -> tuple[int, str]:
    kind = one.area.kind if one.area else ""
    return (
        WHOLE.index(AreaKind(kind)) if kind in WHOLE else len(WHOLE)
    ), one.area.name_fi if one.area else ""


def of_goal(standings: Sequence[Standing]) -> Told:
    """Say where a goal stands from all its indicators."""
    by_indicator: dict[str, list[Standing]] = defaultdict(list)
    for one in standings:
        by_indicator[one.indicator.code].append(one)
    return together([_of_indicator(rows) for rows in by_indicator.values()])


def _of_indicator(rows: Sequence[Standing]) -> Told:
    """The whole county tells of itself when it has a new figure; else its parts do together."""
    for kind in WHOLE:
        for one in rows:
            if one.area is not None and one.area.kind == kind and one.latest is not None:
                return one.told
    return together([one.told for one in rows])


def frozen(assessments: Iterable[Assessment], edition_of: Mapping[int, int]) -> Standings:
    """Return where goals stood by the key of the assessment, as it froze. One query.

    Args:
        assessments: of frozen rounds.
        edition_of: the edition of each round, by its key.
    """
    rounds = {one.pk: one.round_id for one in assessments}
    found: Standings = {}
    for row in FrozenFigure.objects.filter(assessment__in=rounds).order_by("assessment_id", "order", "pk"):
        if row.edition == edition_of[rounds[row.assessment_id]]:
            found.setdefault(row.assessment_id, []).append(_thawed(row))
    return found


def kept(one: Standing, assessment: Assessment, edition: int, order: int) -> FrozenFigure:
    """Return the row that keeps a standing."""
    indicator, figure, before = one.indicator, one.latest, one.earlier
    row = FrozenFigure(
        assessment=assessment,
        edition=edition,
        order=order,
        indicator_code=indicator.code,
        decimals=indicator.decimals,
        target=indicator.target,
        verdict=one.told.verdict,
        reasons=[str(reason) for reason in one.told.reasons],
        better=one.told.better,
    )
    for language in ("fi", "sv", "en"):
        setattr(row, f"name_{language}", getattr(indicator, f"name_{language}"))
        setattr(row, f"unit_{language}", getattr(indicator, f"unit_{language}"))
        setattr(row, f"area_{language}", getattr(one.area, f"name_{language}") if one.area else "")
    row.area_code = one.area.code if one.area else ""
    if any_of := figure or before:
        row.period_kind, row.origin, row.status = any_of.period_kind, any_of.origin, any_of.status
    if figure:
        row.period, row.period_start, row.period_end = figure.period, figure.period_start, figure.period_end
        row.value, row.qualifier, row.footnote_fi = figure.value, figure.qualifier, figure.footnote_fi
    if before:
        row.earlier_period = before.period
        row.earlier_start, row.earlier_end = before.period_start, before.period_end
        row.earlier_value, row.earlier_qualifier = before.value, before.qualifier
    return row


def _thawed(row: FrozenFigure) -> Standing:
    """Return a kept standing. Its rows are of no table: nobody saves them."""
    indicator = Indicator(
        code=row.indicator_code,
        name_fi=row.name_fi,
        name_sv=row.name_sv,
        name_en=row.name_en,
        unit_fi=row.unit_fi,
        unit_sv=row.unit_sv,
        unit_en=row.unit_en,
        decimals=row.decimals,
        target=row.target,
    )
    area = None
    if row.area_code:
        kind = row.area_code.partition(":")[0]
        names = {"name_fi": row.area_fi, "name_sv": row.area_sv, "name_en": row.area_en}
        area = StatisticalArea(code=row.area_code, kind=kind, **names)
    shared = {"indicator": indicator, "area": area, "period_kind": row.period_kind}
    latest = earlier = None
    if row.period:
        latest = Figure(
            **shared,
            period=row.period,
            period_start=row.period_start,
            period_end=row.period_end,
            value=row.value,
            qualifier=row.qualifier,
            origin=row.origin,
            status=row.status,
            footnote_fi=row.footnote_fi,
        )
    if row.earlier_period:
        earlier = Figure(
            **shared,
            period=row.earlier_period,
            period_start=row.earlier_start,
            period_end=row.earlier_end,
            value=row.earlier_value,
            qualifier=row.earlier_qualifier,
            origin=row.origin,
            status=row.status,
        )
    told = Told(Verdict(row.verdict), tuple(Reason(one) for one in row.reasons), row.better)
    return Standing(indicator, area, latest, earlier, told)
