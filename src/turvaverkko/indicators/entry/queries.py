"""Reads of entered figures: proposals, what they are compared with, files and who may have them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Final

from django.db.models import Count, Q, QuerySet

from turvaverkko.core import time_source
from turvaverkko.indicators.entry.models import Proposal, ProposedFigure
from turvaverkko.indicators.entry.rules import (
    Known,
    Line,
    Measured,
    Thing,
    Where,
    is_jump,
    percent_of_change,
)
from turvaverkko.indicators.entry.states import WAITING
from turvaverkko.indicators.models import Figure, Indicator, SourceFile, StatisticalArea
from turvaverkko.indicators.queries import one_a_period
from turvaverkko.indicators.rules import SHOWN, AreaKind, Origin, Status, key_of

_SHOWN: Final = sorted(SHOWN)
# Unit: keys in one question; SQLite takes some thousands.
BATCH: Final = 500
# Of whom figures are entered most often first.
ORDER_OF_AREAS: Final = (
    AreaKind.MUNICIPALITY,
    AreaKind.SERVICE_AREA,
    AreaKind.COUNTY,
    AreaKind.NETWORK,
    AreaKind.REGION,
    AreaKind.HOSPITAL_DISTRICT,
    AreaKind.COUNTRY,
)


class Change(StrEnum):
    """What a proposed figure would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Compared:
    """A proposed figure beside what holds now.

    Attributes:
        before: the entered figure of the same thing that holds; None: there is none.
        last: what it is weighed against: `before`, else the last figure of the series until its time.
    """

    figure: Figure
    change: Change
    before: Figure | None
    last: Figure | None
    row: int = 0
    sheet: str = ""
    break_note: str = ""

    @property
    def is_jump(self) -> bool:
        """Whether it differs so much from the figure before it that somebody has to look again."""
        known = self.last.value if self.last is not None else None
        value = self.figure.value
        return self.change is not Change.SAME and value is not None and is_jump(known, value)

    @property
    def percent(self) -> Decimal | None:
        """By how many per cent it differs from the entered figure that it would replace."""
        if self.before is None or self.before.value is None or self.figure.value is None:
            return None
        return percent_of_change(self.before.value, self.figure.value)


def known() -> Known:
    """Return what rows are checked against. Three queries."""
    return Known(
        {one.code: _measured(one) for one in Indicator.objects.all()},
        {
            code: Where(code, begins, ends)
            for code, begins, ends in StatisticalArea.objects.values_list("code", "valid_from", "valid_to")
        },
        frozenset(_waiting()),
        time_source.today(),
    )


def _measured(one: Indicator) -> Measured:
    return Measured(
        one.code,
        one.unit_fi,
        one.decimals,
        one.numerator_fi,
        one.denominator_fi,
        is_computed=bool(one.computed),
        ended=one.valid_to,
    )


def _waiting() -> Iterable[Thing]:
    rows = Figure.objects.filter(proposed__proposal__state=WAITING)
    return rows.values_list("indicator__code", "area__code", "period", "group")


def drafts(lines: Sequence[Line], entered_by: str, file: SourceFile) -> list[Figure]:
    """Return the figures of lines, not stored. Two queries."""
    indicators = {
        one.code: one for one in Indicator.objects.filter(code__in={one.indicator for one in lines})
    }
    areas = {one.code: one for one in StatisticalArea.objects.filter(code__in={one.area for one in lines})}
    return [
        Figure(
            indicator=indicators[one.indicator],
            area=areas[one.area],
            period=key_of(one.period),
            period_kind=one.period.kind,
            period_start=one.period.start,
            period_end=one.period.end,
            period_order=one.period.order,
            group=one.group,
            value=one.value,
            numerator=one.numerator,
            denominator=one.denominator,
            footnote_fi=one.footnote,
            status=Status.DRAFT,
            origin=Origin.ENTERED,
            source_file=file,
            entered_by=entered_by,
        )
        for one in lines
    ]


def compared(figures: Sequence[Figure]) -> list[Compared]:
    """Return figures beside what holds now, in their order. One query for each 500 series."""
    series: dict[tuple[int, int, str], list[Figure]] = defaultdict(list)
    wanted = {(one.indicator_id, one.area_id, one.group) for one in figures}
    for one in _of_areas(figures):
        key = (one.indicator_id, one.area_id, one.group)
        if key in wanted:
            series[key].append(one)
    return [_beside(one, series[one.indicator_id, one.area_id, one.group]) for one in figures]


def _of_areas(figures: Sequence[Figure]) -> Iterable[Figure]:
    indicators = sorted({one.indicator_id for one in figures})
    areas = sorted({one.area_id for one in figures})
    for start in range(0, len(areas), BATCH):
        rows = Figure.objects.filter(indicator__in=indicators, status__in=_SHOWN)
        yield from rows.filter(area__in=areas[start : start + BATCH])


