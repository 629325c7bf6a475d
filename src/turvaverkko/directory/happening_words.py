"""Happenings in words: kinds, who comes on a visit, how often, and when next. Asks the database nothing."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from django.utils.dates import WEEKDAYS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop, pgettext

from turvaverkko.core.time_source import to_local
from turvaverkko.directory.recurrence import CANCELLED, MOVED, WEEK, Every, Pattern
from turvaverkko.looks.words import day_words, isolated, short_date, time_range, weekday_short

KINDS: Final = {
    "open": gettext_noop("Avoin paikka"),
    "group": gettext_noop("Ryhmä"),
    "course": gettext_noop("Kurssi"),
    "evening": gettext_noop("Ilta aikuisille"),
    "party": gettext_noop("Juhla tai tapahtuma"),
    "outreach": gettext_noop("Ammattilainen paikalla"),
    "volunteers": gettext_noop("Vapaaehtoiseksi"),
}
# Which kind of professional comes to where families are.
SPECIALTIES: Final = {
    "public-health-nurse": gettext_noop("Terveydenhoitaja"),
    "midwife": gettext_noop("Kätilö"),
    "family-worker": gettext_noop("Perheohjaaja"),
    "social-counsellor": gettext_noop("Sosiaaliohjaaja"),
    "social-worker": gettext_noop("Sosiaalityöntekijä"),
    "child-welfare-officer": gettext_noop("Lastenvalvoja"),
    "psychologist": gettext_noop("Psykologi"),
    "psychiatric-nurse": gettext_noop("Psykiatrinen sairaanhoitaja"),
    "school-social-worker": gettext_noop("Kuraattori"),
    "speech-therapist": gettext_noop("Puheterapeutti"),
    "occupational-therapist": gettext_noop("Toimintaterapeutti"),
    "physiotherapist": gettext_noop("Fysioterapeutti"),
    "dental-hygienist": gettext_noop("Suuhygienisti"),
    "dietitian": gettext_noop("Ravitsemusterapeutti"),
    "special-needs-teacher": gettext_noop("Varhaiskasvatuksen erityisopettaja"),
    "youth-worker": gettext_noop("Etsivä nuorisotyöntekijä"),
}
SIGN_UP: Final = {
    "none": gettext_noop("Ei ilmoittautumista"),
    "needed": gettext_noop("Ilmoittaudu ennen"),
    "liked": gettext_noop("Ilmoittautuminen auttaa järjestäjää, mutta ei ole pakko"),
}
STATES: Final = {CANCELLED: gettext_noop("Peruttu"), MOVED: gettext_noop("Siirretty")}
_NTH: Final = (
    gettext_noop("kuukauden ensimmäinen {weekday}"),
    gettext_noop("kuukauden toinen {weekday}"),
    gettext_noop("kuukauden kolmas {weekday}"),
    gettext_noop("kuukauden neljäs {weekday}"),
    gettext_noop("kuukauden viimeinen {weekday}"),
)


def kind_words(kind: str, specialty: str = "") -> str:
    """Return what a happening is; of a visit who comes."""
    return gettext(SPECIALTIES[specialty] if specialty in SPECIALTIES else KINDS[kind])


def state_words(state: str) -> str:
    """Return "Peruttu" or "Siirretty"; nothing of a time that goes as planned."""
    return gettext(STATES[state]) if state in STATES else ""


def rhythm(patterns: Sequence[Pattern], today: date) -> SafeString:
    """Return how often a series is and until when: "joka tiistai ja torstai, 15.12. asti"; nothing of a date.

    Patterns that are over are left out.
    """
    running = [one for one in patterns if one.every is not Every.ONCE and (one.last or one.first) >= today]
    ends = sorted(running, key=lambda one: (one.last or one.first, one.every, one.first.weekday()))
    said = [
        _until(
            _joined(
                _repeat_words(every, list(same)) for every, same in groupby(alike, lambda one: one.every)
            ),
            last,
        )
        for last, alike in groupby(ends, lambda one: one.last or one.first)
    ]
    return SafeString("; ".join(said))


def is_series(patterns: Sequence[Pattern]) -> bool:
    """Tell whether it comes again, rather than being on one or several single dates."""
    return any(one.every is not Every.ONCE for one in patterns)


def when(starts_at: datetime, ends_at: datetime, today: date) -> SafeString:
    """Return "tänään 9.30–12", "huomenna 9.30–12" or "to 26.11. 9.30–12"."""
    first = to_local(starts_at)
    return format_html("{} {}", _near_day(first.date(), today), hours(starts_at, ends_at))


def full_when(starts_at: datetime, ends_at: datetime) -> SafeString:
    """Return "torstaina 26.11. klo 9.30–12"."""
    said = pgettext("päivä ja kellonaika", "{day} klo {time}").replace(" {time}", "\u00a0{time}")
    return format_html(said, day=day_words(to_local(starts_at).date()), time=hours(starts_at, ends_at))


def hours(starts_at: datetime, ends_at: datetime) -> SafeString:
    """Return "9.30–12" in local time."""
    return time_range(to_local(starts_at).time(), to_local(ends_at).time())


def _near_day(day: date, today: date) -> SafeString:
    if day <= today:
        return format_html("{}", gettext("tänään"))
    if day == today + timedelta(days=1):
        return format_html("{}", gettext("huomenna"))
    return format_html("{} {}", weekday_short(day), isolated(short_date(day)))


def _repeat_words(every: str, patterns: Sequence[Pattern]) -> str:
    if every == Every.MONTH:
        return _joined(
            gettext(_NTH[min((one.first.day - 1) // WEEK.days, 4)]).format(weekday=_weekday(one.first))
            for one in patterns
        )
    days = _joined(dict.fromkeys(_weekday(one.first) for one in patterns))
    return (gettext("joka {weekday}") if every == Every.WEEK else gettext("joka toinen {weekday}")).format(
        weekday=days
    )


def _weekday(day: date) -> str:
    return str(WEEKDAYS[day.weekday()])


def _until(words: str, last: date) -> SafeString:
    return format_html(gettext("{often}, {day} asti"), often=words, day=isolated(short_date(last)))


def _joined(parts: Iterable[str]) -> str:
    """Return "a", "a ja b" or "a, b ja c"."""
    *first, last = list(parts)
    if not first:
        return last
    comma = pgettext("luettelossa", ",")
    return gettext("{first} ja {last}").format(first=f"{comma} ".join(first), last=last)
