"""County pack: `figures.csv`, figures as they stand in reports and plans.

A figure is never changed. What a row now says otherwise is a new figure, and the old one is kept as
replaced; so is one whose row left the pack.
"""

from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext

from turvaverkko.indicators.loading.county import NOT_SET
from turvaverkko.indicators.loading.names import AREA_NAMES, INDICATOR_NAMES
from turvaverkko.indicators.loading.periods import period_of
from turvaverkko.indicators.loading.shapes import FIGURE
from turvaverkko.indicators.models import Figure, Indicator, StatisticalArea
from turvaverkko.indicators.rules import SHOWN, Origin, Period, PeriodKind, Status, key_of
from turvaverkko.organisation.api import Applying, Entry, Pack

PERIOD_ADVICE: Final = (
    "2021, 2021-Q3, 2021-05, round 2021-05, round 2, 2021-10-01/2022-06-18, target, unknown"
)
# What a figure says: two that agree in all of these are the same figure.
SAYS: Final = (
    "source_key",
    "indicator_id",
    "area_id",
    "period",
    "group",
    "value",
    "numerator",
    "denominator",
    "qualifier",
    "status",
    "footnote_fi",
)

Values = dict[str, Any]


def read(pack: Pack) -> list[Entry]:
    """Read the figures: known indicator and area, a time that is one, one figure of a thing and time."""
    entries = pack.csv_rows("figures.csv", FIGURE, needed=False)
    keys: dict[str, Entry] = {}
    things: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        pack.refer(entry, "indicator", INDICATOR_NAMES)
        pack.refer(entry, "area", AREA_NAMES)
        first = keys.setdefault(entry["key"], entry)
        if first is not entry:
            text = gettext("Avain on jo kohdassa %(place)s. Anna luvulle oma avain.")
            pack.fault(entry, "key", text % {"place": first.place})
        thing = tuple(entry.get(name, "") for name in ("indicator", "area", "period", "group"))
        same = things.setdefault(thing, entry)
        if same is not entry:
            text = gettext("Saman mittarin, alueen ja ajan luku on jo kohdassa %(place)s. Poista toinen.")
            pack.fault(entry, "period", text % {"place": same.place})
        _check_period(pack, entry)
    return entries


def _check_period(pack: Pack, entry: Entry) -> None:
    try:
        period = period_of(entry["period"])
    except ValueError:
        text = gettext("”%(value)s” ei ole aika. Kirjoita jokin näistä: %(advice)s.")
        pack.fault(entry, "period", text % {"value": entry["period"], "advice": PERIOD_ADVICE})
        return
    defined = pack.declared.get(INDICATOR_NAMES, {}).get(entry["indicator"])
    if defined is None or period.kind is not PeriodKind.TARGET:
        return
    target = defined["target"]
    if target == NOT_SET or Decimal(str(target)) != Decimal(entry["value"]):
        text = gettext("Tavoite on tässä %(here)s, mutta mittarin määrittelyssä %(there)s. Korjaa toinen.")
        there = gettext("asettamatta") if target == NOT_SET else target
        pack.fault(entry, "value", text % {"here": entry["value"], "there": there})


def apply(entries: list[Entry], applying: Applying) -> None:
    """Write the figures that are new or say something new; the ones they replace are kept as replaced."""
    pack = applying.county.code
    indicators = {row.code: row for row in Indicator.objects.filter(pack=pack)}
    areas = {row.code: row for row in StatisticalArea.objects.filter(pack__in=("", pack))}
    stored = {
        _says(row): row
        for row in Figure.objects.filter(
            indicator__pack=pack, origin=Origin.REPORTED, status__in=SHOWN
        ).exclude(source_key="")
    }
    wanted = [Figure(**_values(entry, indicators, areas)) for entry in entries]
    new = [row for row in wanted if _says(row) not in stored]
    told = {_says(row) for row in wanted}
    counts = applying.report.counts("figures")
    counts.unchanged += len(wanted) - len(new)
    replaced = {row.source_key: row for says, row in stored.items() if says not in told}
    for row in replaced.values():
        row.status = Status.REPLACED
        row.save(update_fields=["status"])
    Figure.objects.bulk_create(new)
    changed = sum(row.source_key in replaced for row in new)
    counts.created += len(new) - changed
    counts.changed += changed
    counts.ended += len(replaced) - changed
    applying.progress("figures")


def _says(row: Figure) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in SAYS)


def _values(entry: Entry, indicators: dict[str, Indicator], areas: dict[str, StatisticalArea]) -> Values:
    period = period_of(entry["period"])
    return {
        "indicator": indicators[entry["indicator"]],
        "area": areas[entry["area"]],
        **_when(period),
        "group": entry.get("group", ""),
        "value": Decimal(entry["value"]),
        "numerator": _decimal(entry, "numerator"),
        "denominator": _decimal(entry, "denominator"),
        "qualifier": entry.get("qualifier", ""),
        "status": entry.get("status", Status.FINAL),
        "origin": Origin.REPORTED,
        "footnote_fi": entry.get("footnote", ""),
        "source_key": entry["key"],
    }


def _when(period: Period) -> Values:
    return {
        "period": key_of(period),
        "period_kind": period.kind,
        "period_start": period.start,
        "period_end": period.end,
        "period_order": period.order,
    }


def _decimal(entry: Entry, field: str) -> Decimal | None:
    return Decimal(entry[field]) if field in entry.data else None
