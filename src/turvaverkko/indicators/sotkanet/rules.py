"""Rules of Sotkanet. Pure: what one row of its answers means, and which of our areas a region is.

The forms of its answers have changed over the years; what is read here are the forms that were seen.
A row of figures that cannot be read with certainty is refused, and with it the whole answer.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from turvaverkko.indicators.rules import AreaKind

# Unit: sign places. What `Figure.value` holds: 18 digits, 6 of them after the comma.
SMALLEST: Final = Decimal("0.000001")
LARGEST: Final = Decimal(10) ** 12
YEARS: Final = range(1950, 2101)
# How the source writes that there is no figure. Anything else that is no number is refused.
NO_FIGURE: Final = frozenset({"", "-", ".", "..", "..."})
# The source's word for a sex, and the group of our figure.
GROUPS: Final[Mapping[str, str]] = {"total": "", "": "", "male": "male", "female": "female"}
# Unit: shares. An answer with fewer indicators than this share of those known is no catalogue.
LEAST_OF_CATALOGUE: Final = 0.5

_NUMBER: Final = re.compile(r"-?[0-9]{1,30}([.,][0-9]{1,30})?")
_WHOLE: Final = re.compile(r"[0-9]{1,9}")


class RowKind(StrEnum):
    """What became of a row. The first ones refuse the whole answer."""

    NOT_A_ROW = "not-a-row"
    NOT_A_NUMBER = "not-a-number"
    TOO_LARGE = "too-large"
    TWO_VALUES = "two-values"  # "value" and "primary value" disagree
    NO_REGION = "no-region"
    NO_YEAR = "no-year"
    OTHER_YEAR = "other-year"
    OTHER_INDICATOR = "other-indicator"
    OTHER_SEX = "other-sex"
    CONTRADICTS = "contradicts"  # the same area, year and sex twice with different figures
    NO_TITLE = "no-title"  # of the catalogue
    # These do not: the row is left out or was there already.
    UNKNOWN_REGION = "unknown-region"
    REPEATED = "repeated"


TOLD_ONLY: Final = frozenset({RowKind.UNKNOWN_REGION, RowKind.REPEATED})


@dataclass(frozen=True, slots=True)
class Told:
    """What is reported of one row: its number in the answer (from 1), what became of it, what stood there."""

    row: int
    kind: RowKind
    region: str = ""
    year: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the source."""

    indicator: int
    years: Collection[int]
    sexes: Collection[str] = ("total",)


@dataclass(frozen=True, slots=True)
class Value:
    """One figure: of which area (our key), year and group."""

    area: int
    year: int
    group: str
    value: Decimal | None
    absolute: Decimal | None = None


@dataclass(slots=True)
class Reading:
    """What was read of an answer."""

    values: list[Value] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """Whether any row was such that nothing may be taken."""
        return any(one.kind not in TOLD_ONLY for one in self.told)


class BadRow(ValueError):
    """A row cannot be read."""

    def __init__(self, kind: RowKind, text: object = "") -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.text = text


def number(said: object) -> Decimal | None:
    """Return a figure as the source writes it; None where it says that there is none.

    Raises:
        BadRow: it is no number, or larger than any figure.

    Examples:
        >>> number("683,9"), number(384.5), number(".."), number(None)
        (Decimal('683.900000'), Decimal('384.500000'), None, None)
        >>> number("noin 5")
        Traceback (most recent call last):
            ...
        turvaverkko.indicators.sotkanet.rules.BadRow: not-a-number
    """
    text = "" if said is None else str(said).strip()
    if text in NO_FIGURE:
        return None
    if isinstance(said, bool) or not _NUMBER.fullmatch(text):
        # A number of JSON may be written with an exponent.
        if not isinstance(said, Decimal | float) or not Decimal(said).is_finite():
            raise BadRow(RowKind.NOT_A_NUMBER, said)
        text = str(said)
    found = Decimal(text.replace(",", "."))
    if abs(found) >= LARGEST:
        raise BadRow(RowKind.TOO_LARGE, said)
    return found.quantize(SMALLEST) + 0  # nought has no sign


def whole(said: object, fault: RowKind) -> int:
    """Return a whole number from nought on, whether written as a number or as text.

    Raises:
        BadRow: of kind `fault`: there is none.
    """
    text = "" if said is None or isinstance(said, bool) else str(said).strip()
    if not _WHOLE.fullmatch(text):
        raise BadRow(fault, said)
    return int(text)


