"""Rows of a spreadsheet (XLSX) or a text file (CSV), bounded in memory and time. Pure.

A formula is never computed and never trusted: the cell says that it is one. What stands on a hidden sheet,
in a merged cell or outside the columns could be meant otherwise than it is read, so it is refused.
"""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from typing import Final

import openpyxl
from openpyxl.utils import column_index_from_string

from turvaverkko.core.safe_text import strip_controls
from turvaverkko.indicators.entry.files import BadFile, FileFault, check_file
from turvaverkko.indicators.entry.rules import NEEDED, Cell, CellKind, Column, Row

# Unit: rows of all sheets together. Thirty municipalities times eighty indicators is 2 400.
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 50
MOST_SHEETS: Final = 20
# Unit: characters of one cell; a footnote has at most 1 000.
LONGEST_CELL: Final = 5_000

_MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]{1,30})"')
_ROW: Final = re.compile(rb"<(?:\w+:)?row[\s/>]")
_ROW_NUMBER: Final = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="([0-9]{1,12})"')
_CELL: Final = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,9})[0-9]')
# How UTF-8 looks when somebody has read it as Windows-1252 and saved it again.
_TWICE_ENCODED: Final = re.compile("Ã[¤¶¥„–…]|\ufffd")
_SEPARATORS: Final = (";", "\t", ",")
_PERCENT: Final = "%"


def rows_of(name: str, content: bytes) -> list[Row]:
    """Return the rows of a table, headings read and left out.

    Raises:
        BadFile: it is no table, or cannot be read whole as one.
    """
    kind = check_file(name, content)
    if kind == "csv":
        return _rows("", _text_cells(content))
    if kind != "xlsx":
        raise BadFile(FileFault.NOT_A_TABLE)
    rows = [row for sheet, cells in _sheets(content) for row in _rows(sheet, cells)]
    if not rows:
        raise BadFile(FileFault.NO_ROWS)
    if len(rows) > MOST_ROWS:
        raise BadFile(FileFault.TOO_MANY_ROWS, more=str(MOST_ROWS))
    return rows


def _rows(sheet: str, cells: Iterator[tuple[int, list[Cell]]]) -> list[Row]:
    heading: list[Column | None] = []
    rows: list[Row] = []
    for number, written in cells:
        if not any(cell.text.strip() for cell in written):
            continue
        if not heading:
            heading = _heading(sheet, written)
            continue
        if len(rows) == MOST_ROWS:
            raise BadFile(FileFault.TOO_MANY_ROWS, sheet, str(MOST_ROWS))
        if any(cell.text.strip() for cell in written[len(heading) :]):
            raise BadFile(FileFault.TOO_MANY_COLUMNS, sheet, str(number))
        named = zip(heading, written, strict=False)
        rows.append(Row(sheet, number, {column: cell for column, cell in named if column is not None}))
    if not rows and not sheet:
        raise BadFile(FileFault.NO_ROWS)
    return rows


