"""The one door through which log entries may leave.

The database refuses to change or delete entries (migration 0002). Retention by rule, and emptying a test
or demo database, open this door for one block. On SQLite the refusing triggers call a function that only
our connections have, so another program cannot delete at all; on PostgreSQL they read a setting of the
transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

SQLITE_FUNCTION: Final = "turvaverkko_erasing"
POSTGRESQL_SETTING: Final = "turvaverkko.erasing"

_is_open: Final[ContextVar[bool]] = ContextVar("erasing", default=False)


@contextmanager
def erasing(using: str = "default") -> Iterator[None]:
    """Let log entries be deleted inside the block, which is one transaction; never changed."""
    token = _is_open.set(True)
    try:
        with transaction.atomic(using=using):
            _tell_postgresql(using, "on")
            yield
            _tell_postgresql(using, "off")
    finally:
        _is_open.reset(token)


def teach_connection(connection: BaseDatabaseWrapper, **_signal: object) -> None:
    """Give a new SQLite connection the function that the triggers ask."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(SQLITE_FUNCTION, 0, lambda: int(_is_open.get()))


def _tell_postgresql(using: str, value: str) -> None:
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # True: for this transaction only, so that a failure shuts the door again.
            cursor.execute("SELECT set_config(%s, %s, true)", [POSTGRESQL_SETTING, value])
