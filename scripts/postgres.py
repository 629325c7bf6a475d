"""A PostgreSQL of its own for the tests: started in a temporary folder, thrown away afterwards."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

# The data is thrown away, so durability would only cost time. The fault tests start their own server.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
USER = "turvaverkko"


class PostgresMissingError(RuntimeError):
    """No PostgreSQL 15 or newer is installed."""


def binaries() -> Path:
    """The folder of the newest installed PostgreSQL server.

    Raises:
        PostgresMissingError: there is none of version 15 or newer.
    """
    found = [
        path.parent
        for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")
        if path.parts[-3].isdigit() and int(path.parts[-3]) >= 15
    ]
    if found:
        return max(found, key=lambda path: int(path.parts[-2]))
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    raise PostgresMissingError


def _as_owner(command: list[str]) -> list[str]:
    # PostgreSQL refuses to run as root: there it runs as the user that Debian's package made.
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@contextlib.contextmanager
def running(options: str = FAST) -> Iterator[dict[str, str]]:
    """Start a server on a Unix socket; yield the environment that points Django and psql to it."""
    folder = Path(tempfile.mkdtemp(prefix="turvaverkko-pg-"))
    data, programs = folder / "data", binaries()
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)

    def call(program: str, *arguments: str) -> None:
        subprocess.run(
            _as_owner([str(programs / program), *arguments]),
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
        )

    server = f"-k {folder} -c listen_addresses='' {options}"
    try:
        call(
            "initdb",
            "-D",
            str(data),
            "-U",
            USER,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        call("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", server, "start")
        try:
            call("createdb", "-h", str(folder), "-U", USER, USER)
            yield {"TURVAVERKKO_TEST_DB": "postgresql", "PGHOST": str(folder), "PGUSER": USER}
        finally:
            call("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
