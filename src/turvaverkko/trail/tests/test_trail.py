from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from turvaverkko.core.commands import Entry, Note, Subject
from turvaverkko.trail import api
from turvaverkko.trail.erasing import erasing
from turvaverkko.trail.models import AppendOnly, Audience, LogEntry
from turvaverkko.trail.payload import FreeText

PLAN = Subject("plans.sharedplan", "7k3m9qtr2b4d6f8h")
OTHER = Subject("plans.sharedplan", "b000000000000000")
TABLE = LogEntry._meta.db_table


def record(subject: Subject | None = PLAN, **note: object) -> LogEntry:
    return api.record(Entry("plans.agree", "aino", subject, Note(**note)))  # type: ignore[arg-type]


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_an_entry_tells_who_did_what_to_which_subject_and_when() -> None:
    with time_machine.travel(datetime(2026, 11, 22, 8, tzinfo=UTC), tick=False):
        entry = record(reason="agreed", unit="oulu-2", payload={"version": 3}, controller="pohde")
    entry.refresh_from_db()
    assert entry.time == datetime(2026, 11, 22, 8, tzinfo=UTC)
    assert (entry.kind, entry.actor) == ("plans.agree", "aino")
    assert (entry.subject_kind, entry.subject_id) == (PLAN.kind, PLAN.public_id)
    assert (entry.reason, entry.unit, entry.controller) == ("agreed", "oulu-2", "pohde")
    assert entry.payload == {"version": 3}
    assert entry.audience == Audience.STAFF
    assert str(entry) == f"plans.agree #{entry.pk}"


@pytest.mark.django_db
def test_the_story_of_a_subject_is_its_own_and_begins_with_the_latest() -> None:
    first, _foreign, last = record(), record(OTHER), record()
    assert list(api.entries_for(PLAN)) == [last, first]
    assert api.latest_entries(1).get() == last


@pytest.mark.django_db
@pytest.mark.parametrize(
    "note",
    [
        {"payload": {"said": "Soitin äidille"}},
        {"reason": "hän pyysi"},
        {"unit": "Perhekeskus Keskusta"},
        {"acting_for": "Aino Esimerkki"},
    ],
)
def test_free_text_is_refused_in_every_column(note: dict[str, object]) -> None:
    with pytest.raises(FreeText):
        record(**note)
    assert not LogEntry.objects.exists()


@pytest.mark.django_db
def test_an_unknown_audience_is_refused() -> None:
    with pytest.raises(ValueError, match="everyone"):
        record(audience="everyone")


@pytest.mark.django_db
def test_the_model_refuses_change_and_deletion() -> None:
    entry = record()
    entry.actor = "somebody-else"
    with pytest.raises(AppendOnly):
        entry.save()
    with pytest.raises(AppendOnly):
        entry.delete()
    with pytest.raises(AppendOnly):
        LogEntry.objects.all().update(actor="somebody-else")
    with pytest.raises(AppendOnly):
        LogEntry.objects.all().delete()
    with pytest.raises(AppendOnly):
        LogEntry.objects.bulk_update([entry], ["actor"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET actor = 'somebody-else'",
        f"DELETE FROM {TABLE}",
    ],
)
def test_the_database_refuses_change_and_deletion(statement: str) -> None:
    entry = record()
    with pytest.raises(DatabaseError, match="log entries are never"), transaction.atomic():
        execute(statement)
    assert LogEntry.objects.get() == entry
    assert LogEntry.objects.get().actor == "aino"


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no INSERT OR REPLACE")
def test_sqlite_refuses_to_replace_an_entry_by_its_number() -> None:
    entry = record()
    columns = (
        "time, kind, subject_kind, subject_id, actor, acting_for, unit, reason, payload, audience, controller"
    )
    statement = f"INSERT OR REPLACE INTO {TABLE} (id, {columns}) SELECT id, {columns} FROM {TABLE}"
    with pytest.raises(DatabaseError, match="never replaced"), transaction.atomic():
        execute(statement)
    assert LogEntry.objects.get() == entry


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_postgresql_refuses_to_truncate() -> None:
    record()
    with pytest.raises(DatabaseError, match="log entries are never"), transaction.atomic():
        execute(f"TRUNCATE {TABLE}")
    assert LogEntry.objects.exists()


@pytest.mark.django_db
def test_retention_may_delete_inside_its_door_but_never_change() -> None:
    record()
    with pytest.raises(DatabaseError, match="log entries are never"), erasing():
        execute(f"UPDATE {TABLE} SET actor = 'somebody-else'")
    with erasing():
        execute(f"DELETE FROM {TABLE}")
    assert not LogEntry.objects.exists()
    record()
    with pytest.raises(DatabaseError, match="log entries are never"), transaction.atomic():
        execute(f"DELETE FROM {TABLE}")


@pytest.mark.django_db(transaction=True)
def test_a_demo_can_be_emptied_but_an_installation_cannot() -> None:
    record()
    with override_settings(DEMO=False), pytest.raises(CommandError, match="never emptied"):
        call_command("flush", interactive=False, verbosity=0)
    assert LogEntry.objects.count() == 1
    call_command("flush", interactive=False, verbosity=0)
    assert not LogEntry.objects.exists()


@pytest.mark.django_db
def test_a_story_is_read_by_index_not_by_walking_the_table() -> None:
    for _ in range(3):
        record()
    plan = api.entries_for(PLAN).explain()
    if connection.vendor == "sqlite":
        assert "USING INDEX entry_of_subject" in plan
        assert "TEMP B-TREE" not in plan


@pytest.mark.django_db
def test_half_a_subject_is_refused_by_the_database() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        LogEntry.objects.create(kind="a.b", actor="aino", subject_kind="plans.sharedplan")


@pytest.mark.django_db
def test_an_entry_about_nothing_in_particular_is_possible() -> None:
    entry = record(subject=None)
    assert (entry.subject_kind, entry.subject_id) == ("", "")
    assert entry.time - datetime.now(UTC) < timedelta(minutes=1)  # noqa: TID251 - the real time is meant
