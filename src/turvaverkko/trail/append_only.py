"""Rows that are added and read, never changed: the model's own refusal, before the database refuses too."""

from typing import Any, NoReturn, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class AppendOnly(RuntimeError):
    """Somebody tried to change or delete a row of a log."""


class AppendOnlyQuerySet(models.QuerySet[M]):
    """Rows can be added and read; changes are refused before the database refuses them."""

    def update(self, **_kwargs: object) -> NoReturn:
        """Refuse.

        Raises:
            AppendOnly: always.
        """
        raise AppendOnly

    def delete(self) -> NoReturn:
        """Refuse.

        Raises:
            AppendOnly: always; retention goes through `trail.erasing`.
        """
        raise AppendOnly


class AppendOnlyModel(models.Model):
    """A row that is written once."""

    class Meta:
        """No table of its own."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own, passed on
        """Add the row.

        Raises:
            AppendOnly: it is already there.
        """
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *_args: object, **_kwargs: object) -> NoReturn:
        """Refuse.

        Raises:
            AppendOnly: always.
        """
        raise AppendOnly
