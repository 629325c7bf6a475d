"""The watch over the logs can fail: in one process and in workers of xdist, by every way into a record."""

import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.walk.log_watch import Watch, kinds_in

ROOT: Final = Path(__file__).resolve().parents[2]
TALKS: Final = """
import logging

import pytest


@pytest.fixture(scope="module")
def _late():
    yield
    logging.getLogger("late").warning("%s", "soita 000 123 4567")


def test_quiet():
    logging.getLogger("quiet").warning("request %s", "x7k3m9qtr2")


def test_talks():
    quiet = logging.getLogger("talks")
    quiet.propagate = False
    quiet.warning("from %s", "kanaria-a-new-words-loppu")


def test_before_the_end(_late):
    pass
"""


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    Path(folder, "test_talks.py").write_text(TALKS, encoding="utf-8")
    plain = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-c",
        os.devnull,
        "--rootdir",
        str(folder),
        "-p",
        "no:randomly",
    ]
    return subprocess.run(
        [*plain, "-p", "no:django", "-p", "tests.walk.log_watch", *options, "test_talks.py"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.sqlite_only
@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["one process", "workers"])
def test_a_run_that_logs_a_familys_words_is_red(tmp_path: Path, workers: tuple[str, ...]) -> None:
    ended = run(tmp_path, *workers)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "talks (test_talks.py:20) logged a canary" in ended.stdout
    assert "late (test_talks.py:10) logged the telephone of the stories" in ended.stdout
    assert "quiet (" not in ended.stdout


def record(message: str, *args: object, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("a", logging.INFO, "a.py", 1, message, args, None)
    vars(made).update(extra)
    return made


def test_every_part_of_a_record_is_read() -> None:
    try:
        raise ValueError("5v Raivoaa ja lyö meitä")
    except ValueError:
        failed = logging.LogRecord("a", logging.ERROR, "a.py", 1, "broke", (), sys.exc_info())
    assert kinds_in(failed) == {"the words of the stories"}
    assert kinds_in(record("mail to %s", "nimi@posti.example")) == {"an e-mail address"}
    assert kinds_in(record("too few %s %s", "000 1234567")) == {"the telephone of the stories"}
    assert kinds_in(record("id=%s", 7, who="131052-308T")) == {"a Finnish personal identity code"}
    assert kinds_in(record("item=%s unit=%s", "x7k3m9qtr2", "yksi")) == set()


def test_the_watch_reads_this_very_run(log_watch: Watch) -> None:
    log_watch.take()
    before = log_watch.read
    logging.getLogger("django.server").warning("request item=%s", "x7k3m9qtr2")
    assert log_watch.take() == []
    assert log_watch.read == before + 1


def test_a_length_of_time_is_no_telephone() -> None:
    """Seconds with many digits stand in the arguments of every job's line."""
    spent = logging.LogRecord("x", logging.INFO, "", 0, "seconds=%.3f", (0.0007014321,), None)
    told = logging.LogRecord("x", logging.INFO, "", 0, "call %s", ("0007014321",), None)
    assert kinds_in(spent) == set()
    assert kinds_in(told) == {"a canary's telephone"}
