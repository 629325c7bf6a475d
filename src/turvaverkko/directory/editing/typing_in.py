"""What people type into one line of a form, read into a value; what cannot be read says what to do."""

import re
from datetime import date, time
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext

from turvaverkko.core.safe_text import without_hidden_signs

_DAY: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_CLOCK: Final = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?")
_PHONE_DIGITS: Final = range(3, 16)  # a short number of an exchange … E.164 allows 15
_NOT_PHONE: Final = re.compile(r"[^0-9+()\s.\-–/]")
_ADDRESS: Final = URLValidator(schemes=["http", "https"])
# Unit: signs that are looked at; what is longer is told to be too long before it costs anything.
LOOKED_AT: Final = 200_000


class Unreadable(ValueError):
    """What was typed cannot be read; the message says what to do."""


def line(typed: str) -> str:
    """Return one line without hidden signs, uncut."""
    return " ".join(without_hidden_signs(typed[:LOOKED_AT]).text.split())


def text(typed: str) -> str:
    """Return a text with its lines, without hidden signs, uncut."""
    return without_hidden_signs(typed[:LOOKED_AT]).text.strip()


def at_most(value: str, longest: int) -> str:
    """Return the value.

    Raises:
        Unreadable: it is too long; nothing of it is cut.
    """
    if len(value) > longest:
        said = gettext("Teksti on %(over)d merkkiä liian pitkä. Lyhennä sitä; kirjoittamasi on tallessa.")
        raise Unreadable(said % {"over": len(value) - longest})
    return value


def day(typed: str) -> date:
    """Return a day that was typed as 2026-11-24 or 24.11.2026.

    Raises:
        Unreadable: it is no day.

    Examples:
        >>> day("24.11.2026"), day("2026-11-24")
        (datetime.date(2026, 11, 24), datetime.date(2026, 11, 24))
    """
    found = _DAY.fullmatch(typed)
    try:
        return date(*(int(part) for part in reversed(found.groups()))) if found else date.fromisoformat(typed)
    except ValueError:
        raise Unreadable(gettext("Kirjoita päivä näin: 24.11.2026.")) from None


def clock(typed: str) -> time:
    """Return a time of day that was typed as 10, 10.30 or 10:30.

    Raises:
        Unreadable: it is no time.

    Examples:
        >>> clock("10"), clock("klo 9.30")
        (datetime.time(10, 0), datetime.time(9, 30))
    """
    found = _CLOCK.fullmatch(typed.lower().removeprefix("klo").strip())
    try:
        return time(int(found[1]), int(found[2] or 0)) if found else time.fromisoformat(typed)
    except ValueError:
        raise Unreadable(gettext("Kirjoita kellonaika näin: 10.30.")) from None


def years(typed: str, oldest: int) -> int | None:
    """Return an age in years, None when nothing was typed.

    Raises:
        Unreadable: it is no age.
    """
    if not typed:
        return None
    # Arabic and other digits are read as what they are; a superscript is a digit of no number.
    if not typed.isdecimal() or len(typed) > 3 or int(typed) > oldest:
        raise Unreadable(gettext("Kirjoita ikä vuosina, esimerkiksi 3."))
    return int(typed)


def phone(typed: str) -> str:
    """Return a telephone number as typed.

    Raises:
        Unreadable: it cannot be dialled.
    """
    if typed and (_NOT_PHONE.search(typed) or sum(sign.isdigit() for sign in typed) not in _PHONE_DIGITS):
        raise Unreadable(gettext("Tarkista puhelinnumero. Kirjoita se esimerkiksi näin: 040 123 4567."))
    return at_most(typed, 30)


def email(typed: str) -> str:
    """Return an e-mail address in small letters.

    Raises:
        Unreadable: nothing can be sent there.
    """
    try:
        if typed:
            validate_email(typed)
    except ValidationError:
        said = gettext("Tarkista sähköpostiosoite. Kirjoita se esimerkiksi näin: nimi@posti.fi.")
        raise Unreadable(said) from None
    return typed.lower()


def address(typed: str) -> str:
    """Return an address of the web; one without a scheme gets one.

    Raises:
        Unreadable: it leads nowhere.
    """
    if not typed:
        return ""
    full = typed if "://" in typed else f"https://{typed}"
    try:
        _ADDRESS(full)
    except ValidationError:
        said = gettext("Tarkista verkko-osoite. Kirjoita se esimerkiksi näin: https://yhdistys.example.")
        raise Unreadable(said) from None
    return at_most(full, 500)
