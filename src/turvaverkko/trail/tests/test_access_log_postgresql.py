"""What only PostgreSQL has: roles and partitions."""

import os
from collections.abc import Iterator
from datetime import date

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import errors

from turvaverkko.trail.access_log.partitions import make_partitions
from turvaverkko.trail.access_log.roles import RoleRefused, prepare_roles
from turvaverkko.trail.access_log.rows import COLUMNS
from turvaverkko.trail.tests.access_log_world import (
    ENTRIES,
    SEALS,
    execute,
    faults,
    numbers,
    sealed_log,
    write,
)

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has neither")
LOG = "trail_logentry"
# Roles belong to the whole server, which the processes of a test run share: each has its own.
MINE = os.environ.get("PYTEST_XDIST_WORKER", "alone")
WEB, WORKER = f"test_web_{MINE}", f"test_worker_{MINE}"
SAID = COLUMNS[1:]
LOOK = f"INSERT INTO {ENTRIES} ({', '.join(SAID)}) SELECT {', '.join(SAID)} FROM {ENTRIES} LIMIT 1"
RECORD = f"""INSERT INTO {LOG} (time, kind, subject_kind, subject_id, actor, acting_for, unit, reason,
    payload, audience, controller) VALUES (now(), 'a.b', '', '', 'aino', '', '', '', '{{}}', 'staff', '')"""
SEAL_COLUMNS = """kind, after_id, upto_id, count, total, sealed_at, rows_hash, previous, head, marks,
    erased_through, erased_head, erased_before"""
ADD_SEAL = f"INSERT INTO {SEALS} (number, {SEAL_COLUMNS}) SELECT number + 1, {SEAL_COLUMNS} FROM {SEALS}"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def roles() -> Iterator[None]:
    sealed_log(2)
    prepare_roles(web=WEB, worker=WORKER)
    yield
    for role in (WEB, WORKER):
        execute(f"DROP OWNED BY {role}")
        execute(f"DROP ROLE {role}")
    execute("GRANT CREATE ON SCHEMA public TO PUBLIC")
    execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")


def signed_in(role: str) -> psycopg.Connection:
    given = connection.get_connection_params()
    return psycopg.connect(dbname=given["dbname"], host=given.get("host"), user=role, autocommit=True)


FORBIDDEN = [
    statement
    for table in (ENTRIES, SEALS, LOG)
    for statement in (
        f"UPDATE {table} SET {'head' if table == SEALS else 'actor'} = 'x'",
        f"DELETE FROM {table}",
        f"TRUNCATE {table}",
        f"ALTER TABLE {table} DISABLE TRIGGER ALL",
        f"ALTER TABLE {table} ADD COLUMN x int",
        f"DROP TRIGGER {table}_append_only ON {table}",
        f"DROP TABLE {table}",
        f"CREATE TRIGGER x BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {LOG}_append_only()",
    )
] + [
    f"UPDATE {ENTRIES}_default SET actor = 'x'",
    f"DELETE FROM {ENTRIES}_default",
    f"TRUNCATE {ENTRIES}_default",
    f"INSERT INTO {ENTRIES}_default SELECT * FROM {ENTRIES}",
    f"ALTER TABLE {ENTRIES} DETACH PARTITION {ENTRIES}_default",
    f"INSERT INTO {ENTRIES} (id, {', '.join(SAID)}) SELECT id + 1000, {', '.join(SAID)} FROM {ENTRIES}",
    "SET session_replication_role = replica",
    f"SELECT setval('{ENTRIES}_id_seq', 1)",
    f"CREATE OR REPLACE FUNCTION {LOG}_append_only() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
    "DELETE FROM django_migrations",
    "CREATE TABLE x (y int)",
    "SET ROLE turvaverkko",
]  # fmt: skip


