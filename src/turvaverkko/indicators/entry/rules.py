"""Rules of entered figures: what a row may say, and what is refused with which advice. Pure.

A row comes from a spreadsheet or from the form of one figure; both are checked here and nowhere else.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final, TypeVar

from turvaverkko.indicators.loading.periods import period_of
from turvaverkko.indicators.rules import Period, PeriodKind, key_of
from turvaverkko.indicators.small_numbers import LEAST_SHOWN, hides_share

# A figure so many times the one before it, or so small a part of it, is asked about before it is sent.
# Unit: times. Source: a choice of our own, to be confirmed by those who follow the figures.
JUMP: Final = 10
# Unit: digits before and after the mark; what the database holds.
MOST_WHOLE: Final = 12
MOST_DECIMALS: Final = 4
# Unit: decimals of what a share was counted from.
DECIMALS_OF_PARTS: Final = 2
# Unit: decimals. A spreadsheet counts in binary: 0.1 + 0.2 is 0.30000000000000004 in its file.
BINARY_NOISE: Final = 9
# Unit: characters of a footnote or of a note of a break.
LONGEST_TEXT: Final = 1000
# Times of which an entered figure tells: those that lie somewhere. Targets belong to the definition.
KINDS: Final = frozenset(
    {PeriodKind.YEAR, PeriodKind.QUARTER, PeriodKind.MONTH, PeriodKind.INTERVAL, PeriodKind.ROUND}
)
GROUPS: Final[Mapping[str, str]] = {
    "naiset": "female",
    "miehet": "male",
    "tytöt": "girls",
    "pojat": "boys",
    "female": "female",
    "male": "male",
    "girls": "girls",
    "boys": "boys",
}
AGES: Final = re.compile(r"[0-9]{1,3}[-–][0-9]{1,3}")
# Units that count persons or families, as definitions write them ("henkilöä", "perhettä").
COUNTED: Final = re.compile(
    r"\b(henkilö|perhettä|perheitä|lasta\b|lapsia|nuorta|nuoria|asiakasta|asiakkaita|oppilasta|oppilaita"
    r"|opiskelij|vanhempaa|vanhempia|huoltaj|osallistuj|äitiä|äitejä|isää|isiä|asukasta|as\.)"
)
# The same said of what is counted: in Finnish what is counted stands in the nominative.
COUNTED_TOLD: Final = re.compile(
    r"\b(henkilöt|perheet|lapset(?! puheeksi)|nuoret|asiakkaat|oppilaat|opiskelijat|vanhemmat|huoltajat"
    r"|osallistujat|äidit|isät|asukkaat)\b"
)
# A plain number: thousands in threes behind any space, a decimal comma or point, a minus of either sign.
_NUMBER: Final = re.compile(r"([-−–]?)([0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:([.,])([0-9]+))?( ?%)?")
_SPACES: Final = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")


class Column(StrEnum):
    """Columns of a spreadsheet, as its first row names them. The two names are for people: not read."""

    INDICATOR = "mittari"
    INDICATOR_NAME = "mittarin nimi"
    AREA = "alue"
    AREA_NAME = "alueen nimi"
    PERIOD = "aika"
    GROUP = "ryhmä"
    VALUE = "luku"
    NUMERATOR = "osoittaja"
    DENOMINATOR = "nimittäjä"
    FOOTNOTE = "huomautus"
    BREAK = "katkos"


NEEDED: Final = (Column.INDICATOR, Column.AREA, Column.PERIOD, Column.VALUE)


class CellKind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"  # a number that the spreadsheet shows as per cent: 0.12 is 12 %
    FORMULA = "formula"
    ERROR = "error"
    DATE = "date"
    TRUTH = "truth"


class FaultKind(StrEnum):
    """Why a row or a file is refused."""

    # Of a cell.
    FORMULA = "formula"
    ERROR_CELL = "error-cell"
    DATE_CELL = "date-cell"
    TRUTH_CELL = "truth-cell"
    MISSING = "missing"
    TOO_LONG = "too-long"
    UNKNOWN_INDICATOR = "unknown-indicator"
    COMPUTED = "computed"
    INDICATOR_ENDED = "indicator-ended"
    UNKNOWN_AREA = "unknown-area"
    AREA_NOT_THEN = "area-not-then"
    NO_PERIOD = "no-period"
    PERIOD_WITHOUT_TIME = "period-without-time"
    PERIOD_AHEAD = "period-ahead"
    UNKNOWN_GROUP = "unknown-group"
    NOT_A_NUMBER = "not-a-number"
    AMBIGUOUS_POINT = "ambiguous-point"
    NOT_A_SHARE = "not-a-share"
    TOO_LARGE = "too-large"
    NEGATIVE = "negative"
    DECIMALS = "decimals"
    SMALL = "small"
    NO_DENOMINATOR = "no-denominator"
    SHARE_DIFFERS = "share-differs"
    # Of a row among others.
    REPEATED = "repeated"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it was written; a number is text too, with a point."""

    text: str
    kind: CellKind = CellKind.TEXT


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `sheet`: "" in a text file and on the form of one figure; `number`: as the reader sees it."""

    sheet: str
    number: int
    cells: Mapping[Column, Cell]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is refused, where, and what stood there. `more`: what the advice needs to tell."""

    kind: FaultKind
    sheet: str
    row: int
    column: str
    said: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """What the rules need to know of an indicator."""

    code: str
    unit: str
    decimals: int = 0
    numerator: str = ""
    denominator: str = ""
    is_computed: bool = False
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """What the rules need to know of an area: when it is one."""

    code: str
    begins: date | None = None
    ends: date | None = None


