"""A disk that is really full, under PostgreSQL. By hand, as root: it needs a small file system of its own.

mount -t tmpfs -o size=500m tmpfs /mnt/small
TMPDIR=/mnt/small python -m tests.faults.web_faults --database postgresql --only disk
"""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from scripts import postgres
from tests.faults.web_family import BROKEN, Family, marked
from tests.faults.web_product import Product
from tests.faults.web_result import Result

ROUNDS, FAMILIES = 4, 15
# Long words: short ones fit into pages that the tables already have.
MORE_WORDS = " ja olemme väsyneitä" * 180
SMALL = 2 << 30  # bytes: a larger disk is somebody's own
BLOCK = 1 << 20


def inject(product: Product) -> Result:
    """Families have typed, the disk fills, they send; with room again each sends once more."""
    result = Result("full disk (PostgreSQL)")
    for _ in range(ROUNDS):
        typed = []
        for _ in range(FAMILIES):
            family = Family(product.netloc)
            mark, words = marked()
            family.type(words + MORE_WORDS)
            typed.append((family, mark))
        with no_room(Path(product.environment["PGHOST"])):
            for family, _mark in typed:
                result.injected += 1
                try:
                    answer = family.send("/pyyda-apua/tarkista/", {})
                except BROKEN:
                    result.problems.append("no page at all")
                    continue
                result.effective += answer.status == 503
                if answer.status not in {302, 503}:
                    result.problems.append(f"status {answer.status}")
        wake(product)
        for family, mark in typed:
            family.insist("/pyyda-apua/tarkista/", {})
            result.acknowledge(mark, family.code())
    result.check_codes(product.netloc)
    return result


@contextlib.contextmanager
def no_room(folder: Path) -> Iterator[None]:
    """Fill the file system of a folder to its last byte, and empty it again.

    Raises:
        RuntimeError: it is not a small one.
    """
    room = os.statvfs(folder)
    if room.f_blocks * room.f_frsize > SMALL:
        message = f"{folder} is on a large disk. Mount a small one and set TMPDIR to it."
        raise RuntimeError(message)
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(b"\0" * BLOCK) == BLOCK:
            pass
    try:
        yield
    finally:
        ballast.unlink()


def wake(product: Product) -> None:
    """Start the server again if it gave up: a log that cannot be written ends it."""
    folder = product.environment["PGHOST"]
    ready = subprocess.run(
        [str(postgres.binaries() / "pg_isready"), "-q", "-h", folder], check=False, timeout=30
    )
    if ready.returncode:
        with contextlib.suppress(subprocess.CalledProcessError):
            postgres.stop(folder)
        postgres.start(folder, "")
