"""Reads of indicators. Every function makes a fixed number of queries, whatever the number of rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from django.db.models import Count, Max, Q, QuerySet

from turvaverkko.indicators.models import Figure, Indicator, Population, QualityNote, StatisticalArea
from turvaverkko.indicators.rules import SHOWN, AreaKind, Origin, PeriodKind

# Of the same thing, which origin tells a series: the source itself before what was printed of it.
ORDER_OF_ORIGINS: Final = (Origin.FETCHED, Origin.COMPUTED, Origin.ENTERED, Origin.REPORTED)
RANK_OF_ORIGIN: Final = {origin.value: rank for rank, origin in enumerate(ORDER_OF_ORIGINS)}
_SHOWN: Final = sorted(SHOWN)


def indicators() -> list[Indicator]:
    """Return every indicator in the order of the pack. One query."""
    return list(Indicator.objects.all())


def indicator_by_code(code: str) -> Indicator | None:
    """Return an indicator. One query."""
    return Indicator.objects.filter(code=code).first()


def area_by_code(code: str) -> StatisticalArea | None:
    """Return an area, such as "county:19". One query."""
    return StatisticalArea.objects.filter(code=code).first()


def shown_figures(indicator: Indicator, area: StatisticalArea | None = None) -> list[Figure]:
    """Return the figures that may be shown, with area and indicator, by area and start. One query."""
    rows = _shown(indicator).order_by("area__name_fi", "area_id", *_IN_TIME)
    return _of(indicator, rows.filter(area=area) if area is not None else rows)


def figures_outside_municipalities(indicator: Indicator) -> list[Figure]:
    """Return the shown figures of every area but municipalities, by area and start. One query."""
    rows = _shown(indicator).exclude(area__kind=AreaKind.MUNICIPALITY)
    return _of(indicator, rows.order_by("area__name_fi", "area_id", *_IN_TIME))


def figures_of_kind(indicator: Indicator, kind: AreaKind, group: str = "") -> list[Figure]:
    """Return the shown figures of one kind of areas and one group, by area and start. One query."""
    rows = _shown(indicator).filter(area__kind=kind, group=group)
    return _of(indicator, rows.order_by("area__name_fi", "area_id", *_IN_TIME))


def kinds_of_areas(indicator: Indicator) -> dict[str, int]:
    """Return how many areas of each kind have a figure of an indicator. One query."""
    rows = _shown(indicator).values("area__kind").annotate(areas=Count("area_id", distinct=True)).order_by()
    return {row["area__kind"]: row["areas"] for row in rows}


def series(indicator: Indicator, area: StatisticalArea, group: str = "") -> list[Figure]:
    """Return one figure a period: fetched before computed before entered before reported. One query."""
    return one_a_period(one for one in shown_figures(indicator, area) if one.group == group)


def one_a_period(figures: Iterable[Figure]) -> list[Figure]:
    """Return of each period the figure whose origin holds first, in time. No query.

    Targets are not figures of a time: they are left out. Of two rows of one origin the first key stands.
    """
    best: dict[str, Figure] = {}
    for one in figures:
        if one.period_kind == PeriodKind.TARGET:
            continue
        held = best.get(one.period)
        if held is None or _holds(one) < _holds(held):
            best[one.period] = one
    return sorted(best.values(), key=_time)


def notes_of(of: Iterable[Indicator]) -> dict[int, list[QualityNote]]:
    """Return the notes by the key of their indicator; every indicator has an entry. One query."""
    found: dict[int, list[QualityNote]] = {one.pk: [] for one in of}
    for note in QualityNote.objects.filter(indicator__in=list(found)).order_by("kind", "at", "code"):
        found[note.indicator_id].append(note)
    return found


def large_areas() -> dict[int, StatisticalArea]:
    """Return every area but municipalities by key. One query."""
    rows = StatisticalArea.objects.exclude(kind=AreaKind.MUNICIPALITY)
    return {one.pk: one for one in rows}


def figures_of_large_areas(of: Sequence[Indicator]) -> dict[int, list[Figure]]:
    """Return the shown figures of everybody in areas but municipalities, by indicator. Two queries."""
    areas, by_key = large_areas(), {one.pk: one for one in of}
    found: dict[int, list[Figure]] = {key: [] for key in by_key}
    rows = Figure.objects.filter(indicator__in=by_key, area__in=areas, group="", status__in=_SHOWN)
    for one in rows.order_by(*_IN_TIME):
        one.indicator, one.area = by_key[one.indicator_id], areas[one.area_id]
        found[one.indicator_id].append(one)
    return found


def counted_by_area() -> dict[int, int]:
    """Return in how many areas each indicator has figures, by its key. One query."""
    rows = Figure.objects.filter(status__in=_SHOWN).values("indicator")
    counted = rows.annotate(areas=Count("area_id", distinct=True)).order_by()
    return {row["indicator"]: row["areas"] for row in counted}


def newest_ends(of: Iterable[Indicator]) -> dict[int, date | None]:
    """Return until when the newest figure of each indicator reaches; none without a figure. One query.

    A figure whose time is not told counts as a figure without an end (None).
    """
    rows = Figure.objects.filter(indicator__in=[one.pk for one in of], status__in=_SHOWN)
    ends = rows.exclude(period_kind=PeriodKind.TARGET).values("indicator").annotate(end=Max("period_end"))
    return {row["indicator"]: row["end"] for row in ends.order_by()}


def newest_written(most: int, looked_at: int = 400) -> list[Figure]:
    """Return the figures that came last, one of each indicator, newest first. One query.

    Args:
        most: how many at most.
        looked_at: among how many of the last rows they are looked for.
    """
    rows = Figure.objects.filter(status__in=_SHOWN, group="").exclude(period_kind=PeriodKind.TARGET)
    found: dict[int, Figure] = {}
    for one in rows.select_related("indicator", "area").order_by("-pk")[:looked_at]:
        held = found.get(one.indicator_id)
        if held is None or _time(held) < _time(one):
            found[one.indicator_id] = one
    return list(found.values())[:most]


def without_value(most: int) -> list[Figure]:
    """Return figures that the source hides or does not have, outside municipalities. One query."""
    rows = Figure.objects.filter(value__isnull=True, status__in=_SHOWN)
    rows = rows.exclude(area__kind=AreaKind.MUNICIPALITY).select_related("indicator", "area")
    return list(rows.order_by("indicator__order", "indicator__code", "area__name_fi", *_IN_TIME)[:most])


def populations(areas: Iterable[int]) -> dict[int, dict[int, int]]:
    """Return the population of everybody by key of the area and year. One query."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for row in Population.objects.filter(area__in=set(areas), ages=""):
        found[row.area_id][row.year] = row.number
    return dict(found)


