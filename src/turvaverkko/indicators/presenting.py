"""What the pages of figures say: the standing in words, the sentence over an indicator, drawings, tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from turvaverkko.core import time_source
from turvaverkko.indicators import charts, words
from turvaverkko.indicators.charts import Dot, Drawing, Frame, Tick
from turvaverkko.indicators.models import Figure, Indicator, QualityNote, StatisticalArea
from turvaverkko.indicators.presenting_standing import Light, Point, Standing, is_stale, standing
from turvaverkko.indicators.queries import one_a_period
from turvaverkko.indicators.rules import AreaKind, Direction, NoteKind, Origin, PeriodKind

LIGHTS: Final[Mapping[Light, str | Promise]] = {
    Light.MET: gettext_lazy("Tavoite on saavutettu"),
    Light.BEHIND: gettext_lazy("Tavoitetta ei ole saavutettu"),
    Light.BETTER: gettext_lazy("Parempi kuin edellinen luku"),
    Light.WORSE: gettext_lazy("Huonompi kuin edellinen luku"),
    Light.SAME: gettext_lazy("Sama kuin edellinen luku"),
    Light.BROKEN: gettext_lazy("Sarja katkeaa, ei verrata"),
    Light.UNJUDGED: gettext_lazy("Ei arvioitu"),
    Light.MISSING: gettext_lazy("Ei lukuja"),
}
# A sign beside the words, so that no colour is needed.
ICONS: Final[Mapping[Light, str]] = {
    Light.MET: "check",
    Light.BEHIND: "triangle",
    Light.BETTER: "check",
    Light.WORSE: "triangle",
    Light.BROKEN: "info",
}
# Whose figures a page opens with: the county's own first, the country last.
ORDER_OF_AREAS: Final = (
    AreaKind.COUNTY,
    AreaKind.REGION,
    AreaKind.HOSPITAL_DISTRICT,
    AreaKind.NETWORK,
    AreaKind.SERVICE_AREA,
    AreaKind.MUNICIPALITY,
    AreaKind.COUNTRY,
)
WIDE: Final = Frame(1080, 330, left=60, right=28, top=30, bottom=34)
NARROW: Final = Frame(340, 250, left=46, right=28, top=28, bottom=34)
SPARK: Final = Frame(120, 32, left=4, right=6, top=5, bottom=5)
PAPER: Final = Frame(340, 170, left=46, right=28, top=28, bottom=34)
SMALL: Final = Frame(160, 90, left=4, right=8, top=8, bottom=8)
SHARE: Final = "%"
# One line of both would show the same families twice.
NESTED: Final = frozenset({PeriodKind.MONTH, PeriodKind.QUARTER})


def breaks_of(notes: Sequence[QualityNote]) -> list[date | None]:
    """Return the days on which what is counted changed; None for one whose day is not known."""
    return [note.at for note in notes if note.kind == NoteKind.BREAK]


def note_words(note: QualityNote) -> str:
    """Return a note in the reader's language, or in Finnish where it has none."""
    return words.in_language(note, "text")


