"""kill -9 of a worker in the middle of a job, again and again, while real workers do real jobs.

python -m tests.faults.jobs_killed [--kills 20] [--workers 2] [--database sqlite|postgresql]

Without kills it is a measurement: `--kills 0 --jobs 1000 --quick` prints jobs per second.
A kill counts as effective when the dead worker held a lease.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.faults.databases import empty

PAUSE = 0.05  # seconds that a job takes, see job_tasks

ROOT = Path(__file__).resolve().parents[2]
LEASE = 2.0  # seconds: short, so that a round is short
REFILL = 40  # jobs: while workers are killed, at least so many wait
PATIENCE = 120  # seconds for the jobs that are left


def main(arguments: list[str] | None = None) -> int:
    """Run the rounds; print the counts as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=100, help="how many at once")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--quick", action="store_true", help="jobs without a pause between their writes")
    parser.add_argument("--durable", action="store_true", help="PostgreSQL with fsync, as in a county")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.inside:
        print(json.dumps(rounds(options)), flush=True)
        return 0
    server = {"options": ""} if options.durable else {}
    with empty(options.database, **server) as environment:
        again = [sys.executable, "-m", "tests.faults.jobs_killed", "--inside", *(arguments or sys.argv[1:])]
        return subprocess.run(again, cwd=ROOT, env=os.environ | environment, check=False).returncode


def rounds(options: argparse.Namespace) -> dict[str, Any]:
    """Enqueue, work, kill, wait; return the counts."""
    import django  # noqa: PLC0415 - the settings are known only in this process

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection, transaction  # noqa: PLC0415

    from tests.faults import job_tasks  # noqa: PLC0415

    jobs = options.jobs
    call_command("migrate", "core", verbosity=0)
    call_command("migrate", "trail", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(job_tasks.CREATE)
    chosen = job_tasks.quick_effect if options.quick else job_tasks.effect

    def enqueue(numbers: range) -> None:
        for number in numbers:
            chosen.enqueue(number)

    workers = Workers(options.workers)
    workers.wait_until_idle()
    began = time.perf_counter()
    with transaction.atomic():
        enqueue(range(jobs))
    enqueued = time.perf_counter() - began
    began = time.perf_counter()
    injected = effective = 0
    killed: set[str] = set()
    chance = random.Random(1)
    while effective < options.kills and injected < 3 * options.kills:
        if unfinished() < REFILL:
            enqueue(range(jobs, jobs + REFILL))
            jobs += REFILL
        injected += 1
        effective += kill_one(chance, killed)
    wait_for_the_rest()
    seconds = time.perf_counter() - began
    code = workers.stop()
    return {
        "database": options.database,
        "jobs": jobs,
        "workers": options.workers,
        "enqueued/s": round(jobs / enqueued),
        "jobs/s": round(jobs / seconds),
        "injected": injected,
        "effective": effective,
        **job_tasks.counts(jobs),
        "exit code": code,
    }


def kill_one(chance: random.Random, killed: set[str]) -> bool:
    """kill -9 a worker at its work; tell whether it held a lease when it died."""
    from turvaverkko.core.models import Job  # noqa: PLC0415

    deadline = time.monotonic() + PATIENCE
    job = None
    while job is None and time.monotonic() < deadline:
        time.sleep(chance.uniform(0, 2 * PAUSE))
        # A worker that is dead already still holds its lease for a while: it is no target.
        running = Job.objects.filter(state="running", name__startswith="tests.")
        job = running.exclude(worker__in=killed).first()
    if job is None:
        return False
    killed.add(job.worker)
    os.kill(pid_of(job.worker), signal.SIGKILL)
    time.sleep(2 * PAUSE)  # what was on its way into the database has arrived
    return Job.objects.filter(state="running", worker=job.worker).exists()


def pid_of(worker: str) -> int:
    return int(worker.rpartition(":")[2])


def unfinished() -> int:
    from turvaverkko.core.models import Job  # noqa: PLC0415

    return Job.objects.filter(name__startswith="tests.").exclude(state__in=["done", "dead"]).count()


def wait_for_the_rest() -> None:
    deadline = time.monotonic() + PATIENCE
    while unfinished() and time.monotonic() < deadline:
        time.sleep(0.05)


class Workers:
    """`manage run_jobs --workers N`: real processes, and one that replaces those that die."""

    def __init__(self, count: int) -> None:
        command = [sys.executable, "manage.py", "run_jobs", "--workers", str(count), "--lease", str(LEASE)]
        self.process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)

    def wait_until_idle(self) -> None:
        """Return when the schedule of the house has run, so that a measurement begins at rest.

        Raises:
            RuntimeError: the workers ended, or did nothing.
        """
        from turvaverkko.core.models import Job  # noqa: PLC0415

        deadline = time.monotonic() + PATIENCE
        while Job.objects.filter(state="done").count() < 2:
            if self.process.poll() is not None or time.monotonic() > deadline:
                message = "The workers did not begin."
                raise RuntimeError(message)
            time.sleep(0.1)

    def stop(self) -> int:
        """SIGTERM; return the exit code."""
        self.process.terminate()
        return self.process.wait(timeout=20)


if __name__ == "__main__":
    sys.exit(main())
