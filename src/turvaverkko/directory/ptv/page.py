"""What the templates of the catalogue's page need."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext

from turvaverkko.directory.provenance import KIND_WORDS
from turvaverkko.directory.ptv import policies, queries, reading_back, running
from turvaverkko.directory.ptv.fetched import read_again
from turvaverkko.directory.ptv.models import Run, RunRow, SourceRecord
from turvaverkko.directory.ptv.shapes import Refused, Service
from turvaverkko.directory.ptv.words import (
    CODES,
    DOCUMENTS,
    FIELDS,
    KINDS,
    RECORDS,
    STATES,
    TROUBLES,
    field_said,
    said,
)
from turvaverkko.directory.ptv.world import World
from turvaverkko.looks.api import Cell, Option, Table

# Unit: rows of a run on its page; differing services on the page.
ROWS_SHOWN: Final = 100
DRIFT_SHOWN: Final = 20
# Unit: signs of a value beside the other.
VALUE_SHOWN: Final = 400


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs: ours, and the source's."""

    field: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Drift:
    """A service that an editor and the source have both changed."""

    key: int
    name: str
    slug: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run in words."""

    run: Run
    kind: str
    state: str
    trouble: str
    taken: int
    unchanged: int
    refused: int
    archived: int


def front(actor: object) -> dict[str, Any]:
    """Return what the page of runs shows."""
    going = queries.open_run()
    return {
        "lines": [line(run) for run in queries.runs()],
        "asking": line(going) if going is not None and going.state == Run.State.ASKS else None,
        "is_on": running.is_on(),
        "may_start": policies.may_start(actor, None) and going is None,
        "may_approve": policies.may_approve(actor, None),
        "may_settle": policies.may_settle(actor, None),
        "kinds": [Option(code, str(words), checked=code == "incremental") for code, words in KINDS.items()],
        "records": _records(),
        "drifts": drifts(),
        "drifting": queries.drifted().count(),
    }


def one(run: Run, actor: object) -> dict[str, Any]:
    """Return what the page of a run shows."""
    return {
        "line": line(run),
        "counts": _counts(run),
        "rows": _rows(queries.rows_of(run, ROWS_SHOWN)),
        "told": run.counters.get("told", 0),
        "may_approve": policies.may_approve(actor, None) and run.state == Run.State.ASKS,
        "may_resume": policies.may_start(actor, None) and run.state == Run.State.FAILED,
    }


def line(run: Run) -> RunLine:
    """Return a run in words."""
    count = run.counters

    def of(state: str) -> int:
        return sum(number for name, number in count.items() if name.endswith(f":{state}"))

    return RunLine(
        run=run,
        kind=said(KINDS, run.kind),
        state=said(STATES, run.state),
        trouble=said(TROUBLES, run.reason) if run.reason else "",
        taken=of("shown"),
        unchanged=of("unchanged"),
        refused=of("refused"),
        archived=of("archived"),
    )


def drifts() -> list[Drift]:
    """Return what differs, field by field. The number of queries does not depend on how much differs."""
    records = list(queries.drifted()[:DRIFT_SHOWN])
    if not records:
        return []
    ours = reading_back.services([record.service_id or 0 for record in records], World.read())
    return [_drift(record, ours[record.external_id]) for record in records if record.external_id in ours]


def _drift(record: SourceRecord, ours: Service) -> Drift:
    try:
        reading = read_again(record).reading
    except Refused:
        reading = None
    theirs = reading.item if reading is not None and isinstance(reading.item, Service) else ours
    names = [text for kind, _language, text in ours.texts if kind == "name"]
    slug = record.service.slug if record.service is not None else ""
    return Drift(record.pk, names[0] if names else slug, slug, differences(ours, theirs))


def differences(ours: Service, theirs: Service) -> tuple[Difference, ...]:
    """Return the fields in which two services differ; texts one by one."""
    found = []
    mine = {(kind, language): text for kind, language, text in ours.texts}
    other = {(kind, language): text for kind, language, text in theirs.texts}
    for kind, language in sorted({*mine, *other}):
        one, two = mine.get((kind, language), ""), other.get((kind, language), "")
        if one != two:
            found.append(Difference(f"{KIND_WORDS.get(kind, kind)} ({language})", _cut(one), _cut(two)))
    for name in FIELDS:
        if name != "texts" and getattr(ours, name) != getattr(theirs, name):
            found.append(
                Difference(field_said(name), _shown(getattr(ours, name)), _shown(getattr(theirs, name)))
            )
    return tuple(found)


def _shown(value: object) -> str:
    """A value in short: codes as they are, of anything larger how many there are."""
    if isinstance(value, tuple):
        if all(isinstance(one, str) for one in value):
            return ", ".join(value)
        if all(isinstance(one, tuple) for one in value):
            return ", ".join(str(one[-1]) for one in value)[:VALUE_SHOWN]
        return gettext("%(number)s kpl") % {"number": len(value)}
    return _cut(str(value))


def _cut(text: str) -> str:
    return text if len(text) <= VALUE_SHOWN else f"{text[:VALUE_SHOWN]}…"


def _records() -> Table | None:
    counts = queries.counts_of_records()
    if not counts:
        return None
    return Table(
        gettext("Mitä Palvelutietovarannosta on"),
        [Cell(gettext("Laji")), Cell(gettext("Tila")), Cell(gettext("Määrä"), numeric=True)],
        [
            [Cell(said(DOCUMENTS, kind)), Cell(said(RECORDS, state)), Cell(str(number), numeric=True)]
            for (kind, state), number in sorted(counts.items())
        ],
    )


def _counts(run: Run) -> Table | None:
    counts = queries.counts_of_rows(run)
    if not counts:
        return None
    return Table(
        gettext("Huomiot lajeittain"),
        [Cell(gettext("Laji")), Cell(gettext("Huomio")), Cell(gettext("Määrä"), numeric=True)],
        [
            [Cell(said(DOCUMENTS, kind)), Cell(said(CODES, code)), Cell(str(number), numeric=True)]
            for kind, code, number in counts
        ],
    )


def _rows(rows: list[RunRow]) -> Table | None:
    if not rows:
        return None
    return Table(
        gettext("Huomiot riveittäin"),
        [Cell(gettext("Laji")), Cell(gettext("Tunnus")), Cell(gettext("Huomio")), Cell(gettext("Kenttä"))],
        [
            [
                Cell(said(DOCUMENTS, row.kind)),
                Cell(row.external_id, numeric=True),
                Cell(said(CODES, row.code)),
                Cell(row.field),
            ]
            for row in rows
        ],
    )
