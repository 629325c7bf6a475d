"""Rules of service guidance. Pure: who asks, what counts as reached, how long things are kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final


class Asker(StrEnum):
    """Who is asking."""

    PARENT = "parent"
    YOUTH = "youth"
    GRANDPARENT = "grandparent"
    PROFESSIONAL = "professional"
    OTHER = "other"


class Urgency(StrEnum):
    """How urgent the asker says it is."""

    TODAY = "today"
    THIS_WEEK = "this-week"
    CAN_WAIT = "can-wait"


class Way(StrEnum):
    """How the family wants to be reached."""

    CALL = "call"
    MAIL = "mail"
    CODE = "code"  # nobody calls or writes; the family comes back with its code


class Kind(StrEnum):
    """What a request is in law. Only advice has no statutory limit.

    Source: design WORKFLOWS; Social Welfare Act 1301/2014 § 35, Child Welfare Act 417/2007 § 25 (*check*).
    """

    ADVICE = "advice"
    SECTION_35 = "section-35"
    NOTIFICATION = "child-welfare-notification"
    OTHER = "other"


class Resolution(StrEnum):
    """How a request ended (design WORKFLOWS)."""

    ADVISED = "advised"
    SELF_SERVICE = "self-service-given"
    BOOKED = "booked"
    REFERRED = "referred"
    RELATIONSHIP_OPENED = "client-relationship-opened"
    ASSESSMENT_OPENED = "assessment-opened"
    NOTIFICATION_MADE = "child-welfare-notification-made"
    UNREACHABLE = "unreachable"
    PASSED_ON = "passed-on"
    DUPLICATE = "duplicate"


class Outcome(StrEnum):
    """What came of it, as far as is known at the end."""

    GOT_HELP = "got-help"
    PARTLY = "partly"
    NOT = "not"
    UNKNOWN = "unknown"


class Danger(StrEnum):
    """What a same-day urgency check found."""

    IMMEDIATE = "immediate"
    SAME_DAY = "same-day"
    NONE = "none"


class NotNeeded(StrEnum):
    """Why a statutory limit was given up unmet. The first five are a guide's to say, the others follow.

    Source: Social Welfare Act 1301/2014 § 36 and Child Welfare Act 417/2007 § 26 (an assessment, unless it is
    clearly unnecessary), Act on Clients of Social Welfare 812/2000 § 8 (what the client wants); *check*.
    """

    DUPLICATE = "duplicate"
    PASSED_ON = "passed-on"
    UNNECESSARY = "clearly-unnecessary"
    DECLINED = "declined"
    UNIDENTIFIED = "unidentified"
    IN_ASSESSMENT = "goes-on-in-assessment"
    OTHER_KIND = "other-kind"


# The urgency check that each kind needs at once, by policy code of the county pack; met by nothing else.
# Source: Social Welfare Act 1301/2014 § 36, Child Welfare Act 417/2007 § 26 (*check*).
URGENCY: Final = frozenset({"urgent-help", "child-welfare-urgency"})
# The statutory limits that each kind starts, by policy code of the county pack; they run from arrival.
# Source: Social Welfare Act 1301/2014 §§ 35 and 36, Child Welfare Act 417/2007 §§ 25 and 26 (*check*).
STATUTORY: Final = {
    Kind.ADVICE: (),
    Kind.OTHER: (),
    Kind.SECTION_35: ("urgent-help", "assessment-start", "assessment-ready"),
    Kind.NOTIFICATION: (
        "child-welfare-urgency",
        "child-welfare-notification",
        "child-welfare-assessment-ready",
    ),
}
# Which limits an ending answers. Source: Social Welfare Act 1301/2014 § 36 (the assessment starts by the 7th
# working day), Child Welfare Act 417/2007 § 26 (by the 7th working day it is decided whether the need is
# assessed; a notification that is made is so decided); *check*.
MET_BY: Final = {
    Resolution.ASSESSMENT_OPENED: frozenset({"assessment-start", "child-welfare-notification"}),
    Resolution.NOTIFICATION_MADE: frozenset({"child-welfare-notification"}),
}
# Which limits run on in the assessment that the ending opened. Source: the same sections (three months).
RUNS_ON: Final = {
    Resolution.ASSESSMENT_OPENED: frozenset({"assessment-ready", "child-welfare-assessment-ready"}),
    Resolution.NOTIFICATION_MADE: frozenset({"child-welfare-assessment-ready"}),
}
# Endings that say by themselves why a limit is not needed here.
SAYS_WHY: Final = {
    Resolution.DUPLICATE: NotNeeded.DUPLICATE,
    Resolution.PASSED_ON: NotNeeded.PASSED_ON,
}
# The promise to answer; its limit is data of the county pack.
PROMISE: Final = "contact-promise"

# Unit: tries and days. Source: design WORKFLOWS ("unreachable (3 tries on 2 days)").
TRIES_BEFORE_UNREACHABLE: Final = 3
DAYS_OF_TRIES: Final = 2
# Source: design WORKFLOWS ("Reopen within 30 days keeps the thread").
REOPEN_WITHIN: Final = timedelta(days=30)
# Opened again this soon, a closing was a slip: what it met was not met. Source: own default, as long as the
# message with its undo is kept.
SLIP: Final = timedelta(minutes=1)
# Source: design RULES, retention ("unsent drafts 7 days").
DRAFT_KEPT: Final = timedelta(days=7)
# The receipt can be looked at again on the same device. Source: own default.
RECEIPT_SHOWN: Final = timedelta(hours=2)
# Source: design RULES, retention ("anonymous contact details 90 days after closing", own default).
CONTACT_DETAILS_KEPT: Final = timedelta(days=90)
# Unit: characters. An A4 page is about 3,000; longer texts are cut by nobody, the form says how much is left.
WORDS_LENGTH: Final = 5000
MESSAGE_LENGTH: Final = 3000
# How long a code stays open on a device after it was last used. Source: own default.
THREAD_OPEN: Final = timedelta(minutes=30)
# The one cookie of a family that has not signed in: the key of its draft and of its open thread.
DEVICE_COOKIE: Final = "perhe"
# Wrong codes from one address before it has to wait, and the window in which they are counted.
GUESSES: Final = 8
GUESSES_WINDOW: Final = timedelta(minutes=15)
# Unit: requests that one address of the net may send in `SENDINGS_WINDOW`. Source: own default. A school, a
# library or a shelter stands behind one address and must not be shut out; a flood must not bury the families
# in the queue. A county may set another number (`TURVAVERKKO_SENDINGS`); 0 counts nothing.
SENDINGS: Final = 60
# Unit: drafts begun for each request that may be sent. Source: own default; many begin and come back later.
DRAFTS_FOR_A_SENDING: Final = 4
SENDINGS_WINDOW: Final = timedelta(hours=1)


class UrgencyFirst(ValueError):
    """The urgency was not judged: no ending comes before it."""


class LimitOpen(ValueError):
    """A statutory limit is neither met by the ending nor is it said why it is not needed."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What an ending does to open statutory limits, by policy code."""

    met: frozenset[str]
    dropped: Mapping[str, NotNeeded]


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt to reach the family."""

    day: date
    reached: bool


def may_be_unreachable(tries: Sequence[Try]) -> bool:
    """Tell whether enough was tried: three times, on two days at least, none of which reached anybody.

    Examples:
        >>> monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)
        >>> may_be_unreachable([Try(monday, False), Try(monday, False), Try(tuesday, False)])
        True
        >>> may_be_unreachable([Try(monday, False)] * 3)
        False
    """
    missed = [attempt for attempt in tries if not attempt.reached]
    return (
        len(missed) == len(tries)
        and len(missed) >= TRIES_BEFORE_UNREACHABLE
        and len({attempt.day for attempt in missed}) >= DAYS_OF_TRIES
    )


def reasons_for(kind: Kind) -> tuple[NotNeeded, ...]:
    """Return why a guide may say that a statutory limit is not needed, by the kind of the request.

    An assessment is left undone only when it is clearly unnecessary (Social Welfare Act 1301/2014 § 36, Child
    Welfare Act 417/2007 § 26). What the client wants decides in social welfare (812/2000 § 8), not whether a
    child-welfare notification is handled. All *check*.

    Examples:
        >>> [NotNeeded.DECLINED in reasons_for(kind) for kind in (Kind.SECTION_35, Kind.NOTIFICATION)]
        [True, False]
        >>> reasons_for(Kind.ADVICE)
        ()
    """
    if not STATUTORY[kind]:
        return ()
    said = [NotNeeded.DUPLICATE, NotNeeded.PASSED_ON, NotNeeded.UNNECESSARY, NotNeeded.UNIDENTIFIED]
    return tuple(said if kind is Kind.NOTIFICATION else [*said, NotNeeded.DECLINED])


def ended_by(resolution: Resolution, running: Collection[str], why: NotNeeded | None = None) -> Ended:
    """Return what becomes of the statutory limits that still run when a request ends.

    An opened assessment or a notification that was made answers its limit; the three months run on in the
    assessment. Any other ending has to say why the limit is not needed, and none comes before the urgency was
    judged, except that the same matter is being handled already. Source: Social Welfare Act 1301/2014 § 36,
    Child Welfare Act 417/2007 § 26 (*check*).

    Args:
        resolution: how the request ends.
        running: policy codes of its statutory limits that are neither met nor dropped.
        why: what the guide says; an ending that says it by itself needs nothing more.

    Raises:
        UrgencyFirst: the urgency was not judged.
        LimitOpen: a limit is left over without a reason.

    Examples:
        >>> limits = ["child-welfare-notification", "child-welfare-assessment-ready"]
        >>> ended = ended_by(Resolution.NOTIFICATION_MADE, limits)
        >>> sorted(ended.met), {code: str(reason) for code, reason in ended.dropped.items()}
        (['child-welfare-notification'], {'child-welfare-assessment-ready': 'goes-on-in-assessment'})
    """
    met = MET_BY.get(resolution, frozenset()) & set(running)
    on = RUNS_ON.get(resolution, frozenset()) & set(running)
    reason = SAYS_WHY.get(resolution, why)
    if URGENCY & set(running) and reason is not NotNeeded.DUPLICATE:
        raise UrgencyFirst
    left = set(running) - met - on
    if left and reason is None:
        raise LimitOpen
    dropped = dict.fromkeys(sorted(on), NotNeeded.IN_ASSESSMENT)
    return Ended(met, dropped | dict.fromkeys(sorted(left), reason) if reason else dropped)


def was_a_slip(closed_at: datetime, now: datetime) -> bool:
    """Tell whether a closing is taken back so soon that what it met was not met."""
    return now - closed_at <= SLIP


def may_be_reopened(closed_at: datetime, now: datetime) -> bool:
    """Tell whether a closed request may still be opened again with its thread."""
    return now - closed_at <= REOPEN_WITHIN


def contact_details_end(closed_at: datetime) -> datetime:
    """Return the moment at which the contact details of a closed anonymous request are deleted."""
    return closed_at + CONTACT_DETAILS_KEPT
