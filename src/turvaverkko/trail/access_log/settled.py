"""Up to which row nothing can appear any more.

SQLite has one writer at a time, so rows are committed in the order of their ids. On PostgreSQL a row gets
its id long before its transaction commits: row 8 may be seen before row 7. A seal over "up to 8" would then
report row 7 as smuggled in, or leave it out for ever. Therefore: note the greatest id seen, then who holds
the lock that every INSERT takes on the table *before* it draws an id and keeps until its transaction has
ended, and wait until all of those are gone. New writers draw greater ids and are not waited for; nobody
waits for the sealer.
"""

import time
from typing import Final

from django.db import connection

from turvaverkko.trail.access_log.rows import TABLE

# Unit: seconds. A page's transaction lasts milliseconds; one that hangs is waited for by the next round.
PATIENCE: Final = 10.0
_PAUSE: Final = 0.02

_WRITERS: Final = f"""
    SELECT virtualtransaction || '/' || coalesce(pid, 0) FROM pg_locks
    WHERE locktype = 'relation' AND relation = '{TABLE}'::regclass AND mode = 'RowExclusiveLock'
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND pid IS DISTINCT FROM pg_backend_pid()"""  # noqa: S608 - a constant


def settled_upto(patience: float = PATIENCE) -> int | None:
    """Return an id up to which every row is committed or will never be; None when a writer hangs.

    Call it outside a transaction: each of its statements must see the present.
    """
    greatest = _greatest_id()
    if connection.vendor != "postgresql":
        return greatest
    waited_for = _writers()
    give_up = time.monotonic() + patience
    while waited_for:
        if time.monotonic() > give_up:
            return None
        time.sleep(_PAUSE)
        waited_for &= _writers()
    return greatest


def _greatest_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {TABLE}")  # noqa: S608 - a constant
        return int(cursor.fetchone()[0])


def _writers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_WRITERS)
        return {name for (name,) in cursor.fetchall()}
