"""Reading the files of a pack: UTF-8 YAML and CSV, with the place of every entry kept.

YAML is read as its 1.2 core schema reads it: `no` is Norwegian and not false, `08:30` is a text, a date
is a text that the schema checks. A pack is data, so anchors and tags are refused.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import yaml
from django.utils.translation import gettext

# Unit: bytes. The largest hand-written file of a county is under 1 MB; this refuses the absurd.
LARGEST_FILE: Final = 20_000_000
# Unit: columns. The widest table of a pack has about ten.
MOST_COLUMNS: Final = 100
CONTROL_MARKS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")

Written = list[tuple[str, Any]]


class BadFile(ValueError):
    """The file cannot be read at all, or not from `place` on."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place


class PackLoader(yaml.CSafeLoader):
    """Safe YAML with the core schema of YAML 1.2, in which a key may stand only once."""

    yaml_implicit_resolvers: dict[str, Any] = {}

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:  # noqa: ANN401, FBT001, FBT002 - PyYAML's signature
        """Build a mapping; a key that stands twice is a fault, not a silent loss."""
        seen = set()
        for key, _value in node.value:
            if key.value in seen:
                text = gettext("Avain ”%(key)s” on kahdesti samassa kohdassa. Poista toinen.")
                raise BadFile(text % {"key": key.value}, _line(key.start_mark.line))
            seen.add(key.value)
        return super().construct_mapping(node, deep)


for _tag, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    ("float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$", "-0123456789"),
):
    PackLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file, with or without a byte-order mark.

    Raises:
        BadFile: it is too large, not UTF-8, or holds control marks.
    """
    if path.stat().st_size > LARGEST_FILE:
        text = gettext("Tiedosto on liian suuri (yli %(megabytes)d megatavua). Jaa se osiin.")
        raise BadFile(text % {"megabytes": LARGEST_FILE // 1_000_000})
    raw = path.read_bytes()
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise BadFile(gettext("Tiedoston merkistö on UTF-16. Tallenna se UTF-8-muodossa."))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n")
        advice = gettext("Merkistö ei ole UTF-8. Tallenna tiedosto UTF-8-muodossa (Excelissä ”CSV UTF-8”).")
        raise BadFile(advice, _line(line)) from error
    if mark := CONTROL_MARKS.search(text):
        advice = gettext("Tekstissä on ohjausmerkki, jota ei näe. Poista se.")
        raise BadFile(advice, _line(text.count("\n", 0, mark.start())))
    return text


def read_yaml(path: Path) -> Written:
    """Return the entries of a YAML file: of a list each item, else the one document.

    Raises:
        BadFile: it is not YAML of the kind packs are written in.
    """
    text = read_text(path)
    loader = PackLoader(text)
    try:
        _refuse_anchors(text)
        node = loader.get_single_node()
        if node is None:
            return []
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        return [
            (_entry_place(n, item), loader.construct_document(item)) for n, item in enumerate(items, start=1)
        ]
    except yaml.YAMLError as error:
        raise _bad_yaml(error) from error
    except RecursionError as error:
        raise BadFile(gettext("Tiedostossa on liian monta sisäkkäistä tasoa. Litistä se.")) from error
    finally:
        loader.dispose()


def read_csv(path: Path, *, columns: Sequence[str], required: Iterable[str]) -> Written:
    """Return the rows of a CSV file as mappings of non-empty, trimmed cells.

    A row of a wrong length stands there as a `BadFile`, so that the others are read all the same.

    Comma or semicolon separates, as the heading row does (Finnish spreadsheets write semicolons).

    Raises:
        BadFile: a needed column is missing, one is unknown or stands twice, or quotation marks are open.
    """
    text = read_text(path)
    first_line = text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if ";" in first_line else ",", strict=True
    )
    try:
        heading = [cell.strip() for cell in next(reader, [])]
        _check_heading(heading, columns, required)
        rows: Written = []
        start = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((_row(start), _row_data(heading, cells)))
            start = reader.line_num + 1
    except csv.Error as error:
        advice = gettext("Riviä ei voi lukea taulukkona (%(reason)s). Tarkista lainausmerkit.")
        raise BadFile(advice % {"reason": error}, _row(reader.line_num)) from error
    return rows


def _check_heading(heading: list[str], columns: Sequence[str], required: Iterable[str]) -> None:
    wanted = ", ".join(columns)
    if not heading:
        text = gettext("Tiedosto on tyhjä. Kirjoita ensimmäiselle riville sarakkeet: %(columns)s.")
        raise BadFile(text % {"columns": wanted})
    if len(heading) > MOST_COLUMNS:
        text = gettext("Sarakkeita on liikaa (%(count)d). Sarakkeet ovat: %(columns)s.")
        raise BadFile(text % {"count": len(heading), "columns": wanted}, _row(1))
    if missing := [name for name in required if name not in heading]:
        text = gettext("Sarake puuttuu: %(missing)s. Lisää se ensimmäiselle riville.")
        raise BadFile(text % {"missing": ", ".join(missing)}, _row(1))
    if unknown := [name for name in heading if name not in columns]:
        text = gettext("Tuntematon sarake: %(unknown)s. Sarakkeet ovat: %(columns)s.")
        raise BadFile(text % {"unknown": ", ".join(unknown), "columns": wanted}, _row(1))
    if twice := sorted({name for name in heading if heading.count(name) > 1}):
        text = gettext("Sarake on kahdesti: %(twice)s. Poista toinen.")
        raise BadFile(text % {"twice": ", ".join(twice)}, _row(1))


def _row_data(heading: list[str], cells: list[str]) -> dict[str, str] | BadFile:
    if len(cells) != len(heading):
        text = gettext(
            "Rivillä on %(cells)d saraketta, otsikossa %(columns)d. "
            "Jos tekstissä on pilkku, kirjoita teksti lainausmerkkeihin."
        )
        return BadFile(text % {"cells": len(cells), "columns": len(heading)})
    return {name: cell.strip() for name, cell in zip(heading, cells, strict=True) if cell.strip()}


def _refuse_anchors(text: str) -> None:
    if "*" not in text or "&" not in text:
        return
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            advice = gettext("Viittaus *%(name)s ei ole sallittu paketissa. Kirjoita sisältö auki.")
            raise BadFile(
                advice % {"name": event.anchor}, _line(event.start_mark.line if event.start_mark else 0)
            )


def _bad_yaml(error: yaml.YAMLError) -> BadFile:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    text = gettext(
        "Tiedosto ei ole kelvollista YAMLia (%(problem)s). "
        "Tarkista sisennys, kaksoispisteet ja lainausmerkit."
    )
    return BadFile(text % {"problem": problem}, _line(mark.line) if mark is not None else "")


def _entry_place(number: int, node: Any) -> str:  # noqa: ANN401 - a node of PyYAML
    return gettext("kohta %(number)d, rivi %(line)d") % {"number": number, "line": node.start_mark.line + 1}


def _row(number: int) -> str:
    return gettext("rivi %(line)d") % {"line": number}


def _line(index: int) -> str:
    return _row(index + 1)
