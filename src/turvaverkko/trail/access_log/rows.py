"""Rows of the access log as they stand in the database, without a model in between.

Time is read as text: a damaged value must be found by its hash, not stop the reading.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.db import connection

from turvaverkko.trail.access_log.models import AccessEntry

TABLE: Final = AccessEntry._meta.db_table
COLUMNS: Final[tuple[str, ...]] = tuple(str(field.column) for field in AccessEntry._meta.concrete_fields)
# Unit: rows fetched at a time when the whole log is read.
CHUNK: Final = 2000
_TIME: Final = {
    "postgresql": "to_char(time AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
    # The empty text takes away the column's type, by which the driver would parse it.
    "sqlite": "time || ''",
}

Row = tuple[Any, ...]


def between(after_id: int, upto_id: int, limit: int) -> list[Row]:
    """Return at most `limit` rows after one id up to another, in the order of ids."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_select()} WHERE id > %s AND id <= %s ORDER BY id LIMIT %s",
            [after_id, upto_id, limit],
        )
        return list(cursor.fetchall())


def all_rows() -> Iterator[Row]:
    """Give every row in the order of ids, a chunk at a time; the first is fetched at once."""
    cursor = connection.chunked_cursor()
    cursor.execute(f"{_select()} ORDER BY id")
    return _fetched(cursor)


def _fetched(cursor: Any) -> Iterator[Row]:  # noqa: ANN401 - the driver's cursor
    with cursor:
        while chunk := cursor.fetchmany(CHUNK):
            yield from chunk


def _select() -> str:
    columns = (_TIME[connection.vendor] if column == "time" else column for column in COLUMNS)
    return f"SELECT {', '.join(columns)} FROM {TABLE}"  # noqa: S608 - constants only
