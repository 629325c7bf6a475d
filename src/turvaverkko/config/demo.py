"""What `./turvaverkko run` does: bring the example installation up to date, then serve it.

python -m turvaverkko.config.demo [--port N] [--fresh] [--prepare-only]
"""

import argparse
import hashlib
import io
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

from turvaverkko.config.catalogues import compile_catalogues

DEFAULT_PORT = 8000
# What the loaded content depends on. When none of it changed, a warm start loads nothing.
CONTENT = ("national", "counties", "src/turvaverkko")
CONTENT_SUFFIXES = {".yaml", ".csv", ".json", ".gz", ".py"}


def main(arguments: list[str] | None = None) -> None:
    """Prepare the example installation and serve it until it is stopped."""
    parser = argparse.ArgumentParser(prog="./turvaverkko run")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    parser.add_argument("--fresh", action="store_true", help="start from an empty example installation")
    parser.add_argument("--prepare-only", action="store_true", help="do everything but serve")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "turvaverkko.config.settings.demo")
    if not options.prepare_only and is_taken(options.port):
        say(f"Port {options.port} is in use: stop what runs there, or choose another with --port.")
        sys.exit(1)
    prepare(fresh=options.fresh)
    if not options.prepare_only:
        tell_logins()
        serve(options.port)


def prepare(*, fresh: bool) -> None:
    """Migrate, load the national base and the county pack, build the index, collect static files."""
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    stamp = settings.VAR / "content-stamp"
    settings.VAR.mkdir(parents=True, exist_ok=True)
    if fresh:
        forget(database, stamp)
    wanted = content_hash()
    if database.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    stamp.unlink(missing_ok=True)
    django.setup()  # only now: a warm start has nothing to do with the database
    for sentence, step in steps():
        say(sentence)
        step()
    stamp.write_text(wanted)


def steps() -> Iterator[tuple[str, Callable[[], object]]]:
    """The steps of a start, each with the sentence that says what is going on."""
    pack = settings.COUNTY_PACK
    # The reports count every kind of row: `manage apply_pack` shows them to who maintains a pack.
    unread = io.StringIO()
    yield "compiling translations", lambda: compile_catalogues(settings.PACKAGE / "locale")
    yield "preparing the database", partial(call_command, "migrate", verbosity=0)
    yield "loading the national base", partial(call_command, "load_national", stdout=unread)
    yield (
        f"loading the county pack {pack.name}",
        partial(call_command, "apply_pack", str(pack), stdout=unread),
    )
    yield "giving the demo accounts their keys", keep_logins
    yield "building the search index", partial(call_command, "rebuild_search")
    if settings.DEMO:
        yield "writing the example requests", partial(call_command, "demo_requests", stdout=unread)
    yield (
        "collecting styles and pictures",
        partial(call_command, "collectstatic", interactive=False, verbosity=0),
    )


def keep_logins() -> None:
    """Give the accounts of the demo their keys; a warm start prints them without asking the database."""
    table = io.StringIO()
    call_command("demo_logins", stdout=table)
    logins_file().write_text(table.getvalue())


def tell_logins() -> None:
    """Print one account of each role. They open nothing but a demo."""
    say("demo logins, one of each role, at /kirjaudu/")
    sys.stderr.write(logins_file().read_text() if logins_file().exists() else "")


def logins_file() -> Path:
    """Where the table of logins waits between starts."""
    return Path(settings.VAR) / "demo-logins.txt"


def forget(database: Path, stamp: Path) -> None:
    """Remove the example database; its key and the installed packages stay."""
    for path in (stamp, database, *database.parent.glob(f"{database.name}-*")):
        path.unlink(missing_ok=True)


def content_hash() -> str:
    """A hash over the sizes and times of everything the loaded content depends on."""
    digest = hashlib.sha256()
    for folder in CONTENT:
        for path in sorted((settings.ROOT / folder).rglob("*")):
            if path.suffix in CONTENT_SUFFIXES and "__pycache__" not in path.parts:
                status = path.stat()
                digest.update(f"{path}:{status.st_size}:{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def is_taken(port: int) -> bool:
    """Tell whether something answers on a port. The web server would share it without a word."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def serve(port: int) -> None:
    """Start a worker for background jobs, then replace this process by the web server."""
    begin_worker()
    say(f"Turvaverkko is at http://localhost:{port}/  (stop it with Ctrl-C)")
    command = [
        str(Path(sys.executable).with_name("granian")),
        "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning",
        "turvaverkko.config.wsgi:application",
    ]  # fmt: skip
    os.execv(command[0], command)  # noqa: S606 - our own interpreter's server, fixed arguments


def begin_worker() -> None:
    """Start `manage run_jobs` as a child; it ends within a second of this process, however that ends.

    The web server takes over this process and keeps its number, so the worker need not know it.
    """
    manage = settings.ROOT / "manage.py"
    command = [sys.executable, str(manage), "run_jobs", "--stop-with", str(os.getpid())]
    subprocess.Popen(command)  # noqa: S603 - our own interpreter and command


def say(sentence: str) -> None:
    """Tell the person at the terminal what is going on."""
    sys.stderr.write(f"» {sentence}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
