from datetime import UTC, datetime

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from turvaverkko.core.actors import ANONYMOUS, SystemActor
from turvaverkko.core.commands import Subject
from turvaverkko.trail import api
from turvaverkko.trail.access_log.models import AccessEntry, AccessSeal
from turvaverkko.trail.append_only import AppendOnly
from turvaverkko.trail.erasing import erasing
from turvaverkko.trail.payload import FreeText
from turvaverkko.trail.tests.access_log_world import ENTRIES, SEALS, execute, sealed_log, write

PLAN = api.Touched("plans.sharedplan", "b000000000000001", matter="m7k3m9qtr2b4d6f8", controller="pohde")
AINO = SystemActor("aino")
pytestmark = pytest.mark.django_db


def test_a_row_tells_who_looked_at_what_in_which_way_and_on_which_ground() -> None:
    with time_machine.travel(datetime(2026, 11, 22, 8, tzinfo=UTC), tick=False):
        page = api.looked(
            AINO, api.Look.READ, [PLAN], screen="plans:plan", basis="own_unit", role="guide", unit="oulu-2"
        )
    row = AccessEntry.objects.get()
    assert (row.time, row.actor, row.role, row.unit) == (
        datetime(2026, 11, 22, 8, tzinfo=UTC), "system:aino", "guide", "oulu-2",
    )  # fmt: skip
    assert (row.look, row.screen, row.basis, row.controller) == ("read", "plans:plan", "own_unit", "pohde")
    assert (row.subject_kind, row.subject_id, row.matter) == (PLAN.kind, PLAN.public_id, PLAN.matter)
    assert row.request_id == page
    assert str(row) == f"read #{row.pk}"


def test_a_page_of_fifty_is_fifty_rows_in_one_statement() -> None:
    with CaptureQueriesContext(connection) as queries:
        write(50)
    assert AccessEntry.objects.count() == 50
    assert len({row.request_id for row in AccessEntry.objects.all()}) == 1
    assert [query["sql"][:6] for query in queries if "INSERT" in query["sql"]] == ["INSERT"]


def test_more_subjects_than_one_statement_holds_are_all_written() -> None:
    write(200)
    assert AccessEntry.objects.values("subject_id").distinct().count() == 200


def test_an_empty_page_touches_nobody() -> None:
    write(0)
    assert not AccessEntry.objects.exists()


def test_two_pages_have_two_ids_and_a_second_part_of_a_page_may_share_one() -> None:
    first = api.looked(AINO, api.Look.LIST, [PLAN], screen="a:b", basis="self")
    second = api.looked(AINO, api.Look.LIST, [PLAN], screen="a:b", basis="self")
    assert first != second
    assert api.looked(AINO, api.Look.LIST, [PLAN], screen="a:b", basis="self", request_id=first) == first


@pytest.mark.parametrize(
    ("touched", "said"),
    [
        (api.Touched("plans.sharedplan", "Aino Esimerkki"), {}),
        (api.Touched("plans.sharedplan", "0405550100"), {}),
        (api.Touched("plans.sharedplan", ""), {}),
        (api.Touched("", "b000000000000001"), {}),
        (api.Touched("plans.sharedplan", "b000000000000001", matter="hän pyysi"), {}),
        (PLAN, {"screen": "/perheet/b000000000000001/"}),
        (PLAN, {"screen": "families/open"}),
        (PLAN, {"screen": ""}),
        (PLAN, {"basis": ""}),
        (PLAN, {"basis": "äiti pyysi"}),
        (PLAN, {"unit": "Perhekeskus Keskusta"}),
    ],
)
def test_only_ids_and_codes_are_written(touched: api.Touched, said: dict[str, str]) -> None:
    with pytest.raises(FreeText):
        api.looked(AINO, api.Look.READ, [PLAN, touched], **{"screen": "a:b", "basis": "self"} | said)
    assert not AccessEntry.objects.exists()


def test_somebody_without_an_id_and_an_unknown_look_are_refused() -> None:
    with pytest.raises(TypeError):
        api.looked(object(), api.Look.READ, [PLAN], screen="a:b", basis="self")
    with pytest.raises(ValueError, match="peek"):
        api.looked(ANONYMOUS, "peek", [PLAN], screen="a:b", basis="self")  # type: ignore[arg-type]


