"""Verification: the rows against the seals, the seals against each other. Streams; memory stays constant.

Rows and seals are read in the order of their numbers side by side, in one snapshot of the database, so
that writers and sealer go on meanwhile. The anchor is compared in `verifying_anchor`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from turvaverkko.core import time_source
from turvaverkko.trail.access_log import canonical, rows, rules
from turvaverkko.trail.access_log.findings import Fault, Remark, Report
from turvaverkko.trail.access_log.models import AccessSeal, SealKind
from turvaverkko.trail.access_log.verifying_anchor import compare_anchor

# Unit: seals fetched at a time; each brings the marks of its rows.
_SEALS_AT_ONCE: Final = 50


def verify() -> Report:
    """Verify the whole access log; what was erased lawfully is told as a remark."""
    report = Report()
    with _one_snapshot():
        certificate = _latest_certificate()
        _walk(report, certificate, AccessSeal.objects.order_by("number").iterator(_SEALS_AT_ONCE))
        compare_anchor(report, certificate)
    return report


class _Rows:
    """The stream of rows with a view of the next one."""

    def __init__(self) -> None:
        self._stream = rows.all_rows()
        self.next = next(self._stream, None)

    def upto(self, number: int) -> Iterator[rows.Row]:
        """Give the rows up to an id."""
        while self.next is not None and self.next[0] <= number:
            row, self.next = self.next, next(self._stream, None)
            yield row

    def rest(self) -> Iterator[rows.Row]:
        """Give all that is left."""
        while self.next is not None:
            row, self.next = self.next, next(self._stream, None)
            yield row


@contextmanager
def _one_snapshot() -> Iterator[None]:
    """On PostgreSQL all is read as of one moment; on SQLite the open cursor of the rows holds it."""
    if connection.vendor != "postgresql":
        yield
        return
    alone = not connection.in_atomic_block
    with transaction.atomic():
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _latest_certificate() -> AccessSeal | None:
    certificates = AccessSeal.objects.filter(kind=SealKind.ERASURE)
    return certificates.order_by("-erased_through", "-number").defer("marks").first()


def _walk(report: Report, certificate: AccessSeal | None, seals: Iterator[AccessSeal]) -> None:
    stream = _Rows()
    number, head = 0, ""
    if certificate and certificate.erased_through:
        number, head = certificate.erased_through, certificate.erased_head
    upto: int | None = None if number else 0
    for seal in seals:
        is_next = seal.number == number + 1
        if not is_next:
            report.found(Fault.SEAL_MISSING, number + 1, seal.number - 1)
        elif seal.previous != head or upto not in {None, seal.after_id}:
            report.found(Fault.CHAIN_BROKEN, seal.number)
        for stray in stream.upto(seal.after_id):
            if is_next:  # else it is a row of a missing seal: no more is known of it
                report.found(Fault.ROW_ADDED, seal.number, row=stray[0])
        _check_seal(report, seal, [canonical.row_hash(row) for row in stream.upto(seal.upto_id)])
        number, head, upto = seal.number, seal.head, seal.upto_id
        report.seals += 1
    _count_unsealed(report, stream)


def _check_seal(report: Report, seal: AccessSeal, found: list[canonical.RowHash]) -> None:
    is_rows = seal.kind == SealKind.ROWS
    told = canonical.Sealed(**{name: getattr(seal, name) for name in canonical.Sealed.__slots__})
    if canonical.head(told) != seal.head or rules.is_ahead_of_time(seal.sealed_at, time_source.now()):
        report.found(Fault.SEAL_CHANGED, seal.number)
    if canonical.rows_hash(found) != seal.rows_hash or (is_rows and len(found) != seal.count):
        _locate(report, seal, found)
    elif bytes(seal.marks) != canonical.marks(found):
        report.found(Fault.SEAL_CHANGED, seal.number)
    report.rows += len(found)
    if not is_rows:
        _check_certificate(report, seal)


def _locate(report: Report, seal: AccessSeal, found: list[canonical.RowHash]) -> None:
    """Name the rows that were touched, by the marks that the seal keeps."""
    wanted = dict(canonical.read_marks(bytes(seal.marks)))
    marked = {row.id: row.digest[: canonical.MARK_HASH] for row in found}
    elsewhere, before = set(wanted.values()), report.faults
    for number in sorted(wanted.keys() | marked.keys()):
        here, there = marked.get(number), wanted.get(number)
        if here == there:
            continue
        if here in elsewhere:
            report.found(Fault.ROW_MOVED, seal.number, row=number)
        elif here is None:
            report.found(Fault.ROW_MISSING, seal.number, row=number)
        elif there is None:
            report.found(Fault.ROW_ADDED, seal.number, row=number)
        else:
            report.found(Fault.ROW_CHANGED, seal.number, row=number)
    if report.faults == before:
        report.found(Fault.ROWS_DIFFER, seal.number)


def _check_certificate(report: Report, seal: AccessSeal) -> None:
    if seal.erased_before is None:
        return  # the database has a constraint; without the value the head has already told
    report.remark(Remark.ERASED, f"{seal.count} < {seal.erased_before.isoformat()}")
    if seal.erased_before > rules.erasable_before(seal.sealed_at, settings.ACCESS_LOG_KEPT_YEARS):
        report.found(Fault.ERASED_TOO_EARLY, seal.number)


def _count_unsealed(report: Report, stream: _Rows) -> None:
    waiting = 0
    first: str | None = None
    for row in stream.rest():
        waiting += 1
        first = first or str(row[1])
    if waiting:
        report.remark(Remark.UNSEALED, waiting)
        report.remark(Remark.UNSEALED_SINCE, first)
