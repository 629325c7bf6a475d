"""Deadlines in words: the short ones of a queue and the sentence that explains one. Today is given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from turvaverkko.core import calendars
from turvaverkko.core.deadlines import NO_LOCAL_DAYS, Due, Light, LocalDays, Unit, day_test
from turvaverkko.core.explanations import explain, full_date
from turvaverkko.core.time_source import local_day, to_local
from turvaverkko.looks.words import (
    WEEK,
    clock_text,
    day_words,
    isolated,
    soon_words,
    weekday_on,
    with_isolated_numbers,
)
from turvaverkko.work import rules
from turvaverkko.work.models import PAUSE_REASONS, Deadline
from turvaverkko.work.rules import PauseReason, ShownDeadline

T = TypeVar("T", Deadline, ShownDeadline)
Told = Deadline | ShownDeadline
LIGHT_CODES = {Light.EARLY: "early", Light.HALF: "half", Light.NEAR: "near", Light.FULL: "full"}


@dataclass(frozen=True, slots=True)
class DueWords:
    """What a queue says of a deadline.

    Attributes:
        text: the shortest clear words.
        light: "early", "half", "near", "full" (the last day), "late", "paused", "met", "met-late",
            "dropped", or "none" where nothing is due.
    """

    text: SafeString
    light: str


def foremost(deadlines: Iterable[T]) -> T | None:
    """Return the deadline that a queue shows: the earliest that runs, else one that stands still."""
    still_open = [d for d in deadlines if d.met_at is None and d.dropped_at is None]
    return min(still_open, key=lambda d: (d.paused_at is not None, d.due_at, d.pk or 0), default=None)


def due_words(deadline: Told | None, now: datetime, local: LocalDays = NO_LOCAL_DAYS) -> DueWords:
    """Return "tänään klo 16", "2 toimistopäivää myöhässä", "odottaa perhettä" with the code of the light.

    Args:
        deadline: see `foremost`; None when nothing is due.
        now: aware.
        local: closing days and school breaks by which lateness is counted.
    """
    if deadline is None:
        return DueWords(SafeString(""), "none")
    if deadline.met_at is not None:
        return _met(deadline, deadline.met_at, local)
    if deadline.dropped_at is not None:
        return DueWords(conditional_escape(gettext("raukesi")), "dropped")
    if deadline.paused_at is not None:
        return DueWords(_paused(deadline), "paused")
    if rules.is_late(deadline.due_at, now):
        return DueWords(with_isolated_numbers(_late(deadline, now, local)), "late")
    today = local_day(now)
    light = rules.light(today, deadline.half_day, deadline.near_day, deadline.last_day)
    return DueWords(_when(deadline, today), LIGHT_CODES[light])


def explanation(
    deadline: Deadline, due: Due | None, pauses: Mapping[str, int], local: LocalDays, *, opening: str = ""
) -> str:
    """Return why a deadline is on its day, what it waited for, and how it went.

    Args:
        deadline: as stored.
        due: the run as it was promised; None when the version of its policy is gone.
        pauses: days of its own calendar by which it moved, by reason.
        local: closing days and school breaks.
        opening: what began the run, already translated.
    """
    if due is None:
        first = gettext("Määräaika on %(due)s.") % {"due": _last_moment(deadline)}
    else:
        first = explain(due, opening=opening or None)
    sentences = [first, *(_waited(deadline, reason, days) for reason, days in pauses.items() if days)]
    if any(pauses.values()) and due is not None:
        sentences.append(gettext("Uusi määräaika on %(due)s.") % {"due": _last_moment(deadline)})
    return " ".join([*sentences, *_how_it_went(deadline, local)])


def _how_it_went(deadline: Deadline, local: LocalDays) -> list[str]:
    if deadline.met_at is not None:
        day = {"day": full_date(local_day(deadline.met_at))}
        if not rules.is_late(deadline.due_at, deadline.met_at):
            return [gettext("Hoidettu ajoissa %(day)s.") % day]
        late = {"late": _late(deadline, deadline.met_at, local)}
        return [gettext("Hoidettu %(day)s, %(late)s.") % {**day, **late}]
    if deadline.dropped_at is not None:
        return [gettext("Määräaika raukesi %(day)s.") % {"day": full_date(local_day(deadline.dropped_at))}]
    if deadline.paused_at is not None:
        return [gettext("Nyt määräaika ei kulu: %(reason)s.") % {"reason": _reason(deadline)}]
    return []


def _met(deadline: Told, met_at: datetime, local: LocalDays) -> DueWords:
    if not rules.is_late(deadline.due_at, met_at):
        return DueWords(conditional_escape(gettext("hoidettu ajoissa")), "met")
    text = gettext("hoidettu %(late)s") % {"late": _late(deadline, met_at, local)}
    return DueWords(with_isolated_numbers(text), "met-late")


def _paused(deadline: Told) -> SafeString:
    if deadline.paused_until is None:
        return conditional_escape(_reason(deadline))
    return format_html(
        gettext("{reason}, jatkuu {day}"), reason=_reason(deadline), day=day_words(deadline.paused_until)
    )


def _reason(deadline: Told) -> str:
    return str(dict(PAUSE_REASONS)[deadline.pause_reason])


def _when(deadline: Told, today: date) -> SafeString:
    """Return when it is due: with the time of day where a promise has one, else the day."""
    if deadline.counted_in == Unit.AT_ONCE:
        return conditional_escape(gettext("heti"))
    last = deadline.last_day
    if _ends_with_the_day(deadline):
        return _day_from(last, today)
    if last == today:
        at = isolated(clock_text(to_local(deadline.due_at).time()))
        return format_html(gettext("tänään klo {time}").replace(" {", "\u00a0{"), time=at)
    return soon_words(deadline.due_at, today)


def _day_from(day: date, today: date) -> SafeString:
    if day == today:
        return conditional_escape(gettext("tänään"))
    if day == today + timedelta(days=1):
        return conditional_escape(gettext("huomenna"))
    return conditional_escape(weekday_on(day)) if day < today + timedelta(days=WEEK) else day_words(day)


def _ends_with_the_day(deadline: Told) -> bool:
    return to_local(deadline.due_at).time() == time.min


def _last_moment(deadline: Deadline) -> str:
    if _ends_with_the_day(deadline):
        return full_date(deadline.last_day)
    hours = to_local(deadline.due_at)
    return pgettext("due date and time of day", "%(day)s kello %(time)s") % {
        "day": full_date(deadline.last_day),
        "time": f"{hours.hour}.{hours.minute:02d}",
    }


def _late(deadline: Told, moment: datetime, local: LocalDays) -> str:
    """Return how late, counted in the deadline's own calendar; within a day only that it is late."""
    counted_in = Unit(deadline.counted_in)
    days = calendars.count_days(deadline.last_day, local_day(moment), day_test(counted_in, local))
    if not days:
        return gettext("myöhässä")
    if counted_in == Unit.WORKING_DAYS:
        text = ngettext("%(n)s arkipäivän myöhässä", "%(n)s arkipäivää myöhässä", days)
    elif counted_in == Unit.OFFICE_DAYS:
        text = ngettext("%(n)s toimistopäivän myöhässä", "%(n)s toimistopäivää myöhässä", days)
    elif counted_in == Unit.SCHOOL_DAYS:
        text = ngettext("%(n)s koulupäivän myöhässä", "%(n)s koulupäivää myöhässä", days)
    else:
        text = ngettext("%(n)s päivän myöhässä", "%(n)s päivää myöhässä", days)
    return text % {"n": days}


def _waited(deadline: Deadline, reason: str, days: int) -> str:
    """Return "Odotettiin perhettä 3 toimistopäivää."."""
    lengths = {
        Unit.WORKING_DAYS: ngettext("%(n)s arkipäivän", "%(n)s arkipäivää", days),
        Unit.OFFICE_DAYS: ngettext("%(n)s toimistopäivän", "%(n)s toimistopäivää", days),
        Unit.SCHOOL_DAYS: ngettext("%(n)s koulupäivän", "%(n)s koulupäivää", days),
    }
    length = lengths.get(Unit(deadline.counted_in)) or ngettext("%(n)s päivän", "%(n)s päivää", days)
    sentences = {
        PauseReason.WAITING_FAMILY: gettext("Odotettiin perhettä %(days)s."),
        PauseReason.WAITING_CONSENT: gettext("Odotettiin suostumusta %(days)s."),
        PauseReason.AGREED_LATER: gettext("Perheen kanssa sovittiin myöhempi aika: odotettiin %(days)s."),
    }
    return sentences[PauseReason(reason)] % {"days": length % {"n": days}}
