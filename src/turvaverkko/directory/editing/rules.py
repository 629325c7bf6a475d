"""Rules of joining and editing. Pure: no database, no web; the day comes in as a value."""

from datetime import date, timedelta
from typing import Final

from stdnum.fi import ytunnus

from turvaverkko.directory.recurrence import LONGEST_SERIES

# Codes of the policies of the county pack that promise an answer.
JOIN_PROMISE: Final = "join-answer"
REVIEW_PROMISE: Final = "review-answer"

# Unit: asks to join from one address in an hour. Source: own default; an office of NGOs shares one address.
JOINS: Final = 5
JOINS_WINDOW: Final = timedelta(hours=1)
# Unit: minutes. How long a link of sign-in is good, once. Source: own default.
LINK_LASTS: Final = timedelta(minutes=30)
# Unit: digits and tries. A link with a guessed code opens once in 200,000.
CODE_DIGITS: Final = 6
CODE_TRIES: Final = 5
# Unit: links to one account, and from one address of the net, while a link lasts.
LINKS_TO_ACCOUNT: Final = 3
LINKS_FROM_ADDRESS: Final = 20
# Unit: days after the answer. Then the applicant's e-mail and role are forgotten, and the link leads nowhere.
JOIN_KEPT: Final = timedelta(days=90)

# Kinds of organisations whose listings are looked at first, where the county's pack says nothing.
REVIEWED_KINDS: Final = frozenset({"ngo", "parish", "company"})

# Unit: signs.
LINE: Final = 200
TEXT: Final = 4000
COMMENT: Final = 2000
# Unit: rows of times in one form. More is a programme: several listings.
MOST_TIMES: Final = 4
OLDEST: Final = 120  # years
WEEK: Final = 7  # days
# Unit: days. A series is planned for a year at most; its laying out goes no further.
LONGEST_SEASON: Final = LONGEST_SERIES


def business_code(typed: str) -> str:
    """Return a business code (Y-tunnus) in its one form, or an empty text when its check digit is wrong.

    Examples:
        >>> business_code(" 0000001-9 "), business_code("00000019"), business_code("0000001-8")
        ('0000001-9', '0000001-9', '')
    """
    return str(ytunnus.format(typed)) if ytunnus.is_valid(typed) else ""


def first_on(start: date, weekday: int) -> date:
    """Return the first day of a weekday from a day on, that day included.

    Examples:
        >>> first_on(date(2026, 11, 23), 1).isoformat(), first_on(date(2026, 11, 23), 0).isoformat()
        ('2026-11-24', '2026-11-23')
    """
    return start + timedelta(days=(weekday - start.weekday()) % WEEK)


def is_reviewed(kind: str, reviewed: frozenset[str], *, is_trusted: bool) -> bool:
    """Tell whether what an organisation of a kind writes is looked at before it is public.

    Examples:
        >>> is_reviewed("ngo", REVIEWED_KINDS, is_trusted=False)
        True
        >>> is_reviewed("ngo", REVIEWED_KINDS, is_trusted=True), is_reviewed(
        ...     "county", REVIEWED_KINDS, is_trusted=False
        ... )
        (False, False)
    """
    return kind in reviewed and not is_trusted
