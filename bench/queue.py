"""The queue page's data at county size: CPU of app and database, queries, and times for 16 who work at once."""

import os
import statistics
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PAGE, ROUNDS, REPEATS = 50, 30, 5
USERS, THINKS, PAGES_EACH = 16, 1.0, 10  # think time in seconds
ROLES = ("guide", "lead", "director", "specialist", "consultant")
BASELINE = "superuser, no gate"


def run() -> list[dict[str, Any]]:
    """Measure every role; one row a role. The last column compares with somebody whom no gate asks."""
    from scripts.postgres import running  # noqa: PLC0415

    with running() as env:
        os.environ.update(env)
        os.environ["TURVAVERKKO_TEST_DB"] = "postgresql"
        os.environ["DJANGO_SETTINGS_MODULE"] = "turvaverkko.config.settings.test"
        import django  # noqa: PLC0415

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415
        from django.db import connection  # noqa: PLC0415

        from bench import work_data  # noqa: PLC0415

        started = time.monotonic()
        call_command("migrate", verbosity=0)
        made = work_data.make()
        print(f"data: {time.monotonic() - started:.0f} s", flush=True)
        pages = {BASELINE: ungated} | {role: page_of(made.staff[role]) for role in ROLES}
        rows = [{"role": name, **alone(page), **together(page)} for name, page in pages.items()]
        connection.close()
    baseline = rows[0]["CPU ms"]
    for row in rows:
        row["× superuser"] = round(row["CPU ms"] / baseline, 2)
    return rows


def page_of(staff: int) -> Callable[[], int]:
    """What a request reads for the queue page of somebody: who they are, how many, fifty rows, deadlines."""
    from turvaverkko.access.api import staff_actor  # noqa: PLC0415
    from turvaverkko.organisation.models import Staff  # noqa: PLC0415
    from turvaverkko.work.api import Filters, deadlines_of, queue  # noqa: PLC0415

    def page() -> int:
        actor = staff_actor(Staff.objects.get(pk=staff))
        found = queue(actor, Filters())
        found.count()
        items = found[:PAGE]
        deadlines_of(items)
        return len(items)

    return page


def ungated() -> int:
    """The same page for somebody whom no gate asks, written as well as without it."""
    from django.db.models import F  # noqa: PLC0415

    from turvaverkko.organisation.models import Staff  # noqa: PLC0415
    from turvaverkko.work.api import deadlines_of  # noqa: PLC0415
    from turvaverkko.work.models import WorkItem  # noqa: PLC0415

    Staff.objects.first()
    found = WorkItem.objects.filter(closed_at__isnull=True).select_related("unit", "assignee")
    found.count()
    items = list(found.order_by("priority", F("next_due").asc(nulls_last=True), "pk")[:PAGE])
    deadlines_of(items)
    return len(items)


def alone(page: Callable[[], int]) -> dict[str, Any]:
    """Rows, queries, and median CPU milliseconds of the app and of the database's own process."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    page()
    with CaptureQueriesContext(connection) as asked:
        rows = page()
    connection.force_debug_cursor = False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = int(cursor.fetchone()[0])
    app, database = [], []
    for _ in range(REPEATS):
        before, began = cpu_of(server), time.process_time()
        for _ in range(ROUNDS):
            page()
        app.append((time.process_time() - began) / ROUNDS * 1000)
        database.append((cpu_of(server) - before) / ROUNDS * 1000)
    mine, its = statistics.median(app), statistics.median(database)
    return {
        "rows": rows,
        "queries": len(asked),
        "app ms": round(mine, 1),
        "database ms": round(its, 1),
        "CPU ms": round(mine + its, 1),
    }


def cpu_of(process: int) -> float:
    """Seconds of CPU that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def together(page: Callable[[], int]) -> dict[str, Any]:
    """Median and 95th percentile in milliseconds when 16 work with a second of thought between pages."""
    from django.db import connection  # noqa: PLC0415

    times: list[float] = []

    def work(number: int) -> None:
        page()  # a connection is opened once, not for each page
        time.sleep(THINKS * number / USERS)
        for _ in range(PAGES_EACH):
            began = time.perf_counter()
            page()
            times.append((time.perf_counter() - began) * 1000)
            time.sleep(THINKS)
        connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(USERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cuts = statistics.quantiles(times, n=20)
    return {"p50 ms": round(statistics.median(times)), "p95 ms": round(cuts[18])}
