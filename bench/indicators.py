"""The pages of figures with 308 municipalities × 12 years × 500 indicators, beside naive ones, in one run.

CPU of app and database, queries, growth when half of the indicators are added, and the times for 16 who read at
once (of the files of a report: two); on SQLite and on PostgreSQL, each in a process and a database of its own.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from scripts.postgres import PostgresMissingError, running

ROOT = Path(__file__).resolve().parents[1]
ROUNDS, REPEATS = 10, 5  # medians of five runs of ten pages
PAGES_EACH: Final = 4
# Name → address. The naive ones stand under /bench.
PAGES: Final = {
    "front": "/koordinaatio/",
    "list": "/koordinaatio/mittarit/",
    "one indicator": "/koordinaatio/mittarit/mittari-7/",
    "areas": "/koordinaatio/alueet/",
    "municipalities compared": "/koordinaatio/alueet/mittari-7/?laji=municipality",
    "quality": "/koordinaatio/laatu/",
    "reported beside source": "/koordinaatio/laatu/lahteet/",
    "one goal": "/koordinaatio/tavoitteet/tavoite-1/",
    "one round": "/koordinaatio/kierrokset/2023-12/",
    "report of all goals": "/koordinaatio/raportit/raportti/?kierros=2023-12",
}
# The same report as files; they are made once a measurement, and two ask at once.
FILES: Final = {
    "report as PDF": "/koordinaatio/raportit/raportti.pdf?kierros=2023-12",
    "report as XLSX": "/koordinaatio/raportit/raportti.xlsx?kierros=2023-12",
}
READERS, AT_ONCE, FILES_EACH = 16, 2, 3


def run() -> list[dict[str, Any]]:
    """Measure on both databases; one row a page and database."""
    rows = _apart("SQLite", {})
    try:
        with running() as env:
            rows += _apart("PostgreSQL", env)
    except PostgresMissingError:
        print("PostgreSQL is missing: NOT MEASURED")
    return rows


def _apart(name: str, env: dict[str, str]) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        given = {
            **os.environ,
            **env,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "TURVAVERKKO_VAR": folder,
        }
        command = [sys.executable, "-m", "bench.indicators"]
        done = subprocess.run(command, cwd=ROOT, env=given, stdout=subprocess.PIPE, text=True, check=True)
    said, _line, found = done.stdout.rstrip().rpartition("\n")
    print(said, flush=True)
    return [{"database": name, **row} for row in json.loads(found)]


def measure(indicators: int) -> list[dict[str, Any]]:
    """Measure in this process; `indicators`: how many there are in the end."""
    import django  # noqa: PLC0415

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    from bench import figures_data  # noqa: PLC0415
    from bench.queue import server, session_of, together  # noqa: PLC0415
    from turvaverkko.indicators.models import Figure  # noqa: PLC0415
    from turvaverkko.organisation.models import Staff  # noqa: PLC0415

    settings.ROOT_URLCONF = "bench.indicator_views"
    began = time.monotonic()
    call_command("migrate", verbosity=0)
    reader = Staff.objects.get(email=figures_data.make(indicators // 2)).pk
    cookie = session_of(reader)
    half = {name: alone(view_of(cookie, path), ROUNDS) for name, path in PAGES.items()}
    figures_data.add(indicators // 2 + 1, indicators)
    print(f"{Figure.objects.count()} figures: {time.monotonic() - began:.0f} s", flush=True)
    rows = []
    for name, path in PAGES.items():
        row = {"page": name, **alone(view_of(cookie, path), ROUNDS)}
        row["× half the data"] = round(row["CPU ms"] / half[name]["CPU ms"], 2)
        rows.append(row | naive(cookie, path, row["CPU ms"]))
    for name, path in FILES.items():
        row = {"page": name, **alone(view_of(cookie, path), 1, 3), "× half the data": ""}
        rows.append(row | naive(cookie, path, row["CPU ms"]))
    with server("turvaverkko.config.wsgi:application") as port:
        cookies = [cookie, *(session_of(reader) for _ in range(READERS - 1))]
        for row in rows:
            if (name := row["page"]) in PAGES:
                row.update(together(port, cookies, PAGES[name], PAGES_EACH))
            else:
                row.update(together(port, cookies[:AT_ONCE], FILES[name], FILES_EACH))
    return rows


def naive(cookie: str, path: str, ours: float) -> dict[str, Any]:
    """Measure the naive page of the same, once: it takes seconds. There is none of the newest pages."""
    from django.urls import Resolver404, resolve  # noqa: PLC0415

    try:
        resolve(f"/bench{path.partition('?')[0]}")
    except Resolver404:
        return {"naive CPU ms": "", "naive queries": "", "naive ×": ""}
    found = alone(view_of(cookie, f"/bench{path}"), 1, 1, is_warm=False)
    return {
        "naive CPU ms": round(found["CPU ms"]),
        "naive queries": found["queries"],
        "naive ×": round(found["CPU ms"] / ours),
    }


def view_of(cookie: str, path: str) -> Callable[[], int]:
    """Return what draws a page in this process, through every middleware, and tells how many bytes it has."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    client = Client()
    client.cookies[settings.STAFF_COOKIE] = cookie

    def page() -> int:
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        return len(response.content)

    return page


def alone(
    page: Callable[[], int], rounds: int, repeats: int = REPEATS, *, is_warm: bool = True
) -> dict[str, Any]:
    """Measure a page in this process: queries, CPU milliseconds of the app and of the database's own process."""
    from django.db import connection  # noqa: PLC0415

    from bench.queue import cpu_of  # noqa: PLC0415

    asked: list[str] = []

    def counted(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    if is_warm:
        page()
    server = 0
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            server = int(cursor.fetchone()[0])
    used = []
    for _ in range(repeats):
        asked.clear()
        before, began = cpu_of(server) if server else 0, time.process_time()
        with connection.execute_wrapper(counted):
            sizes = [page() for _ in range(rounds)]
        its = cpu_of(server) - before if server else 0
        used.append((time.process_time() - began + its) / rounds * 1000)
    return {
        "queries": len(asked) // rounds,
        "KB": round(sizes[0] / 1000),
        "CPU ms": round(statistics.median(used), 1),
    }


if __name__ == "__main__":
    from bench.figures_data import INDICATORS

    print(json.dumps(measure(int(os.environ.get("TURVAVERKKO_BENCH_INDICATORS", INDICATORS)))))
