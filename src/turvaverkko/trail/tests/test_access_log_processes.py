"""Concurrency and kills, with real transactions and real processes."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection, connections, transaction

from turvaverkko.trail.access_log.findings import Remark
from turvaverkko.trail.access_log.models import AccessEntry, AccessSeal
from turvaverkko.trail.access_log.sealing import Round, seal
from turvaverkko.trail.access_log.verifying import verify
from turvaverkko.trail.tests.access_log_process import POINTS, WRITERS
from turvaverkko.trail.tests.access_log_world import faults, write

ROOT = Path(__file__).resolve().parents[4]
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="SQLite has one writer at a time: ids are in the order of commits",
)


@pytest.fixture
def own_database(tmp_path: Path, db: None) -> Iterator[str]:
    """A database for processes: the tests' own is in memory or in a transaction."""
    if connection.vendor == "sqlite":
        yield str(tmp_path / "own.sqlite3")
        return
    name = f"own_{os.getpid()}"
    outside = connection.copy()
    with outside.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    yield name
    with outside.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    outside.close()


def process(database: str, folder: Path, what: str) -> Any:
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", django_settings.SETTINGS_MODULE),
        "PYTHONPATH": str(ROOT / "src"),
    }
    module = "turvaverkko.trail.tests.access_log_process"
    done = subprocess.run(
        [sys.executable, "-m", module, database, str(folder), what],
        env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_writers_and_two_sealers_together_lose_nothing_and_alarm_nobody(
    own_database: str, tmp_path: Path
) -> None:
    outcome = process(own_database, tmp_path, "crowd")
    assert outcome["codes"] == [0] * (WRITERS + 2)
    assert outcome["during"]["faults"] == []
    assert outcome["during"]["seals"] > 1
    after = outcome["after"]
    assert (after["faults"], after["remarks"]) == ([], [])
    assert after["rows"] == after["verified"] > 50


def test_a_sealer_killed_anywhere_recovers_without_false_alarm(own_database: str, tmp_path: Path) -> None:
    rounds = process(own_database, tmp_path, "kills")
    assert [one["point"] for one in rounds] == list(POINTS)
    for one in rounds:
        assert one["code"] == -9, one
        assert one["between"]["faults"] == [], one
        assert one["recovered"] == 0, one
        assert one["after"]["faults"] == [], one
        assert one["after"]["verified"] == one["after"]["rows"], one
        assert set(one["after"]["remarks"]) <= {Remark.TORN_LINES}, one
    seen = {one["point"]: set(one["between"]["remarks"]) for one in rounds}
    assert Remark.UNSEALED in seen["before commit"]
    assert Remark.NOT_YET_ANCHORED in seen["after commit"]
    assert {Remark.NOT_YET_ANCHORED, Remark.TORN_LINES} <= seen["torn line"]
    assert Remark.UNSEALED in seen["between two seals"]


class Writer:
    """A thread with a transaction of its own that has written and waits before it ends."""

    def __init__(self, actor: str, *, undo: bool = False) -> None:
        self.actor, self.undo = actor, undo
        self.wrote, self.may_end = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()
        assert self.wrote.wait(10)

    def _run(self) -> None:
        try:
            with transaction.atomic():
                write(1, actor=self.actor)
                self.wrote.set()
                self.may_end.wait(10)
                transaction.set_rollback(self.undo)
        finally:
            connections.close_all()

    def end(self) -> None:
        self.may_end.set()
        self.thread.join(10)


@pytest.fixture
def late() -> Iterator[Callable[..., Writer]]:
    writers: list[Writer] = []

    def begin(actor: str, *, undo: bool = False) -> Writer:
        writers.append(Writer(actor, undo=undo))
        return writers[-1]

    yield begin
    for writer in writers:
        writer.end()


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_row_with_a_lower_number_that_commits_later_is_waited_for(late: Callable[..., Writer]) -> None:
    slow = late("slow")
    write(1, actor="quick")
    assert [row.actor for row in AccessEntry.objects.all()] == ["system:quick"]
    # Without waiting, the quick row would be sealed now and the slow one appear inside a sealed range.
    assert seal(patience=0.1) == Round(0, 0, held_back=True)
    report = verify()
    assert (report.is_whole, report.remarks[0]) == (True, (Remark.UNSEALED, "1"))
    slow.end()
    assert seal(patience=0.1) == Round(1, 2)
    assert [row.actor for row in AccessEntry.objects.order_by("id")] == ["system:slow", "system:quick"]
    assert (verify().rows, faults()) == (2, set())


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_is_undone_leaves_a_gap_and_no_fault(late: Callable[..., Writer]) -> None:
    undone = late("undone", undo=True)
    write(1, actor="quick")
    undone.end()
    write(1, actor="later")
    assert seal() == Round(1, 2)
    assert faults() == set()
    first, second = AccessEntry.objects.order_by("id").values_list("id", flat=True)
    assert AccessSeal.objects.get().upto_id == second > first


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_writers_that_begin_while_the_sealer_waits_are_not_waited_for(late: Callable[..., Writer]) -> None:
    first = late("first")
    outcome: list[Round] = []

    def sealer() -> None:
        try:
            outcome.append(seal(patience=8))
        finally:
            connections.close_all()

    # The quick row shows the sealer how far it wants to go.
    write(1, actor="quick")
    thread = threading.Thread(target=sealer)
    thread.start()
    threading.Event().wait(0.3)
    second = late("second")
    first.end()
    thread.join(10)
    assert outcome == [Round(1, 2)]
    second.end()
    assert seal() == Round(1, 1)
    assert faults() == set()


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_the_verifier_reads_one_moment(late: Callable[..., Writer]) -> None:
    write(2)
    seal()
    late("open")
    assert verify().is_whole


@pytest.mark.django_db(transaction=True)
def test_sealing_inside_a_transaction_is_refused() -> None:
    write(1)
    with pytest.raises(RuntimeError), transaction.atomic():
        seal()
    assert not AccessSeal.objects.exists()
