"""The door of `indicators`: what other apps may read and say of figures.

Reads   `indicators()`, `indicator_by_code(code)`, `area_by_code(code)`, `shown_figures(indicator, area)`,
        `series(indicator, area, group)`: one figure a period; `notes_of(indicators)`.
Words   `figure_words(figure)`, `value_words(indicator, value)`, `period_words(figure or period)`,
        `area_words(area)`, `number_words(value, decimals)`, `target_words(indicator)`.
Rights  `may_read(roles)`; `leads_by_figures(roles)`: whose first page is that of figures.
"""

from turvaverkko.indicators.models import Figure, Indicator, Population, QualityNote, StatisticalArea
from turvaverkko.indicators.policies import leads_by_figures, may_read
from turvaverkko.indicators.queries import (
    TIMED,
    Timed,
    area_by_code,
    indicator_by_code,
    indicators,
    notes_of,
    one_a_period,
    series,
    shown_figures,
)
from turvaverkko.indicators.words import (
    area_words,
    change_words,
    figure_words,
    number_words,
    period_words,
    target_words,
    unit_words,
    value_words,
)

__all__ = [
    "TIMED",
    "Figure",
    "Indicator",
    "Population",
    "QualityNote",
    "StatisticalArea",
    "Timed",
    "area_by_code",
    "area_words",
    "change_words",
    "figure_words",
    "indicator_by_code",
    "indicators",
    "leads_by_figures",
    "may_read",
    "notes_of",
    "number_words",
    "one_a_period",
    "period_words",
    "series",
    "shown_figures",
    "target_words",
    "unit_words",
    "value_words",
]
