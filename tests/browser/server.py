"""The product itself, started as a person starts it, for the tests that need a real browser."""

import contextlib
import fcntl
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Kept between runs: a warm start loads nothing when no content changed.
VAR = ROOT / "var" / "browser-tests"
STARTUP_SECONDS = 30


def environment() -> dict[str, str]:
    return {
        **os.environ,
        "TURVAVERKKO_VAR": str(VAR),
        "DJANGO_SETTINGS_MODULE": "turvaverkko.config.settings.demo",
        "PYTHONPATH": str(ROOT / "src"),
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
