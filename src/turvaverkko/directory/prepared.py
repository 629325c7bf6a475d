"""Queries whose SQL is worked out once in a process: working it out costs the ORM more than running it.

A query is written with the ORM, so that it is the same on every database. What changes from one reader
to the next stands in it as a marker:

    HOURS = Prepared(lambda: HoursRow.objects.filter(channel__in=ids("channels")), ("channel_id", "kind"))
    HOURS.rows(channels=[1, 2])     # [{"channel_id": 1, "kind": "regular"}, …]

A marker takes a list; of an empty list nothing is found.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from zlib import crc32

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

# No row has a key this far below zero.
_FAR_BELOW: Final = -(10**12)
_TEXT_MARK: Final = "\u2063"  # invisible separator: in no slug and no code

Converters = Sequence[tuple[int, Sequence[Callable[..., Any]], Any]]


def ids(name: str) -> list[int]:
    """Return a marker for a list of keys."""
    return [_FAR_BELOW - crc32(name.encode())]


def words(name: str) -> list[str]:
    """Return a marker for a list of slugs or codes."""
    return [f"{_TEXT_MARK}{name}{_TEXT_MARK}"]


def one_id(name: str) -> int:
    """Return a marker for one key."""
    return ids(name)[0]


def one_word(name: str) -> str:
    """Return a marker for one slug or code."""
    return words(name)[0]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The SQL around its values, what each value is, and how columns become Python."""

    pieces: Sequence[str]
    values: Sequence[tuple[str, Any]]  # (marker's name, "") or ("", what never changes)
    converters: Converters


class Prepared:
    """One query with markers, ready to be run."""

    def __init__(self, build: Callable[[], QuerySet[Any, Any]], fields: Sequence[str], *names: str) -> None:
        """Take the query, the fields of its rows, and the names of its markers.

        `build` is called when the query is first run: models and databases exist only then.
        """
        self._build = build
        self._fields = tuple(fields)
        self._names = names
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, **values: Iterable[Any]) -> list[dict[str, Any]]:
        """Return the rows by field. One query."""
        return [dict(zip(self._fields, row, strict=True)) for row in self.tuples(**values)]

    def tuples(self, **values: Iterable[Any]) -> list[Sequence[Any]]:
        """Return the rows in the order of the fields. One query."""
        connection = connections[DEFAULT_DB_ALIAS]
        compiled = self._compiled.get(connection.vendor)
        if compiled is None:
            compiled = self._compiled[connection.vendor] = self._compile(connection)
        sql, parameters = _filled(compiled, values)
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            found: list[Sequence[Any]] = cursor.fetchall()
        return _converted(found, compiled.converters, connection) if compiled.converters else found

    def _compile(self, connection: BaseDatabaseWrapper) -> _Compiled:
        query = self._build().values_list(*self._fields).query
        compiler = query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        columns = [column for column, _, _ in (compiler.select or ())[: compiler.col_count]]
        converters = compiler.get_converters(columns)
        markers: dict[Any, str] = {}
        for name in self._names:
            markers |= {one_id(name): name, one_word(name): name}
        pieces = sql.split("%s")
        values = [
            (markers[value], "") if isinstance(value, int | str) and value in markers else ("", value)
            for value in parameters
        ]
        if len(pieces) != len(values) + 1 or {name for name, _ in values if name} != set(self._names):
            message = f"The markers {self._names} do not fit the query {sql}"
            raise ValueError(message)
        return _Compiled(pieces, values, [(at, *found) for at, found in converters.items()])


def _filled(compiled: _Compiled, values: dict[str, Iterable[Any]]) -> tuple[str, list[Any]]:
    lists = {name: list(given) for name, given in values.items()}
    parts = [compiled.pieces[0]]
    parameters: list[Any] = []
    for (name, fixed), piece in zip(compiled.values, compiled.pieces[1:], strict=True):
        if not name:
            parts.append("%s")
            parameters.append(fixed)
        elif lists[name]:
            parts.append(", ".join(("%s",) * len(lists[name])))
            parameters += lists[name]
        else:
            parts.append("NULL")
        parts.append(piece)
    return "".join(parts), parameters


def _converted(
    rows: Iterable[Sequence[Any]], converters: Converters, connection: BaseDatabaseWrapper
) -> list[Sequence[Any]]:
    found: list[Sequence[Any]] = []
    for row in rows:
        values = list(row)
        for at, functions, column in converters:
            value = values[at]
            for function in functions:
                value = function(value, column, connection)
            values[at] = value
        found.append(values)
    return found
