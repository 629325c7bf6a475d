"""Times as packs write them: the key by which the rules tell one from another."""

import re
from datetime import date
from typing import Final

from turvaverkko.indicators.rules import Period, PeriodKind, month, quarter, year

FORMS: Final = (
    (re.compile(r"([0-9]{4})"), lambda y: year(int(y))),
    (re.compile(r"([0-9]{4})-Q([1-4])"), lambda y, q: quarter(int(q), int(y))),
    (re.compile(r"([0-9]{4})-([0-9]{2})"), lambda y, m: month(int(m), int(y))),
    (
        re.compile(r"round ([0-9]{4})-([0-9]{2})"),
        lambda y, m: month(int(m), int(y), PeriodKind.ROUND),
    ),
    (re.compile(r"round ([1-9][0-9]?)"), lambda n: Period(None, None, PeriodKind.ORDER, int(n))),
    (
        re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})/([0-9]{4}-[0-9]{2}-[0-9]{2})"),
        lambda a, b: Period(date.fromisoformat(a), date.fromisoformat(b), PeriodKind.INTERVAL),
    ),
    (re.compile(r"(target|unknown)"), lambda word: Period(None, None, PeriodKind(word))),
)


def period_of(written: str) -> Period:
    """Return the time that a key tells; the inverse of `rules.key_of`.

    "2021", "2021-Q3", "2021-05", "round 2021-05", "round 2", "2021-10-01/2022-06-18", "target", "unknown".

    Raises:
        ValueError: it is none of these, there is no such month or day, or it ends before it begins.
    """
    for pattern, make in FORMS:
        if found := pattern.fullmatch(written):
            period: Period = make(*found.groups())
            if period.start and period.end and period.start > period.end:
                break
            return period
    message = f"No period: {written!r}"
    raise ValueError(message)
