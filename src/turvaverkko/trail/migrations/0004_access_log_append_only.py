"""The database itself refuses to change or delete rows and seals of the access log.

As for log entries (migration 0002); a later migration that rebuilds one of the tables on SQLite ends with
`migrations.RunPython(create, drop)` of this file again.
"""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Each table with the column that numbers its rows.
TABLES = {"trail_accessentry": "id", "trail_accessseal": "number"}
FUNCTION = "trail_access_log_append_only"


def sqlite_create(table: str, key: str) -> tuple[str, ...]:
    return (
        f"""CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
            BEGIN SELECT RAISE(ABORT, 'the access log is never changed'); END""",
        # Only our own connections have the function; another program's DELETE fails on its absence.
        f"""CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN turvaverkko_erasing() = 0
            BEGIN SELECT RAISE(ABORT, 'the access log is never deleted'); END""",
        # INSERT OR REPLACE deletes without telling the trigger above.
        f"""CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
            WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})
            BEGIN SELECT RAISE(ABORT, 'the access log is never replaced'); END""",  # noqa: S608 - a constant
    )


def sqlite_drop(table: str, _key: str) -> tuple[str, ...]:
    return tuple(f"DROP TRIGGER IF EXISTS {table}_no_{what}" for what in ("update", "delete", "replace"))


POSTGRESQL_FUNCTION = f"""CREATE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'UPDATE' AND current_setting('turvaverkko.erasing', true) = 'on' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'the access log is never changed or deleted' USING ERRCODE = 'check_violation';
    END $$"""


def postgresql_create(table: str, _key: str) -> tuple[str, ...]:
    return (
        f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()""",
        f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()""",
    )


def postgresql_drop(table: str, _key: str) -> tuple[str, ...]:
    return tuple(
        f"DROP TRIGGER IF EXISTS {table}_{what} ON {table}" for what in ("append_only", "no_truncate")
    )


MAKERS: dict[str, tuple[Any, Any]] = {
    "sqlite": (sqlite_create, sqlite_drop),
    "postgresql": (postgresql_create, postgresql_drop),
}


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers, replacing those that are there."""
    drop(apps, schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION, params=None)
    _execute(schema_editor, which=0)


def drop(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    _execute(schema_editor, which=1)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {FUNCTION}()", params=None)


def _execute(schema_editor: BaseDatabaseSchemaEditor, *, which: int) -> None:
    maker = MAKERS[schema_editor.connection.vendor][which]
    for table, key in TABLES.items():
        for statement in maker(table, key):
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """Make the access log append-only."""

    dependencies = [("trail", "0003_access_log")]
    operations = [migrations.RunPython(create, drop)]
