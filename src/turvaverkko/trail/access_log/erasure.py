"""Lawful erasure: whole seals at the old end of the chain go, a certificate in the chain says so."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from turvaverkko.core import actors, time_source
from turvaverkko.core.commands import Entry, Note
from turvaverkko.trail import services
from turvaverkko.trail.access_log import anchor, rules, sealing
from turvaverkko.trail.access_log.models import AccessSeal, SealKind
from turvaverkko.trail.access_log.rows import TABLE
from turvaverkko.trail.erasing import erasing
from turvaverkko.trail.models import Audience


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure takes away, or would.

    Attributes:
        rows: how many.
        through: number of the last seal that goes; 0 when nothing is old enough.
        certificate: number of the seal that tells of it; None in a dry run or when nothing went.
    """

    rows: int
    through: int
    certificate: int | None = None


def erase_before(limit: datetime, *, actor: object, dry_run: bool = False) -> Erasure:
    """Erase the rows of every seal made before `limit`, with those seals; leave a certificate.

    Runs as the owner of the tables. The certificate is a seal: chained, anchored, and verification begins
    from it. Rows younger than `limit` in an old seal do not exist; rows older in a younger one wait.

    Raises:
        ValueError: the limit is younger than the time for which rows are kept.
        AnchorDisagrees: the chain must be looked at before anything is erased.
    """
    if limit > rules.erasable_before(time_source.now(), settings.ACCESS_LOG_KEPT_YEARS):
        message = f"Rows are kept for {settings.ACCESS_LOG_KEPT_YEARS} years."
        raise ValueError(message)
    if not dry_run:
        sealing.seal()
    with anchor.sealing_alone():
        with transaction.atomic(durable=True):
            sealing.lock_chain()
            end = _last_before(limit)
            rows = _count_rows(end.upto_id) if end else 0
            if end is None or dry_run:
                return Erasure(rows, end.number if end else 0)
            certificate = _erase(end, rows, limit, actor)
        anchor.add(certificate)
    return Erasure(rows, end.number, certificate.number)


def _last_before(limit: datetime) -> AccessSeal | None:
    """Return the last seal of the unbroken run of old ones from the beginning."""
    seals = AccessSeal.objects.order_by("number").defer("marks")
    younger = seals.filter(sealed_at__gte=limit).first()
    old = seals.filter(number__lt=younger.number) if younger else seals
    # A run of certificates alone holds nothing to erase.
    return old.last() if old.filter(kind=SealKind.ROWS).exists() else None


def _erase(end: AccessSeal, rows: int, limit: datetime, actor: object) -> AccessSeal:
    certificate = sealing.extend(
        SealKind.ERASURE,
        [],
        count=rows,
        erased_through=end.number,
        erased_head=end.head,
        erased_before=limit,
    )
    with erasing(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE id <= %s", [end.upto_id])  # noqa: S608 - a constant
        seals = AccessSeal._meta.db_table
        cursor.execute(f"DELETE FROM {seals} WHERE number <= %s", [end.number])  # noqa: S608 - a constant
    told = {"through": end.number, "certificate": certificate.number, "limit": f"{limit.date()}"}
    note = Note(audience=Audience.AUDIT.value, payload=told)
    services.record(Entry("trail.erase_access_log", actors.id_of(actor), None, note))
    return certificate


def _count_rows(upto_id: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TABLE} WHERE id <= %s", [upto_id])  # noqa: S608 - a constant
        return int(cursor.fetchone()[0])
