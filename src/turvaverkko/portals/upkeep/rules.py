"""Rules of upkeep: when the work stands still, and what of an error may be shown. Pure."""

import re
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

# Who looks after jobs and letters; the right itself is `notices.api.may_tend_letters`.
ROLE: Final = "technical-administrator"
# Source: own default. The clock begins jobs every minute and every five; a worker that ended none of them in
# this time is not there.
WORKER_SILENT: Final = timedelta(minutes=10)
# Source: own default. What could run and has waited this long waits for more than its turn.
QUEUE_LATE: Final = timedelta(minutes=15)
# Unit: stopped jobs and letters on one page.
PAGE: Final = 20
# Unit: pages. A number from the address goes into a query.
MOST_PAGES: Final = 10_000
# Why something is put aside. Codes, because the log keeps them for years.
REASONS: Final = ("done-otherwise", "outdated", "cannot-succeed", "trial")

# What `core.jobs` keeps of an error: its class with its module, and the place.
_ERROR: Final = re.compile(
    r"[A-Za-z_]\w*(?:\.(?:[A-Za-z_]\w*|<locals>))*\.([A-Za-z_]\w*)( at [^ ]+:\d+)?", re.ASCII
)
# The dotted name of a function.
_NAME: Final = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)*")
# The reply of a mail server (RFC 5321, 4.2.1): 4 says later, 5 says no.
_REFUSAL: Final = re.compile(r"smtp-([2-5])\d\d")
# What the mail adapter calls the failures that have no reply.
_OUTER_FAULTS: Final = frozenset({"smtp", "disconnected", "timeout", "refused", "tls", "network"})
# Unit: signs of a code in the log (`trail.payload`).
_LONGEST_CODE: Final = 64


class Source(StrEnum):
    """What has stopped. The values stand in addresses and forms."""

    JOB = "tyo"
    NOTICE = "ilmoitus"


class Light(StrEnum):
    """How things are, the worst first."""

    NO_WORKER = "no-worker"
    QUEUE_STANDS = "queue-stands"
    SOMETHING_STOPPED = "something-stopped"
    ALL_GOES = "all-goes"


def light(*, stopped: int, oldest_due: datetime | None, seen_at: datetime | None, now: datetime) -> Light:
    """Return the one thing to say first.

    Args:
        stopped: how many jobs and letters wait for a person.
        oldest_due: since when the first waiting job could run; None: nothing is due.
        seen_at: when a worker was last seen alive; None: never.
        now: the present moment.

    Examples:
        >>> from datetime import UTC
        >>> noon = datetime(2026, 11, 23, 10, tzinfo=UTC)
        >>> light(stopped=0, oldest_due=None, seen_at=noon - timedelta(minutes=10), now=noon).value
        'all-goes'
        >>> light(stopped=9, oldest_due=None, seen_at=noon - timedelta(minutes=11), now=noon).value
        'no-worker'
    """
    if seen_at is None or now - seen_at > WORKER_SILENT:
        return Light.NO_WORKER
    if oldest_due is not None and now - oldest_due > QUEUE_LATE:
        return Light.QUEUE_STANDS
    return Light.SOMETHING_STOPPED if stopped else Light.ALL_GOES


def error_class(kept: str) -> str:
    """Return the bare class name of what a job keeps of its last error; empty when it is anything else.

    A job keeps class and place. Should a message ever get there, nothing of it is shown.

    Examples:
        >>> error_class("django.db.utils.OperationalError at base.py:105")
        'OperationalError'
        >>> error_class("ValueError: aino@perhe.example")
        ''
    """
    found = _ERROR.fullmatch(kept)
    return found[1] if found else ""


def reason_class(because: str) -> str:
    """Return of which kind the latest failure of a letter was: a code that tells nothing of the recipient.

    Examples:
        >>> reason_class("smtp-550"), reason_class("smtp-421"), reason_class("aino@perhe.example")
        ('recipient', 'later', 'other')
    """
    if reply := _REFUSAL.fullmatch(because):
        return "recipient" if reply[1] == "5" else "later"
    return because if because in _OUTER_FAULTS else "other"


def code_of(name: str) -> str:
    """Return the name of a task as the log and the page write it; empty when it is no name of a task.

    Examples:
        >>> code_of("turvaverkko.trail.jobs.seal_access_log"), code_of("Aino Esimerkki")
        ('trail.jobs.seal_access_log', '')
    """
    short = name.removeprefix("turvaverkko.")
    return short if _NAME.fullmatch(short) and len(short) <= _LONGEST_CODE else ""


def page_number(asked: str) -> int:
    """Return the page that an address asks for; the first when it is no number of a page."""
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= len(str(MOST_PAGES))
    return min(max(int(asked), 1), MOST_PAGES) if is_number else 1
