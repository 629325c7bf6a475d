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

    workers = [Victim() for _ in range(options.workers)]
    for worker in workers:
        worker.wait_until_idle()
    began = time.perf_counter()
    with transaction.atomic():
        enqueue(range(jobs))
    enqueued = time.perf_counter() - began
    began = time.perf_counter()
    injected = effective = 0
    chance = random.Random(1)
    while effective < options.kills and injected < 3 * options.kills:
        if unfinished() < REFILL:
            enqueue(range(jobs, jobs + REFILL))
            jobs += REFILL
        injected += 1
        effective += kill_one(workers, chance)
    wait_for_the_rest()
    seconds = time.perf_counter() - began
    stopped = [worker.stop() for worker in workers]
    return {
        "database": options.database,
        "jobs": jobs,
        "workers": options.workers,
        "enqueued/s": round(jobs / enqueued),
        "jobs/s": round(jobs / seconds),
        "injected": injected,
        "effective": effective,
        **job_tasks.counts(jobs),
        "stopped cleanly": stopped.count(0),
    }


def kill_one(workers: list["Victim"], chance: random.Random) -> bool:
    """Kill a worker at a moment of its work and start another; tell whether it held a lease."""
    at = chance.randrange(len(workers))
    workers[at].wait_for_a_lease()
    time.sleep(chance.uniform(0, 2 * PAUSE))
    hit = workers[at].die()
    workers[at] = Victim()
    return hit


def unfinished() -> int:
    from turvaverkko.core.models import Job  # noqa: PLC0415

    return Job.objects.filter(name__startswith="tests.").exclude(state__in=["done", "dead"]).count()


def wait_for_the_rest() -> None:
    deadline = time.monotonic() + PATIENCE
    while unfinished() and time.monotonic() < deadline:
        time.sleep(0.05)


class Victim:
    """A real worker process."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "run_jobs", "--lease", str(LEASE)],
            cwd=ROOT,
            stderr=subprocess.DEVNULL,
        )

    def wait_until_idle(self) -> None:
        """Return when the schedule of the house is done, so that a measurement begins at rest."""
        from turvaverkko.core.models import Job  # noqa: PLC0415

        deadline = time.monotonic() + PATIENCE
        while Job.objects.filter(state="done").count() < 2 and time.monotonic() < deadline:
            time.sleep(0.1)

    def wait_for_a_lease(self) -> None:
        """Return when it has begun to work: a process that only starts is no target."""
        deadline = time.monotonic() + PATIENCE
        while not self.holds_a_lease() and unfinished() and time.monotonic() < deadline:
            time.sleep(0.01)

    def holds_a_lease(self) -> bool:
        from turvaverkko.core.models import Job  # noqa: PLC0415

        return Job.objects.filter(state="running", worker__endswith=f":{self.process.pid}").exists()

    def die(self) -> bool:
        """kill -9; tell whether it held a lease."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        return self.holds_a_lease()

    def stop(self) -> int:
        """SIGTERM; return the exit code."""
        self.process.terminate()
        return self.process.wait(timeout=20)


if __name__ == "__main__":
    sys.exit(main())
