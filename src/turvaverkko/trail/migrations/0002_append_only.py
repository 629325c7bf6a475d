"""The database itself refuses to change or delete log entries.

A later migration that rebuilds the table on SQLite (most alterations do) drops its triggers: it ends with
`migrations.RunPython(append_only.create, append_only.drop)` of this file again. A test deletes by raw SQL
after all migrations, so forgetting it is seen.
"""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "trail_logentry"

SQLITE_CREATE = (
    f"""CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'log entries are never changed'); END""",
    # Only our own connections have the function; another program's DELETE fails on its absence.
    f"""CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} WHEN turvaverkko_erasing() = 0
        BEGIN SELECT RAISE(ABORT, 'log entries are never deleted'); END""",
    # INSERT OR REPLACE deletes without telling the trigger above.
    f"""CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE}
        WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'log entries are never replaced'); END""",  # noqa: S608 - a constant, no input
)
SQLITE_DROP = tuple(f"DROP TRIGGER IF EXISTS {TABLE}_no_{what}" for what in ("update", "delete", "replace"))

POSTGRESQL_CREATE = (
    f"""CREATE FUNCTION {TABLE}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP <> 'UPDATE' AND current_setting('turvaverkko.erasing', true) = 'on' THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION 'log entries are never changed or deleted' USING ERRCODE = 'check_violation';
        END $$""",
    f"""CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION {TABLE}_append_only()""",
    f"""CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_append_only()""",
)
POSTGRESQL_DROP = (
    f"DROP TRIGGER IF EXISTS {TABLE}_append_only ON {TABLE}",
    f"DROP TRIGGER IF EXISTS {TABLE}_no_truncate ON {TABLE}",
    f"DROP FUNCTION IF EXISTS {TABLE}_append_only()",
)


def create(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers, replacing those that are there."""
    drop(_apps, schema_editor)
    _execute(schema_editor, {"sqlite": SQLITE_CREATE, "postgresql": POSTGRESQL_CREATE})


def drop(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers."""
    _execute(schema_editor, {"sqlite": SQLITE_DROP, "postgresql": POSTGRESQL_DROP})


def _execute(schema_editor: BaseDatabaseSchemaEditor, statements: dict[str, tuple[Any, ...]]) -> None:
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """Make the trail append-only."""

    dependencies = [("trail", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
