"""Hostile and broken files, one by one: each is refused with its own reason, in bounded memory and time."""

import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from turvaverkko.indicators.entry import tables
from turvaverkko.indicators.entry.files import LARGEST_FILE, BadFile, FileFault, check_file
from turvaverkko.indicators.entry.rules import CellKind, Column
from turvaverkko.indicators.entry.tables import MOST_ROWS, rows_of
from turvaverkko.indicators.tests.entry_files import HEADING, PDF, csv, repacked, row, xlsx

ONE = row("keskustelut", "municipality:564", 2026, 12)
GOOD = xlsx([ONE])
SHEET = "xl/worksheets/sheet1.xml"


def refused(content: bytes, name: str = "luvut.xlsx") -> BadFile:
    with pytest.raises(BadFile) as caught:
        rows_of(name, content)
    return caught.value


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return out.getvalue()


def hide(_book: Workbook, sheet: Worksheet) -> None:
    other = _book.create_sheet("Vanhat")
    other.append(HEADING)
    other.sheet_state = "hidden"


def merge(_book: Workbook, sheet: Worksheet) -> None:
    sheet.merge_cells("A2:B3")


def with_sheet(change: Callable[[bytes], bytes]) -> bytes:
    return repacked(GOOD, lambda name, part: change(part) if name == SHEET else part)


def locked(content: bytes) -> bytes:
    """The mark of a password on every part of a packed file."""
    raw = bytearray(content)
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = raw.find(mark)
        while place >= 0:
            raw[place + offset] |= 1
            place = raw.find(mark, place + 4)
    return bytes(raw)


BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<si><t>&c;</t></si></sst>"""


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", FileFault.EMPTY),
        (b"x" * (LARGEST_FILE + 1), FileFault.TOO_LARGE),
        (PDF, FileFault.NOT_WHAT_IT_SAYS),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, FileFault.OLD_OFFICE),
        (b"a;b\n1;2\n", FileFault.NOT_WHAT_IT_SAYS),
        (GOOD[:400], FileFault.BROKEN),
        (GOOD[: len(GOOD) // 2], FileFault.BROKEN),
        (locked(GOOD), FileFault.LOCKED),
        (zipped({"word/document.xml": b"<a/>"}), FileFault.NOT_WHAT_IT_SAYS),
        (zipped({"xl/workbook.xml": b"<a/>"}), FileFault.BROKEN),
        (zipped({"xl/workbook.xml": b"0" * 50_000_000}), FileFault.UNPACKS_TOO_LARGE),
        (zipped({f"{n}.xml": b"" for n in range(1001)}), FileFault.UNPACKS_TOO_LARGE),
        (repacked(GOOD, lambda n, p: BOMB if n == SHEET else p), FileFault.BROKEN),
        (with_sheet(lambda part: part[:-200]), FileFault.BROKEN),
        (with_sheet(lambda part: part.replace(b'r="G2"', b'r="XFD2"')), FileFault.TOO_MANY_COLUMNS),
        (with_sheet(lambda part: part.replace(b'r="G2"', b'r="ABCDE2"')), FileFault.TOO_MANY_COLUMNS),
        (with_sheet(lambda part: part.replace(b'<row r="2"', b'<row r="1048576"')), FileFault.TOO_MANY_ROWS),
        (xlsx([ONE], hide), FileFault.HIDDEN_SHEET),
        (xlsx([ONE], merge), FileFault.MERGED),
        (xlsx([]), FileFault.NO_ROWS),
        (xlsx([[*ONE, "irrallaan"]]), FileFault.TOO_MANY_COLUMNS),
        (xlsx([ONE], lambda _book, sheet: sheet.delete_cols(1)), FileFault.NO_HEADING),
        (xlsx([ONE], lambda _book, sheet: setattr(sheet["L1"], "value", "muuta")), FileFault.UNKNOWN_COLUMN),
        (xlsx([ONE], lambda _book, sheet: setattr(sheet["L1"], "value", "luku")), FileFault.COLUMN_TWICE),
        (xlsx([ONE], lambda book, _: [book.create_sheet() for _n in range(20)]), FileFault.TOO_MANY_SHEETS),
    ],
    ids=lambda one: one.value if isinstance(one, FileFault) else "",
)
def test_a_bad_workbook_is_refused(content: bytes, kind: FileFault) -> None:
    assert refused(content).kind is kind


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (csv([ONE], encoding="utf-16"), FileFault.ENCODING),
        (csv([["Ã¤Ã¶"]]), FileFault.ENCODING),
        (b"mittari;\x81\x8d;alue", FileFault.ENCODING),
        (csv([['"auki']]), FileFault.QUOTES),
        (b"\n\n", FileFault.NO_ROWS),
        (csv([]), FileFault.NO_ROWS),
        (b"mittari;alue\na;b", FileFault.NO_HEADING),
        (b"<html>mittari;alue;aika;luku</html>", FileFault.NOT_WHAT_IT_SAYS),
        (b"mittari\x00;alue", FileFault.NOT_WHAT_IT_SAYS),
        (b";" * 60, FileFault.TOO_MANY_COLUMNS),
        (csv([ONE] * (MOST_ROWS + 1)), FileFault.TOO_MANY_ROWS),
    ],
    ids=lambda one: one.value if isinstance(one, FileFault) else "",
)
def test_a_bad_text_file_is_refused(content: bytes, kind: FileFault) -> None:
    assert refused(content, "luvut.csv").kind is kind


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("ohjelma.exe", b"MZ" * 10, FileFault.OTHER_KIND),
        ("sivu.html", b"<script>", FileFault.OTHER_KIND),
        ("kuva.svg", b"<svg/>", FileFault.OTHER_KIND),
        ("kuva.png", b"<script>", FileFault.NOT_WHAT_IT_SAYS),
        ("raportti.pdf", b"PK\x03\x04", FileFault.BROKEN),
        ("raportti.pdf", GOOD, FileFault.NOT_WHAT_IT_SAYS),
        ("ilman", PDF, FileFault.OTHER_KIND),
    ],
)
def test_a_source_of_another_kind_is_refused(name: str, content: bytes, kind: FileFault) -> None:
    with pytest.raises(BadFile) as caught:
        check_file(name, content)
    assert caught.value.kind is kind


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("a.PDF", PDF),
        ("a.png", b"\x89PNG\r\n\x1a\n.."),
        ("a.JPEG", b"\xff\xd8\xff\xe0"),
        ("a.docx", zipped({"word/document.xml": b"<a/>"})),
        ("a.xlsx", GOOD),
        ("a.csv", csv([ONE])),
    ],
)
def test_sources_that_may_be_kept(name: str, content: bytes) -> None:
    assert check_file(name, content)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_text_files_of_every_program(separator: str, encoding: str) -> None:
    (read,) = rows_of("luvut.csv", csv([row("a", "b", 2026, 5, ryhmä="tytöt")], separator, encoding))
    assert read.number == 2
    assert (read.cells[Column.VALUE].text, read.cells[Column.GROUP].text) == ("5", "tytöt")


def test_cells_tell_what_they_hold() -> None:
    def shape(_book: Workbook, sheet: Worksheet) -> None:
        sheet["G3"] = "=SUM(1,2)"
        sheet["G4"] = "#DIV/0!"
        sheet["G5"] = date(2026, 5, 1)
        sheet["G6"] = True
        sheet["G7"] = 0.125
        sheet["G7"].number_format = "0.0%"
        sheet["G8"] = "1 234,5"

    rows = rows_of("a.xlsx", xlsx([row("a", "b", 2026, n) for n in range(7)], shape))
    kinds = [one.cells[Column.VALUE].kind for one in rows]
    assert kinds == [
        CellKind.NUMBER,
        CellKind.FORMULA,
        CellKind.ERROR,
        CellKind.DATE,
        CellKind.TRUTH,
        CellKind.SHARE,
        CellKind.TEXT,
    ]
    assert [one.number for one in rows] == [2, 3, 4, 5, 6, 7, 8]
    assert rows[0].cells[Column.PERIOD].text == "2026"


def test_a_formula_in_a_text_file_is_one() -> None:
    (read,) = rows_of("a.csv", csv([row("a", "b", 2026, "=1+1")]))
    assert read.cells[Column.VALUE].kind is CellKind.FORMULA


def test_the_largest_file_is_read_in_bounded_memory_and_time() -> None:
    content = xlsx([row(f"mittari-{n % 80}", f"municipality:{n // 80}", 2026, n) for n in range(MOST_ROWS)])
    tracemalloc.start()
    begun = time.monotonic()
    assert len(rows_of("a.xlsx", content)) == MOST_ROWS
    took, (_now, most) = time.monotonic() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 120_000_000
    assert took < 60


def test_a_sheet_that_claims_less_than_it_holds_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    content = xlsx([ONE] * 5)
    lying = repacked(
        content,
        lambda n, p: p.replace(b"A1:K6", b"A1:K2").replace(b'<row r="', b'<row q="') if n == SHEET else p,
    )
    assert refused(lying).kind is FileFault.TOO_MANY_ROWS
