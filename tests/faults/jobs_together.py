"""Processes that claim jobs and enqueue periods at the same moment.

python -m tests.faults.jobs_together [--database sqlite|postgresql]
"""

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from tests.faults.databases import empty

ROOT = Path(__file__).resolve().parents[2]
PROCESSES, JOBS, PERIODS = 4, 120, 20


def main() -> int:
    """Run; print the counts as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(together()), flush=True)
        return 0
    with empty(options.database) as environment:
        again = [sys.executable, "-m", "tests.faults.jobs_together", "--inside"]
        return subprocess.run(again, cwd=ROOT, env=os.environ | environment, check=False).returncode


def together() -> dict[str, Any]:
    """Let the processes loose and compare what each of them got."""
    import django  # noqa: PLC0415 - the settings are known only in this process

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    from tests.faults import job_tasks  # noqa: PLC0415
    from turvaverkko.core.models import Job  # noqa: PLC0415

    call_command("migrate", "core", verbosity=0)
    for number in range(JOBS):
        job_tasks.effect.enqueue(number)
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    barrier, got = fork.Barrier(PROCESSES), fork.Queue()
    children = [fork.Process(target=one, args=(barrier, got)) for _ in range(PROCESSES)]
    for child in children:
        child.start()
    lists = [got.get(timeout=60) for _ in children]
    for child in children:
        child.join()
    claims = Counter(pk for claimed in lists for pk in claimed)
    keys = Counter(Job.objects.exclude(unique_key="").values_list("unique_key", flat=True))
    return {
        "jobs": JOBS,
        "claims": sum(claims.values()),
        "claimed twice": sum(times > 1 for times in claims.values()),
        "processes that got some": sum(bool(claimed) for claimed in lists),
        "periods": len(keys),
        "jobs of a period": max(keys.values()),
    }


def one(barrier: Barrier, got: "multiprocessing.Queue[list[str]]") -> None:
    """One process: begin at the same moment, take what there is, then enqueue period after period."""
    from tests.faults import job_tasks  # noqa: PLC0415
    from turvaverkko.core import time_source  # noqa: PLC0415
    from turvaverkko.core.jobs import keyed, leases  # noqa: PLC0415

    barrier.wait()
    claimed = []
    while job := leases.claim(str(os.getpid())):
        claimed.append(job.pk)
        time.sleep(0.005)  # let the others in: the first would be through before they begin
    began = time_source.now().replace(microsecond=0, second=0)
    for period in range(PERIODS):
        barrier.wait()
        keyed(job_tasks.effect, f"tests@{(began + timedelta(minutes=period)).isoformat()}").enqueue(period)
    got.put(claimed)


if __name__ == "__main__":
    sys.exit(main())
