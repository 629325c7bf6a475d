"""The Finnish almanac: public holidays and the two eves on which offices are shut.

The days come from the library `holidays`; the tests compare them with a list typed by hand from the
almanac, year by year. The library files Midsummer Eve and Christmas Eve under "public" although no act
makes them public holidays: they are separated here, because the statutory calendar counts them.
"""

from datetime import date
from functools import cache

import holidays

# The names under which the library lists the eves in Finnish.
EVE_NAMES = frozenset({"Juhannusaatto", "Jouluaatto"})


@cache
def _days_of(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Return (public holidays, eves) of a year."""
    listed = holidays.country_holidays("FI", years=year, language="fi")
    eves = frozenset(day for day, name in listed.items() if name in EVE_NAMES)
    return frozenset(listed) - eves, eves


def public_holidays(year: int) -> frozenset[date]:
    """Return the public holidays of a year (also those on a Saturday or Sunday), without the eves."""
    return _days_of(year)[0]


def eves(year: int) -> frozenset[date]:
    """Return Midsummer Eve and Christmas Eve of a year."""
    return _days_of(year)[1]


def is_public_holiday(day: date) -> bool:
    """Tell whether the day is a public holiday; the eves are not.

    Examples:
        >>> is_public_holiday(date(2026, 12, 25)), is_public_holiday(date(2026, 12, 24))
        (True, False)
    """
    return day in public_holidays(day.year)


def is_eve(day: date) -> bool:
    """Tell whether the day is Midsummer Eve or Christmas Eve.

    Examples:
        >>> is_eve(date(2026, 6, 19)), is_eve(date(2026, 12, 31))
        (True, False)
    """
    return day in eves(day.year)
