"""The door of the pages of figures: their frame and their lines, for pages of upper apps.

Frame   `add_page(view, label, order)` and `add_part(template, context, order)` of the front page from an
        app's `ready`; `for_readers`, `draw` in its views.
Lines   `lines_of(indicators, county)` for the component `indicator_line`; `Reading` of one series, with its
        drawings; `figures_in(areas, indicators)`.
Files   `csv_response(name, head, rows)`; `harmless(value)` for a cell of any spreadsheet.
"""

from collections.abc import Sequence

from turvaverkko.core.csv_files import Value, csv_response, harmless
from turvaverkko.indicators.models import Indicator
from turvaverkko.indicators.opening import figures_opened
from turvaverkko.indicators.presenting import Reading, main_area, note_words, reading_of
from turvaverkko.indicators.presenting_pages import Line, line_of
from turvaverkko.indicators.queries import figures_in, notes_of
from turvaverkko.indicators.rules import AreaKind
from turvaverkko.indicators.views.frame import add_page, add_part, draw, for_readers
from turvaverkko.organisation.api import County

__all__ = [
    "Line",
    "Reading",
    "Value",
    "add_page",
    "add_part",
    "csv_response",
    "draw",
    "figures_in",
    "for_readers",
    "harmless",
    "lines_of",
    "note_words",
]


def lines_of(of: Sequence[Indicator], county: County) -> list[Line]:
    """Return indicators with the newest figure and small chart of their main area. At most five queries."""
    host = f"{AreaKind.COUNTY}:{county.code}"
    figures, notes = figures_opened(of, host), notes_of(of)
    return [
        line_of(reading_of(one, main_area(figures[one.pk], host), figures[one.pk], notes[one.pk]))
        for one in of
    ]
