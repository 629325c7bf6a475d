"""A report as a spreadsheet: numbers are numbers, days are days, and no text can run as a formula."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import get_language_bidi, gettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from turvaverkko.core.safe_text import strip_controls
from turvaverkko.evaluation.presenting import Shown
from turvaverkko.evaluation.queries import Line
from turvaverkko.evaluation.reports.columns import COLUMNS, Value, rows_of
from turvaverkko.evaluation.reports.presenting import Report
from turvaverkko.indicators.page_api import harmless

# A sheet that is only written: the stubs of the library know less of it than it has.
Sheet = Any
MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DAY: Final = "d.m.yyyy"
# Unit: characters. A cell of a spreadsheet holds no more.
LONGEST: Final = 32_000
# Unit: characters of the widest column; of the narrowest.
WIDE: Final = 60
NARROW: Final = 14


def xlsx_of(report: Report, lines: Sequence[Line], *, made: datetime) -> bytes:
    """Return the file: goals, figures, what is wrong with them, where they come from."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = report.title, "Turvaverkko"
    # A spreadsheet knows no time zones.
    book.properties.created = book.properties.modified = made.replace(tzinfo=None)
    _goals(book, report)
    _figures(book, lines)
    _quality(book, report)
    _sources(book, report)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _goals(book: Workbook, report: Report) -> None:
    head = [
        gettext("Hyötytavoite"),
        gettext("Tulostavoite"),
        gettext("Prosessitavoite"),
        gettext("Sääntö sanoo"),
        gettext("Miksi"),
        gettext("Oma arvio"),
        gettext("Perustelu"),
        gettext("Teksti"),
        gettext("Kirjoittaja"),
    ]
    sheet = _sheet(
        book, gettext("Tavoitteet"), head, [WIDE / 2, WIDE / 2, WIDE / 2, 24, 30, 24, 30, WIDE, 24]
    )
    for chapter in report.chapters:
        for outcome in chapter.outcomes:
            for part in outcome.goals:
                above = [one.name if one else "" for one in (chapter.goal, outcome.goal)]
                sheet.append([_cell(sheet, text) for text in (*above, *_told(part.line))])


def _told(line: Shown) -> list[str]:
    judged = line.judgement
    return [
        line.goal.name,
        line.rule.text,
        line.rule.why,
        judged.text if judged else "",
        judged.why if judged else "",
        line.text,
        line.by if line.text else "",
    ]


def _figures(book: Workbook, lines: Iterable[Line]) -> None:
    head = [str(column.title) for column in COLUMNS]
    widths = [float(WIDE if column.name.endswith("_name") else NARROW) for column in COLUMNS]
    sheet = _sheet(book, gettext("Luvut"), head, widths)
    for one, values in rows_of(lines):
        number = f"#,##0.{'0' * one.indicator.decimals}".rstrip(".")
        sheet.append([_cell(sheet, value, number) for value in values])


def _quality(book: Workbook, report: Report) -> None:
    head = [gettext("Mittarit"), gettext("Huomautus"), gettext("Selitys")]
    sheet = _sheet(book, gettext("Laatu"), head, [WIDE / 2, 30, WIDE])
    for one in report.quality:
        sheet.append([_cell(sheet, text) for text in (one.indicators, one.kind, one.text)])


def _sources(book: Workbook, report: Report) -> None:
    columns = report.sources.columns if report.sources else ()
    head = [cell.text for cell in columns]
    sheet = _sheet(book, gettext("Lähteet"), head, [WIDE / 2.0 for _cell_of in columns])
    for row in report.sources.rows if report.sources else ():
        sheet.append([_cell(sheet, cell.text) for cell in row])


def _sheet(book: Workbook, title: str, head: Sequence[str], widths: Sequence[float]) -> Sheet:
    """Begin a sheet whose first row stays in sight. The file holds widths before rows, so they come first."""
    sheet: Sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.sheet_view.rightToLeft = get_language_bidi()
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    cells = [_cell(sheet, text) for text in head]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    return sheet


def _cell(sheet: Sheet, value: Value, number: str = "General") -> Any:  # noqa: ANN401 - as the library has it
    if isinstance(value, Decimal):
        cell = WriteOnlyCell(sheet, float(value))
        cell.number_format = number
    elif isinstance(value, date):
        cell = WriteOnlyCell(sheet, datetime.combine(value, time()))
        cell.number_format = DAY
    else:
        cell = WriteOnlyCell(sheet, harmless(strip_controls(value)[:LONGEST]) if value else None)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
