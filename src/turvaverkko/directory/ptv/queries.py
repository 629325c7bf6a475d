"""Reads of the import: what a run has to do yet, and what its page shows."""

from collections.abc import Collection, Mapping
from typing import Final

from django.db.models import Count, QuerySet

from turvaverkko.directory.ptv.models import Run, RunRow, SourceRecord
from turvaverkko.directory.ptv.shapes import CHANNEL

State = SourceRecord.State
# Something of ours stands for the document.
STANDING: Final = (State.SHOWN, State.DRIFTED, State.OURS, State.LINKED)
# Unit: runs on the page.
RUNS_SHOWN: Final = 20


def wanted(run: Run, kind: str, number: int) -> list[str]:
    """Return ids whose documents the run has yet to bring, the first of them."""
    rows = SourceRecord.objects.filter(wanted_by=run, kind=kind).order_by("pk")
    return list(rows.values_list("external_id", flat=True)[:number])


def unseen(run: Run, kind: str, number: int) -> list[str]:
    """Return ids of what stands here and the run has not seen there."""
    rows = _unseen(run).filter(kind=kind).order_by("pk")
    return list(rows.values_list("external_id", flat=True)[:number])


def going_and_standing(run: Run) -> tuple[int, int]:
    """Return how many listings the run would put away, and of how many."""
    standing = SourceRecord.objects.filter(kind__in=["service", "channel"], state__in=STANDING)
    return _unseen(run).count(), standing.count()


def _unseen(run: Run) -> QuerySet[SourceRecord]:
    standing = SourceRecord.objects.filter(kind__in=["service", "channel"], state__in=STANDING)
    return standing.exclude(seen_in=run) if run.kind != Run.Kind.INCREMENTAL else standing.none()


def known(kind: str, ids: Collection[str]) -> set[str]:
    """Return those of the ids whose document has come before."""
    rows = SourceRecord.objects.filter(kind=kind, external_id__in=ids).exclude(state=State.WANTED)
    return set(rows.values_list("external_id", flat=True))


def withheld_channels() -> frozenset[str]:
    """Return the channels whose addresses are kept secret already."""
    rows = SourceRecord.objects.filter(kind=CHANNEL, state=State.WITHHELD)
    return frozenset(rows.values_list("external_id", flat=True))


def open_run() -> Run | None:
    """Return the run that is going on or asks."""
    return Run.objects.filter(state__in=[Run.State.RUNNING, Run.State.ASKS]).first()


def last_done() -> Run | None:
    """Return the last run that came to its end."""
    return Run.objects.filter(state=Run.State.DONE).first()


def runs() -> list[Run]:
    """Return the last runs, the newest first."""
    return list(Run.objects.all()[:RUNS_SHOWN])


def run(public_id: str) -> Run | None:
    """Return a run by its public id."""
    return Run.objects.filter(public_id=public_id).first()


def rows_of(run_: Run, number: int) -> list[RunRow]:
    """Return what a run told, the first of it."""
    return list(run_.rows.all()[:number])


def counts_of_rows(run_: Run) -> list[tuple[str, str, int]]:
    """Return (kind, code, number) of what a run told, the most first."""
    rows = run_.rows.order_by().values_list("kind", "code").annotate(number=Count("pk"))
    return sorted(rows, key=lambda row: (-row[2], row[0], row[1]))


def counts_of_records() -> Mapping[tuple[str, str], int]:
    """Return how many records there are by (kind, state)."""
    rows = SourceRecord.objects.values_list("kind", "state").annotate(number=Count("pk"))
    return {(kind, state): number for kind, state, number in rows}


def drifted() -> QuerySet[SourceRecord]:
    """Return the services that an editor and the source have both changed."""
    found = SourceRecord.objects.filter(kind="service", state=State.DRIFTED, service__isnull=False)
    return found.select_related("service").order_by("pk")


def record(pk: int) -> SourceRecord | None:
    """Return a record of a service by its key."""
    return SourceRecord.objects.filter(pk=pk, kind="service").select_related("service").first()