@dataclass(frozen=True)
class Reading:
    """One series of one area: what the newest figure says.

    Attributes:
        figures: one a period, in time; without figures whose time is not told.
    """

    indicator: Indicator
    area: StatisticalArea | None
    figures: Sequence[Figure]
    notes: Sequence[QualityNote] = ()

    @cached_property
    def standing(self) -> Standing:
        """How the newest figure stands, by rule."""
        return standing(
            [_point(one) for one in self.figures],
            direction=Direction(self.indicator.direction),
            target=self.indicator.target,
            breaks=breaks_of(self.notes),
        )

    @property
    def latest(self) -> Figure | None:
        """The newest figure with a value."""
        place = self.standing.latest
        return None if place is None else self.figures[place]

    @property
    def light_words(self) -> str:
        """What the rule says, in words."""
        return str(LIGHTS[self.standing.light])

    @property
    def icon(self) -> str:
        """The sign beside those words, if there is one."""
        return ICONS.get(self.standing.light, "")

    @property
    def stale(self) -> bool:
        """Whether a newer figure should be looked for."""
        return self.latest is not None and is_stale(self.latest.period_end, time_source.today())

    @property
    def sentence(self) -> str:
        """What the figures say, in full sentences. Made of the data alone."""
        latest = self.latest
        if latest is None:
            return gettext("%(name)s: lukuja ei vielä ole.") % {"name": self.indicator.name}
        told = gettext("%(name)s: %(value)s (%(period)s).") % {
            "name": self.indicator.name,
            "value": words.figure_words(latest),
            "period": words.period_words(latest),
        }
        return " ".join([told, *self._change(), *self._target()])

    def _change(self) -> list[str]:
        found = self.standing
        if found.is_broken:
            return [
                gettext("Sarja katkeaa ennen tätä lukua, joten sitä ei verrata aiempaan eikä tavoitteeseen.")
            ]
        if found.before is None or found.change is None:
            return [gettext("Vertailukelpoista aiempaa lukua ei ole.")]
        parts = {
            "change": words.change_words(self.indicator, found.change),
            "period": words.period_words(self.figures[found.before]),
        }
        if found.change == 0:
            return [gettext("Edellinen vertailukelpoinen luku oli sama (%(period)s).") % parts]
        if found.change > 0:
            return [
                gettext("Se on %(change)s enemmän kuin edellinen vertailukelpoinen luku (%(period)s).")
                % parts
            ]
        return [
            gettext("Se on %(change)s vähemmän kuin edellinen vertailukelpoinen luku (%(period)s).") % parts
        ]

    def _target(self) -> list[str]:
        found = self.standing
        if found.is_broken:
            return []
        if self.indicator.target is None:
            return [gettext("Tavoitteelle ei ole asetettu lukua.")]
        if found.short_of is None:
            return []
        parts = {
            "target": words.target_words(self.indicator),
            "distance": words.change_words(self.indicator, found.short_of),
        }
        if found.short_of == 0:
            return [gettext("Tavoite %(target)s on saavutettu.") % parts]
        return [gettext("Tavoitteesta %(target)s puuttuu %(distance)s.") % parts]

    @cached_property
    def spark(self) -> Drawing | None:
        """The small line of a list."""
        return self._drawing(SPARK)

    @cached_property
    def wide(self) -> Drawing | None:
        """The drawing of wide screens and paper."""
        return self._drawing(WIDE)

    @cached_property
    def narrow(self) -> Drawing | None:
        """The drawing of phones."""
        return self._drawing(NARROW)

    @cached_property
    def paper(self) -> Drawing | None:
        """The drawing of reports, on screen and on paper."""
        return self._drawing(PAPER)

    def small(self, reach: tuple[float, float], span: tuple[float, float]) -> Drawing | None:
        """The drawing of one area beside others, on the scale and the time of all."""
        return self._drawing(SMALL, reach, span)

    def _drawing(
        self,
        frame: Frame,
        reach: tuple[float, float] | None = None,
        span: tuple[float, float] | None = None,
    ) -> Drawing | None:
        target = self.indicator.target
        dots = dots_of(self.drawn)
        return charts.line_chart(
            dots,
            frame,
            say=lambda value: words.number_words(Decimal(str(value)), scale_decimals(value)),
            years=time_ticks(self.drawn, dots),
            breaks=[
                float(at.toordinal()) for at in breaks_of(self.notes) if at and _inside(at, self.figures)
            ],
            target=float(target) if target is not None else None,
            target_label=gettext("tavoite %(target)s") % {"target": short_target(self.indicator)},
            reach=reach,
            span=span,
            share=self.indicator.unit_fi.startswith(SHARE),
        )

    @cached_property
    def drawn(self) -> Sequence[Figure]:
        """What a drawing shows: of months and the quarters that they make up, those of the newest figure."""
        newest = next((one for one in reversed(self.figures) if one.value is not None), None)
        if newest is None or newest.period_kind not in NESTED:
            return self.figures
        other = NESTED - {PeriodKind(newest.period_kind)}
        return [one for one in self.figures if one.period_kind not in other]

    @property
    def described(self) -> str:
        """What the drawing shows, for those who listen."""
        told = ", ".join(f"{words.period_words(one)}: {words.figure_words(one)}" for one in self.drawn)
        broken = [
            gettext("Katkos %(day)s.") % {"day": words.day_words(at)} for at in breaks_of(self.notes) if at
        ]
        return " ".join([f"{told}.", *broken])


