"""The product itself, started as a person starts it, for the tests that need a real browser."""

import contextlib
import fcntl
import http.server
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Kept between runs: a warm start loads nothing when no content changed.
VAR = ROOT / "var" / "browser-tests"
STARTUP_SECONDS = 30


class Elsewhere:
    """Another site on this machine: where the way out leads. Started once, ends with the process."""

    def __init__(self) -> None:
        self._server = http.server.HTTPServer(("127.0.0.1", 0), _Quiet)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """Its origin. An address, not a name: it is another site also to the browser."""
        return f"http://127.0.0.1:{self._server.server_port}"


class _Quiet(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<!doctype html><html lang=fi><title>Saa</title><p>Poutaa.")

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


ELSEWHERE = Elsewhere()


def environment() -> dict[str, str]:
    return {
        **os.environ,
        "TURVAVERKKO_VAR": str(VAR),
        "TURVAVERKKO_DEMO_REQUESTS": "40",  # a start must be short
        "TURVAVERKKO_SENDINGS": "0",  # every family of the tests comes from one address
        "DJANGO_SETTINGS_MODULE": "turvaverkko.config.settings.demo",
        "PYTHONPATH": str(ROOT / "src"),
        "TURVAVERKKO_EXIT_ADDRESS": f"{ELSEWHERE.address}/",
    }


def prepare() -> None:
    """Load the example installation once, also when several test processes start together."""
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run(
            [sys.executable, "-m", "turvaverkko.config.demo", "--prepare-only"], check=True, env=environment()
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Start the server; yield its address."""
    prepare()
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "turvaverkko.config.demo", "--port", str(port)],
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://localhost:{port}/")
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_for(address: str) -> None:
    deadline = time.monotonic() + STARTUP_SECONDS
    while True:
        try:
            urllib.request.urlopen(address, timeout=5)
        except (urllib.error.URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
