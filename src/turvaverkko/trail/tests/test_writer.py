"""Commands with the real writer: what `core/tests/test_commands.py` tells, down to the database."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import connection

from turvaverkko.core import commands
from turvaverkko.core.commands import Command, command, note
from turvaverkko.core.replay import IdempotencyConflict
from turvaverkko.trail import services
from turvaverkko.trail.models import IdempotencyKey, LogEntry
from turvaverkko.trail.payload import FreeText

KEY = "5f0c2f9a-1111"


@dataclass
class Worker:
    public_id: str
    may_write: bool = True


AINO = Worker("aino")
STRANGER = Worker("stranger", may_write=False)
Adding = Command[Worker, [str], ContentType]


def add(_actor: Worker, name: str) -> ContentType:
    note(reason="needed", audience="family", length=len(name))
    return ContentType.objects.create(app_label="trail_test", model=name)


@pytest.fixture
def adding() -> Iterator[Adding]:
    yield command("trail_test.add", allow=lambda actor, _subject: actor.may_write, sentence="Lisättiin")(add)
    commands.forget("trail_test.add")


def rows() -> int:
    return ContentType.objects.filter(app_label="trail_test").count()


@pytest.mark.django_db
def test_a_command_leaves_one_entry(adding: Adding) -> None:
    adding(AINO, "thing")
    entry = LogEntry.objects.get()
    assert (entry.kind, entry.actor, entry.reason, entry.audience) == (
        "trail_test.add",
        "aino",
        "needed",
        "family",
    )
    assert entry.payload == {"length": 5}


@pytest.mark.django_db
def test_a_stranger_leaves_neither_row_nor_entry_nor_key(adding: Adding) -> None:
    with pytest.raises(PermissionDenied):
        adding.once(KEY, STRANGER, "thing")
    assert rows() == LogEntry.objects.count() == IdempotencyKey.objects.count() == 0


@pytest.mark.django_db
def test_free_text_in_a_note_takes_the_whole_command_back() -> None:
    def add_with_gossip(_actor: Worker) -> None:
        ContentType.objects.create(app_label="trail_test", model="thing")
        note(said="Soitin äidille")

    gossiping = command("trail_test.gossip", allow=lambda *_: True, sentence="Lisättiin")(add_with_gossip)
    try:
        with pytest.raises(FreeText):
            gossiping(AINO)
    finally:
        commands.forget("trail_test.gossip")
    assert rows() == LogEntry.objects.count() == 0


@pytest.mark.django_db
def test_the_second_click_gets_the_first_result_and_leaves_no_second_entry(adding: Adding) -> None:
    assert adding.once(KEY, AINO, "thing") == adding.once(KEY, AINO, "thing")
    assert rows() == LogEntry.objects.count() == 1


@pytest.mark.django_db
def test_a_key_with_other_content_changes_nothing(adding: Adding) -> None:
    adding.once(KEY, AINO, "thing")
    with pytest.raises(IdempotencyConflict):
        adding.once(KEY, AINO, "another")
    assert rows() == LogEntry.objects.count() == 1


@pytest.mark.django_db
def test_the_key_keeps_nothing_of_the_content(adding: Adding) -> None:
    adding.once(KEY, AINO, "secretname")
    kept = IdempotencyKey.objects.values().get()
    assert "secretname" not in str(kept)
    assert str(IdempotencyKey.objects.get()) == f"trail_test.add #{kept['id']}"


@pytest.mark.django_db
def test_a_failed_sending_can_be_sent_again_with_its_key() -> None:
    tries: list[int] = []

    def add_at_last(_actor: Worker) -> int:
        tries.append(1)
        if len(tries) == 1:
            raise ZeroDivisionError
        return len(tries)

    trying = command("trail_test.try", allow=lambda *_: True, sentence="Yritettiin")(add_at_last)
    try:
        with pytest.raises(ZeroDivisionError):
            trying.once(KEY, AINO)
        assert trying.once(KEY, AINO) == 2
        assert trying.once(KEY, AINO) == 2
    finally:
        commands.forget("trail_test.try")
    assert len(tries) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="the SQLite test base lives in memory: one connection"
)
def test_eight_simultaneous_clicks_make_one_row(adding: Adding) -> None:
    results: list[int] = []

    def click() -> None:
        try:
            results.append(adding.once(KEY, AINO, "thing").pk)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(8)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert len(results) == 8
    assert len(set(results)) == rows() == LogEntry.objects.count() == 1


@pytest.mark.django_db
def test_keys_older_than_a_week_are_forgotten(adding: Adding) -> None:
    now = datetime(2026, 11, 22, 8, tzinfo=UTC)
    for age in (timedelta(days=8), timedelta(days=6)):
        with time_machine.travel(now - age, tick=False):
            adding.once(f"key-of-{age.days}-days", AINO, f"thing{age.days}")
    with time_machine.travel(now, tick=False):
        assert services.forget_old_keys() == 1
    assert IdempotencyKey.objects.get().key == "key-of-6-days"
