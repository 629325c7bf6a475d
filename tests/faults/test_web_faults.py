"""What breaks while families send loses, doubles and leaks nothing, and is told in clear words."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.turns import one_at_a_time

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.full, pytest.mark.sqlite_only]
FAULTS = {"sqlite": 6, "postgresql": 6}
# Unit: injections that hit. Where chance decides (a kill between two requests hits nobody), more are made.
ENOUGH_HITS = 3
KEYS = ("fault", "database", "injected", "effective", "receipts", "lost", "doubled", "leaked")


@pytest.mark.parametrize("database", FAULTS)
def test_faults_of_the_web_part(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    if database == "postgresql" and not (shutil.which("initdb") or Path("/usr/lib/postgresql").exists()):
        pytest.skip("not run: PostgreSQL is missing")
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    with one_at_a_time("web-faults"):  # each starts its own database and servers: two cores are few for two
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.web_faults", "--database", database],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-2000:]
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    with capsys.disabled():
        print("\n" + " | ".join(KEYS))
        for row in rows:
            print(" | ".join(str(row[key]) for key in KEYS))
    assert len(rows) == FAULTS[database]
    for row in rows:
        assert row["problems"] == [], row
        assert (row["lost"], row["doubled"], row["leaked"]) == (0, 0, 0), row
        assert row["effective"] >= ENOUGH_HITS, row
