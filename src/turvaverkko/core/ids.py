"""Names for rows: public ids without a sequence, codes that people read aloud, slugs for addresses."""

import re
import secrets
import unicodedata
from typing import Final

# Crockford's alphabet (no I, L, O, U: they look like 1 and 0 or make words) without its other vowels
# A, E and Y, so that chance spells no word in Finnish. 29 signs: a prime, which the check sign needs.
ALPHABET: Final = "0123456789BCDFGHJKMNPQRSTVWXZ"
LETTERS: Final = ALPHABET[10:]
# Unit: signs. 19 * 29^15 is about 2^77: a hundred million rows meet by chance once in ten million.
PUBLIC_ID_LENGTH: Final = 16
# Unit: signs without the check sign. 29^9 is about 2^43: guessing is a matter for rate limits.
CODE_LENGTH: Final = 9
CODE_GROUP: Final = 5
# What people write when they mean a sign of the alphabet.
MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
# Letters that Unicode does not take apart into a letter and a mark.
WHOLE_LETTERS: Final = str.maketrans({"đ": "d", "ŋ": "n", "ŧ": "t", "ø": "o", "æ": "ae", "ß": "ss", "ł": "l"})


class BadCode(ValueError):
    """The code cannot be one of ours: wrong length, a foreign sign, or the check sign disagrees."""


def new_public_id() -> str:
    """Return a new public id for a row: 16 signs, no order, fit for an address.

    The first sign is a letter, so that no id can be taken for a number.
    Use it as a model field's default; the field is `unique`, with `max_length=PUBLIC_ID_LENGTH`.
    """
    return (secrets.choice(LETTERS) + _draw(PUBLIC_ID_LENGTH - 1)).lower()


def new_code() -> str:
    """Return a new code for a person to keep, with a check sign, such as `7K3M9-QTR2X`."""
    body = _draw(CODE_LENGTH)
    return format_code(body + check_sign(body))


def check_sign(body: str) -> str:
    """Return the sign that makes a misread or swapped sign show.

    Each sign has its own weight modulo 29; 29 is prime, so one wrong sign or two swapped neighbours
    always change the sum.

    Examples:
        >>> check_sign("7K3M9QTR2")
        'K'
    """
    total = sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(body, start=1))
    return ALPHABET[total % len(ALPHABET)]


def format_code(signs: str) -> str:
    """Return the signs in groups, easy to read aloud.

    Examples:
        >>> format_code("7K3M9QTR2K")
        '7K3M9-QTR2K'
    """
    groups = (signs[i : i + CODE_GROUP] for i in range(0, len(signs), CODE_GROUP))
    return "-".join(groups)


def read_code(written: str) -> str:
    """Return the code a person wrote, in the form in which it was given.

    Small letters, spaces, hyphens and the lookalikes O, I and L are understood.

    Raises:
        BadCode: it cannot be one of our codes.

    Examples:
        >>> read_code(" 7k3m9 qtr2k ")
        '7K3M9-QTR2K'
    """
    signs = re.sub(r"[\s\-\u2010-\u2015]", "", written).upper().translate(MISREAD)
    if len(signs) != CODE_LENGTH + 1 or not set(signs) <= set(ALPHABET):
        raise BadCode
    if check_sign(signs[:-1]) != signs[-1]:
        raise BadCode
    return format_code(signs)


def slugify_fi(text: str, *, max_length: int = 80) -> str:
    """Return the text as a part of an address: ä and å become a, ö becomes o.

    Returns an empty string when nothing can be kept (a text in another script).

    Examples:
        >>> slugify_fi("Äitiys- ja lastenneuvola, Yli-Ii (Öljytie)")
        'aitiys-ja-lastenneuvola-yli-ii-oljytie'
        >>> slugify_fi("Perhekeskus – Šiŋgal")
        'perhekeskus-singal'
    """
    letters = unicodedata.normalize("NFKD", text.lower().translate(WHOLE_LETTERS))
    words = re.findall(r"[a-z0-9]+", "".join(c for c in letters if not unicodedata.combining(c)))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:max_length]
        if len(longer) > max_length:
            break
        slug = longer
    return slug


def _draw(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
