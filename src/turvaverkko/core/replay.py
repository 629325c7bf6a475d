"""Doing a command once although it was sent twice: keys, fingerprints and remembered results."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final

from django.db import models
from django.utils.crypto import salted_hmac

from turvaverkko.core.rows import fetched, kind_of

# A key is made by the page or the calling system, usually a UUID.
KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,100}")


class BadIdempotencyKey(ValueError):
    """The key has a form that is not accepted: 8 to 100 letters, digits, hyphens or underscores."""


class IdempotencyConflict(Exception):
    """The key was used before for the same command with other content."""


@dataclass(frozen=True, slots=True)
class KeyUse:
    """One use of a key: which command, whose, which content (as a keyed digest, never the content)."""

    command: str
    actor: str
    key: str
    fingerprint: str


def key_use(command: str, actor: str, key: str, content: object) -> KeyUse:
    """Return the use of a key, refusing a key of a wrong form.

    Raises:
        BadIdempotencyKey: the key has a form that is not accepted.
    """
    if not KEY.fullmatch(key):
        raise BadIdempotencyKey
    digest = salted_hmac("turvaverkko.core.replay", repr(_stable(content)), algorithm="sha256")
    return KeyUse(command, actor, key, digest.hexdigest())


def remembered(result: object) -> dict[str, Any]:
    """Return a result in the form in which it can be kept: a row by its id, plain values as they are.

    Raises:
        TypeError: a result of this kind cannot be given again later.
    """
    if isinstance(result, models.Model):
        return {"row": kind_of(result), "pk": result.pk}
    if result is None or isinstance(result, bool | int | str):
        return {"value": result}
    message = f"A command sent with a key returns a row or a plain value, not {type(result).__name__}."
    raise TypeError(message)


def recalled(kept: Mapping[str, Any]) -> object:
    """Return the first result again; a row as it is now.

    Raises:
        ObjectDoesNotExist: the row is gone.
    """
    if "row" in kept:
        # Past every filter: this is the doer's own result.
        return fetched(kept["row"], kept["pk"])
    value: object = kept["value"]
    return value


def _stable(value: object) -> object:
    """Return a value in a form whose repr is the same in every process."""
    if isinstance(value, models.Model):
        return (kind_of(value), str(value.pk))
    if is_dataclass(value) and not isinstance(value, type):
        return (type(value).__name__, [(f.name, _stable(getattr(value, f.name))) for f in fields(value)])
    if isinstance(value, Mapping):
        return sorted((str(key), _stable(item)) for key, item in value.items())
    if isinstance(value, set | frozenset):
        return sorted(repr(_stable(item)) for item in value)
    if isinstance(value, list | tuple):
        return [_stable(item) for item in value]
    return (type(value).__name__, str(value))
