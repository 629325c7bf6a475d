"""The product as a county runs it: granian with two workers, a worker for jobs, data of its own.

Its database, its files and everything it logs can be searched afterwards.
"""

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from scripts import postgres
from tests.browser.server import free_port, wait_for

ROOT = Path(__file__).resolve().parents[2]
# Kept between runs and copied for each: a warm start loads nothing when no content changed.
PREPARED = ROOT / "var" / "fault-tests"


class Product:
    """One running installation."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.environment, self.folder = environment, folder
        self.port = free_port()
        self.netloc = f"localhost:{self.port}"
        self.log = folder / "fault-log"
        # A pipe, not a file: a full disk of the product must not swallow what it says.
        self.server = subprocess.Popen(
            [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1",
             "--port", str(self.port), "--workers", "2", "--blocking-threads", "4", "--no-ws",
             "--respawn-failed-workers", "--respawn-interval", "0.1", "--access-log",
             "turvaverkko.config.wsgi:application"],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.jobs = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "run_jobs", "--stop-with", str(self.server.pid)],
            cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        threading.Thread(target=self._write_down, daemon=True).start()

    def workers(self) -> list[int]:
        """The processes that answer requests."""
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text().split()
        return [int(pid) for pid in children if _is_worker(pid)]

    def stop(self) -> None:
        for process in (self.server, self.jobs):
            process.terminate()
        for process in (self.server, self.jobs):
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()

    def manage(self, module: str, given: str = "") -> str:
        """Run a module of ours beside the product, on its data; return what it prints last."""
        done = subprocess.run(
            [sys.executable, "-m", module], cwd=ROOT, env=self.environment, input=given,
            stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        return done.stdout.strip().splitlines()[-1]

    def places_of(self, canaries: Iterable[str]) -> list[str]:
        """Where any of these words stands unencrypted: in files, logs, mail or the database."""
        wanted = [word.encode() for word in canaries]
        found = []
        for path in [*self.folder.rglob("*"), *self._server_log()]:
            if path.is_file() and "static" not in path.parts and _has(path.read_bytes(), wanted):
                found.append(path.name)
        if "PGHOST" in self.environment:
            dump = subprocess.run(
                [str(postgres.binaries() / "pg_dump"), "--inserts", "turvaverkko"],
                env=self.environment, stdout=subprocess.PIPE, check=True,
            )  # fmt: skip
            found += ["database"] if _has(dump.stdout, wanted) else []
        return found

    def _server_log(self) -> list[Path]:
        return [Path(self.environment["PGHOST"]) / "log"] if "PGHOST" in self.environment else []

    def _write_down(self) -> None:
        assert self.server.stdout
        with self.log.open("wb", buffering=0) as log:
            for line in self.server.stdout:
                with contextlib.suppress(OSError):  # the disk is full: that is the fault
                    log.write(line)


@contextlib.contextmanager
def running(database: str) -> Iterator[Product]:
    """Start the product on "sqlite" or "postgresql", with the example county and no requests."""
    with (
        tempfile.TemporaryDirectory(prefix="turvaverkko-web-fault-") as name,
        contextlib.ExitStack() as stack,
    ):
        folder = Path(name) / "var"
        if database == "sqlite":
            prepare(PREPARED)
            shutil.copytree(PREPARED, folder)
            environment = environment_of(folder)
        else:
            # Durable, as in a county: what was answered must be there after the server was stopped.
            environment = environment_of(folder, database) | stack.enter_context(postgres.running(""))
            load(environment)
        product = Product(environment, folder)
        try:
            wait_until_warm(f"http://{product.netloc}/pyyda-apua/")
            yield product
        finally:
            product.stop()


def wait_until_warm(address: str) -> None:
    """Return when every worker has loaded its index and its templates: answers are quick, many in a row."""
    wait_for(address)
    quick, deadline = 0, time.monotonic() + 30
    while quick < 10 and time.monotonic() < deadline:
        began = time.monotonic()
        wait_for(address)
        quick = quick + 1 if time.monotonic() - began < 0.3 else 0
        time.sleep(0.05)


def environment_of(folder: Path, database: str = "sqlite") -> dict[str, str]:
    settings = "demo" if database == "sqlite" else "test"
    # A tier of the tests may run on a PostgreSQL of its own: it is not ours.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {
        **inherited,
        "TURVAVERKKO_VAR": str(folder),
        "TURVAVERKKO_DEMO_REQUESTS": "0",
        "TURVAVERKKO_SENDINGS": "0",  # every family comes from one address
        "DJANGO_SETTINGS_MODULE": f"turvaverkko.config.settings.{settings}",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }


def prepare(folder: Path) -> None:
    """Load the example county once, also when several processes start together."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        load(environment_of(folder))


def load(environment: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "-m", "turvaverkko.config.demo", "--prepare-only"],
        check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _is_worker(pid: str) -> bool:
    # multiprocessing's own helper is a child too; it answers nobody.
    try:
        return "tracker" not in Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False


def _has(content: bytes, wanted: list[bytes]) -> bool:
    return any(word in content for word in wanted)
