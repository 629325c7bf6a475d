"""Database constraints that several models need, the same on SQLite and PostgreSQL."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

_NO_KEY = 0  # primary keys start at 1
_NO_DAY = date(1, 1, 1)


def once(*foreign_keys: str) -> tuple[Coalesce, ...]:
    """Expressions under which an empty foreign key counts as a value of its own.

    A plain unique constraint lets rows with an empty column repeat; SQLite has no other way.
    """
    return tuple(Coalesce(F(f"{name}_id"), Value(_NO_KEY)) for name in foreign_keys)


def once_a_day(field: str) -> Coalesce:
    """The same for a date that may be empty."""
    return Coalesce(F(field), Value(_NO_DAY))


def exactly_one(fields: Sequence[str]) -> Q:
    """The condition that exactly one of the foreign keys `fields` is set."""
    condition = Q()
    for chosen in fields:
        condition |= Q(**{f"{name}__isnull": name != chosen for name in fields})
    return condition