def _heading(sheet: str, cells: Sequence[Cell]) -> list[Column | None]:
    names = [" ".join(cell.text.casefold().split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    known = {column.value: column for column in Column}
    missing = [column.value for column in NEEDED if column.value not in names]
    if missing:
        raise BadFile(FileFault.NO_HEADING, sheet, ", ".join(missing))
    for name in names:
        if name not in known:
            raise BadFile(FileFault.UNKNOWN_COLUMN, sheet, name[:60])
        if names.count(name) > 1:
            raise BadFile(FileFault.COLUMN_TWICE, sheet, name)
    return [known[name] for name in names]


# --- text ---


def _text_cells(content: bytes) -> Iterator[tuple[int, list[Cell]]]:
    text = _decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    start = 1
    try:
        for written in reader:
            if len(written) > MOST_COLUMNS:
                raise BadFile(FileFault.TOO_MANY_COLUMNS, more=str(start))
            yield start, [_text_cell(cell) for cell in written]
            start = reader.line_num + 1
    except csv.Error as error:
        raise BadFile(FileFault.QUOTES, more=str(reader.line_num)) from error


def _text_cell(text: str) -> Cell:
    # What a spreadsheet would compute when the file is opened in one.
    if text.startswith("="):
        return Cell(text[:LONGEST_CELL], CellKind.FORMULA)
    return Cell(strip_controls(text[:LONGEST_CELL]))


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise BadFile(FileFault.ENCODING)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise BadFile(FileFault.ENCODING) from error
    if _TWICE_ENCODED.search(text):
        raise BadFile(FileFault.ENCODING)
    return text


# --- spreadsheet ---


def _sheets(content: bytes) -> Iterator[tuple[str, Iterator[tuple[int, list[Cell]]]]]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    # The library raises whatever a broken part makes it stumble on; nothing of such a file is read.
    except Exception as error:
        raise BadFile(FileFault.BROKEN) from error
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if len(book.worksheets) > MOST_SHEETS:
            raise BadFile(FileFault.TOO_MANY_SHEETS, more=str(MOST_SHEETS))
        for sheet in book.worksheets:
            name = strip_controls(sheet.title)
            if sheet.sheet_state != "visible":
                raise BadFile(FileFault.HIDDEN_SHEET, name)
            # Read-only sheets tell neither merged cells nor where their last cell lies: the part itself does.
            _check_part(name, _part(packed, getattr(sheet, "_worksheet_path", "")))
            # The heading, and one of each more than is taken: so what is too much is met and told.
            cells = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1)
            yield name, ((number, written) for number, written in enumerate(_all(cells), start=1))
    book.close()


def _part(packed: zipfile.ZipFile, path: str) -> bytes:
    try:
        return packed.read(path)
    except Exception as error:
        raise BadFile(FileFault.BROKEN) from error


def _check_part(sheet: str, part: bytes) -> None:
    if merged := _MERGED.search(part):
        raise BadFile(FileFault.MERGED, sheet, merged[1].decode())
    is_long = any(int(found[1]) > MOST_ROWS + 1 for found in _ROW_NUMBER.finditer(part))
    if is_long or sum(1 for _row in _ROW.finditer(part)) > MOST_ROWS + 1:
        raise BadFile(FileFault.TOO_MANY_ROWS, sheet, str(MOST_ROWS))
    for letters in {found[1].decode() for found in _CELL.finditer(part)}:
        if len(letters) > 3 or column_index_from_string(letters) > MOST_COLUMNS:
            raise BadFile(FileFault.TOO_MANY_COLUMNS, sheet, letters)


def _all(rows: Iterator[Sequence[object]]) -> Iterator[list[Cell]]:
    """The rows of a sheet; one that cannot be read makes the file a broken one."""
    try:
        for row in rows:
            yield [_sheet_cell(cell) for cell in row]
    except Exception as error:
        raise BadFile(FileFault.BROKEN) from error


def _sheet_cell(cell: object) -> Cell:
    value, kind = getattr(cell, "value", None), _kind_of(cell)
    if value is None:
        return Cell("")
    if kind in {CellKind.NUMBER, CellKind.SHARE}:
        return Cell(str(int(value)) if value == int(value) else repr(value), kind)
    return Cell(strip_controls(str(value)[:LONGEST_CELL]), kind)


def _kind_of(cell: object) -> CellKind:
    value, told = getattr(cell, "value", None), getattr(cell, "data_type", "n")
    if told == "e":
        return CellKind.ERROR
    if isinstance(value, bool):
        return CellKind.TRUTH
    if isinstance(value, int | float):
        return CellKind.SHARE if _PERCENT in getattr(cell, "number_format", "") else CellKind.NUMBER
    if isinstance(value, date | time | timedelta):
        return CellKind.DATE
    # Formulas over many cells are objects of the library.
    return CellKind.TEXT if told != "f" and isinstance(value, str | None) else CellKind.FORMULA
