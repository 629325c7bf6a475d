"""The figures of a report as a table with lasting column names: one table for every file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from turvaverkko.evaluation.queries import Line
from turvaverkko.evaluation.standing import Standing
from turvaverkko.indicators.api import unit_words

Value = str | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: in files; it does not change with the language.
        kind: as Data Package calls it.
        title: what it tells, in the reader's words.
        of: its value for one indicator of a goal in one area.
    """

    name: str
    kind: str
    title: str | Promise
    of: Callable[[Line, Standing], Value]


COLUMNS: Final[Sequence[Column]] = (
    Column("round", "yearmonth", _("Kierros"), lambda line, _one: line.round.code),
    Column("goal", "string", _("Tavoitteen tunnus"), lambda line, _one: line.goal.code),
    Column("goal_name", "string", _("Tavoite"), lambda line, _one: line.goal.name),
    Column("indicator", "string", _("Mittarin tunnus"), lambda _line, one: one.indicator.code),
    Column("indicator_name", "string", _("Mittari"), lambda _line, one: one.indicator.name),
    Column("unit", "string", _("Yksikkö"), lambda _line, one: unit_words(one.indicator)),
    Column("area", "string", _("Alueen tunnus"), lambda _line, one: one.area.code if one.area else None),
    Column("area_name", "string", _("Alue"), lambda _line, one: one.area.name if one.area else None),
    Column("period", "string", _("Aika"), lambda _line, one: one.latest.period if one.latest else None),
    Column(
        "period_start", "date", _("Alkaa"), lambda _line, one: one.latest.period_start if one.latest else None
    ),
    Column(
        "period_end", "date", _("Päättyy"), lambda _line, one: one.latest.period_end if one.latest else None
    ),
    Column("value", "number", _("Luku"), lambda _line, one: one.latest.value if one.latest else None),
    Column(
        "qualifier", "string", _("Tarkkuus"), lambda _line, one: one.latest.qualifier if one.latest else None
    ),
    Column(
        "earlier_period",
        "string",
        _("Aiempi aika"),
        lambda _line, one: one.earlier.period if one.earlier else None,
    ),
    Column(
        "earlier_value",
        "number",
        _("Aiempi luku"),
        lambda _line, one: one.earlier.value if one.earlier else None,
    ),
    Column("target", "number", _("Tavoiteltu luku"), lambda _line, one: one.indicator.target),
    Column("rule", "string", _("Sääntö sanoo"), lambda _line, one: one.told.verdict.value),
    Column("reasons", "string", _("Syyt"), lambda _line, one: " ".join(one.told.reasons)),
    Column("origin", "string", _("Alkuperä"), lambda _line, one: one.latest.origin if one.latest else None),
    Column("status", "string", _("Tila"), lambda _line, one: one.latest.status if one.latest else None),
    Column(
        "footnote", "string", _("Alaviite"), lambda _line, one: one.latest.footnote_fi if one.latest else None
    ),
)


def rows_of(lines: Iterable[Line]) -> Iterator[tuple[Standing, list[Value]]]:
    """Yield each indicator of each goal in each area with its values, in the order of the columns."""
    for line in lines:
        for one in line.standings:
            yield one, [column.of(line, one) for column in COLUMNS]