def _beside(figure: Figure, series: Sequence[Figure]) -> Compared:
    before = next((one for one in series if _is_same_thing(one, figure)), None)
    if before is not None:
        change = Change.SAME if _says(before) == _says(figure) else Change.CHANGED
        return Compared(figure, change, before, before)
    until = [
        one
        for one in one_a_period(series)
        if one.value is not None and one.period_start is not None and _starts(one) <= _starts(figure)
    ]
    same_kind = [one for one in until if one.period_kind == figure.period_kind]
    return Compared(figure, Change.NEW, None, same_kind[-1] if same_kind else None)


def _is_same_thing(one: Figure, figure: Figure) -> bool:
    return one.origin == Origin.ENTERED and one.source_key == "" and one.period == figure.period


def _says(one: Figure) -> tuple[object, ...]:
    return one.value, one.numerator, one.denominator, one.footnote_fi


def _starts(one: Figure) -> date:
    return one.period_start or date.min


def seen(found: Iterable[Compared]) -> str:
    """Return a short text that tells whether what figures are compared with is still the same."""
    told = ",".join(str(one.before.pk if one.before else 0) for one in found)
    return sha256(told.encode()).hexdigest()[:16]


def holding(figures: Iterable[Figure]) -> dict[tuple[int, int, str, str], Figure]:
    """Return the entered figures that hold of the same things, by thing. For commands: one query a batch."""
    of = list(figures)
    wanted = {thing_of(one) for one in of}
    rows = [one for one in _of_areas(of) if one.origin == Origin.ENTERED and one.source_key == ""]
    return {thing_of(one): one for one in rows if thing_of(one) in wanted}


def thing_of(one: Figure) -> tuple[int, int, str, str]:
    """Return what a figure is of."""
    return one.indicator_id, one.area_id, one.period, one.group


def proposals() -> QuerySet[Proposal]:
    """Return every proposal, newest first, with how many figures it has."""
    return (
        Proposal.objects.select_related("source_file")
        .defer("source_file__content")
        .annotate(figures=Count("lines"))
    )


def proposal(public_id: str) -> Proposal | None:
    """Return a proposal. One query."""
    return proposals().filter(public_id=public_id).first()


def lines_of(of: Proposal) -> list[ProposedFigure]:
    """Return the figures of a proposal in the order of the file. One query."""
    rows = of.lines.select_related("figure__indicator", "figure__area", "before")
    return list(rows.order_by("pk"))


def compared_lines(lines: Sequence[ProposedFigure]) -> list[Compared]:
    """Return the lines of a waiting proposal beside what holds now."""
    found = compared([one.figure for one in lines])
    return [
        Compared(one.figure, one.change, one.before, one.last, break_note=line.break_fi)
        for one, line in zip(found, lines, strict=True)
    ]


def as_decided(line: ProposedFigure) -> Compared:
    """Return a line of a decided proposal beside what it took the place of."""
    change = Change.NEW if line.before is None else Change.CHANGED
    return Compared(line.figure, change, line.before, line.before, break_note=line.break_fi)


def waiting_count() -> int:
    """Return how many proposals wait for somebody. One query."""
    return Proposal.objects.filter(state=WAITING).count()


def unused_file(pk: int, brought_by: str) -> SourceFile | None:
    """Return a file that somebody brought and nothing has been proposed from. One query."""
    rows = SourceFile.objects.filter(pk=pk, brought_by=brought_by, proposal__isnull=True)
    return rows.first()


def file_of_proposal(public_id: str) -> SourceFile | None:
    """Return the file from which a proposal was made, with its content. One query."""
    return SourceFile.objects.filter(proposal__public_id=public_id).first()


def entered(indicator: Indicator, most: int) -> list[Figure]:
    """Return the entered figures that hold, of municipalities too, newest first. One query."""
    rows = Figure.objects.filter(indicator=indicator, origin=Origin.ENTERED, status__in=_SHOWN)
    rows = rows.exclude(proposed__isnull=True).select_related(
        "area", "indicator", "proposed__proposal__source_file"
    )
    rows = rows.defer("proposed__proposal__source_file__content")
    return list(rows.order_by("-period_start", "area__name_fi", "group", "pk")[:most])


def to_enter() -> list[Indicator]:
    """Return the indicators whose figures can be entered by hand. One query."""
    today = time_source.today()
    rows = Indicator.objects.filter(computed="").filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))
    return list(rows)


def areas_to_enter(host: str) -> list[StatisticalArea]:
    """Return the areas of a county: itself, its parts and the networks, as they are today. One query.

    Args:
        host: code of the county's area.
    """
    today = time_source.today()
    rows = StatisticalArea.objects.filter(
        Q(code=host) | Q(parent__code=host) | Q(kind=AreaKind.NETWORK) | Q(code="country:fi")
    )
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))
    return sorted(rows, key=lambda one: (ORDER_OF_AREAS.index(AreaKind(one.kind)), one.name))


def figure_to_mend(public_id: str, made_by: str) -> ProposedFigure | None:
    """Return the only figure of a proposal of one's own, to be typed again. One query."""
    rows = ProposedFigure.objects.filter(proposal__public_id=public_id, proposal__made_by=made_by)
    return rows.select_related("figure__area").first()
