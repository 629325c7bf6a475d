"""What a list page of fifty rows pays for the access log, and what sealing and verifying cost."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from scripts.postgres import PostgresMissingError, running

ROOT = Path(__file__).resolve().parents[1]
PAGES, ROWS, REPEATS = 200, 50, 5  # medians of five runs of two hundred pages


def run() -> list[dict[str, Any]]:
    """Measure on SQLite and on PostgreSQL, each in a process and a database of its own."""
    rows = [_apart("SQLite", {})]
    try:
        # Durable, as a county runs it: the commit waits for the disk.
        with running("") as env:
            rows.append(_apart("PostgreSQL", env))
    except PostgresMissingError:
        print("PostgreSQL is missing: NOT MEASURED")
    return rows


def _apart(name: str, env: dict[str, str]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        given = {
            **os.environ,
            **env,
            "DJANGO_SETTINGS_MODULE": "turvaverkko.config.settings.test",
            "TURVAVERKKO_VAR": folder,
        }
        command = [sys.executable, "-m", "bench.access_log"]
        done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=True)
    figures = [float(figure) for figure in done.stdout.split()[-6:]]
    keys = (
        "user CPU ms / page of 50",
        "system CPU ms / page",
        "wall ms / page",
        "CPU µs / row sealed",
        "CPU µs / row verified",
        "MB peak",
    )
    return {"database": name, **dict(zip(keys, figures, strict=True))}


def measure() -> None:
    """Print the figures of this process."""
    import resource  # noqa: PLC0415

    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from turvaverkko.core.actors import SystemActor  # noqa: PLC0415
    from turvaverkko.trail.access_log.sealing import seal  # noqa: PLC0415
    from turvaverkko.trail.access_log.verifying import verify  # noqa: PLC0415
    from turvaverkko.trail.api import Look, Touched, looked  # noqa: PLC0415

    call_command("migrate", "trail", verbosity=0)
    subjects = [Touched("plans.sharedplan", f"b{i:015d}", f"m{i:015d}", "pohde") for i in range(ROWS)]
    actor = SystemActor("aino")

    def page() -> None:
        looked(
            actor, Look.LIST, subjects, screen="guidance:queue", basis="own_unit", role="guide", unit="oulu-2"
        )

    page()
    user, system, wall = [], [], []
    for _ in range(REPEATS):
        used, began = os.times(), time.perf_counter()
        for _ in range(PAGES):
            page()
        user.append((os.times().user - used.user) * 1000 / PAGES)
        system.append((os.times().system - used.system) * 1000 / PAGES)
        wall.append((time.perf_counter() - began) * 1000 / PAGES)
    rows = (REPEATS * PAGES + 1) * ROWS
    began = time.process_time()
    seal()
    sealed = (time.process_time() - began) * 1e6 / rows
    began = time.process_time()
    report = verify()
    verified = (time.process_time() - began) * 1e6 / rows
    if not report.is_whole or report.rows != rows:
        message = "the log written by the bench is not whole"
        raise RuntimeError(message)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    medians = " ".join(f"{statistics.median(figures):.2f}" for figures in (user, system, wall))
    print(f"{medians} {sealed:.1f} {verified:.1f} {peak:.0f}")


if __name__ == "__main__":
    measure()
