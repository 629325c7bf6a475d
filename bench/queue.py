"""The queue page at county size, whole: CPU of app and database, queries, and times for 16 who work at once.

200,000 items of which 12,000 are open, 1,000,000 grants, PostgreSQL. "Superuser" is somebody whom no gate
asks: the same page with the gate taken out of its queries (`bench.ungated`).
"""

import contextlib
import gc
import http.client
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ROUNDS, REPEATS = 20, 5
USERS, THINKS, PAGES_EACH = 16, 1.0, 10  # think time in seconds
ROLES = ("director", "lead", "guide", "specialist", "consultant")
BASELINE = "superuser, no gate"
PAGE = "/tyo/jono/"


def run() -> list[dict[str, Any]]:
    """Measure every role; one row a role. The last columns compare with somebody whom no gate asks."""
    from scripts.postgres import running  # noqa: PLC0415

    with running() as env:
        os.environ.update(env)
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
        import django  # noqa: PLC0415

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415
        from django.db import connection  # noqa: PLC0415

        from bench import ungated, work_data  # noqa: PLC0415

        started = time.monotonic()
        call_command("migrate", verbosity=0)
        made = work_data.make()
        work_data.make_requests()
        print(f"data: {time.monotonic() - started:.0f} s", flush=True)
        gc.collect()
        gc.freeze()  # what the generator left would be gone through with every collection of the pages
        rows = []
        with ungated.everything():
            rows.append({"role": BASELINE, **alone(view_of(made.staff["director"]))})
        rows += [{"role": role, **alone(view_of(made.staff[role]))} for role in ROLES]
        cookies = {role: [session_of(made.staff[role]) for _ in range(USERS)] for role in ROLES}
        with server("bench.ungated:application") as port:
            rows[0].update(together(port, cookies["director"]))
        with server("turvaverkko.config.wsgi:application") as port:
            for row, role in zip(rows[1:], ROLES, strict=True):
                row.update(together(port, cookies[role]))
        connection.close()
    baseline = rows[0]
    for row in rows:
        row["CPU × superuser"] = round(row["CPU ms"] / baseline["CPU ms"], 2)
        row["p95 × superuser"] = round(row["p95 ms"] / baseline["p95 ms"], 2)
    return rows


def session_of(staff: int) -> str:
    """Return the cookie of a session of somebody."""
    from django.test import Client  # noqa: PLC0415

    from turvaverkko.organisation.models import Staff  # noqa: PLC0415
    from turvaverkko.organisation.sign_in.testing import sign_in  # noqa: PLC0415

    return sign_in(Client(), Staff.objects.get(pk=staff))


def view_of(staff: int) -> Callable[[], int]:
    """Return what draws the page in this process, through every middleware, and tells how many rows it has."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    client = Client()
    client.cookies[settings.STAFF_COOKIE] = session_of(staff)

    def page() -> int:
        response = client.get(PAGE)
        assert response.status_code == 200, response.status_code
        return response.content.count(b"/tyo/pyynnot/")

    return page


@contextlib.contextmanager
def server(application: str) -> Iterator[int]:
    """Serve the county with two workers of four threads, as it is run; yield the port."""
    from tests.browser.server import free_port, wait_for  # noqa: PLC0415 - needs the tests beside it

    port = free_port()
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1",
         "--port", str(port), "--workers", "2", "--blocking-threads", "4", "--no-ws", application],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(f"http://localhost:{port}/kirjaudu/")
        yield port
    finally:
        process.terminate()
        process.wait(timeout=15)


def alone(page: Callable[[], int]) -> dict[str, Any]:
    """Rows, queries, and median CPU milliseconds of the app and of the database's own process."""
    from django.db import connection  # noqa: PLC0415

    page()
    asked: list[str] = []

    def counted(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(counted):
        rows = page()
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


def together(port: int, sessions: list[str], page: str = PAGE, pages: int = PAGES_EACH) -> dict[str, Any]:
    """Median and 95th percentile in milliseconds when those of the sessions work with a second of thought between pages."""
    from django.conf import settings  # noqa: PLC0415

    times: list[float] = []

    def work(number: int, session: str) -> None:
        server = http.client.HTTPConnection("localhost", port, timeout=30)
        for turn in range(pages + 2):
            if turn == 1:  # the first page opens connections; then they begin at different moments
                time.sleep(THINKS * number / len(sessions))
            began = time.perf_counter()
            server.request("GET", page, headers={"Cookie": f"{settings.STAFF_COOKIE}={session}"})
            answer = server.getresponse()
            answer.read()
            assert answer.status == 200, answer.status
            if turn > 1:
                times.append((time.perf_counter() - began) * 1000)
            time.sleep(THINKS)
        server.close()

    threads = [threading.Thread(target=work, args=pair) for pair in enumerate(sessions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(times) == len(sessions) * pages
    cuts = statistics.quantiles(times, n=20)
    return {"p50 ms": round(statistics.median(times)), "p95 ms": round(cuts[18])}
