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


def start(folder: str | Path, options: str = FAST) -> None:
    """Start the server of a folder that `running` made; wait until it answers."""
    server = f"-k {folder} -c listen_addresses='' {options}"
    _call(folder, "pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", server, "start")


def stop(folder: str | Path) -> None:
    """Stop it at once, as when its machine dies; with the default durability nothing answered is lost."""
    _call(folder, "pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop")


def _call(folder: str | Path, program: str, *arguments: str) -> None:
    command = _as_owner([str(binaries() / program), *arguments])
    subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def running(options: str = FAST) -> Iterator[dict[str, str]]:
    """Start a server on a Unix socket; yield the environment that points Django and psql to it."""
    folder = Path(tempfile.mkdtemp(prefix="turvaverkko-pg-"))
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    form = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    try:
        _call(folder, "initdb", "-D", f"{folder}/data", "-U", USER, *form)
        start(folder, options)
        try:
            _call(folder, "createdb", "-h", str(folder), "-U", USER, USER)
            yield {"TURVAVERKKO_TEST_DB": "postgresql", "PGHOST": str(folder), "PGUSER": USER}
        finally:
            stop(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