def test_rows_are_handed_out_only_when_the_look_was_written() -> None:
    write(3)
    found = api.shown(
        AINO,
        api.Look.SEARCH,
        AccessEntry.objects.order_by("id"),
        lambda row: api.Touched("trail.accessentry", row.subject_id),
        screen="trail:looks",
        basis="self",
    )
    assert [row.look for row in found] == ["list"] * 3
    assert AccessEntry.objects.filter(look="search").count() == 3


def test_nothing_is_handed_out_when_the_look_cannot_be_written() -> None:
    write(3)
    with pytest.raises(FreeText):
        api.shown(
            AINO, api.Look.READ, AccessEntry.objects.all(), lambda _row: PLAN, screen="/a/", basis="self"
        )
    assert AccessEntry.objects.count() == 3


def test_a_look_is_undone_with_the_transaction_in_which_nothing_was_sent() -> None:
    def page() -> None:
        with transaction.atomic():
            write()
            raise DatabaseError

    with pytest.raises(DatabaseError):
        page()
    assert not AccessEntry.objects.exists()


def test_a_family_sees_the_looks_at_its_matter_the_latest_first() -> None:
    write(1, matter="m-one", actor="aino")
    write(1, matter="m-two", actor="bertta")
    write(1, matter="m-one", actor="cecilia")
    assert [row.actor for row in api.looks_at("m-one")] == ["system:cecilia", "system:aino"]
    assert [row.matter for row in api.looks_of("system:bertta")] == ["m-two"]
    assert api.looks_at_subject(Subject("plans.sharedplan", "b000000000000000")).count() == 3


def test_looks_are_found_by_index() -> None:
    write(50)
    if connection.vendor == "postgresql":
        execute("SET LOCAL enable_seqscan = off")
        execute("SET LOCAL enable_bitmapscan = off")
    for asked, index in [
        (api.looks_at("m-one"), "looks_at_matter"),
        (api.looks_at_subject(Subject("a.b", "c")), "looks_at_subject"),
        (api.looks_of("aino"), "looks_of_actor"),
    ]:
        plan = asked.explain()
        # A partition's index is named by PostgreSQL after its columns.
        columns = {"looks_at_matter": "matter", "looks_at_subject": "subject", "looks_of_actor": "actor"}
        assert index in plan or f"{columns[index]}" in plan.split("Index Cond")[0]
        assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("table", [ENTRIES, SEALS])
def test_the_database_refuses_change_and_deletion(table: str) -> None:
    sealed_log(2)
    column = "actor" if table == ENTRIES else "head"
    for statement in (f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match="access log is never"), transaction.atomic():
            execute(statement)
    with pytest.raises(DatabaseError, match="access log is never"), erasing():
        execute(f"UPDATE {table} SET {column} = 'x'")
    assert AccessEntry.objects.filter(actor="system:aino").count() == 2
    assert AccessSeal.objects.count() == 1


@pytest.mark.parametrize("table", [ENTRIES, SEALS])
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no INSERT OR REPLACE")
def test_sqlite_refuses_to_replace_a_row(table: str) -> None:
    sealed_log(2)
    with pytest.raises(DatabaseError, match="never replaced"), transaction.atomic():
        execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.parametrize("table", [ENTRIES, SEALS])
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_postgresql_refuses_to_truncate(table: str) -> None:
    sealed_log(2)
    with pytest.raises(DatabaseError, match="access log is never"), transaction.atomic():
        execute(f"TRUNCATE {table}")


def test_the_model_refuses_change_and_deletion() -> None:
    sealed_log(1)
    for row in (AccessEntry.objects.get(), AccessSeal.objects.get()):
        with pytest.raises(AppendOnly):
            row.save()
        with pytest.raises(AppendOnly):
            row.delete()
        with pytest.raises(AppendOnly):
            type(row).objects.all().delete()
        with pytest.raises(AppendOnly):
            type(row).objects.all().update(pk=9)
