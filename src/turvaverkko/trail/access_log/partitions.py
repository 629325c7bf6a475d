"""Months of the access log on PostgreSQL: each has a partition, made ahead by the owner of the table."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.db import connection, transaction

from turvaverkko.core import time_source
from turvaverkko.trail.access_log.rows import TABLE

# Unit: months, the present one not counted. Source: own default; the job runs at least monthly.
AHEAD: Final = 3


def make_partitions(today: date | None = None, *, ahead: int = AHEAD) -> list[str]:
    """Make the partitions of this and the coming months that are missing; return their names.

    A month whose rows already lie in the default partition stays there: moving rows is not what a log does.
    On SQLite there is nothing to do.
    """
    if connection.vendor != "postgresql":
        return []
    made = []
    for first, following in months(today or time_source.today(), ahead):
        name = f"{TABLE}_{first:%Y_%m}"
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [name])
            if cursor.fetchone()[0] or _in_default(first, following):
                continue
            cursor.execute(
                f"CREATE TABLE {name} PARTITION OF {TABLE} FOR VALUES FROM ('{first}') TO ('{following}')"
            )
        made.append(name)
    return made


def months(start: date, ahead: int) -> Iterator[tuple[date, date]]:
    """Give the first day of each month and of the one after it.

    Examples:
        >>> [str(first) for first, _ in months(date(2026, 11, 22), 2)]
        ['2026-11-01', '2026-12-01', '2027-01-01']
    """
    first = start.replace(day=1)
    for _ in range(ahead + 1):
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        yield first, following
        first = following


def _in_default(first: date, following: date) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT 1 FROM {TABLE}_default WHERE time >= %s AND time < %s)",  # noqa: S608
            [first, following],
        )
        return bool(cursor.fetchone()[0])
