"""The nightly refresh: what is counted is made safe and stored. Nothing that is hidden is stored anywhere."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from turvaverkko.core import time_source
from turvaverkko.core.actors import SystemActor
from turvaverkko.core.commands import command, note
from turvaverkko.indicators.computed import (
    SETTLES,
    Cell,
    Declared,
    Known,
    Place,
    Plan,
    Topic,
    differences,
    ended_periods,
    is_settled,
    publishable,
    topics,
)
from turvaverkko.indicators.models import Figure, Indicator, StatisticalArea
from turvaverkko.indicators.rules import SHOWN, Origin, Period, Source, Status, key_of, quarter_of
from turvaverkko.organisation.api import area_memberships, host_county, municipalities

REFRESHER: Final = SystemActor("indicators")
LOG: Final = logging.getLogger("turvaverkko.indicators")
# The same words on every hidden figure: nobody sees which of them is small and which only guards it.
HIDDEN_FI: Final = "Ei näytetä: luku on alle 5 tai paljastaisi sellaisen."
# Declared indicators stand after those of the packs.
AFTER_PACKS: Final = 1000


def by_clock(actor: object, _subject: object) -> bool:
    """Jobs only."""
    return isinstance(actor, SystemActor)


@command("indicators.refresh", allow=by_clock, sentence=_("Päivittäisen työn luvut laskettiin"), lock=False)
def refresh(_actor: SystemActor) -> int:
    """Count every topic anew and store what may be shown; return how many figures were written.

    Figures of settled periods stand for good. Where the two ways of counting disagree in a period, nothing of
    that period is written, and the log says which period and indicator, never a number.
    """
    today = time_source.today()
    written = sum(_refresh(topic, today) for topic in topics())
    note(figures=written)
    return written


def plan_of(topic: Topic, today: date) -> Plan | None:
    """Return of which areas and periods a topic is counted tonight; None before anything has ended.

    The first night counts from the beginning; later ones from the quarter before the last that has settled,
    so that what is published now is weighed together with what it could be compared with.
    """
    begins = topic.begins()
    if begins is None:
        return None
    first = begins
    if _held(topic):
        settled = quarter_of(today - SETTLES).start or begins
        before = quarter_of(date.fromordinal(settled.toordinal() - 1)).start or begins
        first = max(begins, before)
    months, quarters = ended_periods(first, today)
    if not months:
        return None
    county = host_county()
    start = months[0].start
    return Plan(
        county=f"county:{county.code}",
        places=tuple(_places()),
        months=months,
        quarters=quarters,
        from_the_start=start is not None and start <= begins,
    )


def _places() -> Iterable[Place]:
    """Yield the service areas and municipalities of the county as they are today."""
    county = host_county()
    top = f"county:{county.code}"
    own = {one.pk: one for one in municipalities(county)}
    inside: dict[int, str] = {}
    areas: dict[str, set[str]] = {}
    rows = area_memberships(time_source.today()).filter(county=county, area__isnull=False)
    for row in rows.select_related("area").order_by("area__order", "area__slug", "valid_from"):
        if row.municipality_id in own and row.area is not None:
            inside[row.municipality_id] = f"service-area:{row.area.slug}"
    for key, one in own.items():
        area = inside.get(key, top)
        if area != top:
            areas.setdefault(area, set()).add(one.slug)
        yield Place(f"municipality:{one.code}", area, frozenset({one.slug}))
    for code, slugs in areas.items():
        yield Place(code, top, frozenset(slugs))


def _refresh(topic: Topic, today: date) -> int:
    definitions = _definitions(topic)
    plan = plan_of(topic, today)
    if plan is None:
        return 0
    counted, again = topic.count(plan), topic.recount(plan)
    off = {(cell.period, cell.indicator) for cell in differences(counted, again)}
    for period, indicator in sorted(off):
        LOG.warning("Two ways of counting disagree: %s in %s is not published.", indicator, period)
    held = _held(topic)
    values = publishable(topic, plan, counted, _known(held))
    periods = {key_of(one): one for one in plan.periods}
    stopped = {period for period, _indicator in off}
    wanted = {cell: value for cell, value in values.items() if cell.period not in stopped}
    areas = {one.code: one for one in StatisticalArea.objects.filter(code__in=plan.areas)}
    return _store(_Writing(definitions, areas, periods, today), held, wanted)


def _definitions(topic: Topic) -> dict[str, Indicator]:
    """Write the definitions as they are declared; return them by code."""
    found = {}
    for order, declared in enumerate(topic.indicators):
        with override("fi"):
            fields = _fields(declared) | {"computed": topic.code, "order": AFTER_PACKS + order}
        found[declared.code], _made = Indicator.objects.update_or_create(code=declared.code, defaults=fields)
    return found


def _fields(one: Declared) -> dict[str, object]:
    fields: dict[str, object] = {f"name_{language}": name for language, name in one.names.items()}
    fields |= {f"unit_{language}": unit for language, unit in one.units.items()}
    return fields | {
        "decimals": one.decimals,
        "numerator_fi": one.counted,
        "denominator_fi": one.of,
        "method_fi": one.method,
        "direction": one.direction,
        "source": Source.DAILY_WORK,
    }


def _held(topic: Topic) -> dict[Cell, Figure]:
    """Return the computed figures that stand now."""
    codes = [one.code for one in topic.indicators]
    rows = Figure.objects.filter(
        indicator__code__in=codes, origin=Origin.COMPUTED, status__in=sorted(SHOWN)
    ).select_related("indicator", "area")
    return {Cell(one.indicator.code, one.group, one.area.code, one.period): one for one in rows}


def _known(held: Mapping[Cell, Figure]) -> Known:
    """What has been seen stays seen; what was hidden for good stays hidden."""
    return Known(
        shown=frozenset(cell for cell, one in held.items() if one.value is not None),
        hidden=frozenset(
            cell for cell, one in held.items() if one.value is None and one.status == Status.FINAL
        ),
    )


@dataclass(frozen=True, slots=True)
class _Writing:
    """Where figures are written: definitions, areas and periods by their codes."""

    definitions: Mapping[str, Indicator]
    areas: Mapping[str, StatisticalArea]
    periods: Mapping[str, Period]
    today: date

    def figure(self, cell: Cell, value: Decimal | None) -> Figure:
        """Return a figure as it is stored."""
        period = self.periods[cell.period]
        return Figure(
            indicator=self.definitions[cell.indicator],
            area=self.areas[cell.area],
            period=cell.period,
            period_kind=period.kind,
            period_start=period.start,
            period_end=period.end,
            group=cell.group,
            value=value,
            status=Status.FINAL if is_settled(period, self.today) else Status.PRELIMINARY,
            origin=Origin.COMPUTED,
            footnote_fi=HIDDEN_FI if value is None else "",
        )


def _store(writing: _Writing, held: Mapping[Cell, Figure], wanted: Mapping[Cell, Decimal | None]) -> int:
    """Write the figures that are new or other than those that stand; return how many."""
    new: list[Figure] = []
    replaced: list[int] = []
    for cell, value in wanted.items():
        if cell.area not in writing.areas:
            continue
        figure, before = writing.figure(cell, value), held.get(cell)
        if before is None or _is_other(before, figure):
            new.append(figure)
            replaced += [before.pk] if before is not None else []
    Figure.objects.filter(pk__in=replaced).update(status=Status.REPLACED)
    Figure.objects.bulk_create(new)
    return len(new)


def _is_other(before: Figure, figure: Figure) -> bool:
    """Tell whether a figure is written again: its value or its being settled has changed, before it was."""
    changed = before.value != figure.value or before.status != figure.status
    return before.status == Status.PRELIMINARY and changed
