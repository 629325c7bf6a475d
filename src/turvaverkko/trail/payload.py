"""What an entry may hold: ids and codes. Pure.

Entries are kept for years and read by many, so nothing that a person wrote may get into them. What cannot
be told from a code by its form (a first name in small letters) is kept out by review; everything with a
space, a capital letter, an at sign, or the look of a telephone number or identity code is refused here.
"""

import re
from collections.abc import Mapping
from typing import Final

KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
CODE: Final = re.compile(r"[a-z0-9][a-z0-9_.:/-]{0,63}")
DAY_OR_MOMENT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?"
)
# Eight digits or more in a row, or with separators, look like a telephone number.
TELEPHONE: Final = re.compile(r"\d[\d./-]{6,18}\d")
IDENTITY_CODE: Final = re.compile(r"\d{6}[-a-fu-y]\d{3}[0-9a-z]")
# Unit: values. An entry is a line of a timeline, not a store.
MOST_VALUES: Final = 50
# Counts and versions; a telephone number without its zero is greater.
LARGEST_NUMBER: Final = 99_999_999


class FreeText(ValueError):
    """A payload holds something that is neither an id nor a code nor a number.

    The message names the key, never the value: the value may be what must not be kept.
    """


def checked(payload: Mapping[str, object]) -> dict[str, object]:
    """Return the payload when it holds nothing but ids and codes.

    Raises:
        FreeText: it holds something else.

    Examples:
        >>> checked({"outcome": "booked", "tries": 3, "units": ["oulu-2", "7k3m9qtr2b4d6f8h"]})
        {'outcome': 'booked', 'tries': 3, 'units': ['oulu-2', '7k3m9qtr2b4d6f8h']}
        >>> checked({"note": "Soitin äidille"})
        Traceback (most recent call last):
            ...
        turvaverkko.trail.payload.FreeText: note
    """
    if len(payload) > MOST_VALUES:
        message = f"more than {MOST_VALUES} values"
        raise FreeText(message)
    return {_key(key): _value(key, value) for key, value in payload.items()}


def is_code(text: str) -> bool:
    """Tell whether a text has the form of a code or an id.

    Examples:
        >>> is_code("guidance.take"), is_code("Soita 000 555 010"), is_code("0005550100")
        (True, False, False)
    """
    if DAY_OR_MOMENT.fullmatch(text):
        return True
    looks_personal = TELEPHONE.fullmatch(text) or IDENTITY_CODE.fullmatch(text)
    return bool(CODE.fullmatch(text)) and not looks_personal


def checked_code(name: str, text: str) -> str:
    """Return a code or an empty text.

    Raises:
        FreeText: it is something else.
    """
    if text and not is_code(text):
        raise FreeText(name)
    return text


def _key(key: str) -> str:
    if not KEY.fullmatch(key):
        message = "a key of the payload is not a short code"
        raise FreeText(message)
    return key


def _value(key: str, value: object) -> object:
    if isinstance(value, list | tuple):
        if len(value) > MOST_VALUES:
            raise FreeText(key)
        return [_single(key, item) for item in value]
    return _single(key, value)


def _single(key: str, value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float) and abs(value) <= LARGEST_NUMBER:
        return value
    if isinstance(value, str) and is_code(value):
        return str(value)
    raise FreeText(key)
