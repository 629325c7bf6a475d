"""Rows of any model: their kind as text, and reading them again, past every filter of a manager."""

from typing import TypeVar

from django.apps import apps
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def kind_of(row: Model) -> str:
    """Return the kind of a row as the trail writes it, such as "guidance.contactrequest"."""
    return row._meta.label_lower


def locked(row: Row) -> Row:
    """Return the row read again under a lock, so that two clicks make one answer.

    The base manager is asked, because a lock must not depend on who may see what.

    Raises:
        ObjectDoesNotExist: the row is gone.
    """
    found: Row = type(row)._base_manager.select_for_update().get(pk=row.pk)  # noqa: SLF001 - documented
    return found


def itself(row: Row) -> QuerySet[Row]:
    """Return a queryset of one row, past every filter of its own manager."""
    found: QuerySet[Row] = type(row)._base_manager.filter(pk=row.pk)  # noqa: SLF001 - documented
    return found


def fetched(kind: str, pk: int | str) -> Model:
    """Return a row by its kind and key, past every filter of its own manager.

    Raises:
        ObjectDoesNotExist: the row is gone.
    """
    found: Model = apps.get_model(kind)._base_manager.get(pk=pk)  # noqa: SLF001 - documented
    return found
