"""The source's answers as they come: bytes in, rows out. Pure. What is none is refused as a whole."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from typing import Any, Final

from turvaverkko.indicators.sotkanet.rules import (
    BadRow,
    Match,
    MatchKind,
    Region,
    RowKind,
    Told,
    one_line,
    short,
    whole,
)

# The columns that a table of figures has to have; "absolute value" may be missing.
COLUMNS: Final = frozenset({"indicator", "region", "year", "gender"})
VALUE_COLUMNS: Final = frozenset({"primary value", "value"})
# Unit: characters, as in `SotkanetIndicator`.
TITLE_LENGTH: Final = 300
LANGUAGES: Final = ("fi", "sv", "en")


class Garbled(ValueError):
    """The answer is not what was asked for: no JSON, another table, cut off."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One indicator of the catalogue. Kinds of regions are in small letters; no sexes: only the total."""

    id: int
    titles: Mapping[str, str]
    organisation: str
    region_kinds: tuple[str, ...]
    sexes: tuple[str, ...]


def rows_of_json(content: bytes) -> list[Any]:
    """Return the rows of a JSON answer; numbers with a point are exact decimals.

    Raises:
        Garbled: it is no list in JSON.
    """
    try:
        # "NaN" and "Infinity" are no JSON: they stay text, and their row is refused.
        found = json.loads(content.decode("utf-8-sig"), parse_float=Decimal, parse_constant=str)
    except (ValueError, RecursionError) as fault:
        raise Garbled from fault
    if not isinstance(found, list):
        raise Garbled
    return found


def rows_of_csv(content: bytes) -> list[Any]:
    """Return the rows of a table with semicolons; a row of another length is returned as a list.

    Raises:
        Garbled: no such table, or its last line has no end.
    """
    try:
        text = content.decode("utf-8-sig")
        lines = list(csv.reader(StringIO(text, newline=""), delimiter=";", strict=True))
    except (ValueError, csv.Error) as fault:
        raise Garbled from fault
    while lines and not lines[-1]:
        lines.pop()
    head = [name.strip().lower() for name in lines[0]] if lines else []
    is_table = set(head) >= COLUMNS and VALUE_COLUMNS & set(head) and len(set(head)) == len(head)
    if not is_table or not text.endswith("\n"):
        raise Garbled
    return [dict(zip(head, line, strict=True)) if len(line) == len(head) else line for line in lines[1:]]


def catalogue(content: bytes) -> tuple[list[Listed], list[Told]]:
    """Return the indicators of the catalogue and what is wrong with the others.

    Raises:
        Garbled: it is no list in JSON, or nothing in it can be read.
    """
    found: dict[int, Listed] = {}
    told = []
    for place, row in enumerate(rows_of_json(content), start=1):
        try:
            one = _listed(row)
        except BadRow as bad:
            told.append(Told(place, bad.kind, text=short(bad.text)))
            continue
        before = found.setdefault(one.id, one)
        if before is not one:
            kind = RowKind.REPEATED if before == one else RowKind.CONTRADICTS
            told.append(Told(place, kind, text=str(one.id)))
    if not found:
        raise Garbled
    return list(found.values()), told


def regions(content: bytes) -> tuple[list[Region], list[Match]]:
    """Return the regions, and what is none as a match of that kind.

    Raises:
        Garbled: it is no list in JSON, or no region can be read.
    """
    found, bad = [], []
    for row in rows_of_json(content):
        try:
            found.append(_region(row))
        except BadRow as fault:
            bad.append(Match(Region(0, "", "", short(fault.text)), MatchKind.NOT_A_REGION))
    if not found:
        raise Garbled
    return found, bad


def _listed(row: object) -> Listed:
    if not isinstance(row, dict):
        raise BadRow(RowKind.NOT_A_ROW, row)
    number = whole(row.get("id"), RowKind.OTHER_INDICATOR)
    titles = _titles(row.get("title"))
    if not titles["fi"]:
        raise BadRow(RowKind.NO_TITLE, number)
    kinds = row.get("classifications")
    organisation = row.get("organization")
    return Listed(
        number,
        titles,
        _titles(organisation.get("title") if isinstance(organisation, dict) else None)["fi"],
        _classes(kinds, "region"),
        _classes(kinds, "sex"),
    )


def _region(row: object) -> Region:
    if not isinstance(row, dict):
        raise BadRow(RowKind.NOT_A_ROW, row)
    code, category = row.get("code"), row.get("category")
    if not isinstance(code, str | int) or not isinstance(category, str):
        raise BadRow(RowKind.NO_REGION, row.get("id"))
    number = whole(row.get("id"), RowKind.NO_REGION)
    return Region(number, str(code), category.strip().lower(), _titles(row.get("title"))["fi"])


def _titles(said: object) -> dict[str, str]:
    known = said if isinstance(said, dict) else {}
    return {code: one_line(known.get(code) or "", TITLE_LENGTH) for code in LANGUAGES}


def _classes(kinds: object, name: str) -> tuple[str, ...]:
    """The values of a classification, in small letters; none when it is missing."""
    said = kinds.get(name) if isinstance(kinds, dict) else None
    values = said.get("values") if isinstance(said, dict) else None
    if not isinstance(values, list):
        return ()
    return tuple(dict.fromkeys(short(one).lower() for one in values))
