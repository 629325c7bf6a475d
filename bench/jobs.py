"""Background jobs: jobs per second with two real workers, and twenty workers killed at their work.

A job of the first table writes twice in the database, beside what the mechanism itself writes. PostgreSQL
runs durably (fsync). Runs of the first table: TURVAVERKKO_BENCH_RUNS (3); the median is shown.
"""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DATABASES = ("sqlite", "postgresql")
RUNS = int(os.environ.get("TURVAVERKKO_BENCH_RUNS", "3"))


def run() -> list[dict[str, Any]]:
    """One row for every database."""
    return [{**speed(database), **killed(database)} for database in DATABASES]


def speed(database: str) -> dict[str, Any]:
    """1,000 jobs, two workers: the median of some runs, and the slowest and quickest."""
    runs = [script(database, "--kills", "0", "--jobs", "1000", "--quick", "--durable") for _ in range(RUNS)]
    rates = sorted(one["jobs/s"] for one in runs)
    return {
        "database": database,
        "jobs/s (bar 150)": round(statistics.median(rates)),
        "range": f"{rates[0]}–{rates[-1]}",
        "enqueued/s": round(statistics.median(one["enqueued/s"] for one in runs)),
    }


def killed(database: str) -> dict[str, Any]:
    """Twenty kills that hit work."""
    found = script(database, "--kills", "20")
    return {key: found[key] for key in ("injected", "effective", "jobs", "lost", "doubled", "torn")}


def script(database: str, *arguments: str) -> dict[str, Any]:
    """Run the script of the fault in a process of its own."""
    command = [sys.executable, "-m", "tests.faults.jobs_killed", "--database", database, *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
