"""Figures, times and units in the reader's words: they read rows and never ask for any."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext

from turvaverkko.indicators.models import Figure, Indicator, QualityNote, StatisticalArea
from turvaverkko.indicators.rules import (
    AreaKind,
    NoteKind,
    Origin,
    Period,
    PeriodKind,
    Qualifier,
    Source,
    Status,
)

# Thousands and decimals as each language writes them; a space of thousands is thin and never breaks.
SEPARATORS: Final[Mapping[str, tuple[str, str]]] = {
    "fi": ("\u202f", ","),
    "sv": ("\u202f", ","),
    "en": (",", "."),
    "ar": (",", "."),
}
MINUS: Final = "\u2212"
NO_BREAK: Final = "\u00a0"

SOURCES: Final[Mapping[str, str | Promise]] = {
    Source.SOTKANET: "Sotkanet",
    Source.SCHOOL_HEALTH: gettext_lazy("Kouluterveyskysely"),
    Source.SURVEY: gettext_lazy("Oma kysely"),
    Source.COLLECTED: gettext_lazy("Kerätty yksiköistä ja hankkeista"),
    Source.DAILY_WORK: gettext_lazy("Oma toiminta"),
    Source.STATISTICS: gettext_lazy("Virallinen tilasto"),
}
ORIGINS: Final[Mapping[str, str | Promise]] = {
    Origin.REPORTED: gettext_lazy("Raportoitu"),
    Origin.FETCHED: gettext_lazy("Haettu lähteestä"),
    Origin.ENTERED: gettext_lazy("Kirjattu"),
    Origin.COMPUTED: gettext_lazy("Laskettu"),
}
STATUSES: Final[Mapping[str, str | Promise]] = {
    Status.DRAFT: gettext_lazy("luonnos"),
    Status.PRELIMINARY: gettext_lazy("ennakkotieto"),
    Status.FINAL: gettext_lazy("lopullinen"),
    Status.REVISED: gettext_lazy("korjattu"),
    Status.REPLACED: gettext_lazy("korvattu"),
}
NOTES: Final[Mapping[str, str | Promise]] = {
    NoteKind.BREAK: gettext_lazy("Katkos sarjassa"),
    NoteKind.DENOMINATOR: gettext_lazy("Nimittäjä puuttuu"),
    NoteKind.TARGET: gettext_lazy("Tavoitteella ei ole lukua"),
    NoteKind.TIME: gettext_lazy("Aika on epävarma"),
    NoteKind.AREA: gettext_lazy("Alue on epävarma"),
    NoteKind.CONTRADICTION: gettext_lazy("Lähteet ovat ristiriidassa"),
    NoteKind.COVERAGE: gettext_lazy("Kaikki eivät ole ilmoittaneet"),
    NoteKind.IDENTITY: gettext_lazy("Mittarin vastaavuutta ei ole tarkistettu"),
}
AREAS: Final[Mapping[str, str | Promise]] = {
    AreaKind.COUNTRY: gettext_lazy("Koko maa"),
    AreaKind.COUNTY: gettext_lazy("Hyvinvointialueet"),
    AreaKind.REGION: gettext_lazy("Maakunnat"),
    AreaKind.HOSPITAL_DISTRICT: gettext_lazy("Sairaanhoitopiirit"),
    AreaKind.SERVICE_AREA: gettext_lazy("Palvelualueet"),
    AreaKind.MUNICIPALITY: gettext_lazy("Kunnat"),
    AreaKind.NETWORK: gettext_lazy("Yhteistyöalueet"),
}
GROUPS: Final[Mapping[str, str | Promise]] = {
    "female": gettext_lazy("naiset"),
    "male": gettext_lazy("miehet"),
    "girls": gettext_lazy("tytöt"),
    "boys": gettext_lazy("pojat"),
}


def number_words(value: Decimal | float, decimals: int = 0) -> str:
    """Return a number as the reader's language writes it: "1 234,5" in Finnish.

    Args:
        value: the number.
        decimals: how many digits after the mark; a half is rounded away from nought.
    """
    thousands, mark = SEPARATORS.get(get_language() or "fi", SEPARATORS["fi"])
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    whole = f"{abs(rounded):,.{decimals}f}".replace(",", "\x00").replace(".", mark).replace("\x00", thousands)
    return f"{MINUS}{whole}" if rounded < 0 else whole


def small_words(value: Decimal) -> str:
    """Return a number with so many decimals that two digits tell something: "0,000053", "12,50"."""
    decimals = 2 if value == 0 else min(8, max(2, 1 - value.adjusted()))
    return number_words(value, decimals)


def signed_words(value: Decimal, decimals: int = 0) -> str:
    """Return a change with its sign: "+14", "−2,4", "0"."""
    words = number_words(value, decimals)
    return f"+{words}" if value > 0 and words.strip("0,.") else words


def in_language(row: QualityNote | Indicator, field: str) -> str:
    """Return a text of a row in the reader's language, or in Finnish where it has none."""
    return str(getattr(row, f"{field}_{get_language()}", "") or getattr(row, f"{field}_fi"))


def unit_words(indicator: Indicator) -> str:
    """Return the unit in the reader's language, or in Finnish where it has none."""
    return in_language(indicator, "unit")


