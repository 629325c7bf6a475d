"""Nothing is lost when a delivering worker is killed, and nothing leaves after a veto was answered."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.full, pytest.mark.sqlite_only]  # starts its own databases


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_killed_deliveries_and_vetoes_on_the_way(database: str) -> None:
    if database == "postgresql" and not (shutil.which("initdb") or Path("/usr/lib/postgresql").exists()):
        pytest.skip("not run: PostgreSQL is missing")
    command = [sys.executable, "-m", "tests.faults.notices_killed", "--database", database]
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    env = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=400
    )
    assert done.returncode == 0, done.stderr[-2000:]
    counts = json.loads(done.stdout.splitlines()[-1])
    assert counts["injected"] >= 4
    assert (counts["lost"], counts["other_id"], counts["after_veto"]) == (0, 0, 0)
    assert 0 < counts["sent_before"] < counts["vetoes"]
    print(counts)
