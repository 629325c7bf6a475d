"""Writers, sealers and kills in real processes on a database of their own; prints what came of it as JSON.

python -m turvaverkko.trail.tests.access_log_process DATABASE FOLDER crowd|kills
"""

# ruff: noqa: PLC0415 - as a program it sets Django up before anything of ours can be imported

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.conf import settings

POINTS = ("before commit", "after commit", "torn line", "after anchor", "between two seals")
WRITERS, TRANSACTIONS = 3, 20


def main() -> None:
    database, folder, what = sys.argv[1:]
    settings.DATABASES["default"]["NAME"] = database
    settings.VAR = Path(folder)
    settings.ACCESS_LOG_ANCHOR = Path(folder) / "anchor.jsonl"
    settings.DEMO = False
    django.setup()
    from django.core.management import call_command

    apart(lambda: call_command("migrate", "trail", verbosity=0))
    sys.stdout.write(json.dumps(crowd() if what == "crowd" else kills()))


def apart(act: Callable[[], Any]) -> int:
    """Do it in a process of its own, with a connection of its own; return how that ended."""
    return os.waitstatus_to_exitcode(os.waitpid(begin(act), 0)[1])


def begin(act: Callable[[], Any]) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            act()
            code = 0
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(code)
    return child


def told(act: Callable[[], Any]) -> Any:
    """Do it in a process of its own and return what it returned."""
    reading, writing = os.pipe()
    apart(lambda: os.write(writing, json.dumps(act()).encode()))
    os.close(writing)
    with os.fdopen(reading) as pipe:
        return json.loads(pipe.read())


def state() -> dict[str, Any]:
    from turvaverkko.trail.access_log.models import AccessEntry, AccessSeal
    from turvaverkko.trail.access_log.verifying import verify

    report = verify()
    return {
        "faults": [finding.fault for finding in report.findings],
        "remarks": [remark for remark, _ in report.remarks],
        "rows": AccessEntry.objects.count(),
        "verified": report.rows,
        "seals": AccessSeal.objects.count(),
    }


def crowd() -> dict[str, Any]:
    """Transactions of uneven length, some undone, while a sealer runs without a pause."""

    def writer(seed: int) -> Callable[[], None]:
        def write_some() -> None:
            from django.db import transaction

            from turvaverkko.trail.tests.access_log_world import write

            chance = random.Random(seed)
            for _ in range(TRANSACTIONS):
                with transaction.atomic():
                    write(chance.randint(1, 5))
                    time.sleep(chance.random() / 50)
                    if chance.random() < 0.2:
                        transaction.set_rollback(True)
                time.sleep(chance.random() / 50)

        return write_some

    def sealer() -> None:
        from turvaverkko.trail.access_log.sealing import seal

        while not stop.exists():
            seal()

    stop = settings.VAR / "stop"
    writers = [begin(writer(seed)) for seed in range(WRITERS)]
    # Two at once, as after a failed hand-over of the job.
    sealers = [begin(sealer), begin(sealer)]
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in writers]
    stop.touch()
    codes += [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in sealers]
    during = told(state)
    apart(seal_now)
    return {"codes": codes, "during": during, "after": told(state)}


def kills() -> list[dict[str, Any]]:
    """For each point: write, seal, die there; then look, seal again, look again."""
    rounds = []
    for point in POINTS:
        apart(write_five)
        code = apart(lambda point=point: seal_and_die(point))
        between = told(state)
        apart(write_five)
        recovered = apart(seal_now)
        rounds.append(
            {"point": point, "code": code, "between": between, "recovered": recovered, "after": told(state)}
        )
    return rounds


def write_five() -> None:
    from turvaverkko.trail.tests.access_log_world import write

    write(5)


def seal_now() -> None:
    from turvaverkko.trail.access_log.sealing import seal

    seal()


def seal_and_die(point: str) -> None:
    from turvaverkko.trail.access_log import anchor, sealing

    real_add, real_write, real_extend = anchor.add, os.write, sealing.extend

    def torn_write(descriptor: int, data: bytes) -> None:
        real_write(descriptor, data[:40])
        os.fsync(descriptor)
        die()

    def extend_and_die(*args: Any, **kwargs: Any) -> None:
        real_extend(*args, **kwargs)
        die()

    def add_and_die(new: Any) -> None:
        real_add(new)
        die()

    places: dict[str, list[tuple[Any, str, Any]]] = {
        "before commit": [(sealing, "extend", extend_and_die)],
        "after commit": [(anchor, "add", die)],
        "torn line": [(os, "write", torn_write)],
        "after anchor": [(anchor, "add", add_and_die)],
        "between two seals": [(anchor, "add", add_and_die), (sealing, "ROWS_IN_A_SEAL", 3)],
    }
    for where, name, what in places[point]:
        setattr(where, name, what)
    sealing.seal()


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
