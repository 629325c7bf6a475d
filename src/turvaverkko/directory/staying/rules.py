"""Rules of staying true. Pure: when a listing is due, whom it is asked of, when an address counts as dead."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from turvaverkko.core.calendars import add_calendar_days
from turvaverkko.directory.rules import Confirmer, confirmation_due, series_confirmation_due

# Unit: calendar days before the due day. Source: design WORKFLOWS, Listing (own default).
ASK_BEFORE: Final = 14
# Unit: calendar days after the due day until an editor takes it up. Source: as above.
ESCALATE_AFTER: Final = 14
# Unit: calendar days between two letters to one organisation. Source: own default; all that is due stands
# behind every link, so one letter a week is enough.
LETTERS_APART: Final = 7
# Source: own default. How long the link of a letter opens its page.
LINK_HOLDS: Final = timedelta(days=30)
# Source: own default. How long an answer can be taken back.
UNDO_WITHIN: Final = timedelta(minutes=10)
# Counted from the end of a correction. Source: own default; what was written is then in the listing.
WORDS_KEPT: Final = timedelta(days=90)
# Unit: days between two checks of an address, by how the last one went. Source: own default.
CHECK_EVERY: Final = 7
CHECK_AGAIN: Final = 1
# Failures on different days before an address counts as dead. Source: a site that is down for a night is not.
DEAD_AFTER: Final = 2


class Stage(StrEnum):
    """How far the confirmation of a listing has come."""

    FRESH = "fresh"
    DUE = "due"
    LATE = "late"
    ESCALATED = "escalated"


class Step(StrEnum):
    """What an organisation is sent about one due day of a listing."""

    ASK = "ask"
    REMIND = "remind"


class Outcome(StrEnum):
    """How one look at an address went."""

    FINE = "fine"
    GONE = "gone"  # 404, 410
    REFUSED = "refused"  # 401, 403, 429: there is a server, but it does not let a machine look
    BROKEN = "broken"  # other statuses from 400 on
    SLOW = "slow"
    UNREACHABLE = "unreachable"
    INSECURE = "insecure"  # the certificate does not hold
    CIRCLES = "circles"  # redirects without end
    FORBIDDEN = "forbidden"  # leads into a private network, or is no address of the web


class LinkState(StrEnum):
    """What is known of an address."""

    FINE = "fine"
    FAILING = "failing"
    DEAD = "dead"
    UNKNOWN = "unknown"  # could not be checked


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an address after some looks.

    Attributes:
        failures: days in a row on which it failed.
        failed_on: the last of them.
    """

    state: LinkState = LinkState.UNKNOWN
    failures: int = 0
    failed_on: date | None = None


def due_day(confirmed_on: date | None, listed_on: date, by: Confirmer) -> date:
    """Return the last day on which a listing counts as confirmed; one that never was is due from the start.

    Examples:
        >>> due_day(date(2026, 8, 22), date(2025, 1, 1), "meeting-place")
        datetime.date(2026, 11, 22)
        >>> due_day(None, date(2026, 11, 1), "public")
        datetime.date(2026, 11, 1)
    """
    return listed_on if confirmed_on is None else confirmation_due(confirmed_on, by)


def series_due_day(
    confirmed_on: date | None, listed_on: date, by: Confirmer, *, last: date | None, today: date
) -> date | None:
    """Return the due day of a happening; None for one that has ended and is in no list any more.

    Args:
        confirmed_on: when it was last confirmed.
        listed_on: when it was published.
        by: at which speed it ages.
        last: its last date; None when no date is known.
        today: the day of asking.
    """
    usual = due_day(confirmed_on, listed_on, by)
    if last is None:
        return usual
    put_away = series_confirmation_due(last)
    if today > put_away:
        return None
    return min(usual, put_away)


def stage(due: date | None, today: date) -> Stage:
    """Return how far the confirmation has come on a day; without a due day nothing is asked.

    Examples:
        >>> stage(date(2026, 12, 1), date(2026, 11, 16)), stage(date(2026, 12, 1), date(2026, 11, 17))
        (<Stage.FRESH: 'fresh'>, <Stage.DUE: 'due'>)
    """
    if due is None or today < due - timedelta(days=ASK_BEFORE):
        return Stage.FRESH
    if today <= due:
        return Stage.DUE
    return Stage.LATE if today <= add_calendar_days(due, ESCALATE_AFTER) else Stage.ESCALATED


def step(found: Stage, sent: Collection[str]) -> Step | None:
    """Return what is to be sent of a listing whose steps `sent` have been for this due day; None: nothing."""
    if found is Stage.FRESH or Step.REMIND in sent:
        return None
    if Step.ASK not in sent:
        return Step.ASK
    return None if found is Stage.DUE else Step.REMIND


def may_write(last_letter: date | None, today: date) -> bool:
    """Tell whether an organisation may be sent another letter today."""
    return last_letter is None or today >= add_calendar_days(last_letter, LETTERS_APART)


def link_holds(asked_at: datetime, now: datetime) -> bool:
    """Tell whether the link of a letter still opens."""
    return now <= asked_at + LINK_HOLDS


def may_undo(answered_at: datetime, now: datetime) -> bool:
    """Tell whether an answer can still be taken back."""
    return now <= answered_at + UNDO_WITHIN


def after_look(before: Known, outcome: Outcome, today: date) -> Known:
    """Return what is known of an address after one more look.

    A second failure on the same day tells nothing new. What refuses machines is neither alive nor dead.
    """
    if outcome is Outcome.FINE:
        return Known(LinkState.FINE)
    if outcome is Outcome.REFUSED:
        return Known(LinkState.UNKNOWN)
    if before.failed_on == today:
        return before
    failures = before.failures + 1
    state = LinkState.DEAD if failures >= DEAD_AFTER else LinkState.FAILING
    return replace(before, state=state, failures=failures, failed_on=today)


def is_to_be_checked(state: str, checked_on: date | None, today: date) -> bool:
    """Tell whether an address is looked at today: weekly, and on the next day when it has just failed."""
    if checked_on is None:
        return True
    every = CHECK_AGAIN if state == LinkState.FAILING else CHECK_EVERY
    return today >= add_calendar_days(checked_on, every)
