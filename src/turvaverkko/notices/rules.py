"""Rules of notices: how long one is held, tried and remembered, and when it is safe to send. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from turvaverkko.core.time_source import HELSINKI, to_local

# Source: own default. Time to press "undo" before anything leaves.
HOLD: Final = timedelta(seconds=10)
# Counted from the first failure. Source: a mail server's outage of a day, and a night more.
PATIENCE: Final = timedelta(hours=36)
# Unit: seconds for one answer of the mail server. Source: own default.
ANSWER_WITHIN: Final = 8.0
# Unit: seconds for the part that holds the row's lock. Source: shorter than the 20 s that a writer waits on
# SQLite (docs/adr/0002), so that a slow mail server makes nobody's form fail.
LETTER_WITHIN: Final = 12.0
# Counted from sending. Source: own default; mail servers try for up to five days (RFC 5321, 4.5.4.1).
ADDRESS_KEPT: Final = timedelta(days=7)
# Counted from giving up. Source: own default; after a month a notice tells nobody anything.
DEAD_KEPT: Final = timedelta(days=30)
# Counted from the end. Source: own default; "was I told?" is asked within the year.
ROW_KEPT: Final = timedelta(days=365)
# Unit: dead letters that one press of a button tries again. Source: own default; under a second of writing.
RETRIED_AT_ONCE: Final = 200
# Source: own default. A notice this late has lost its job and gets another.
LATE: Final = timedelta(minutes=15)

CODE: Final = re.compile(r"[a-z0-9][a-z0-9_.:/-]{0,119}")


class NotACode(ValueError):
    """A key or a purpose is not a short code; the error does not repeat it."""


@dataclass(frozen=True, slots=True)
class SafeHours:
    """The hours of the Finnish day in which notices may arrive; may go over midnight.

    Attributes:
        opens: first safe moment.
        closes: first moment that is no longer safe.

    Raises:
        ValueError: both are the same, which would say always as well as never.
    """

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens == self.closes:
            message = "Safe hours begin and end at different times."
            raise ValueError(message)

    def contain(self, moment: datetime) -> bool:
        """Tell whether a moment is safe."""
        at = to_local(moment).time()
        if self.opens < self.closes:
            return self.opens <= at < self.closes
        return at >= self.opens or at < self.closes


def next_safe(moment: datetime, hours: SafeHours | None) -> datetime:
    """Return the moment itself, or the next at which safe hours begin.

    Examples:
        >>> from datetime import UTC
        >>> evening = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)  # half past eight in Finland
        >>> next_safe(evening, SafeHours(time(9), time(15))).isoformat()
        '2026-11-24T09:00:00+02:00'
    """
    if hours is None or hours.contain(moment):
        return moment
    day = to_local(moment).date()
    opening = datetime.combine(day, hours.opens, HELSINKI)
    if opening <= moment:
        opening = datetime.combine(day + timedelta(days=1), hours.opens, HELSINKI)
    return opening


def checked_code(text: str) -> str:
    """Return a code.

    Raises:
        NotACode: it is something else; people's words do not belong into keys.
    """
    if not CODE.fullmatch(text):
        message = "A key and a purpose are codes: small letters, digits and _ . : / -"
        raise NotACode(message)
    return text
