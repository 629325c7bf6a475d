"""Reads of indicators. Every function makes a fixed number of queries, whatever the number of rows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, Protocol, TypeVar

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from turvaverkko.indicators.models import Figure, Indicator, QualityNote, StatisticalArea
from turvaverkko.indicators.rules import SHOWN, AreaKind, Origin, PeriodKind
from turvaverkko.organisation.api import host_county

# Of the same thing, which origin tells a series: the source itself before what was printed of it.
ORDER_OF_ORIGINS: Final = (Origin.FETCHED, Origin.COMPUTED, Origin.ENTERED, Origin.REPORTED)
RANK_OF_ORIGIN: Final = {origin.value: rank for rank, origin in enumerate(ORDER_OF_ORIGINS)}
_SHOWN: Final = sorted(SHOWN)
# Within this time before the newest figure most areas have the two that their change is told from.
LAST_YEARS: Final = timedelta(days=2 * 366)


def indicators() -> list[Indicator]:
    """Return every indicator in the order of the pack. One query."""
    return list(Indicator.objects.all())


def indicator_by_code(code: str) -> Indicator | None:
    """Return an indicator. One query."""
    return Indicator.objects.filter(code=code).first()


def area_by_code(code: str) -> StatisticalArea | None:
    """Return an area, such as "county:19". One query."""
    return StatisticalArea.objects.filter(code=code).first()


def host_area_code() -> str:
    """Return the code of the host county's area; "" where no county is loaded yet. One query."""
    try:
        return f"{AreaKind.COUNTY}:{host_county().code}"
    except LookupError:
        return ""


def shown_figures(indicator: Indicator, area: StatisticalArea | None = None) -> list[Figure]:
    """Return the figures that may be shown, with area and indicator, by area and start. One query."""
    rows = _shown(indicator).order_by("area__name_fi", "area_id", *_IN_TIME)
    return _of(indicator, rows.filter(area=area) if area is not None else rows)


