"""CPU per request, queries and throughput of public pages, against a bare, a naive and a prefetching view."""

import http.client
import io
import multiprocessing
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

ROOT = Path(__file__).resolve().parents[1]
ROUNDS, REPEATS = 40, 5  # medians of five runs of forty requests
CONNECTIONS, SECONDS = 8, 4
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "turvaverkko.config.settings.demo",
    "TURVAVERKKO_VAR": os.environ.get("TURVAVERKKO_BENCH_VAR", str(ROOT / "var" / "bench")),
}
WORDS = [
    "vauva ei nuku",
    "neuvola oulu",
    "ero ja lapset",
    "perhekahvila",
    "masennus",
    "päiväkoti",
    "nepsy",
    "raivo",
]


def run() -> list[dict[str, Any]]:
    """Measure every page; one row a page."""
    os.environ.update(SETTINGS)
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415 - the environment above comes first

    from turvaverkko.config import demo  # noqa: PLC0415

    django.setup()
    demo.prepare(fresh=False)
    settings.ROOT_URLCONF = "bench.page_views"
    settings.ALLOWED_HOSTS = ["*"]
    pages = addresses()
    rows = [{"page": name, **in_process(paths)} for name, paths in pages.items()]
    bare = next(row["CPU ms"] for row in rows if row["page"] == "bare view")
    loads = throughput({name: paths for name, paths in pages.items() if not name.endswith("view")})
    for row in rows:
        row["× bare"] = round(row["CPU ms"] / bare, 1)
        row.update(loads.get(row["page"], {"pages/s": "", "p95 ms": ""}))
    return rows


def addresses() -> dict[str, list[str]]:
    """What is asked for under each name."""
    from turvaverkko.directory.models import Service  # noqa: PLC0415

    local = Service.objects.filter(state="published").exclude(level="national")
    slugs = list(local.order_by("slug").values_list("slug", flat=True)[:ROUNDS])
    return {
        "bare view": ["/bench/bare/"],
        "naive ORM list view": ["/bench/naive/"],
        "prefetching ORM list view": ["/bench/prefetching/"],
        "front page": ["/?kunta=liminka"],
        "search page": [f"/palvelut/?q={quote(words)}" for words in WORDS],
        "search page, municipality": [f"/palvelut/?q={quote(words)}&kunta=liminka" for words in WORDS],
        # Pages without a query are kept ready in the process: a choice of municipality is worked out anew.
        "service page": [f"/palvelut/{slug}/?kunta=liminka" for slug in slugs],
        "service page, kept ready": [f"/palvelut/{slug}/" for slug in slugs],
        "service page, unchanged (304)": [f"/palvelut/{slugs[0]}/"],
        "situation page": ["/aiheet/uni-ja-jaksaminen/?kunta=liminka"],
        "municipality page": ["/kunnat/oulu/?kunta=liminka"],
        "place page": ["/paikat/kohtaamispaikka-tupa-liminka/?kunta=liminka"],
        "finder": ["/perhekeskukset/?mista=90100"],
    }


def in_process(paths: list[str]) -> dict[str, Any]:
    """Median CPU milliseconds and queries of a request through the whole WSGI application."""
    from django.db import connection  # noqa: PLC0415

    ask = asker(paths)
    for at in range(len(paths)):
        ask(at)
    asked: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        ask(0)
    runs = []
    for _ in range(REPEATS):
        started = time.process_time()
        for at in range(ROUNDS):
            ask(at)
        runs.append((time.process_time() - started) / ROUNDS * 1000)
    return {"CPU ms": round(statistics.median(runs), 2), "queries": len(asked)}


def asker(paths: list[str]) -> Callable[[int], int]:
    """A function that asks for the n-th path and returns the status."""
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415

    application: Any = get_wsgi_application()
    unchanged = "" if len(paths) > 1 else etag(application, paths[0])

    def ask(at: int) -> int:
        status: list[str] = []
        answer = application(
            environ(paths[at % len(paths)], unchanged), lambda code, _headers: status.append(code)
        )
        b"".join(answer)
        answer.close()
        return int(status[0][:3])

    return ask


def etag(application: Any, path: str) -> str:
    """The page's ETag when the measurement is about an unchanged page; bench views have none."""
    if path.startswith("/bench/") or "?" in path:
        return ""
    kept: dict[str, str] = {}
    answer = application(environ(path, ""), lambda _code, headers: kept.update(headers))
    answer.close()
    return kept.get("ETag", "")


def environ(path: str, unchanged: str) -> dict[str, Any]:
    """A WSGI environment as a server would make it."""
    from django.test import RequestFactory  # noqa: PLC0415

    headers = {"Accept-Encoding": "gzip", "Host": "localhost"}
    if unchanged:
        headers["If-None-Match"] = unchanged
    return {**RequestFactory().get(path, headers=headers).META, "wsgi.input": io.BytesIO()}


def throughput(pages: dict[str, list[str]]) -> dict[str, dict[str, Any]]:
    """Pages a second through granian with two workers; the load comes from the same two cores."""
    port = free_port()
    server = subprocess.Popen(
        [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--port", str(port), "--workers", "2",
         "--blocking-threads", "4", "--no-ws", "--log-level", "error", "turvaverkko.config.wsgi:application"],
        env={**os.environ, **SETTINGS},
    )  # fmt: skip
    try:
        wait_for(port)
        return {name: load(f"http://localhost:{port}", paths) for name, paths in pages.items()}
    finally:
        server.terminate()
        server.wait(timeout=10)


def load(address: str, paths: list[str]) -> dict[str, Any]:
    """Ask for the paths over some connections for some seconds, from a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        times = pool.apply(hammer, (address, paths))
    return {
        "pages/s": round(len(times) / SECONDS),
        "p95 ms": round(sorted(times)[int(len(times) * 0.95)] * 1000, 1),
    }


def hammer(address: str, paths: list[str]) -> list[float]:
    """The seconds that each request took."""
    times: list[float] = []
    ends = time.monotonic() + SECONDS

    def one(number: int) -> None:
        line = http.client.HTTPConnection(urlsplit(address).netloc)
        at = number
        while time.monotonic() < ends:
            started = time.perf_counter()
            line.request("GET", paths[at % len(paths)], headers={"Accept-Encoding": "gzip"})
            line.getresponse().read()
            times.append(time.perf_counter() - started)
            at += 1
        line.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def free_port() -> int:
    """A port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until the server answers, at most half a minute."""
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        try:
            line = http.client.HTTPConnection("localhost", port)
            line.request("GET", "/tietoa/")
            line.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
