"""Files for the tests of entered figures: good ones, and one of each kind of bad."""

import io
import zipfile
from collections.abc import Callable, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from turvaverkko.indicators.entry.rules import Column

HEADING = [column.value for column in Column]
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def row(indicator: str, area: str, period: object, value: object, **more: object) -> list[object]:
    """One row in the order of the columns."""
    given = {"mittari": indicator, "alue": area, "aika": period, "luku": value, **more}
    return [given.get(name) for name in HEADING]


def xlsx(
    rows: Sequence[Sequence[object]], shape: Callable[[Workbook, Worksheet], None] | None = None
) -> bytes:
    """A workbook of one sheet; `shape` changes it before it is saved."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Luvut"
    for one in (HEADING, *rows):
        sheet.append(list(one))
    if shape:
        shape(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv(rows: Sequence[Sequence[object]], separator: str = ";", encoding: str = "utf-8") -> bytes:
    """A text file with the heading first."""
    lines = [separator.join("" if cell is None else str(cell) for cell in one) for one in (HEADING, *rows)]
    return "\r\n".join(lines).encode(encoding)


def repacked(
    content: bytes, change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None
) -> bytes:
    """A workbook whose parts are changed by hand, as no spreadsheet program would write them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in (extra or {}).items():
            new.writestr(name, part)
    return out.getvalue()
