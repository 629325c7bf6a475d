"""What a report costs: CPU of the page, the PDF and the spreadsheet, for three goals and for all of them.

The demo's newest round, in full and compared with an earlier one. Each growth stands beside that of the figures
that the report tells, so that it can be read as a ratio.
"""

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
REPEATS = 5
FEW = 3
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "turvaverkko.config.settings.demo",
    "TURVAVERKKO_VAR": os.environ.get("TURVAVERKKO_BENCH_VAR", str(ROOT / "var" / "bench")),
}


def run() -> list[dict[str, Any]]:
    """Measure each kind of file; one row a kind and number of goals."""
    os.environ.update(SETTINGS)
    import django  # noqa: PLC0415

    from turvaverkko.config import demo  # noqa: PLC0415 - the environment above comes first

    django.setup()
    demo.prepare(fresh=False)
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from bench.queue import session_of  # noqa: PLC0415
    from turvaverkko.organisation.models import Staff  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["*"]
    director = Staff.objects.get(email="johtaja@example.invalid")
    client = Client()
    client.cookies[settings.STAFF_COOKIE] = session_of(director.pk)
    goals = codes()
    rows = []
    for kind in ("raportti/", "raportti.pdf", "raportti.xlsx"):
        few, every = (
            measure(asker(client, f"/koordinaatio/raportit/{kind}?{query(some)}"))
            for some in (goals[:FEW], goals)
        )
        figures = len_of(client, goals) / len_of(client, goals[:FEW])
        growth = round(every["CPU s"] / few["CPU s"], 2)
        rows += [
            {"file": kind, "goals": FEW, **few, "× 3 goals": "", "figures × 3 goals": ""},
            {
                "file": kind,
                "goals": len(goals),
                **every,
                "× 3 goals": growth,
                "figures × 3 goals": round(figures, 2),
            },
        ]
    return rows


def codes() -> list[str]:
    """The process goals of the demo."""
    from turvaverkko.evaluation.models import Goal  # noqa: PLC0415

    return list(Goal.objects.filter(kind="process", is_archived=False).values_list("code", flat=True))


def query(goals: list[str]) -> str:
    """The choice of some goals, compared with the first round."""
    return "&".join(["aiempi=2021-05", *(f"tavoite={code}" for code in goals)])


def len_of(client: Any, goals: list[str]) -> int:
    """How many figures a report of some goals tells."""
    content = client.get(f"/koordinaatio/raportit/raportti.csv?{query(goals)}").content
    return len(content.splitlines()) - 1


def asker(client: Any, path: str) -> Callable[[], int]:
    """What asks for a file and returns its size in bytes."""

    def ask() -> int:
        answer = client.get(path)
        if answer.status_code != 200:
            message = f"{path}: {answer.status_code}"
            raise RuntimeError(message)
        return len(answer.content)

    return ask


def measure(ask: Callable[[], int]) -> dict[str, Any]:
    """Median CPU and wall seconds of a report after a first one, and its size."""
    size = ask()
    cpu, wall = [], []
    for _ in range(REPEATS):
        started, at = time.process_time(), time.perf_counter()
        ask()
        cpu.append(time.process_time() - started)
        wall.append(time.perf_counter() - at)
    return {
        "CPU s": round(statistics.median(cpu), 3),
        "wall s": round(statistics.median(wall), 3),
        "KB": round(size / 1024),
    }
