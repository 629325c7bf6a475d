"""Who may do what to the logs on PostgreSQL: three roles.

* the **owner** runs migrations, makes partitions and erases by retention; no page runs as it;
* **web** serves pages: adds log entries and rows of the access log and reads them, reads seals;
* **worker** runs jobs: as web, and adds seals.

Neither web nor worker owns a table, so neither can change, delete, truncate, drop a trigger or alter.
Neither may choose the id of a row of the access log, which would spoil ranges not yet sealed.
"""

from typing import Final, LiteralString

from django.db import connection, transaction
from psycopg import sql

from turvaverkko.trail.access_log.models import AccessEntry, AccessSeal
from turvaverkko.trail.access_log.rows import COLUMNS
from turvaverkko.trail.models import LogEntry

ENTRIES: Final = AccessEntry._meta.db_table
SEALS: Final = AccessSeal._meta.db_table
LOG: Final = LogEntry._meta.db_table
MIGRATIONS: Final = "django_migrations"
GUARDED: Final = (ENTRIES, SEALS, LOG, MIGRATIONS)


class RoleRefused(ValueError):
    """The role cannot be a role of the web: it owns the tables, belongs to their owner or is a superuser."""


def prepare_roles(*, web: str, worker: str) -> None:
    """Make the roles where they are missing and give each its rights; again after every migration.

    Run as the owner of the tables. A new role can sign in and has no password: the administrator gives one
    (`ALTER ROLE … PASSWORD`) or lets the server know it by other means.

    Raises:
        RoleRefused: nothing was changed.
    """
    with transaction.atomic():
        for role in (web, worker):
            _make(role)
            _refuse_the_mighty(role)
            _open_the_rest(role)
            for table in [*GUARDED, *_partitions()]:
                _execute("REVOKE ALL ON {table} FROM {role}", role, table)
            names: list[sql.Composable] = [sql.Identifier(name) for name in COLUMNS[1:]]
            columns = sql.SQL(", ").join(names)
            _execute("GRANT SELECT, INSERT ({columns}) ON {table} TO {role}", role, ENTRIES, columns=columns)
            _execute("GRANT SELECT, INSERT ON {table} TO {role}", role, LOG)
            _execute("GRANT SELECT ON {table} TO {role}", role, SEALS)
            _execute("GRANT SELECT ON {table} TO {role}", role, MIGRATIONS)
        _execute("GRANT INSERT ON {table} TO {role}", worker, SEALS)


def _open_the_rest(role: str) -> None:
    """Everything that is not a log may be read and written; nothing may be made or altered."""
    _execute("GRANT USAGE ON SCHEMA public TO {role}", role)
    _execute("REVOKE CREATE ON SCHEMA public FROM {role}, PUBLIC", role)
    _execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}", role)
    _execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}", role)


def _make(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            _execute("CREATE ROLE {role} LOGIN", role)


def _refuse_the_mighty(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT r.rolsuper OR r.rolcreaterole OR EXISTS (
                   SELECT 1 FROM pg_class c
                   WHERE c.oid = ANY(%s::regclass[]) AND pg_has_role(r.oid, c.relowner, 'MEMBER'))
               FROM pg_roles r WHERE r.rolname = %s""",
            [list(GUARDED), role],
        )
        if cursor.fetchone()[0]:
            raise RoleRefused(role)


def _partitions() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
               WHERE i.inhparent = %s::regclass""",
            [ENTRIES],
        )
        return [name for (name,) in cursor.fetchall()]


def _execute(statement: LiteralString, role: str, table: str = "", **parts: sql.Composable) -> None:
    named = sql.SQL(statement).format(role=sql.Identifier(role), table=sql.Identifier(table), **parts)
    with connection.cursor() as cursor:
        cursor.execute(named)