@on_postgresql
def test_web_and_worker_add_and_read_and_nothing_else(roles: None) -> None:
    for role in (WEB, WORKER):
        with signed_in(role) as session:
            for allowed in (LOOK, RECORD):
                session.execute(allowed)
            for table in (ENTRIES, SEALS, LOG):
                session.execute(f"SELECT * FROM {table}")
            # The door of retention stands open to nobody without the right to delete.
            session.execute("SELECT set_config('turvaverkko.erasing', 'on', false)")
            for statement in FORBIDDEN:
                with pytest.raises(errors.InsufficientPrivilege):
                    session.execute(statement)
    assert len(numbers()) == 4


@on_postgresql
def test_only_the_worker_adds_seals(roles: None) -> None:
    with signed_in(WEB) as web, pytest.raises(errors.InsufficientPrivilege):
        web.execute(ADD_SEAL)
    with signed_in(WORKER) as worker:
        worker.execute(ADD_SEAL)
    assert numbers(SEALS) == [1, 2]


@on_postgresql
def test_other_tables_can_be_worked_with(roles: None) -> None:
    with signed_in(WEB) as web:
        web.execute("DELETE FROM trail_idempotencykey")
        web.execute("UPDATE organisation_municipality SET id = id")


@on_postgresql
def test_preparing_again_takes_back_what_somebody_gave(roles: None) -> None:
    execute(f"GRANT ALL ON {ENTRIES}, {LOG} TO {WEB}")
    prepare_roles(web=WEB, worker=WORKER)
    with signed_in(WEB) as web, pytest.raises(errors.InsufficientPrivilege):
        web.execute(f"DELETE FROM {ENTRIES}")


@on_postgresql
def test_a_partition_made_later_is_guarded_too(roles: None) -> None:
    (name,) = make_partitions(date(2031, 5, 9), ahead=0)
    try:
        with signed_in(WEB) as web, pytest.raises(errors.InsufficientPrivilege):
            web.execute(f"DELETE FROM {name}")
    finally:
        execute(f"DROP TABLE {name}")


@on_postgresql
def test_the_owner_cannot_be_the_web() -> None:
    owner = connection.get_connection_params()["user"]
    with pytest.raises(RoleRefused):
        prepare_roles(web=owner, worker=WORKER)
    with pytest.raises(CommandError):
        call_command("prepare_roles", "--web", owner, "--worker", WORKER)


@on_postgresql
def test_rows_lie_in_the_partition_of_their_month_and_are_sealed_across_months() -> None:
    made = make_partitions(date(2031, 12, 31), ahead=1)
    try:
        assert made == [f"{ENTRIES}_2031_12", f"{ENTRIES}_2032_01"]
        assert make_partitions(date(2031, 12, 31), ahead=1) == []
        write(1)
        others = ", ".join(SAID[1:])
        for moment in ("2031-12-31 23:59:59.5+00", "2032-01-01 00:00:00+00"):
            execute(
                f"INSERT INTO {ENTRIES} (time, {others}) SELECT %s, {others} FROM {ENTRIES} LIMIT 1", moment
            )
        for name in made:
            assert len(numbers(ENTRIES)) == 3
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {name}")
                assert cursor.fetchone() == (1,)
        sealed_log()
        call_command("seal_access_log")
        assert faults() == set()
    finally:
        call_command("flush", interactive=False, verbosity=0)
        for name in made:
            execute(f"DROP TABLE {name}")


@on_postgresql
def test_a_month_whose_rows_lie_in_the_default_partition_stays_there() -> None:
    write(1)
    others = ", ".join(SAID[1:])
    execute(f"INSERT INTO {ENTRIES} (time, {others}) SELECT '2031-12-05', {others} FROM {ENTRIES}")
    made = make_partitions(date(2031, 12, 31), ahead=1)
    try:
        assert made == [f"{ENTRIES}_2032_01"]
    finally:
        for name in made:
            execute(f"DROP TABLE {name}")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has both")
def test_sqlite_has_neither() -> None:
    assert make_partitions() == []
    with pytest.raises(CommandError):
        call_command("prepare_roles")
    call_command("make_partitions")
