"""Figures of rounds as files for anybody's programs: CSV, and JSON that describes itself (Data Package)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from turvaverkko.evaluation.queries import Line
from turvaverkko.evaluation.reports.columns import COLUMNS, Column, Value, rows_of
from turvaverkko.evaluation.reports.queries import Material
from turvaverkko.evaluation.rules import Reason, Verdict
from turvaverkko.indicators.page_api import Value as CsvValue
from turvaverkko.indicators.page_api import note_words
from turvaverkko.indicators.rules_api import Origin, Status
from turvaverkko.indicators.words import source_words

LICENCE: Final = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
PROFILE: Final = "tabular-data-package"
# What may stand in the columns of codes.
CODES: Final[Mapping[str, list[str]]] = {
    "rule": [one.value for one in Verdict],
    "origin": [one.value for one in Origin],
    "status": [one.value for one in Status],
}
QUALITY: Final = (("indicator", "string"), ("kind", "string"), ("since", "date"), ("text", "string"))
Json = str | float | bool | None | list["Json"] | dict[str, "Json"]


def csv_of(lines: Iterable[Line]) -> tuple[list[str], list[list[CsvValue]]]:
    """Return the head and the rows of the file of figures."""
    head = [column.name for column in COLUMNS]
    return head, [[_plain(value) for value in values] for _one, values in rows_of(lines)]


def package_of(material: Material, *, made: datetime, title: str) -> dict[str, Json]:
    """Return the figures of a round with what one must know to use them.

    Args:
        material: the round, its goals and figures, and what is wrong with them.
        made: the moment of making.
        title: of the whole, in the reader's language.
    """
    one, definitions = material.round, material.definitions
    sources = dict.fromkeys(source_words(definitions[code]) for code in sorted(definitions))
    return {
        "profile": PROFILE,
        "name": f"evaluation-{one.code}",
        "title": title,
        "created": made.isoformat(timespec="seconds"),
        "licenses": [dict(LICENCE)],
        "contributors": [{"title": material.county.name, "role": "publisher"}],
        "sources": [{"title": source} for source in sources],
        "isFrozen": not one.is_open,
        "edition": one.edition,
        "resources": [
            _resource("figures", [_field(column) for column in COLUMNS], _figures(material)),
            _resource(
                "quality", [{"name": name, "type": kind} for name, kind in QUALITY], _quality(material)
            ),
        ],
    }


def _resource(name: str, fields: Sequence[Json], rows: Sequence[Json]) -> Json:
    return {
        "name": name,
        "profile": "tabular-data-resource",
        "schema": {"fields": list(fields), "missingValues": [""]},
        "data": list(rows),
    }


def _figures(material: Material) -> list[Json]:
    names = [column.name for column in COLUMNS]
    return [dict(zip(names, map(_json, values), strict=True)) for _one, values in rows_of(material.lines)]


def _quality(material: Material) -> list[Json]:
    """Breaks and other notes, which whoever draws or compares the figures must know."""
    return [
        {"indicator": code, "kind": note.kind, "since": _json(note.at), "text": note_words(note)}
        for code, notes in sorted(material.quality.items())
        for note in notes
    ]


def _field(column: Column) -> Json:
    described: dict[str, Json] = {"name": column.name, "type": column.kind, "title": str(column.title)}
    if column.name in CODES:
        described["constraints"] = {"enum": list(CODES[column.name])}
    if column.name == "reasons":
        described["description"] = " ".join(Reason)
    return described


def _plain(value: Value) -> CsvValue:
    return value.isoformat() if isinstance(value, date) else value


def _json(value: Value) -> Json:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value
