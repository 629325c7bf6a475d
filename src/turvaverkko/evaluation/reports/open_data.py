"""Figures of rounds as files for anybody's programs: CSV, and JSON that describes itself (Data Package)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from turvaverkko.evaluation.models import Round
from turvaverkko.evaluation.queries import Line
from turvaverkko.evaluation.reports.columns import COLUMNS, Value, rows_of
from turvaverkko.evaluation.rules import Reason, Verdict
from turvaverkko.indicators.api import Indicator
from turvaverkko.indicators.page_api import Value as CsvValue
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
Json = str | float | bool | None | list["Json"] | dict[str, "Json"]


def csv_of(lines: Iterable[Line]) -> tuple[list[str], list[list[CsvValue]]]:
    """Return the head and the rows of the file of figures."""
    head = [column.name for column in COLUMNS]
    return head, [[_plain(value) for value in values] for _one, values in rows_of(lines)]


def package_of(
    one: Round,
    lines: Iterable[Line],
    definitions: Mapping[str, Indicator],
    *,
    made: datetime,
    title: str,
    county: str,
) -> dict[str, Json]:
    """Return the figures of a round with what one must know to use them.

    Args:
        one: the round.
        lines: its goals with their figures.
        definitions: indicators as they are defined now, by code.
        made: the moment of making.
        title: of the whole, in the reader's language.
        county: whose figures they are.
    """
    names = [column.name for column in COLUMNS]
    rows = [dict(zip(names, map(_json, values), strict=True)) for _one, values in rows_of(lines)]
    sources = dict.fromkeys(source_words(definitions[code]) for code in sorted(definitions))
    return {
        "profile": PROFILE,
        "name": f"evaluation-{one.code}",
        "title": title,
        "created": made.isoformat(timespec="seconds"),
        "licenses": [dict(LICENCE)],
        "contributors": [{"title": county, "role": "publisher"}],
        "sources": [{"title": source} for source in sources],
        "isFrozen": not one.is_open,
        "edition": float(one.edition),
        "resources": [
            {
                "name": "figures",
                "profile": "tabular-data-resource",
                "schema": {"fields": [_field(*each) for each in _described()], "missingValues": [""]},
                "data": list(rows),
            }
        ],
    }


def _described() -> list[tuple[str, str, str]]:
    return [(column.name, column.kind, str(column.title)) for column in COLUMNS]


def _field(name: str, kind: str, title: str) -> dict[str, Json]:
    described: dict[str, Json] = {"name": name, "type": kind, "title": title}
    if name in CODES:
        described["constraints"] = {"enum": list(CODES[name])}
    if name == "reasons":
        described["description"] = " ".join(Reason)
    return described


def _plain(value: Value) -> CsvValue:
    return value.isoformat() if isinstance(value, date) else value


def _json(value: Value) -> Json:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value
