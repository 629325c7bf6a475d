"""Queries whose SQL is worked out once in a process: working it out costs the ORM more than running it.

A query is written with the ORM, so that it is the same on every database. What changes from one reader
to the next stands in it as a marker:

    HOURS = Prepared(lambda: HoursRow.objects.filter(channel__in=ids("channels")), ("channel_id", "kind"))
    HOURS.rows(channels=[1, 2])     # [{"channel_id": 1, "kind": "regular"}, …]

A marker takes a list; of an empty list nothing is found. `PreparedModels` returns instances instead of rows.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Generic, TypeVar
from zlib import crc32

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

# No row has a key this far below zero.
_FAR_BELOW: Final = -(10**12)
_TEXT_MARK: Final = "\u2063"  # invisible separator: in no slug and no code
# Unit: days. Nothing of ours began in the first centuries.
_FIRST_CENTURIES: Final = 100_000

Row = TypeVar("Row", bound=Model)
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


def one_day(name: str) -> date:
    """Return a marker for one day."""
    return date(1, 1, 1) + timedelta(days=crc32(name.encode()) % _FIRST_CENTURIES)


def one_moment(name: str) -> datetime:
    """Return a marker for one moment."""
    return datetime(1000, 1, 1, tzinfo=UTC) + timedelta(seconds=crc32(name.encode()))


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The SQL around its values, what each value is, how columns become Python, and what compiled it."""

    pieces: Sequence[str]
    values: Sequence[tuple[str, Any]]  # (marker's name, "") or ("", what never changes)
    converters: Converters
    compiler: SQLCompiler


class _Query:
    """A query with markers, compiled for a database when it is first asked there."""

    def __init__(
        self, build: Callable[[], QuerySet[Any, Any]], names: Iterable[str], perhaps: Iterable[str]
    ) -> None:
        self._build = build
        self._names, self._perhaps = frozenset(names), frozenset(perhaps)
        self._compiled: dict[str, _Compiled | None] = {}

    def run(self, values: dict[str, Iterable[Any]]) -> tuple[list[Sequence[Any]], _Compiled | None]:
        """Return the rows and what compiled them; no rows and None of a query that can find nothing."""
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.vendor not in self._compiled:
            self._compiled[connection.vendor] = self._compile(connection)
        compiled = self._compiled[connection.vendor]
        if compiled is None:
            return [], None
        sql, parameters = _filled(compiled, values, connection)
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            found: list[Sequence[Any]] = cursor.fetchall()
        return (
            _converted(found, compiled.converters, connection) if compiled.converters else found
        ), compiled

    def _compile(self, connection: BaseDatabaseWrapper) -> _Compiled | None:
        compiler = self._build().query.get_compiler(connection=connection)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            return None
        columns = [column for column, _, _ in (compiler.select or ())[: compiler.col_count]]
        converters = compiler.get_converters(columns)
        markers: dict[Any, str] = {}
        for name in self._names | self._perhaps:
            times = (_adapted(one_day(name), connection), _adapted(one_moment(name), connection))
            markers |= dict.fromkeys((one_id(name), one_word(name), *times), name)
        pieces = sql.split("%s")
        values = [
            (markers[value], "") if isinstance(value, int | str | date) and value in markers else ("", value)
            for value in parameters
        ]
        if len(pieces) != len(values) + 1 or self._names - {name for name, _ in values}:
            message = f"The markers {set(self._names)} do not fit the query {sql}"
            raise ValueError(message)
        return _Compiled(pieces, values, [(at, *found) for at, found in converters.items()], compiler)


class Prepared:
    """One query with markers, ready to be run."""

    def __init__(
        self,
        build: Callable[[], QuerySet[Any, Any]],
        fields: Sequence[str],
        *names: str,
        perhaps: Iterable[str] = (),
    ) -> None:
        """Take the query, the fields of its rows, and the names of its markers.

        `build` is called when the query is first run: models and databases exist only then. It may lack the
        markers that are there `perhaps`.
        """
        self._fields = tuple(fields)
        self._query = _Query(lambda: build().values_list(*self._fields), names, perhaps)

    def rows(self, **values: Iterable[Any]) -> list[dict[str, Any]]:
        """Return the rows by field. One query."""
        return [dict(zip(self._fields, row, strict=True)) for row in self.tuples(**values)]

    def tuples(self, **values: Iterable[Any]) -> list[Sequence[Any]]:
        """Return the rows in the order of the fields. One query."""
        return self._query.run(values)[0]


class PreparedModels(Generic[Row]):
    """One query of instances, with what `select_related` brings, ready to be run."""

    def __init__(self, build: Callable[[], QuerySet[Row]], *names: str, perhaps: Iterable[str] = ()) -> None:
        """Take the query and the names of its markers; `build` is called when it is first run."""
        self._query = _Query(build, names, perhaps)

    def all(self, **values: Iterable[Any]) -> list[Row]:
        """Return the instances, made as the ORM makes them. One query."""
        rows, compiled = self._query.run(values)
        if compiled is None:
            return []
        told = compiled.compiler.klass_info
        select = compiled.compiler.select or ()
        start, stop = told["select_fields"][0], told["select_fields"][-1] + 1
        names = [column.target.attname for column, _, _ in select[start:stop]]
        related = get_related_populators(told, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # of 6.1
        found: list[Row] = []
        for row in rows:
            made = told["model"].from_db(DEFAULT_DB_ALIAS, names, row[start:stop])
            for populator in related:
                populator.populate(row, made)
            found.append(made)
        return found


def _filled(
    compiled: _Compiled, values: dict[str, Iterable[Any]], connection: BaseDatabaseWrapper
) -> tuple[str, list[Any]]:
    lists = {name: [_adapted(value, connection) for value in given] for name, given in values.items()}
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


def _adapted(value: object, connection: BaseDatabaseWrapper) -> object:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


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
