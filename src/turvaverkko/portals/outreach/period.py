"""The months of which visits are counted, as somebody typed them. Pure."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

# Unit: months. Three years are compared at most; more makes no question about outreach.
LONGEST: Final = 36
_MONTH: Final = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day of a month to the last day of a month.

    Attributes:
        typed: the two months as they were typed, for the form.
        is_wrong: what was typed is no such period; the year so far stands in for it.
    """

    first: date
    last: date
    typed: tuple[str, str]
    is_wrong: bool = False


def period_of(begins: str, ends: str, today: date) -> Period:
    """Return the months that were asked for; nothing asked is this year up to its end.

    Examples:
        >>> period_of("2026-10", "2026-11", date(2026, 11, 23)).last
        datetime.date(2026, 11, 30)
        >>> period_of("2026-13", "", date(2026, 11, 23)).is_wrong
        True
    """
    usual = (f"{today.year}-01", f"{today.year}-12")
    asked = (begins or usual[0], ends or usual[1])
    first, last = (_month(typed) for typed in asked)
    if first is None or last is None or not 0 <= _months(first, last) < LONGEST:
        return Period(date(today.year, 1, 1), date(today.year, 12, 31), asked, is_wrong=True)
    return Period(first, last.replace(day=calendar.monthrange(last.year, last.month)[1]), asked)


def _month(typed: str) -> date | None:
    found = _MONTH.fullmatch(typed)
    return date(int(found[1]), int(found[2]), 1) if found else None


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month
