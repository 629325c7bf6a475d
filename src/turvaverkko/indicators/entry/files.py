"""Which files may be brought as a source, told by their content as well as by their name. Pure.

A file that says it is one thing and is another is refused: who downloads it must get what its name says.
"""

import codecs
import zipfile
from collections.abc import Mapping
from enum import StrEnum
from io import BytesIO
from typing import Final

from turvaverkko.core.safe_text import strip_controls

# Unit: bytes.
LARGEST_FILE: Final = 10_000_000
# Unit: bytes when unpacked, all parts together. A spreadsheet of 5 000 rows is a tenth of it.
LARGEST_UNPACKED: Final = 40_000_000
# Unit: parts of a packed file. A report with a hundred pictures has a few hundred.
MOST_PARTS: Final = 1_000
# Unit: characters of a file's name.
LONGEST_NAME: Final = 200

CONTENT_TYPES: Final[Mapping[str, str]] = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
TABLES: Final = frozenset({"xlsx", "csv"})
_SAME: Final[Mapping[str, str]] = {"jpeg": "jpg"}
_BEGINS: Final = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKED: Final = b"PK\x03\x04"
_PARTS: Final = (("xl/workbook.xml", "xlsx"), ("word/document.xml", "docx"))


class FileFault(StrEnum):
    """Why a file is refused as a whole."""

    MISSING = "missing"  # no file was chosen
    EMPTY = "empty"
    TOO_LARGE = "too-large"
    OTHER_KIND = "other-kind"  # its name ends otherwise than those we take
    NOT_A_TABLE = "not-a-table"
    NOT_WHAT_IT_SAYS = "not-what-it-says"
    OLD_OFFICE = "old-office"  # .xls, or a file locked with a password
    LOCKED = "locked"
    UNPACKS_TOO_LARGE = "unpacks-too-large"
    BROKEN = "broken"
    ENCODING = "encoding"
    QUOTES = "quotes"
    NO_ROWS = "no-rows"
    NO_HEADING = "no-heading"
    UNKNOWN_COLUMN = "unknown-column"
    COLUMN_TWICE = "column-twice"
    TOO_MANY_ROWS = "too-many-rows"
    TOO_MANY_COLUMNS = "too-many-columns"
    TOO_MANY_SHEETS = "too-many-sheets"
    HIDDEN_SHEET = "hidden-sheet"
    MERGED = "merged"


class BadFile(ValueError):
    """The file cannot be taken.

    Attributes:
        sheet: where in it; "" for the whole file.
        more: what the advice needs to tell.
    """

    def __init__(self, kind: FileFault, sheet: str = "", more: str = "") -> None:
        super().__init__(kind)
        self.kind, self.sheet, self.more = kind, sheet, more


def clean_name(name: str) -> str:
    r"""Return the last part of a file's name, harmless; long ones keep their ending.

    Examples:
        >>> clean_name("..\\Raportit/kysely\u202e.pdf"), len(clean_name("a" * 900 + ".xlsx"))
        ('kysely.pdf', 200)
    """
    last = strip_controls(name).replace("\\", "/").rpartition("/")[2].replace('"', "").strip()
    stem, dot, ending = last.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if dot else last[:LONGEST_NAME]


def ending_of(name: str) -> str:
    """Return the ending of a file's name in small letters, "jpg" for "JPEG"."""
    ending = name.rpartition(".")[2].casefold() if "." in name else ""
    return _SAME.get(ending, ending)


def check_file(name: str, content: bytes) -> str:
    """Return the kind of a file that may be kept: one of `CONTENT_TYPES`.

    Raises:
        BadFile: it is empty, too large, of another kind, or not what its name says.
    """
    if not content:
        raise BadFile(FileFault.EMPTY)
    if len(content) > LARGEST_FILE:
        raise BadFile(FileFault.TOO_LARGE)
    ending = ending_of(name)
    if content.startswith(_OLD_OFFICE):
        raise BadFile(FileFault.OLD_OFFICE)
    if ending not in CONTENT_TYPES:
        raise BadFile(FileFault.OTHER_KIND)
    if _kind_of(content) != ending:
        raise BadFile(FileFault.NOT_WHAT_IT_SAYS, more=ending)
    return ending


def _kind_of(content: bytes) -> str:
    for beginning, kind in _BEGINS:
        if content.startswith(beginning):
            return kind
    if content.startswith(_PACKED):
        return _packed_kind(content)
    # A text in another encoding is told to be one, not to be something else.
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "csv"
    # A text with spreadsheet rows: nothing but text may be in it.
    return "csv" if b"\x00" not in content and content.lstrip()[:1] != b"<" else ""


def _packed_kind(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise BadFile(FileFault.BROKEN) from error
    if any(part.flag_bits & 1 for part in parts):
        raise BadFile(FileFault.LOCKED)
    # What a part says of its size is as much as is ever unpacked of it.
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise BadFile(FileFault.UNPACKS_TOO_LARGE)
    names = {part.filename for part in parts}
    return next((kind for part, kind in _PARTS if part in names), "")