def dated(figures: Sequence[Figure]) -> list[Figure]:
    """Return what one line can show: the figures with a time, or else those of known order."""
    with_time = [one for one in figures if one.period_start is not None]
    return with_time or [one for one in figures if one.period_kind == PeriodKind.ORDER] or list(figures)


def reading_of(
    indicator: Indicator,
    area: StatisticalArea | None,
    figures: Sequence[Figure],
    notes: Sequence[QualityNote],
) -> Reading:
    """Return the reading of an area from any figures of the indicator: those of everybody count."""
    own = [one for one in figures if area is not None and one.area_id == area.pk and one.group == ""]
    return Reading(indicator, area, dated(one_a_period(own)), notes)


def main_area(figures: Sequence[Figure], host: str = "") -> StatisticalArea | None:
    """Return the area that a page opens with: the host county, then areas with figures of our own, by kind.

    Args:
        figures: of one indicator.
        host: code of the host county's area.
    """
    areas = {one.area_id: one.area for one in figures if one.period_kind != PeriodKind.TARGET}
    areas = areas or {one.area_id: one.area for one in figures}
    if not areas:
        return None
    own = {one.area_id for one in figures if one.origin != Origin.FETCHED}

    def rank(area: StatisticalArea) -> tuple[bool, bool, int, str]:
        return (
            area.code != host,
            area.pk not in own,
            ORDER_OF_AREAS.index(AreaKind(area.kind)),
            area.code,
        )

    return min(areas.values(), key=rank)


def dots_of(figures: Sequence[Figure]) -> list[Dot]:
    """Return figures as dots: by the middle of their time, or by their order where no time is known."""
    return [
        Dot(
            _middle(one) if one.period_start is not None else float(one.period_order or number + 1),
            float(one.value) if one.value is not None else None,
            words.bare_words(one),
            one.origin == Origin.REPORTED,
            one.period_kind,
        )
        for number, one in enumerate(figures)
    ]


def time_ticks(figures: Sequence[Figure], dots: Sequence[Dot]) -> list[Tick]:
    """Return what stands under the field: the years, or the rounds where no time is known."""
    found: dict[str, Tick] = {}
    for one, dot in zip(figures, dots, strict=True):
        if one.period_start is None:
            label = f"{one.period_order}." if one.period_order else words.period_words(one)
        elif one.period_kind == PeriodKind.ROUND:
            label = f"{one.period_start.month}/{one.period_start.year}"
        else:
            label = str(one.period_start.year)
        found.setdefault(label, Tick(dot.at, label))
    return list(found.values())


def short_target(indicator: Indicator) -> str:
    """Return the target as it fits on a drawing: the number, with a mark of per cent."""
    if indicator.target is None:
        return ""
    number = words.number_words(indicator.target, indicator.decimals)
    return f"{number}{words.NO_BREAK}%" if indicator.unit_fi.startswith(SHARE) else number


def scale_decimals(value: float) -> int:
    """Return how many decimals a number of a scale needs."""
    return next((n for n in range(4) if abs(value * 10**n - round(value * 10**n)) < 1e-6), 4)


def _point(figure: Figure) -> Point:
    return Point(
        figure.value,
        PeriodKind(figure.period_kind),
        figure.period_start,
        figure.period_end,
        figure.period_order,
    )


def _middle(figure: Figure) -> float:
    start = figure.period_start or date.min
    end = figure.period_end or start
    return float((start + timedelta(days=(end - start).days // 2)).toordinal())


def _inside(at: date, figures: Sequence[Figure]) -> bool:
    starts = [one.period_start for one in figures if one.period_start is not None]
    ends = [one.period_end for one in figures if one.period_end is not None]
    return bool(starts and ends) and min(starts) < at <= max(ends)
