"""A killed apply leaves the database as it was, and the next one works. Real processes, a real file."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from turvaverkko.organisation.tests.conftest import TINY, TINY_NATION

pytestmark = pytest.mark.sqlite_only

# Applies the pack and stops for good when the named kind has been written: inside the transaction.
APPLY = """
import sys, time
from pathlib import Path
import django
django.setup()
from turvaverkko.organisation.packs import registry
from turvaverkko.organisation.packs.applying import apply_pack
for key, section in list(registry._REGISTRY.sections.items()):
    if not section.read.__module__.startswith("turvaverkko.organisation."):
        del registry._REGISTRY.sections[key]
pack, scope, stop_after = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
def progress(kind):
    print(kind, flush=True)
    if kind == stop_after:
        time.sleep(60)
print("changed" if apply_pack(pack, scope, progress).changed else "unchanged", flush=True)
"""


def environment(var: Path) -> dict[str, str]:
    path = os.pathsep.join([str(settings.ROOT / "src"), str(settings.ROOT)])
    chosen = {"DJANGO_SETTINGS_MODULE": "turvaverkko.config.settings.test", "TURVAVERKKO_VAR": str(var)}
    return {**os.environ, **chosen, "PYTHONPATH": path, "TURVAVERKKO_TEST_DB": "sqlite"}


def start(var: Path, pack: Path, scope: str = "county", stop_after: str = "") -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", APPLY, str(pack), scope, stop_after]
    return subprocess.Popen(command, env=environment(var), stdout=subprocess.PIPE, text=True)


def finish(process: "subprocess.Popen[str]") -> str:
    printed, _errors = process.communicate(timeout=60)
    assert process.returncode == 0
    return printed.split()[-1]


def content(var: Path) -> list[str]:
    with sqlite3.connect(var / "turvaverkko.sqlite3") as database:
        dump = list(database.iterdump())
    database.close()
    return dump


@pytest.fixture(scope="module")
def nation_on_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    var = tmp_path_factory.mktemp("var")
    manage = [
        sys.executable,
        str(settings.ROOT / "manage.py"),
        "migrate",
        "--verbosity",
        "0",
        "--skip-checks",
    ]
    subprocess.run(manage, env=environment(var), check=True, timeout=120)
    assert finish(start(var, TINY_NATION, "national")) == "changed"
    return var


@pytest.fixture
def var(nation_on_disk: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(nation_on_disk, tmp_path / "var"))


@pytest.mark.parametrize("killed_after", ["areas", "family-centres", "roles"])
def test_a_killed_first_apply_leaves_nothing(var: Path, killed_after: str) -> None:
    before = content(var)
    process = start(var, TINY, stop_after=killed_after)
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == killed_after:
            break
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=30)
    process.stdout.close()
    assert process.returncode == -signal.SIGKILL
    assert content(var) == before
    assert finish(start(var, TINY)) == "changed"
    assert finish(start(var, TINY)) == "unchanged"


def test_a_killed_change_leaves_the_old_county(var: Path, tmp_path: Path) -> None:
    assert finish(start(var, TINY)) == "changed"
    before = content(var)
    pack = Path(shutil.copytree(TINY, tmp_path / "kainuu"))
    text = (pack / "organisations.csv").read_text(encoding="utf-8")
    (pack / "organisations.csv").write_text(text.replace("Kajaanin kaupunki", "Kajaani"), encoding="utf-8")
    process = start(var, pack, stop_after="units")
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == "units":
            break
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=30)
    process.stdout.close()
    assert content(var) == before
    assert finish(start(var, pack)) == "changed"


def test_two_applies_at_once_are_as_good_as_one(var: Path) -> None:
    both = [start(var, TINY), start(var, TINY)]
    assert sorted(finish(process) for process in both) == ["changed", "unchanged"]
