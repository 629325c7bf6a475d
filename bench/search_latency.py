"""Latency of the search, rebuild, single-entry edits and suggestions, at 10 k, 30 k and 100 k entries.

Every size and database runs in a process of its own with an empty database: `bench.search_worker`.
Sizes: TURVAVERKKO_BENCH_SIZES="1000,10000" for a quick look. Databases: TURVAVERKKO_BENCH_DATABASES.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts import postgres

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "data" / "search"
SIZES = "10000,30000,100000"
DATABASES = "sqlite,postgresql"


def run() -> list[dict[str, Any]]:
    """One row for every size and database."""
    if not CORPUS.is_dir():
        return [{"database": "not run", "why": f"{CORPUS} is missing"}]
    sizes = [int(size) for size in os.environ.get("TURVAVERKKO_BENCH_SIZES", SIZES).split(",")]
    databases = os.environ.get("TURVAVERKKO_BENCH_DATABASES", DATABASES).split(",")
    return [measured(database, size) for database in databases for size in sizes]


def measured(database: str, size: int) -> dict[str, Any]:
    """Run the worker on an empty database."""
    with prepared(database) as environment:
        done = subprocess.run(
            [sys.executable, "-m", "bench.search_worker", str(CORPUS), str(size)],
            cwd=ROOT,
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
    return {"database": database, **json.loads(done.stdout.splitlines()[-1])}


@contextlib.contextmanager
def prepared(database: str) -> Iterator[dict[str, str]]:
    """The environment of an empty database of this kind, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="turvaverkko-bench-") as folder:
        if database == "sqlite":
            settings = "turvaverkko.config.settings.demo"
            yield {"DJANGO_SETTINGS_MODULE": settings, "TURVAVERKKO_VAR": folder}
            return
        with postgres.running() as environment:
            yield {
                **environment,
                "DJANGO_SETTINGS_MODULE": "turvaverkko.config.settings.test",
                "TURVAVERKKO_TEST_DB": "postgresql",
                "TURVAVERKKO_VAR": folder,
            }
