"""Rules of staff sign-in: delays, steps of one-time codes, the life of a session. Pure."""

import hmac
import re
import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import pyotp

from turvaverkko.core.ids import ALPHABET, MISREAD

# Unit: minutes without a request. Source: own default; a desk that is left is a desk anybody can read.
IDLE: Final = timedelta(minutes=15)
# Unit: hours from sign-in. Source: own default; a long working day, never two of them.
LONGEST: Final = timedelta(hours=10)
# Unit: seconds. How exactly idleness is known: a write at every request would cost more than it tells.
SEEN_EVERY: Final = timedelta(seconds=60)
# Unit: minutes for which a code given again counts as fresh. Source: own default.
FRESH: Final = timedelta(minutes=5)
# Unit: minutes between the password and the code.
CHALLENGE: Final = timedelta(minutes=5)
# Unit: hours. What a locked or ended session interrupted is kept this long.
KEPT: Final = timedelta(hours=2)
# Unit: hours. A link by which an account is taken into use.
INVITATION: Final = timedelta(hours=72)
# Unit: days. A place from which an account signed in lately is known.
KNOWN_PLACE: Final = timedelta(days=90)
# Unit: days. Ended sessions stay in the list of own sessions and for what they interrupted.
ENDED_SESSIONS: Final = timedelta(days=1)

# Unit: seconds. Source: RFC 6238, the default of every authenticator.
STEP: Final = 30
# Unit: steps to either side. Source: RFC 6238 § 5.2; clocks of telephones differ a little.
DRIFT: Final = 1

# Unit: signs and codes. 29^12 is about 2^58: not to be guessed, so delays need not stand in their way.
BACKUP_LENGTH: Final = 12
BACKUP_GROUP: Final = 4
BACKUP_CODES: Final = 10


class Key(StrEnum):
    """What tries are counted by."""

    PAIR = "pair"  # one account from one address
    ACCOUNT = "account"  # one account from any address where it is not known
    ADDRESS = "address"  # one address, whatever the account
    SESSION = "session"  # the lock and the step-up of one session


# Unit: tries without a delay. An office of many desks shares one address.
FREE_TRIES: Final = {Key.PAIR: 5, Key.ACCOUNT: 20, Key.ADDRESS: 60, Key.SESSION: 5}
# Unit: seconds and minutes. The delay doubles with each try until the longest: it never becomes a lock-out.
FIRST_DELAY: Final = timedelta(seconds=5)
LONGEST_DELAY: Final = {
    Key.PAIR: timedelta(minutes=15),
    Key.ACCOUNT: timedelta(minutes=15),
    Key.ADDRESS: timedelta(minutes=1),
    Key.SESSION: timedelta(minutes=5),
}
# Unit: hours after the last try.
TRIES_FORGOTTEN: Final = timedelta(hours=24)


class State(StrEnum):
    """What a session is good for."""

    NONE = "none"
    OPEN = "open"
    LOCKED = "locked"
    OVER = "over"


def delay_after(key: Key, tries: int) -> timedelta:
    """How long nobody is listened to after so many tries in a row.

    Examples:
        >>> [delay_after(Key.PAIR, tries).seconds for tries in (1, 5, 6, 7, 8)]
        [0, 0, 5, 10, 20]
        >>> delay_after(Key.PAIR, 10_000)
        datetime.timedelta(seconds=900)
    """
    over = tries - FREE_TRIES[key]
    if over <= 0:
        return timedelta()
    longest = LONGEST_DELAY[key]
    doublings = min(over - 1, 20)  # beyond this every delay is the longest
    return min(FIRST_DELAY * (1 << doublings), longest)


def step_at(moment: datetime) -> int:
    """The step of one-time codes in which a moment lies.

    Examples:
        >>> step_at(datetime.fromisoformat("1970-01-01T00:01:29+00:00"))
        2
    """
    return int(moment.timestamp()) // STEP


def accepted_step(secret: str, code: str, *, at: datetime, last_step: int) -> int | None:
    """The step whose code this is, or None: wrong, too old, or used already.

    Every step near the moment is compared, so that the time taken tells nothing.

    Args:
        secret: base32.
        code: six digits.
        at: the present moment.
        last_step: the last step whose code was accepted; it and all before it are spent.
    """
    maker = pyotp.TOTP(secret, interval=STEP)
    now = step_at(at)
    fitting = None
    for step in range(now - DRIFT, now + DRIFT + 1):
        is_same = hmac.compare_digest(maker.generate_otp(step), code)
        if is_same and step > last_step:
            fitting = step
    return fitting


def read_digits(typed: str) -> str:
    """The digits of a typed one-time code; Arabic and other digits count as the ones they are.

    Examples:
        >>> read_digits(" 123 456 "), read_digits("١٢٣٤٥٦"), read_digits("hunter2")
        ('123456', '123456', '')
    """
    signs = re.sub(r"[\s\-\u2010-\u2015\u200e\u200f]", "", typed)
    digits = [unicodedata.digit(sign, -1) for sign in signs[:12]]
    return "" if -1 in digits or len(signs) != 6 else "".join(map(str, digits))


def read_backup_code(typed: str) -> str:
    """The signs of a typed backup code, or an empty text when it cannot be one.

    Examples:
        >>> read_backup_code("7k3m-9qtr 2bcd")
        '7K3M9QTR2BCD'
        >>> read_backup_code("123456")
        ''
    """
    signs = re.sub(r"[\s\-\u2010-\u2015\u200e\u200f]", "", typed[:60]).upper().translate(MISREAD)
    return signs if len(signs) == BACKUP_LENGTH and set(signs) <= set(ALPHABET) else ""


def grouped(signs: str) -> str:
    """Signs in groups of four, easy to copy by hand.

    Examples:
        >>> grouped("7K3M9QTR2BCD")
        '7K3M-9QTR-2BCD'
    """
    return "-".join(signs[at : at + BACKUP_GROUP] for at in range(0, len(signs), BACKUP_GROUP))


def state_at(
    now: datetime,
    *,
    started_at: datetime,
    seen_at: datetime,
    locked_at: datetime | None,
    ended_at: datetime | None,
) -> State:
    """What a session is good for at a moment: it locks when idle and ends after a long day."""
    if ended_at is not None or now - started_at >= LONGEST:
        return State.OVER
    if locked_at is not None or now - seen_at >= IDLE:
        return State.LOCKED
    return State.OPEN


def is_fresh(now: datetime, confirmed_at: datetime, within: timedelta) -> bool:
    """Whether a code given at `confirmed_at` still speaks for a sensitive act."""
    return now - confirmed_at < within