Thing = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One row that may be proposed."""

    sheet: str
    row: int
    indicator: str
    area: str
    period: Period
    group: str
    value: Decimal
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    footnote: str = ""
    break_note: str = ""

    @property
    def thing(self) -> Thing:
        """What it is a figure of: indicator, area, time and group."""
        return self.indicator, self.area, key_of(self.period), self.group


@dataclass(frozen=True, slots=True)
class Known:
    """What rows are checked against. `waiting`: what somebody has already proposed."""

    indicators: Mapping[str, Measured]
    areas: Mapping[str, Where]
    waiting: Collection[Thing]
    today: date


@dataclass(slots=True)
class Checked:
    """What came of rows: those that may be proposed, and why others may not."""

    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class BadCell(ValueError):
    """A cell that cannot stand."""

    def __init__(self, kind: FaultKind, column: Column, said: str = "", more: str = "") -> None:
        super().__init__(kind)
        self.kind, self.column, self.said, self.more = kind, column, said, more


def check(rows: Sequence[Row], known: Known) -> Checked:
    """Check rows one by one and against each other. A row tells each of its faults."""
    found = Checked()
    seen: dict[Thing, Line] = {}
    for row in rows:
        line, faults = _line(row, known)
        if line is not None and not faults:
            first = seen.setdefault(line.thing, line)
            if first is not line:
                faults = [_fault(row, BadCell(FaultKind.REPEATED, Column.PERIOD, more=str(first.row)))]
            elif line.thing in known.waiting:
                faults = [_fault(row, BadCell(FaultKind.WAITING, Column.PERIOD))]
        found.faults += faults
        if line is not None and not faults:
            found.lines.append(line)
    return found


def read_number(text: str) -> tuple[Decimal, bool]:
    """Return a number as people in Finland write it, and whether a mark of per cent followed it.

    Raises:
        BadCell: it is no number, or a point in it may part thousands as well as decimals.

    Examples:
        >>> read_number("1 234,5"), read_number("−12 %"), read_number("711.9")
        ((Decimal('1234.5'), False), (Decimal('-12'), True), (Decimal('711.9'), False))
    """
    plain = _SPACES.sub(" ", text).strip()
    found = _NUMBER.fullmatch(plain)
    if found is None or len(found[2]) > 3 * MOST_WHOLE:
        raise BadCell(FaultKind.NOT_A_NUMBER, Column.VALUE, text)
    minus, whole, mark, decimals, percent = found.groups()
    # "1.234" is a thousand to one writer and a little over one to another.
    if mark == "." and len(decimals) == 3 and whole != "0":
        raise BadCell(FaultKind.AMBIGUOUS_POINT, Column.VALUE, text)
    number = Decimal(f"{whole.replace(' ', '')}.{decimals or 0}")
    if not decimals:
        number = number.to_integral_value()
    return (-number if minus else number), bool(percent)


def counts_persons(unit: str, numerator: str = "") -> bool:
    """Tell whether an indicator counts persons or families: its unit says so, or what is counted does.

    Examples:
        >>> counts_persons("henkilöä"), counts_persons("kpl", "Kurssille kirjautuneet vanhemmat")
        (True, True)
        >>> counts_persons("kpl", "Perhekeskukset, jotka olivat toiminnassa"), counts_persons("€/asukas")
        (False, False)
    """
    if "%" in unit or "/" in unit:
        return False
    return bool(COUNTED.search(unit.casefold()) or COUNTED_TOLD.search(numerator.casefold()))


def is_jump(before: Decimal | None, after: Decimal) -> bool:
    """Tell whether a figure differs so much from the one before it that somebody has to look again.

    Examples:
        >>> is_jump(Decimal(10), Decimal(101)), is_jump(Decimal(10), Decimal(100)), is_jump(None, Decimal(5))
        (True, False, False)
    """
    if not before:
        return False
    return abs(after) > JUMP * abs(before) or JUMP * abs(after) < abs(before) or (after < 0) != (before < 0)


def percent_of_change(before: Decimal, after: Decimal) -> Decimal | None:
    """Return by how many per cent a figure changed; None from nought."""
    if before == 0:
        return None
    return ((after - before) * 100 / abs(before)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _fault(row: Row, bad: BadCell) -> Fault:
    return Fault(bad.kind, row.sheet, row.number, bad.column.value, bad.said, bad.more)


class _Reader:
    """Reads the cells of one row and gathers what is wrong with them."""

    def __init__(self, row: Row, known: Known) -> None:
        self.row, self.known = row, known
        self.faults: list[Fault] = []

    def text(self, column: Column) -> str:
        """The text of a cell that must be written, not computed."""
        cell = self.row.cells.get(column, Cell(""))
        refused = {
            CellKind.FORMULA: FaultKind.FORMULA,
            CellKind.ERROR: FaultKind.ERROR_CELL,
            CellKind.DATE: FaultKind.DATE_CELL,
            CellKind.TRUTH: FaultKind.TRUTH_CELL,
        }.get(cell.kind)
        if refused:
            raise BadCell(refused, column, cell.text)
        text = cell.text.strip()
        if not text and column in NEEDED:
            raise BadCell(FaultKind.MISSING, column)
        if len(text) > LONGEST_TEXT:
            raise BadCell(FaultKind.TOO_LONG, column, more=str(LONGEST_TEXT))
        return text

    def indicator(self) -> Measured:
        """The indicator of the row."""
        code = self.text(Column.INDICATOR)
        found = self.known.indicators.get(code)
        if found is None:
            raise BadCell(FaultKind.UNKNOWN_INDICATOR, Column.INDICATOR, code)
        if found.is_computed:
            raise BadCell(FaultKind.COMPUTED, Column.INDICATOR, code)
        return found

    def area(self) -> Where:
        """The area of the row."""
        code = self.text(Column.AREA)
        found = self.known.areas.get(code)
        if found is None:
            raise BadCell(FaultKind.UNKNOWN_AREA, Column.AREA, code)
        return found

    def period(self) -> Period:
        """The time of the row: one that lies somewhere and has begun."""
        written = self.text(Column.PERIOD)
        try:
            found = period_of(written)
        except ValueError:
            raise BadCell(FaultKind.NO_PERIOD, Column.PERIOD, written) from None
        if found.kind not in KINDS or found.start is None:
            raise BadCell(FaultKind.PERIOD_WITHOUT_TIME, Column.PERIOD, written)
        if found.start > self.known.today:
            raise BadCell(FaultKind.PERIOD_AHEAD, Column.PERIOD, written)
        return found

    def group(self) -> str:
        """Whom the row tells of; "" for everybody."""
        written = self.text(Column.GROUP).casefold()
        if not written:
            return ""
        if AGES.fullmatch(written):
            return written.replace("–", "-")
        if written not in GROUPS:
            raise BadCell(FaultKind.UNKNOWN_GROUP, Column.GROUP, written)
        return GROUPS[written]

    def number(self, column: Column, decimals: int, *, in_percent: bool = False) -> Decimal | None:
        """The number of a cell; None where it is empty."""
        text = self.text(column)
        if not text:
            return None
        kind = self.row.cells[column].kind
        number, percent = _typed(text, column) if kind is CellKind.TEXT else _stored(text, kind, column)
        if percent and not in_percent:
            raise BadCell(FaultKind.NOT_A_SHARE, column, text)
        if abs(number) >= 10**MOST_WHOLE:
            raise BadCell(FaultKind.TOO_LARGE, column, text)
        if number != round(number, decimals):
            raise BadCell(FaultKind.DECIMALS, column, text, str(decimals))
        return number

    def gather(self, bad: BadCell) -> None:
        """Keep a fault."""
        self.faults.append(_fault(self.row, bad))


def _typed(text: str, column: Column) -> tuple[Decimal, bool]:
    try:
        return read_number(text)
    except BadCell as bad:
        raise BadCell(bad.kind, column, text) from None


def _stored(text: str, kind: CellKind, column: Column) -> tuple[Decimal, bool]:
    number = Decimal(text)
    if not number.is_finite():
        raise BadCell(FaultKind.NOT_A_NUMBER, column, text)
    if abs(number) >= 10**MOST_WHOLE:
        raise BadCell(FaultKind.TOO_LARGE, column, text)
    number = round(number * (100 if kind is CellKind.SHARE else 1), BINARY_NOISE)
    return number.normalize() if number else Decimal(0), kind is CellKind.SHARE


T = TypeVar("T")


def _line(row: Row, known: Known) -> tuple[Line | None, list[Fault]]:
    reader = _Reader(row, known)
    indicator = _tried(reader, reader.indicator)
    area = _tried(reader, reader.area)
    period = _tried(reader, reader.period)
    group = _tried(reader, reader.group)
    footnote = _tried(reader, lambda: reader.text(Column.FOOTNOTE))
    break_note = _tried(reader, lambda: reader.text(Column.BREAK))
    if indicator is None:
        return None, reader.faults
    value, numerator, denominator = _numbers(reader, indicator)
    if area is not None and period is not None:
        _tried(reader, lambda: _check_time(indicator, area, period))
    if reader.faults or area is None or period is None or value is None:
        return None, reader.faults
    line = Line(
        row.sheet,
        row.number,
        indicator.code,
        area.code,
        period,
        group or "",
        value,
        numerator,
        denominator,
        footnote or "",
        break_note or "",
    )
    _tried(reader, lambda: _check_parts(indicator, line))
    _tried(reader, lambda: _check_size(indicator, line))
    return line, reader.faults


def _tried(reader: _Reader, read: Callable[[], T]) -> T | None:
    try:
        return read()
    except BadCell as bad:
        reader.gather(bad)
        return None


def _numbers(reader: _Reader, of: Measured) -> list[Decimal | None]:
    is_share = of.unit.startswith("%")
    decimals = min(of.decimals, MOST_DECIMALS)
    return [
        _tried(reader, lambda: reader.number(Column.VALUE, decimals, in_percent=is_share)),
        _tried(reader, lambda: reader.number(Column.NUMERATOR, DECIMALS_OF_PARTS)),
        _tried(reader, lambda: reader.number(Column.DENOMINATOR, DECIMALS_OF_PARTS)),
    ]


def _check_time(of: Measured, area: Where, period: Period) -> None:
    start, end = period.start, period.end
    if start is None or end is None:
        return
    if of.ended is not None and start > of.ended:
        raise BadCell(FaultKind.INDICATOR_ENDED, Column.INDICATOR, of.code, of.ended.isoformat())
    if (area.ends is not None and start > area.ends) or (area.begins is not None and end < area.begins):
        span = f"{area.begins or ''}–{area.ends or ''}"
        raise BadCell(FaultKind.AREA_NOT_THEN, Column.AREA, area.code, span)


def _check_parts(of: Measured, line: Line) -> None:
    """A share agrees with what it was counted from, and tells of no small number."""
    part, whole = line.numerator, line.denominator
    if part is not None and part < 0:
        raise BadCell(FaultKind.NEGATIVE, Column.NUMERATOR, str(part))
    if whole is not None and whole <= 0:
        raise BadCell(FaultKind.NO_DENOMINATOR, Column.DENOMINATOR, str(whole))
    tells_persons = bool(COUNTED_TOLD.search(f"{of.numerator} {of.denominator}".casefold()))
    if tells_persons and part is not None and 0 < part < LEAST_SHOWN:
        raise BadCell(FaultKind.SMALL, Column.NUMERATOR, more=str(LEAST_SHOWN))
    if tells_persons and whole is not None and whole < LEAST_SHOWN:
        raise BadCell(FaultKind.SMALL, Column.DENOMINATOR, more=str(LEAST_SHOWN))
    if part is None or whole is None or not of.unit.startswith("%"):
        return
    if tells_persons and hides_share(int(part), int(whole)):
        raise BadCell(FaultKind.SMALL, Column.NUMERATOR, more=str(LEAST_SHOWN))
    # Unit: per cent. As far as rounding to the decimals of the indicator can lead.
    rounding = Decimal(1).scaleb(-of.decimals) / 2
    if abs(part * 100 / whole - line.value) > rounding:
        share = round(part * 100 / whole, of.decimals)
        raise BadCell(FaultKind.SHARE_DIFFERS, Column.VALUE, str(line.value), str(share))


def _check_size(of: Measured, line: Line) -> None:
    is_money_or_share = "€" in of.unit or of.unit.startswith("%")
    if line.value < 0 and not is_money_or_share:
        raise BadCell(FaultKind.NEGATIVE, Column.VALUE, str(line.value))
    if counts_persons(of.unit, of.numerator) and 0 < line.value < LEAST_SHOWN:
        raise BadCell(FaultKind.SMALL, Column.VALUE, more=str(LEAST_SHOWN))
