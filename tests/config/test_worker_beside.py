"""`./turvaverkko run` has a worker beside the web server, which does not outlive it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# What `serve` does, with a sleeping process in the place of the web server.
SERVE = (
    "import os, time; from turvaverkko.config import demo; demo.begin_worker(); "
    "os.execv('/bin/sleep', ['sleep', '60'])"
)
SECONDS = 20

pytestmark = pytest.mark.sqlite_only


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_the_worker_ends_with_the_server(tmp_path: Path, end: signal.Signals) -> None:
    env = os.environ | {
        "TURVAVERKKO_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "turvaverkko.config.settings.demo",
        "PYTHONPATH": str(ROOT / "src"),
    }
    subprocess.run([sys.executable, "manage.py", "migrate", "core", "-v0"], cwd=ROOT, env=env, check=True)
    subprocess.run([sys.executable, "manage.py", "migrate", "trail", "-v0"], cwd=ROOT, env=env, check=True)
    log = (tmp_path / "log").open("w")
    server = subprocess.Popen([sys.executable, "-c", SERVE], cwd=tmp_path, env=env, stderr=log)
    wait_for(lambda: bool(children(server.pid)))
    (worker,) = children(server.pid)
    wait_for(lambda: "core.jobs.letters.forget_done_jobs" in (tmp_path / "log").read_text())
    assert is_alive(worker)
    server.send_signal(end)
    server.wait(timeout=10)
    wait_for(lambda: not is_alive(worker))
    log.close()
