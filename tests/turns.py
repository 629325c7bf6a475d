"""Taking turns between the processes of one test run: what they share is used by one at a time."""

import contextlib
import fcntl
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def one_at_a_time(what: str) -> Iterator[None]:
    """Wait until no other process of this machine holds `what`, and hold it.

    A lock of our own and not a group of the test runner: groups that a runner does not honour are no error.
    """
    with (Path(tempfile.gettempdir()) / f"turvaverkko-tests-{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
