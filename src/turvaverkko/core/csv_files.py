"""Tables as files: comma separated values that a spreadsheet opens and cannot be made to run."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from django.http import HttpResponse

# What makes a spreadsheet take a text for a formula; a tab or a line end before it does not hide it.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
# A spreadsheet knows by this mark that the file is UTF-8.
MARK: Final = "\ufeff"

Value = str | int | Decimal | None


def harmless(value: Value) -> str:
    """Return a cell: numbers as they are, with a comma; a text that would be a formula after an apostrophe.

    Examples:
        >>> harmless("=HYPERLINK(1)"), harmless(Decimal("-2.50")), harmless(None), harmless(" @x")
        ("'=HYPERLINK(1)", '-2,5', '', "' @x")
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")
    if isinstance(value, int):
        return str(value)
    return f"'{value}" if value.startswith(FORMULA) or value.lstrip().startswith(FORMULA) else value


def csv_text(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """Return a table as Finnish spreadsheets read it: semicolons, comma in numbers, a mark of UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(name) for name in head])
    writer.writerows([harmless(value) for value in row] for row in rows)
    return MARK + out.getvalue()


def csv_response(name: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> HttpResponse:
    """Return the file to download. `name`: without an ending, of signs that a file name may hold."""
    response = HttpResponse(csv_text(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
