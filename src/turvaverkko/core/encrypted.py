"""A field whose text the database keeps encrypted."""

from typing import Any, NoReturn

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import IsNull

from turvaverkko.core import secrets


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]  # str in and out, as its parent
    """Text for people's eyes only: cannot be searched, sorted or compared in the database.

    The empty text stays empty, so that "nothing was written" needs no key.
    """

    def get_prep_value(self, value: Any) -> Any:  # noqa: ANN401 - Django's own
        """Encrypt on the way in."""
        return secrets.encrypt(str(value)) if value else value

    def from_db_value(self, value: str | None, *_rest: object) -> str | None:
        """Decrypt on the way out.

        Raises:
            Undecipherable: no key of the installation opens it.
        """
        return secrets.decrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:  # noqa: ANN401 - Django's own
        """Refuse comparisons: the same text is never stored twice alike.

        Raises:
            TypeError: for everything but isnull.
        """
        if lookup_name == IsNull.lookup_name:
            return super().get_lookup(lookup_name)
        return _refused(lookup_name)

    def get_internal_type(self) -> str:
        """It is a text column."""
        return "TextField"

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """It is a text column."""
        return models.TextField().db_type(connection)


def _refused(lookup_name: str) -> NoReturn:
    message = f"An encrypted field cannot be asked with {lookup_name!r}; store a keyed hash beside it."
    raise TypeError(message)


def encrypted_fields(model: type[models.Model]) -> list[EncryptedTextField]:
    """Return the encrypted fields of a model."""
    return [field for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
