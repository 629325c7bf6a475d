"""A worker is killed in the middle of a job: its effect happens exactly once. Counts: `jobs_killed`."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATABASE = os.environ.get("TURVAVERKKO_TEST_DB", "sqlite")


def script(name: str, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.faults.{name}", "--database", DATABASE, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(found)
    return found


@pytest.mark.full
def test_a_killed_worker_loses_nothing_and_does_nothing_twice() -> None:
    found = script("jobs_killed", "--kills", "20")
    assert found["effective"] >= 15, "the kills must hit work, or this shows nothing"
    assert (found["lost"], found["doubled"], found["torn"]) == (0, 0, 0)


@pytest.mark.full
def test_three_workers_share_the_jobs_and_stop_when_asked() -> None:
    found = script("jobs_killed", "--kills", "0", "--jobs", "300", "--workers", "3", "--quick")
    assert (found["lost"], found["doubled"], found["torn"], found["injected"]) == (0, 0, 0, 0)
    assert found["exit code"] == 0


def test_processes_that_claim_and_schedule_together_never_take_the_same() -> None:
    found = script("jobs_together")
    assert found["periods"] > 0
    assert found["jobs of a period"] == 1
    assert found["claims"] == found["jobs"]
    assert found["claimed twice"] == 0
    assert found["processes that got some"] > 1
