"""What the tests of the access log share: looks to write, and hands that go past the triggers."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from turvaverkko.core.actors import SystemActor
from turvaverkko.trail.access_log.findings import Fault, Report
from turvaverkko.trail.access_log.models import Look
from turvaverkko.trail.access_log.sealing import seal
from turvaverkko.trail.access_log.verifying import verify
from turvaverkko.trail.access_log.writing import Touched, looked

ENTRIES, SEALS = "trail_accessentry", "trail_accessseal"
TRIGGERS = ("no_update", "no_delete", "no_replace")


def write(count: int = 1, *, matter: str = "m7k3m9qtr2b4d6f8", actor: str = "aino") -> None:
    subjects = [Touched("plans.sharedplan", f"b{number:015d}", matter=matter) for number in range(count)]
    looked(SystemActor(actor), Look.LIST, subjects, screen="guidance:queue", basis="own_unit", unit="oulu-2")


def sealed_log(*counts: int) -> None:
    for count in counts:
        write(count)
        seal()


def execute(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def numbers(table: str = ENTRIES) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {'id' if table == ENTRIES else 'number'} FROM {table} ORDER BY 1")
        return [number for (number,) in cursor.fetchall()]


@contextmanager
def mighty_hand() -> Iterator[None]:
    """The administrator of the database, whom no trigger stops."""
    if connection.vendor == "postgresql":
        execute("SET session_replication_role = replica")
        yield
        execute("SET session_replication_role = DEFAULT")
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'trail_access%'"
        )
        triggers = cursor.fetchall()
    for name, _ in triggers:
        execute(f"DROP TRIGGER {name}")
    yield
    for _, statement in triggers:
        execute(statement)


@contextmanager
def tampered() -> Iterator[None]:
    """Tamper inside; afterwards everything is as before."""
    with transaction.atomic():
        with mighty_hand():
            yield
        transaction.set_rollback(True)


def faults(report: Report | None = None) -> set[Fault]:
    return {finding.fault for finding in (report or verify()).findings}