def tiles() -> list[StatisticalArea]:
    """Return the municipalities that stand on the map of tiles. One query."""
    rows = StatisticalArea.objects.filter(kind=AreaKind.MUNICIPALITY, tile_column__isnull=False)
    return list(rows.filter(tile_row__isnull=False).order_by("tile_row", "tile_column"))


def matching(
    words: str = "", *, source: str = "", target: bool = False, notes: bool = False
) -> QuerySet[Indicator]:
    """Return the indicators whose name, code or source holds every word, narrowed. A queryset."""
    rows = Indicator.objects.all()
    for word in words.split():
        rows = rows.filter(
            Q(name_fi__icontains=word)
            | Q(name_sv__icontains=word)
            | Q(name_en__icontains=word)
            | Q(code__icontains=word)
            | Q(source_name_fi__icontains=word)
        )
    if source:
        rows = rows.filter(source=source)
    if target:
        rows = rows.filter(target__isnull=False)
    return rows.filter(notes__isnull=False).distinct() if notes else rows


_IN_TIME: Final = ("period_start", "period_order", "period", "group", "source_key", "pk")


def _shown(indicator: Indicator) -> QuerySet[Figure]:
    return Figure.objects.filter(indicator=indicator, status__in=_SHOWN).select_related("area")


def _of(indicator: Indicator, rows: QuerySet[Figure]) -> list[Figure]:
    found = list(rows)
    for one in found:
        one.indicator = indicator
    return found


def _holds(figure: Figure) -> tuple[int, str, int]:
    return RANK_OF_ORIGIN[figure.origin], figure.source_key, figure.pk or 0


def _time(figure: Figure) -> tuple[date, int, str]:
    return figure.period_start or date.min, figure.period_order, figure.period
