"""What a process remembers of the directory: until content changes or the quarter of an hour turns.

The version of the content is one row that the database renews with every change (`content_triggers`).
It is read once in each request, so nothing outdated is shown after a commit; a version that was rolled
back never comes again.
"""

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Final, Generic, ParamSpec, TypeVar

from django.core.signals import request_finished, request_started

from turvaverkko.core import time_source
from turvaverkko.directory import queries

P = ParamSpec("P")
T = TypeVar("T")

# Unit: minutes. Hours of services are given by quarters.
QUARTER: Final = 15
# Unit: values of one function. Slugs are many: beyond this all are forgotten and read anew.
MOST: Final = 5_000

Now = tuple[str, str]
_memories: list["_Memory[Any]"] = []
# Inside a request that only reads: what it goes by, once that was read.
_in_request: ContextVar[list[Now] | None] = ContextVar("content and quarter of this request", default=None)


@dataclass(slots=True)
class _Memory(Generic[T]):
    """What one function returned, as of one moment: replaced as a whole, so that threads never mix two."""

    kept: tuple[Now, dict[object, T]] = (("", ""), {})
    # Whoever comes while something is being read waits for it instead of reading it too.
    lock: Any = field(default_factory=threading.RLock)

    def values(self, now: Now) -> dict[object, T]:
        kept = self.kept
        if kept[0] != now or len(kept[1]) > MOST:
            kept = self.kept = (now, {})
        return kept[1]


def remembered(read: Callable[P, T]) -> Callable[P, T]:
    """Remember what `read` returned until content changes or the quarter of an hour turns.

    For what stands on many pages. The arguments must be few: languages, a slug.
    """
    memory: _Memory[T] = _Memory()
    _memories.append(memory)

    @wraps(read)
    def recall(*args: P.args, **kwargs: P.kwargs) -> T:
        now = _now()
        key = (args, *kwargs.items())
        values = memory.values(now)
        if key in values:
            return values[key]
        with memory.lock:
            if key not in values:
                values[key] = read(*args, **kwargs)
            return values[key]

    return recall


def content_version() -> str:
    """Return the version of the directory's content: in a request that only reads, read once."""
    return _now()[0]


def _now() -> Now:
    """The version of the content and the quarter of an hour."""
    known = _in_request.get()
    if known is None:
        return _read_version(), quarter()
    if not known:
        known.append((_read_version(), quarter()))
    return known[0]


@contextmanager
def one_version() -> Iterator[None]:
    """Read the content version once for everything inside, which must only read."""
    if _in_request.get() is not None:
        yield
        return
    token = _in_request.set([])
    try:
        yield
    finally:
        _in_request.reset(token)


def quarter() -> str:
    """Return the present quarter of an hour in Finland."""
    moment = time_source.local_now()
    return f"{moment:%Y%m%d%H}{moment.minute // QUARTER}"


def forget() -> None:
    """Forget everything remembered (tests, and after a database was replaced)."""
    for memory in _memories:
        memory.kept = (("", ""), {})


def watch_requests() -> None:
    """Read the content version once in a request instead of once for each thing that is remembered."""
    request_started.connect(_begin, dispatch_uid="directory.remembering")
    request_finished.connect(_end, dispatch_uid="directory.remembering")


def _begin(environ: dict[str, Any] | None = None, **_signal: object) -> None:
    only_reads = (environ or {}).get("REQUEST_METHOD") in ("GET", "HEAD")
    _in_request.set([] if only_reads else None)


def _end(**_signal: object) -> None:
    _in_request.set(None)


def _read_version() -> str:
    # Without the row nothing tells of changes: then nothing is remembered beyond this call.
    return queries.content_version() or secrets.token_hex()
