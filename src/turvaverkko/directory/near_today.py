"""What goes on near the reader today, or else next: for the front page."""

from collections.abc import Sequence
from dataclasses import dataclass

from turvaverkko.core import time_source
from turvaverkko.core.time_source import local_day
from turvaverkko.directory import api
from turvaverkko.directory.happening_presenting import rows_of
from turvaverkko.directory.happening_shapes import Wish
from turvaverkko.directory.remembering import remembered
from turvaverkko.looks.api import Row

# Unit: rows of the front page.
ROWS = 4


@dataclass(frozen=True, slots=True)
class NearToday:
    """The next happenings.

    Attributes:
        is_today: whether all of them are today.
    """

    is_today: bool
    rows: Sequence[Row]


@remembered
def near_today(language: str, municipality: str = "") -> NearToday | None:
    """Return what is next in a municipality, else in the whole county; None when nothing comes."""
    wishes = (Wish(municipalities=(municipality,)), Wish()) if municipality else (Wish(),)
    for wish in wishes:
        lines = api.happening_series(language, municipality or None, wish=wish, limit=ROWS).lines
        if lines:
            today = time_source.today()
            is_today = all(local_day(line.time.starts_at) <= today for line in lines)
            return NearToday(is_today, rows_of(lines, today))
    return None