def read_rows(rows: Iterable[object], asked: Asked, areas: Mapping[int, int]) -> Reading:
    """Read an answer row by row.

    Args:
        rows: mappings from names of the source to what stood there.
        asked: what the answer must be about.
        areas: our key of an area by the source's number of the region, former numbers too.
    """
    reading = Reading()
    seen: dict[tuple[int, int, str], Value] = {}
    for place, row in enumerate(rows, start=1):
        try:
            kind = _take(row, asked, areas, seen)
        except BadRow as bad:
            reading.told.append(_told(place, bad.kind, row, bad.text))
        else:
            if kind is not None:
                reading.told.append(_told(place, kind, row, ""))
    reading.values = [] if reading.is_refused else list(seen.values())
    return reading


def _take(
    row: object, asked: Asked, areas: Mapping[int, int], seen: dict[tuple[int, int, str], Value]
) -> RowKind | None:
    """Read one row into `seen`; return what is to be told of it."""
    region, value = _value(row, asked, areas)
    if region not in areas:
        return RowKind.UNKNOWN_REGION
    before = seen.setdefault((value.area, value.year, value.group), value)
    if before is value:
        return None
    if before != value:
        raise BadRow(RowKind.CONTRADICTS, value.value)
    return RowKind.REPEATED


def _value(row: object, asked: Asked, areas: Mapping[int, int]) -> tuple[int, Value]:
    if not isinstance(row, Mapping):
        raise BadRow(RowKind.NOT_A_ROW, row)
    if whole(row.get("indicator"), RowKind.OTHER_INDICATOR) != asked.indicator:
        raise BadRow(RowKind.OTHER_INDICATOR, row.get("indicator"))
    region = whole(row.get("region"), RowKind.NO_REGION)
    year = whole(row.get("year"), RowKind.NO_YEAR)
    if year not in asked.years or year not in YEARS:
        raise BadRow(RowKind.OTHER_YEAR, year)
    sex = str(row.get("gender") or "").strip().lower()
    if sex not in GROUPS or (sex or "total") not in asked.sexes:
        raise BadRow(RowKind.OTHER_SEX, sex)
    value = number(_one_of(row, "primary value", "value", "primaryValue"))
    absolute = number(_one_of(row, "absolute value", "absValue", "absoluteValue"))
    return region, Value(areas.get(region, 0), year, GROUPS[sex], value, absolute)


def _one_of(row: Mapping[str, Any], *names: str) -> object:
    """What stands under one of the names; under two it must be the same figure."""
    found = [row[name] for name in names if name in row]
    if len({number(one) for one in found}) > 1:
        raise BadRow(RowKind.TWO_VALUES, found[0])
    return found[0] if found else None


def _told(place: int, kind: RowKind, row: object, text: object) -> Told:
    has = row if isinstance(row, Mapping) else {}
    return Told(place, kind, short(has.get("region")), short(has.get("year")), short(text))


def short(said: object) -> str:
    r"""Return what stood in a row as one short line without control signs.

    Examples:
        >>> short("  a\n b "), short(None), len(short("x" * 500))
        ('a b', '', 40)
    """
    return one_line(said, 40)


def one_line(said: object, length: int) -> str:
    """Return a text as one line of at most `length` signs, without control signs."""
    text = "" if said is None else str(said)[: 10 * length]
    plain = "".join(" " if unicodedata.category(sign).startswith("C") else sign for sign in text)
    return " ".join(plain.split())[:length]


def same_title(one: str, other: str) -> bool:
    """Tell whether two titles are the same, whatever their spaces, dashes and capitals.

    Examples:
        >>> same_title("Käynnit  0 – 12-vuotiaat", "käynnit 0-12-vuotiaat")
        True
        >>> same_title("Sairastavuusindeksi", "Psykiatrian pakkotoimet 25 - 64-vuotiailla")
        False
    """
    return folded(one) == folded(other)


