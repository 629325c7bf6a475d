"""Rows into a table without making objects of them: a batch of thousands is a few statements."""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, Final

from django.db import connection
from django.db.models import Field, JSONField, Model
from django.db.models.fields import DateField, DateTimeField, TimeField

_NEEDS_CARE: Final = (DateField, DateTimeField, TimeField)


def insert(model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows; fields that are not named get their default. Return how many there were.

    Args:
        model: whose table.
        fields: attribute names ("service_id"), in the order of the values.
        rows: the values.
    """
    wanted = list(rows)
    if wanted:
        statement, care, constants = _statement(model, tuple(fields), connection.vendor)
        with connection.cursor() as cursor:
            cursor.executemany(statement, [_adapted(row, care) + constants for row in wanted])
    return len(wanted)


def _adapted(row: Sequence[Any], care: Sequence[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    made = list(row)
    for place, adapt in care:
        if made[place] is not None:
            made[place] = adapt(made[place])
    return made


@cache
def _statement(
    model: type[Model], names: tuple[str, ...], _vendor: str
) -> tuple[str, list[tuple[int, Callable[[Any], Any]]], list[Any]]:
    """The statement, what has to be adapted at which place, and the values of the fields not named."""
    by_name = {field.attname: field for field in model._meta.concrete_fields if not field.primary_key}
    others = [field for name, field in by_name.items() if name not in names]
    columns = [str(field.column) for field in [*(by_name[name] for name in names), *others]]
    quote = connection.ops.quote_name
    statement = (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(map(quote, columns))}) "  # noqa: S608 - own names
        f"VALUES ({', '.join(['%s'] * len(columns))})"
    )
    care = [(place, adapt) for place, name in enumerate(names) if (adapt := _adapter(by_name[name]))]
    constants = [field.get_db_prep_save(field.get_default(), connection) for field in others]
    return statement, care, constants


def _adapter(field: "Field[Any, Any]") -> Callable[[Any], Any] | None:
    if isinstance(field, JSONField):
        if connection.vendor == "sqlite":
            return lambda value: json.dumps(value, ensure_ascii=False) if value else repr(value)
        return lambda value: field.get_db_prep_save(value, connection)
    if isinstance(field, _NEEDS_CARE):
        return lambda value: field.get_db_prep_save(value, connection)
    return None


def update(model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Update rows; the last value of each is its primary key. Return how many there were."""
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(str(by_name[name].column))} = %s" for name in fields)
    key = quote(str(by_name["id"].column))
    statement = f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE {key} = %s"  # noqa: S608 - own names
    care = [(place, adapt) for place, name in enumerate(fields) if (adapt := _adapter(by_name[name]))]
    adapted = [_adapted(row, care) for row in rows]
    if adapted:
        with connection.cursor() as cursor:
            cursor.executemany(statement, adapted)
    return len(adapted)
