"""Triggers that renew the content version with every change of what public pages are made of.

The database does it itself, so that no way of writing can forget to: a loader in bulk, an editor, a
correction by hand. The version changes in the transaction of the change and is rolled back with it.
They are set up anew after every `migrate`, because SQLite forgets them when it rebuilds a table.
"""

from collections.abc import Iterator
from typing import Final

from django.apps import apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from turvaverkko.directory.staying.models import SelfHelpLink

_ORGANISATION: Final = (
    "Area",
    "AreaMembership",
    "County",
    "DeadlinePolicy",
    "FamilyCentre",
    "FamilyCentreMunicipality",
    "Municipality",
    "MunicipalityInCounty",
    "Organisation",
    "RegionalSetting",
    "SchoolBreak",
    "Unit",
)
_VERSION: Final = "directory_contentversion"
_NAME: Final = "content_changed"
_CHANGES: Final = ("INSERT", "UPDATE", "DELETE")
_SQLITE: Final = (
    "CREATE TRIGGER {name}_{change} AFTER {change} ON {table} "
    "BEGIN UPDATE {version} SET stamp = lower(hex(randomblob(16))) WHERE id = 1; END"
)
_POSTGRESQL_FUNCTION: Final = (
    "CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "UPDATE {version} SET stamp = gen_random_uuid()::text WHERE id = 1; RETURN NULL; END $$"
)
_POSTGRESQL: Final = (
    "CREATE TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
)


def watched_tables() -> list[str]:
    """Return the tables whose changes make a new version: the directory, and where it stands."""
    directory = apps.get_app_config("directory").get_models(include_auto_created=True)
    organisation = (apps.get_model("organisation", name) for name in _ORGANISATION)
    self_help = {SelfHelpLink._meta.db_table, SelfHelpLink.situations.through._meta.db_table}
    tables = {model._meta.db_table for model in (*directory, *organisation)} | self_help
    return sorted(tables - {_VERSION})


def set_up(using: str = "default", **_signal: object) -> None:
    """Put the triggers and the one row in place; what is there already is replaced."""
    connection = connections[using]
    there = set(connection.introspection.table_names())
    if _VERSION not in there:  # migrated back to a time before it
        return
    tables = [table for table in watched_tables() if table in there]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in _statements(connection, tables):
            cursor.execute(statement)


def _statements(connection: BaseDatabaseWrapper, tables: list[str]) -> Iterator[str]:
    is_sqlite = connection.vendor == "sqlite"
    yield f"DELETE FROM {_VERSION}"  # noqa: S608 - names of our own
    if is_sqlite:
        yield f"INSERT INTO {_VERSION} (id, stamp) VALUES (1, lower(hex(randomblob(16))))"  # noqa: S608
    else:
        yield f"INSERT INTO {_VERSION} (id, stamp) VALUES (1, gen_random_uuid()::text)"  # noqa: S608
        yield _POSTGRESQL_FUNCTION.format(name=_NAME, version=_VERSION)
    for table in tables:
        yield from _sqlite(table) if is_sqlite else _postgresql(table)


def _sqlite(table: str) -> Iterator[str]:
    for change in _CHANGES:
        name = f"{_NAME}_{table}"
        yield f"DROP TRIGGER IF EXISTS {name}_{change}"
        yield _SQLITE.format(name=name, change=change, table=table, version=_VERSION)


def _postgresql(table: str) -> Iterator[str]:
    yield f"DROP TRIGGER IF EXISTS {_NAME} ON {table}"
    yield _POSTGRESQL.format(name=_NAME, table=table)
