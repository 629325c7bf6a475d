"""What is hashed, byte by byte. Pure.

A row is hashed without its id, the seal hashes ids and row hashes in the order of ids, and the head
hashes everything the seal says together with the head before it. So a row cannot be changed, moved, taken
out or put in, nor a seal, without every later head becoming another.
"""

import hashlib
import json
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from typing import Final

# A change of what is hashed changes this, so that an old seal is never read by a new rule.
VERSION: Final = "turvaverkko-access-log-1"
# Unit: bytes of a row's hash in a mark; enough to tell rows of one seal apart, too few to stand alone.
MARK_HASH: Final = 8
_MARK: Final = struct.Struct(f">q{MARK_HASH}s")


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the head of a seal covers, in this order."""

    number: int
    kind: str
    after_id: int
    upto_id: int
    count: int
    total: int
    sealed_at: datetime
    rows_hash: str
    previous: str
    erased_through: int | None = None
    erased_head: str = ""
    erased_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class RowHash:
    """A row's id and the hash of all its other columns."""

    id: int
    digest: bytes


def row_hash(row: Sequence[object]) -> RowHash:
    """Return the hash of a row whose first column is its id and whose second its time as text."""
    number, time, *rest = row
    whole = time if isinstance(time, str) and "." in time else f"{time}.000000"
    return RowHash(int(str(number)), hashlib.sha256(_bytes([whole, *rest])).digest())


def rows_hash(rows: Iterable[RowHash]) -> str:
    """Return the hash over rows in the order in which they are given."""
    running = hashlib.sha256(VERSION.encode())
    for row in rows:
        running.update(struct.pack(">q", row.id) + row.digest)
    return running.hexdigest()


def head(sealed: Sealed) -> str:
    """Return the head of the chain after a seal."""
    return hashlib.sha256(_bytes([VERSION, *map(_plain, astuple(sealed))])).hexdigest()


def marks(rows: Iterable[RowHash]) -> bytes:
    """Return the marks by which a touched row is found later."""
    return b"".join(_MARK.pack(row.id, row.digest) for row in rows)


def read_marks(packed: bytes) -> Iterator[tuple[int, bytes]]:
    """Give id and mark of each row; a broken tail is left out."""
    yield from _MARK.iter_unpack(packed[: len(packed) // _MARK.size * _MARK.size])


def _plain(value: object) -> object:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value


def _bytes(values: list[object]) -> bytes:
    # repr: a hostile hand may have put in bytes or worse; it must be told, not stop the telling.
    return json.dumps(values, separators=(",", ":"), default=repr).encode()
