"""The door for apps above that count their daily work: they declare a `Topic` and `register` it.

A topic counts by `Plan` (areas and periods) into `Cell` → `Counted`, in two ways, and says with `Sum` what a
reader could add up. What may be published of it is decided here (`computed.publishable`), never above.
"""

from turvaverkko.indicators.computed import Cell, Counted, Declared, Measure, Plan, Topic, register
from turvaverkko.indicators.rules import Direction, Period, key_of
from turvaverkko.indicators.small_numbers import Sum

__all__ = [
    "Cell",
    "Counted",
    "Declared",
    "Direction",
    "Measure",
    "Period",
    "Plan",
    "Sum",
    "Topic",
    "key_of",
    "register",
]
