"""Sealing: once a minute the rows not yet sealed become the next link of the chain.

A seal is committed first and anchored after. At most one seal is ever not anchored, whatever kills the
process: each round begins by anchoring it. A database that disagrees with the anchor is not sealed on.
"""

import logging
from dataclasses import asdict, dataclass
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from turvaverkko.core import time_source
from turvaverkko.trail.access_log import anchor, canonical, rows
from turvaverkko.trail.access_log.models import AccessSeal, SealKind
from turvaverkko.trail.access_log.settled import PATIENCE, settled_upto

log = logging.getLogger(__name__)

# Unit: rows. Bounds the memory of sealer and verifier; a backlog becomes several seals.
ROWS_IN_A_SEAL: Final = 10_000


class AnchorDisagrees(RuntimeError):
    """Database and anchor tell different ends of the chain: one of them was cut, rewritten or restored."""


@dataclass(frozen=True, slots=True)
class Round:
    """What a round of sealing did.

    Attributes:
        seals: how many were made.
        rows: how many rows they hold.
        held_back: a transaction hangs that may still bring rows; they are sealed in a later round.
    """

    seals: int
    rows: int
    held_back: bool = False


def seal(*, accept_other_end: bool = False, patience: float = PATIENCE) -> Round:
    """Seal every row that is settled, and anchor the seals.

    Args:
        accept_other_end: after the restore of a backup or the loss of the anchor: declare in the anchor,
            visibly for ever, that the chain goes on from what the database holds.
        patience: seconds to wait for transactions under way.

    Raises:
        AnchorDisagrees: nothing was sealed; see `verify_access_log`.
        RuntimeError: called inside a transaction.
    """
    with anchor.sealing_alone():
        _agree(accept_other_end=accept_other_end)
        upto = settled_upto(patience)
        if upto is None:
            log.warning("The access log was not sealed: a transaction hangs that has written to it.")
            return Round(0, 0, held_back=True)
        made, sealed = 0, 0
        while new := _next_seal(upto):
            anchor.add(new)
            made, sealed = made + 1, sealed + new.count
    return Round(made, sealed)


def latest_seal() -> AccessSeal | None:
    """Return the end of the chain."""
    return AccessSeal.objects.order_by("-number").defer("marks").first()


def extend(kind: SealKind, hashes: list[canonical.RowHash], **erased: object) -> AccessSeal:
    """Add a link to the chain, inside the caller's transaction, under the lock of `lock_chain`."""
    before = latest_seal()
    after_id, total = (before.upto_id, before.total) if before else (0, 0)
    told = canonical.Sealed(
        number=before.number + 1 if before else 1,
        kind=kind.value,
        after_id=after_id,
        upto_id=hashes[-1].id if hashes else after_id,
        count=len(hashes),
        total=total + len(hashes),
        sealed_at=time_source.now(),
        rows_hash=canonical.rows_hash(hashes),
        previous=before.head if before else "",
    )
    told = canonical.Sealed(**{**asdict(told), **erased})
    link = AccessSeal(**asdict(told), head=canonical.head(told), marks=canonical.marks(hashes))
    link.save(force_insert=True)
    return link


def lock_chain() -> None:
    """Let one transaction at a time extend the chain, and be durable before the anchor is written."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = on")
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('turvaverkko.access_log'))")


def _next_seal(upto: int) -> AccessSeal | None:
    with transaction.atomic(durable=True):
        lock_chain()
        before = latest_seal()
        found = rows.between(before.upto_id if before else 0, upto, ROWS_IN_A_SEAL)
        if not found:
            return None
        return extend(SealKind.ROWS, [canonical.row_hash(row) for row in found])


def _agree(*, accept_other_end: bool) -> None:
    """Anchor the one seal that a killed round may have left; refuse any other difference."""
    end, known = latest_seal(), anchor.last()
    number, anchored = (end.number if end else 0), (known.seal if known else 0)
    if number == anchored and (not end or not known or end.head == known.head):
        return
    if end and number == anchored + 1 and end.previous == (known.head if known else ""):
        anchor.add(end)
        return
    # An example installation is started afresh again and again.
    if accept_other_end or (settings.DEMO and end is None):
        anchor.declare_resumed(end, time_source.now().isoformat())
        return
    message = f"The database ends with seal {number}, the anchor with seal {anchored}."
    raise AnchorDisagrees(message)