def figures_listed(
    indicator: Indicator, first: StatisticalArea | None, most: int, *, is_local: bool = False
) -> list[Figure]:
    """Return the shown figures of every area but municipalities, those of one area first. One query.

    Args:
        indicator: whose.
        first: the area whose figures stand first.
        most: how many at most.
        is_local: those of municipalities too.
    """
    opened = Case(
        When(area=first.pk if first else None, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = _shown(indicator)
    if not is_local:
        rows = rows.exclude(area__kind=AreaKind.MUNICIPALITY)
    return _of(indicator, rows.order_by(opened, "area__name_fi", "area_id", *_IN_TIME)[:most])


def areas_of(indicator: Indicator, *, is_local: bool = False) -> list[StatisticalArea]:
    """Return the areas with a figure of a time by name, municipalities only if `is_local`. One query."""
    told = _told_in(indicator).exclude(period_kind=PeriodKind.TARGET)
    rows = StatisticalArea.objects.filter(Exists(told))
    if not is_local:
        rows = rows.exclude(kind=AreaKind.MUNICIPALITY)
    return list(rows.order_by("name_fi", "pk"))


def figures_of_kind(indicator: Indicator, kind: AreaKind, group: str = "") -> list[Figure]:
    """Return the shown figures of one kind of areas and one group, by area and start. Two queries."""
    areas = {one.pk: one for one in StatisticalArea.objects.filter(kind=kind)}
    return _by_area(indicator, areas, _of_areas(indicator, areas, group))


def newest_of_kind(indicator: Indicator, kind: AreaKind) -> list[Figure]:
    """Return enough of `figures_of_kind` to tell the newest figure of each area and its change. Four queries.

    Of most areas the last years are enough; of those with a gap there every figure is read.
    """
    areas = {one.pk: one for one in StatisticalArea.objects.filter(kind=kind)}
    every = _of_areas(indicator, areas)
    end = every.order_by("-period_end").filter(period_end__isnull=False).values_list("period_end", flat=True)
    if (newest := end.first()) is None:
        return _by_area(indicator, areas, every)
    last = list(every.filter(period_end__gte=newest - LAST_YEARS))
    kinds: dict[int, list[str]] = {key: [] for key in areas}
    for one in sorted(last, key=_time):
        if one.value is not None:
            kinds[one.area_id].append(one.period_kind)
    gaps = {key for key, told in kinds.items() if len(told) < 2 or told[-1] != told[-2]}
    rest = list(_of_areas(indicator, gaps)) if gaps else []
    return _by_area(indicator, areas, [one for one in last if one.area_id not in gaps] + rest)


def kinds_of_areas(indicator: Indicator) -> dict[str, int]:
    """Return how many areas of each kind have a figure of an indicator. One query."""
    rows = StatisticalArea.objects.filter(Exists(_told_in(indicator))).values("kind")
    return {row["kind"]: row["areas"] for row in rows.annotate(areas=Count("pk")).order_by()}


def series(indicator: Indicator, area: StatisticalArea, group: str = "") -> list[Figure]:
    """Return one figure a period: fetched before computed before entered before reported. One query."""
    return one_a_period(one for one in shown_figures(indicator, area) if one.group == group)


class Timed(Protocol):
    """What tells a figure's time and origin: a figure, or a row with no more than that."""

    pk: int
    period: str
    period_kind: str
    period_start: date | None
    period_end: date | None
    period_order: int
    origin: str
    source_key: str


# What a row of `values_list(*TIMED, named=True)` needs to be `Timed`, and whose and where it is.
TIMED: Final = (
    "pk",
    "indicator_id",
    "area_id",
    "period",
    "period_kind",
    "period_start",
    "period_end",
    "period_order",
    "origin",
    "source_key",
)


T = TypeVar("T", bound=Timed)


def one_a_period(figures: Iterable[T]) -> list[T]:
    """Return of each period the figure whose origin holds first, in time. No query.

    Targets are not figures of a time: they are left out. Of two rows of one origin the first key stands.
    """
    best: dict[str, T] = {}
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


def figures_in(areas: Collection[int], of: Sequence[Indicator]) -> dict[int, list[Figure]]:
    """Return the shown figures of everybody in some areas, by indicator, without their area. One query."""
    by_key = {one.pk: one for one in of}
    found: dict[int, list[Figure]] = {key: [] for key in by_key}
    rows = Figure.objects.filter(indicator__in=by_key, area__in=areas, group="", status__in=_SHOWN)
    for one in rows.order_by(*_IN_TIME):
        one.indicator = by_key[one.indicator_id]
        found[one.indicator_id].append(one)
    return found


def told_where(areas: Collection[int], of: Sequence[Indicator]) -> dict[int, list[Figure]]:
    """Return of each indicator where something is told, and from which origin. One query.

    The figures that are returned are of no table: they know their area, origin and kind of time alone.
    """
    found: dict[int, list[Figure]] = {one.pk: [] for one in of}
    rows = Figure.objects.filter(indicator__in=found, area__in=areas, group="", status__in=_SHOWN)
    for key, area, origin, kind in rows.values_list(
        "indicator_id", "area_id", "origin", "period_kind"
    ).distinct():
        found[key].append(Figure(area_id=area, origin=origin, period_kind=kind))
    return found


def in_several_areas() -> QuerySet[Indicator]:
    """Return the indicators that have figures in more than one area. A queryset."""
    areas = Figure.objects.filter(indicator=OuterRef("pk"), status__in=_SHOWN).values("area")
    # Both ends of an index: no indicator is read through.
    first, last = (Subquery(areas.order_by(field)[:1]) for field in ("area", "-area"))
    return Indicator.objects.annotate(first_area=first, last_area=last).filter(first_area__lt=F("last_area"))


def newest_ends(of: Iterable[Indicator]) -> dict[int, date | None]:
    """Return until when the newest figure of each indicator reaches; none without a figure. One query.

    A figure whose time is not told counts as a figure without an end (None).
    """
    told = Figure.objects.filter(indicator=OuterRef("pk"), status__in=_SHOWN)
    told = told.exclude(period_kind=PeriodKind.TARGET)
    # The last of an index: no indicator is read through.
    newest = told.filter(period_end__isnull=False).order_by("-period_end").values("period_end")[:1]
    rows = Indicator.objects.filter(Exists(told), pk__in=[one.pk for one in of])
    return dict(rows.order_by().values_list("pk", Subquery(newest)))


def newest_written(most: int) -> list[Indicator]:
    """Return the indicators whose figures came last from elsewhere than daily work. One query."""
    told = Figure.objects.filter(indicator=OuterRef("pk"), status__in=_SHOWN, group="")
    last = told.exclude(period_kind=PeriodKind.TARGET).order_by("-pk").values("pk")[:1]
    rows = Indicator.objects.filter(computed="").alias(last=Subquery(last)).filter(last__isnull=False)
    return list(rows.order_by("-last")[:most])


def without_value(most: int) -> list[Figure]:
    """Return figures that the source hides or does not have, outside municipalities. Two queries."""
    areas = StatisticalArea.objects.exclude(kind=AreaKind.MUNICIPALITY).values_list("pk", flat=True)
    rows = Figure.objects.filter(value__isnull=True, status__in=_SHOWN, area__in=list(areas))
    rows = rows.select_related("indicator", "area")
    return list(rows.order_by("indicator__order", "indicator__code", "area__name_fi", *_IN_TIME)[:most])


def reported() -> list[Figure]:
    """Return every shown figure that a report told, by indicator, area and time. One query."""
    rows = Figure.objects.filter(origin=Origin.REPORTED, status__in=_SHOWN).select_related(
        "indicator", "area"
    )
    return list(rows.order_by("indicator__order", "indicator__code", "area__name_fi", *_IN_TIME))


def counterparts(of: Collection[Figure]) -> dict[tuple[int, int, str, str], Figure]:
    """Return what sources, work and people told of the same things, by `thing`. One query.

    Of several origins the one that tells a series stands.
    """
    indicators = {one.indicator_id: one.indicator for one in of}
    rows = Figure.objects.filter(
        indicator__in=indicators,
        area__in={one.area_id for one in of},
        period__in={one.period for one in of},
        status__in=_SHOWN,
    ).exclude(origin=Origin.REPORTED)
    best: dict[tuple[int, int, str, str], Figure] = {}
    for one in rows:
        one.indicator = indicators[one.indicator_id]
        held = best.get(thing(one))
        if held is None or _holds(one) < _holds(held):
            best[thing(one)] = one
    return best


def thing(figure: Figure) -> tuple[int, int, str, str]:
    """Return what a figure tells of: indicator, area, time and group."""
    return figure.indicator_id, figure.area_id, figure.period, figure.group


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


def _told_in(indicator: Indicator) -> QuerySet[Figure]:
    """The shown figures of an indicator in the area of an outer query."""
    return Figure.objects.filter(indicator=indicator, area=OuterRef("pk"), status__in=_SHOWN)


_IN_TIME: Final = ("period_start", "period_order", "period", "group", "source_key", "pk")


def _shown(indicator: Indicator) -> QuerySet[Figure]:
    return Figure.objects.filter(indicator=indicator, status__in=_SHOWN).select_related("area")


def _of_areas(indicator: Indicator, areas: Collection[int], group: str = "") -> QuerySet[Figure]:
    rows = Figure.objects.filter(indicator=indicator, status__in=_SHOWN, area__in=areas, group=group)
    return rows.order_by(*_IN_TIME)


def _by_area(
    indicator: Indicator, areas: Mapping[int, StatisticalArea], rows: Iterable[Figure]
) -> list[Figure]:
    found = list(rows)
    for one in found:
        one.indicator, one.area = indicator, areas[one.area_id]
    return sorted(found, key=lambda one: (one.area.name_fi, one.area_id))


def _of(indicator: Indicator, rows: QuerySet[Figure]) -> list[Figure]:
    found = list(rows)
    for one in found:
        one.indicator = indicator
    return found


def _holds(figure: Timed) -> tuple[int, str, int]:
    return RANK_OF_ORIGIN[figure.origin], figure.source_key, figure.pk or 0


def _time(figure: Timed) -> tuple[date, int, str]:
    return figure.period_start or date.min, figure.period_order, figure.period
