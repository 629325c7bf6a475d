"""What is known of the chain outside the database: one JSON line for each seal, only ever added.

Who can rewrite the database cannot rewrite this file, when the county keeps it where the database's
administrators have no hand: an append-only mount of another machine, or a WORM store.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from turvaverkko.trail.access_log.models import AccessSeal

# Unit: bytes from the end in which the last line is looked for; a line has some 250.
_TAIL: Final = 16_384


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the anchor.

    Attributes:
        seal: number of the seal, or of the one after which the chain was declared to go on.
        head: of that seal.
        at: when it was sealed, ISO 8601.
        resumed: the line declares a restored backup or a lost anchor instead of a seal.
    """

    seal: int
    head: str
    at: str
    resumed: bool = False


def path() -> Path:
    """Return where the anchor is."""
    return Path(settings.ACCESS_LOG_ANCHOR)


@contextmanager
def sealing_alone() -> Iterator[None]:
    """Let one process of this machine at a time extend chain and anchor."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR / "access-log-sealer.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def add(seal: AccessSeal) -> None:
    """Write the line of a committed seal: count, last id and head."""
    _append(
        {
            "seal": seal.number,
            "at": seal.sealed_at.isoformat(),
            "kind": seal.kind,
            "count": seal.count,
            "total": seal.total,
            "last_id": seal.upto_id,
            "head": seal.head,
        }
    )


def declare_resumed(seal: AccessSeal | None, at: str) -> None:
    """Write that the chain goes on after this seal although the anchor knew another end. It stays visible."""
    number, head = (seal.number, seal.head) if seal else (0, "")
    _append({"resumed_after": number, "at": at, "head": head})


def lines() -> Iterator[Line | None]:
    """Give every line in order; None for one that cannot be read, such as one torn by a power cut."""
    if not path().exists():
        return
    with path().open("rb") as file:
        for raw in file:
            if raw.strip():
                yield _read(raw)


def last() -> Line | None:
    """Return the last readable line."""
    if not path().exists():
        return None
    with path().open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _TAIL))
        found = [line for raw in file.read().splitlines() if (line := _read(raw))]
    return found[-1] if found else None


def _append(line: dict[str, Any]) -> None:
    target = path()
    target.parent.mkdir(parents=True, exist_ok=True)
    # A line torn by a power cut is left as it is, and the next one begins on its own.
    torn = target.exists() and target.stat().st_size > 0 and not _ends_a_line(target)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, b"\n" * torn + json.dumps(line).encode() + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _ends_a_line(target: Path) -> bool:
    with target.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _read(raw: bytes) -> Line | None:
    try:
        told = json.loads(raw)
        resumed = "resumed_after" in told
        number = told["resumed_after"] if resumed else told["seal"]
        return Line(int(number), str(told["head"]), str(told["at"]), resumed)
    except (ValueError, KeyError, TypeError):
        return None
