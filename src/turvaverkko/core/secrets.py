"""Personal data at rest: encrypted under keys that the database does not know.

Keys are strings of the environment (`settings.DATA_KEYS`): the first encrypts, every one decrypts, so a
new key is put first and `manage rotate_data_keys` writes the old texts anew. Equality is asked of a keyed
hash, because two encryptions of one text differ.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BYTES: Final = 32
SHORTEST_SECRET: Final = 32  # signs; shorter ones can be guessed


class Undecipherable(RuntimeError):
    """A text was encrypted under a key that is not among the keys, or was changed since."""


def encrypt(text: str) -> str:
    """Return `text` encrypted under the first key; two calls never give the same token."""
    return _box(tuple(settings.DATA_KEYS)).encrypt(text.encode()).decode("ascii")


def decrypt(token: str) -> str:
    """Return the text of a token.

    Raises:
        Undecipherable: no key opens it. The error says nothing of the content.
    """
    try:
        return _box(tuple(settings.DATA_KEYS)).decrypt(token.encode("ascii")).decode()
    except InvalidToken:
        raise Undecipherable from None


def rotated(token: str) -> str | None:
    """Return the token under the first key, or None when it is there already.

    Raises:
        Undecipherable: no key opens it.
    """
    keys = tuple(settings.DATA_KEYS)
    try:
        _box(keys[:1]).decrypt(token.encode("ascii"))
    except InvalidToken:
        pass
    else:
        return None
    try:
        return _box(keys).rotate(token.encode("ascii")).decode("ascii")
    except InvalidToken:
        raise Undecipherable from None


def keyed_hash(purpose: str, text: str) -> str:
    """Return 64 hexadecimal signs by which an encrypted text can be found again.

    Args:
        purpose: what is hashed ("receipt-code"); equal texts of two purposes do not show as equal.
        text: the text in its one normal form.
    """
    key = _derived(settings.LOOKUP_KEY, f"lookup:{purpose}")
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=8)
def _box(keys: Sequence[str]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, "fields"))) for key in keys])


@lru_cache(maxsize=32)
def _derived(secret: str, purpose: str) -> bytes:
    """Return a key of its own for each purpose, so that no key does two things.

    Raises:
        ValueError: the secret is too short to be one.
    """
    if len(secret) < SHORTEST_SECRET:
        message = f"A data key has at least {SHORTEST_SECRET} signs."
        raise ValueError(message)
    made = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"turvaverkko:{purpose}".encode())
    return made.derive(secret.encode())