def value_words(indicator: Indicator, value: Decimal | None) -> str:
    """Return a number of an indicator with its unit: "50 % kunnista"; "ei lukua" for none."""
    if value is None:
        return gettext("ei lukua")
    return f"{number_words(value, indicator.decimals)}{NO_BREAK}{unit_words(indicator)}"


def change_words(indicator: Indicator, difference: Decimal) -> str:
    """Return how far two figures stand apart, without a sign: "14 prosenttiyksikköä", "2,4".

    Only points of per cent are named: another unit was told with the figure itself.
    """
    number = number_words(abs(difference), indicator.decimals)
    if indicator.unit_fi.startswith("%"):
        return f"{number}{NO_BREAK}{gettext('prosenttiyksikköä')}"
    return number


def figure_words(figure: Figure) -> str:
    """Return a figure with how exactly it is told: "noin 700 käyntiä / 1 000 as."."""
    if figure.value is None:
        return _without_value(figure)
    return qualified(figure.qualifier, value_words(figure.indicator, figure.value))


def bare_words(figure: Figure) -> str:
    """Return a figure without its unit, for a column whose head tells it."""
    if figure.value is None:
        return _without_value(figure)
    return qualified(figure.qualifier, number_words(figure.value, figure.indicator.decimals))


def is_hidden(figure: Figure) -> bool:
    """Tell whether there is a number that is not told: a small count of daily work, or what would give it."""
    return figure.value is None and figure.origin == Origin.COMPUTED


def _without_value(figure: Figure) -> str:
    return gettext("peitetty") if is_hidden(figure) else gettext("ei lukua")


def qualified(qualifier: str, value: str) -> str:
    """Return a value in words with its qualifier before it."""
    patterns = {
        Qualifier.ABOUT: gettext("noin %(value)s"),
        Qualifier.OVER: gettext("yli %(value)s"),
        Qualifier.ON_AVERAGE: gettext("keskimäärin %(value)s"),
    }
    pattern = patterns.get(Qualifier(qualifier)) if qualifier else None
    return pattern % {"value": value} if pattern else value


def period_of(figure: Figure) -> Period:
    """Return the time of a figure as the rules know it."""
    return Period(figure.period_start, figure.period_end, PeriodKind(figure.period_kind), figure.period_order)


def period_words(of: Figure | Period) -> str:
    """Return a time: "2021", "toukokuu 2021", "3. neljännes 2024", "kierros 5/2021", "tavoite"."""
    period = period_of(of) if isinstance(of, Figure) else of
    if period.start is None or period.end is None:
        return _timeless(period)
    parts = {
        "year": period.start.year,
        "month": period.start.month,
        "quarter": (period.start.month + 2) // 3,
        "name": MONTHS[period.start.month],
    }
    patterns = {
        PeriodKind.YEAR: "%(year)s",
        PeriodKind.QUARTER: gettext("%(quarter)s. neljännes %(year)s"),
        PeriodKind.MONTH: pgettext("kuukausi ja vuosi", "%(name)s %(year)s"),
        PeriodKind.ROUND: gettext("kierros %(month)s/%(year)s"),
    }
    pattern = patterns.get(period.kind)
    return pattern % parts if pattern else interval_words(period.start, period.end)


def interval_words(start: date, end: date) -> str:
    """Return "2020–2022" for whole years, else both days: "1.10.2021–18.6.2022"."""
    after = end + timedelta(days=1)
    if (start.day, start.month, after.day, after.month) == (1, 1, 1, 1):
        return f"{start.year}–{end.year}" if end.year > start.year else f"{start.year}"
    return f"{day_words(start)}–{day_words(end)}"


def day_words(day: date) -> str:
    """Return "1.10.2021" as the reader's language writes it, as plain text."""
    pattern = pgettext("päivä ja vuosi", "%(day)s.%(month)s.%(year)s")
    return pattern % {"day": day.day, "month": day.month, "year": day.year}


def _timeless(period: Period) -> str:
    if period.kind is PeriodKind.ORDER:
        return gettext("%(order)s. kierros, aikaa ei kerrottu") % {"order": period.order}
    if period.kind is PeriodKind.TARGET:
        return gettext("tavoite")
    return gettext("aikaa ei kerrottu")


def group_words(group: str) -> str:
    """Return whom a figure tells of: "naiset"; an age stays as the source wrote it."""
    return str(GROUPS.get(group, group))


def area_words(area: StatisticalArea) -> str:
    """Return an area so that it cannot be taken for another: a service area may be called as its town."""
    if area.kind == AreaKind.SERVICE_AREA:
        return gettext("%(area)s (palvelualue)") % {"area": area.name}
    return area.name


def whose(figure: Figure) -> str:
    """Return the area of a figure with its group: "Oulu, naiset"."""
    group, area = group_words(figure.group), area_words(figure.area)
    return f"{area}, {group}" if group else area


def target_words(indicator: Indicator) -> str:
    """Return the target with its unit, else its text, else that it is not set."""
    if indicator.target is not None:
        return value_words(indicator, indicator.target)
    return indicator.target_fi or gettext("ei asetettu")


def source_words(indicator: Indicator) -> str:
    """Return where the figures of an indicator come from: "Oma kysely: Perhekeskuskysely"."""
    label, named = str(SOURCES[indicator.source]), indicator.source_name_fi
    return f"{label}: {named}" if named and named != label else label
