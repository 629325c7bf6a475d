"""The spreadsheet that is downloaded to be filled: indicators, areas and the time stand ready in it."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from turvaverkko.indicators.entry.rules import Column
from turvaverkko.indicators.models import Indicator, StatisticalArea

TITLE: Final = "Luvut"
# Unit: characters, by column; the others are as wide as their heading needs.
WIDTHS: Final = {
    Column.INDICATOR: 28,
    Column.INDICATOR_NAME: 44,
    Column.AREA: 20,
    Column.AREA_NAME: 24,
    Column.FOOTNOTE: 36,
    Column.BREAK: 36,
}
WIDTH: Final = 12


def workbook(indicators: Sequence[Indicator], areas: Sequence[StatisticalArea], period: str) -> bytes:
    """Return the file: one row for each indicator and area, the figure left empty."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = TITLE
    sheet.append([column.value for column in Column])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(Column, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(column, WIDTH)
    for one in indicators:
        for area in areas:
            _write(sheet, (one.code, one.name, area.code, area.name, period))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write(sheet: Worksheet, texts: tuple[str, ...]) -> None:
    sheet.append(texts)
    # A name is never a formula, whatever it begins with.
    for cell in sheet[sheet.max_row]:
        cell.data_type = "s"
