"""32 families send requests at the same time for a minute, on SQLite and on PostgreSQL.

Each goes through the real form over HTTP (three steps, a check, a receipt); every twentieth presses twice
at once. Then the sending alone: everybody has typed, and all press the button, again and again. The load
comes from the same cores as the product. PostgreSQL runs durably (fsync).
Seconds: TURVAVERKKO_BENCH_SECONDS (60).
"""

import json
import multiprocessing
import os
import random
import threading
import time
from typing import Any

PROCESSES, THREADS = 2, 16  # 32 writers
SECONDS = float(os.environ.get("TURVAVERKKO_BENCH_SECONDS", "60"))
PRESSED_TWICE = 0.05  # share of the sendings
TYPED_EACH = 12  # forms that each writer has ready before everybody sends


def run() -> list[dict[str, Any]]:
    """One row for every database."""
    return [measured("sqlite"), measured("postgresql")]


def measured(database: str) -> dict[str, Any]:
    """Write, then count in the rows."""
    from tests.faults.web_product import running  # noqa: PLC0415 - needs the folder of the tests beside it

    with running(database) as product:
        context = multiprocessing.get_context("spawn")
        with context.Pool(PROCESSES) as pool, context.Manager() as manager:
            parts = pool.starmap(write_on, [(product.netloc, number) for number in range(PROCESSES)])
            gate = manager.Barrier(PROCESSES * THREADS)
            sendings = pool.starmap(send_on, [(product.netloc, gate)] * PROCESSES)
            parts += sendings
        acknowledged = {mark: code for part in parts for mark, code in part["acknowledged"].items()}
        given = json.dumps({"acknowledged": acknowledged, "taken": []})
        counts = json.loads(product.manage("tests.faults.web_counts", given))
    times = sorted(seconds for part in parts for seconds in part["times"])
    asked = parts[:PROCESSES]
    return {
        "database": database,
        "writers": PROCESSES * THREADS,
        "receipts": len(acknowledged),
        "whole forms/s": round(sum(len(part["acknowledged"]) for part in asked) / SECONDS, 1),
        "form posts/s": round(sum(part["posts"] for part in asked) / SECONDS),
        "pressed twice": sum(part["twice"] for part in parts),
        "sent/s, sending alone": alone(sendings),
        "errors": sum(part["errors"] for part in parts),
        "lost": counts["lost"],
        "doubled": counts["doubled"],
        "half": counts["half"],
        "send p50 ms": at_share(times, 0.5),
        "send p95 ms": at_share(times, 0.95),
    }


def at_share(times: list[float], share: float) -> int:
    """The time that a share of the sendings did not exceed, in milliseconds."""
    return round(times[min(len(times) - 1, int(len(times) * share))] * 1000) if times else 0


def write_on(netloc: str, number: int) -> dict[str, Any]:
    """Sixteen families in this process; what they were told."""
    from tests.faults.web_family import Family, marked  # noqa: PLC0415

    found: dict[str, Any] = {"acknowledged": {}, "times": [], "posts": 0, "twice": 0, "errors": 0}
    lock = threading.Lock()
    ends = time.monotonic() + SECONDS

    def one(seed: int) -> None:
        chance = random.Random(seed)
        while time.monotonic() < ends:
            family = Family(netloc)
            mark, words = marked()
            twice = chance.random() < PRESSED_TWICE
            family.type(words)
            began = time.perf_counter()
            answered = send(family, times=2 if twice else 1)
            took = time.perf_counter() - began
            code = family.code()
            with lock:
                found["times"].append(took)
                found["posts"] += 4 + twice
                found["twice"] += twice
                found["errors"] += family.broken + family.refused + len(family.strange)
                found["errors"] += (not answered) + (not code)
                if code:
                    found["acknowledged"][mark] = code

    threads = [threading.Thread(target=one, args=(number * THREADS + seed,)) for seed in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def send_on(netloc: str, gate: Any) -> dict[str, Any]:
    """Sixteen writers with typed forms: all wait for each other, then send one after another."""
    from tests.faults.web_family import Family, marked  # noqa: PLC0415

    found: dict[str, Any] = {"acknowledged": {}, "times": [], "posts": 0, "twice": 0, "errors": 0}
    spans: list[tuple[float, float]] = []
    lock = threading.Lock()

    def one() -> None:
        typed = []
        for _ in range(TYPED_EACH):
            family = Family(netloc)
            mark, words = marked()
            family.type(words)
            typed.append((family, mark))
        gate.wait()
        began = time.time()
        answered = [send(family, times=1) for family, _mark in typed]
        ended = time.time()
        told = {mark: family.code() for family, mark in typed}
        with lock:
            spans.append((began, ended))
            found["acknowledged"] |= {mark: code for mark, code in told.items() if code}
            found["errors"] += answered.count(False) + list(told.values()).count("")
            found["errors"] += sum(f.broken + f.refused + len(f.strange) for f, _mark in typed)

    threads = [threading.Thread(target=one) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found | {"spans": spans}


def alone(sendings: list[dict[str, Any]]) -> float:
    """Sendings a second, from the first press to the last answer of all processes."""
    spans = [span for part in sendings for span in part["spans"]]
    seconds: float = max(ended for _began, ended in spans) - min(began for began, _ended in spans)
    return round(len(spans) * TYPED_EACH / seconds, 1)


def send(family: Any, *, times: int) -> bool:
    """Press the button, also twice at once; tell whether every press was answered with the receipt."""
    answers: list[int] = []

    def press() -> None:
        answers.append(family.insist("/pyyda-apua/tarkista/", {}).status)

    threads = [threading.Thread(target=press) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers == [302] * times
