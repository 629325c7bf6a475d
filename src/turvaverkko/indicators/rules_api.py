"""The pure door of `indicators`: kinds, times and rules, for rules of upper apps. No database."""

from turvaverkko.indicators.rules import (
    SHOWN,
    AreaKind,
    Direction,
    NoteKind,
    Origin,
    Period,
    PeriodKind,
    Qualifier,
    Status,
    is_better,
    meets,
    month,
)

__all__ = [
    "SHOWN",
    "AreaKind",
    "Direction",
    "NoteKind",
    "Origin",
    "Period",
    "PeriodKind",
    "Qualifier",
    "Status",
    "is_better",
    "meets",
    "month",
]
