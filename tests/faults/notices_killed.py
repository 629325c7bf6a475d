"""kill -9 of the worker while it delivers, and vetoes while letters leave: a real SMTP server counts.

python -m tests.faults.notices_killed [--kills 6] [--letters 24] [--vetoes 8] [--database sqlite|postgresql]

* `lost`: committed and never received. `doubled`: received more than once, which cannot be excluded towards
  another system; `other_id`: of those, how many came under another Message-ID (the bar is 0).
* `after_veto`: received after the veto's commit had been answered (the bar is 0).
"""

import argparse
import collections
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from tests.faults.databases import empty

ROOT = Path(__file__).resolve().parents[2]
LEASE = 1.5  # seconds: short, so that a round is short
PATIENCE = 90  # seconds for the letters that are left


def main(arguments: list[str] | None = None) -> int:
    """Run the rounds; print the counts as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("--letters", type=int, default=24)
    parser.add_argument("--vetoes", type=int, default=8)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.inside:
        print(json.dumps(rounds(options)), flush=True)
        return 0
    with empty(options.database) as environment:
        again = [
            sys.executable,
            *("-m", "tests.faults.notices_killed", "--inside"),
            *(sys.argv[1:] if arguments is None else arguments),
        ]
        return subprocess.run(again, cwd=ROOT, env=os.environ | environment, check=False).returncode


class Worker:
    """A process that delivers to our post office."""

    def __init__(self, port: int) -> None:
        code = (
            "import sys, django; from django.conf import settings;"
            f"settings.EMAIL_BACKEND='django.core.mail.backends.smtp.EmailBackend';"
            f"settings.EMAIL_HOST='127.0.0.1'; settings.EMAIL_PORT={port}; django.setup();"
            "from django.core.management import call_command;"
            f"call_command('run_jobs', queue='delivery', lease={LEASE})"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.DEVNULL, env=_with_path()
        )

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=30)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)


def rounds(options: argparse.Namespace) -> dict[str, Any]:
    """Post, deliver, kill, forbid; return the counts."""
    import django  # noqa: PLC0415 - the settings are known only in this process

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from turvaverkko.notices.tests.post_office import PostOffice  # noqa: PLC0415

    for app in ("core", "trail", "organisation", "notices"):
        call_command("migrate", app, verbosity=0)
    office = PostOffice().open()
    worker = Worker(office.port)
    try:
        worker, killed = deliver_and_kill(worker, office, options)
        forbidden = forbid_while_leaving(office, options.vetoes)
    finally:
        worker.stop()
        office.close()
    return {"database": options.database, **killed, **forbidden}


def deliver_and_kill(
    worker: Worker, office: Any, options: argparse.Namespace
) -> tuple[Worker, dict[str, int]]:
    """Kill at a chance moment of a letter's DATA, before or shortly after the server has taken it."""
    expected = post(options.letters, "kill")
    injected = 0
    for _ in range(options.kills):
        reached = threading.Event()
        office.answers["DATA"].append(lambda reached=reached: (reached.set(), time.sleep(0.05))[0])
        if not reached.wait(60):  # a busy machine starts a worker slowly
            break
        time.sleep(random.uniform(0, 0.1))
        worker.kill()
        injected += 1
        worker = Worker(office.port)
    wait_until_sent()
    received = collections.Counter(letter["To"] for letter in office.letters)
    ids = {letter["To"]: set() for letter in office.letters}
    for letter in office.letters:
        ids[letter["To"]].add(letter["Message-ID"])
    counts = {
        "letters": len(expected),
        "injected": injected,
        "lost": len(expected - set(received)),
        "doubled": sum(times > 1 for times in received.values()),
        "other_id": sum(len(one) > 1 for one in ids.values()),
    }
    return worker, counts


def forbid_while_leaving(office: Any, rounds_of_vetoes: int) -> dict[str, int]:
    """Forbid an address while its letter is somewhere between the outbox and the server."""
    after = sent = 0
    for number in range(rounds_of_vetoes):
        office.letters.clear()
        reached = threading.Event()
        # While the connection opens the veto comes in time; while the letter is taken it has to wait.
        verb, pause = ("DATA", 0.3) if number % 2 else ("EHLO", 1.5)
        office.answers[verb].append(
            lambda reached=reached, pause=pause: (reached.set(), time.sleep(pause))[0]
        )
        (address,) = post(1, f"veto{number}")
        reached.wait(60)
        time.sleep(random.uniform(0, 0.1))
        forbid(address)
        answered = len(office.letters)
        time.sleep(2)
        after += len(office.letters) - answered
        sent += answered
    return {"vetoes": rounds_of_vetoes, "sent_before": sent, "after_veto": after}


def post(count: int, name: str) -> set[str]:
    """Put notices into the outbox, without the hold; return their addresses."""
    from datetime import timedelta  # noqa: PLC0415

    from django.db import transaction  # noqa: PLC0415

    from turvaverkko.notices import api  # noqa: PLC0415

    addresses = {f"{name}-{number}@perhe.example" for number in range(count)}
    for address in sorted(addresses):
        with transaction.atomic():
            api.post(
                template="to-read",
                to=api.Address(address),
                language="fi",
                matter="",
                purpose="tests.fault",
                key=address.partition("@")[0],
                hold=timedelta(0),
            )
    return addresses


def forbid(address: str) -> None:
    """Commit a veto."""
    from turvaverkko.core.actors import SystemActor  # noqa: PLC0415
    from turvaverkko.notices.api import Address, veto_address  # noqa: PLC0415

    veto_address(SystemActor("faults"), Address(address), reason="danger")


def wait_until_sent() -> None:
    """Wait until nothing waits any more."""
    from turvaverkko.notices.models import Notice  # noqa: PLC0415

    deadline = time.monotonic() + PATIENCE
    while Notice.objects.exclude(state="sent").exists() and time.monotonic() < deadline:
        time.sleep(0.2)


def _with_path() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}


if __name__ == "__main__":
    sys.exit(main())