def folded(text: str) -> str:
    """Return a text for comparing: no capitals, one kind of dash without spaces round it, single spaces."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"\s*[-‐-―−]\s*", "-", " ".join(plain.split()))


# --- regions ---------------------------------------------------------------------------------------------

KINDS: Final[Mapping[str, AreaKind]] = {
    "kunta": AreaKind.MUNICIPALITY,
    "maakunta": AreaKind.REGION,
    "sairaanhoitopiiri": AreaKind.HOSPITAL_DISTRICT,
    "hyvinvointialue": AreaKind.COUNTY,
    "maa": AreaKind.COUNTRY,
}
FINLAND: Final = 358
# Sotkanet numbered the counties anew: (code of the county today, number today, number before or None).
# Their former codes are codes of other counties today, so a county is known by its number, never by code.
COUNTIES: Final[Sequence[tuple[int, int, int | None]]] = (
    (91, 956, None),
    (11, 957, 877),
    (16, 958, 878),
    (12, 959, 879),
    (90, 960, 880),
    (1, 961, 881),
    (20, 962, 882),
    (7, 963, 883),
    (18, 964, 884),
    (15, 965, 885),
    (2, 966, 886),
    (10, 967, 887),
    (21, 968, 888),
    (3, 969, 889),
    (8, 970, 890),
    (17, 971, 891),
    (14, 972, 892),
    (19, 973, 893),
    (13, 974, 894),
    (9, 975, 895),
    (6, 976, 896),
    (4, 977, 897),
    (5, 978, 898),
)
COUNTY_OF: Final = {now: code for code, now, _before in COUNTIES}
FORMER_COUNTY_OF: Final = {before: code for code, _now, before in COUNTIES if before is not None}
FORMER_OF: Final = {now: before for _code, now, before in COUNTIES}


class MatchKind(StrEnum):
    """What became of a region."""

    MATCHED = "matched"
    FORMER = "former"  # a former number of an area of ours
    NOT_OURS = "not-ours"  # a kind of region of which we tell nothing
    NO_AREA = "no-area"  # of a kind that we have, but no such area
    CODE_DIFFERS = "code-differs"  # number and code tell of different counties
    TAKEN = "taken"  # another region has the area already
    NOT_A_REGION = "not-a-region"


@dataclass(frozen=True, slots=True)
class Region:
    """One region as the source tells it. `category` is in small letters."""

    id: int
    code: str
    category: str
    title: str


@dataclass(frozen=True, slots=True)
class KnownArea:
    """One area of ours. `code` is such as "municipality:564"."""

    code: str
    kind: AreaKind
    name: str


@dataclass(frozen=True, slots=True)
class Match:
    """Which area a region is, or why none."""

    region: Region
    kind: MatchKind
    area: str = ""


def match(regions: Iterable[Region], areas: Iterable[KnownArea]) -> list[Match]:
    """Find the area of every region; no two regions of today are the same area."""
    known = {key: area.code for area in areas for key in _keys_of_area(area)}
    found: list[Match] = []
    taken: set[tuple[MatchKind, str]] = set()
    for region in regions:
        one = _match(region, known)
        if one.area and (one.kind, one.area) in taken:
            one = Match(region, MatchKind.TAKEN, one.area)
        taken.add((one.kind, one.area))
        found.append(one)
    return found


def _match(region: Region, known: Mapping[tuple[AreaKind, str], str]) -> Match:
    kind = KINDS.get(region.category)
    if kind is None:
        return Match(region, MatchKind.NOT_OURS)
    if kind is AreaKind.COUNTY:
        return _match_county(region, known)
    keys = [(kind, _plain(region.code))]
    if kind is AreaKind.COUNTRY:
        keys = [(kind, "fi")] if _plain(region.code) == str(FINLAND) else []
    if kind is AreaKind.HOSPITAL_DISTRICT:
        keys.append((kind, folded(region.title)))
    area = next((known[key] for key in keys if key in known), "")
    return Match(region, MatchKind.MATCHED if area else MatchKind.NO_AREA, area)


def _match_county(region: Region, known: Mapping[tuple[AreaKind, str], str]) -> Match:
    """By the source's number alone; today's code has to agree with it."""
    former = FORMER_COUNTY_OF.get(region.id)
    code = COUNTY_OF.get(region.id, former)
    if code is None:
        return Match(region, MatchKind.NO_AREA)
    if former is None and _plain(region.code) != str(code):
        return Match(region, MatchKind.CODE_DIFFERS)
    area = known.get((AreaKind.COUNTY, str(code)), "")
    if not area:
        return Match(region, MatchKind.NO_AREA)
    return Match(region, MatchKind.MATCHED if former is None else MatchKind.FORMER, area)


def _keys_of_area(area: KnownArea) -> list[tuple[AreaKind, str]]:
    tail = area.code.partition(":")[2]
    keys = [(area.kind, _plain(tail))]
    if area.kind is AreaKind.HOSPITAL_DISTRICT:
        keys.append((area.kind, folded(area.name)))
    return keys


def _plain(code: str) -> str:
    """A code without leading noughts: some files have lost them."""
    return code.strip().casefold().lstrip("0") or "0"
