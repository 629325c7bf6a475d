"""Happenings in words: kinds, who comes on a visit, how often, and when next. Asks the database nothing."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
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
_EVERY: Final = gettext_noop("joka {weekday}")
_EVERY_OTHER: Final = gettext_noop("joka toinen {weekday}")
_NTH: Final = (
    gettext_noop("kuukauden ensimmäinen {weekday}"),
    gettext_noop("kuukauden toinen {weekday}"),
    gettext_noop("kuukauden kolmas {weekday}"),
    gettext_noop("kuukauden neljäs {weekday}"),
    gettext_noop("kuukauden viimeinen {weekday}"),
)

_OFFICE_DAYS: Final = [0, 1, 2, 3, 4]
# Unit: days. An end further away than this could be taken for that of this year.
_FAR: Final = timedelta(days=300)


def kind_words(kind: str, specialty: str = "") -> str:
    """Return what a happening is; of a visit who comes."""
    return gettext(SPECIALTIES[specialty] if specialty in SPECIALTIES else KINDS[kind])


def state_words(state: str) -> str:
    """Return "Peruttu" or "Siirretty"; nothing of a time that goes as planned."""
    return gettext(STATES[state]) if state in STATES else ""


def rhythm(patterns: Sequence[Pattern], today: date) -> SafeString:
    """Return how often a series is and until when: "joka tiistai ja torstai, 15.12. asti"; nothing of a date.

    Seasons of one weekday are told as one. What is over is left out, and so is an end too far away for a
    date without a year.
    """
    ends: dict[tuple[str, int], date] = {}
    for one in patterns:
        last, key = one.last or one.first, (_often(one), one.first.weekday())
        if one.every is not Every.ONCE and last >= today:
            ends[key] = max(last, ends.get(key, last))
    alike: dict[tuple[date, str], list[int]] = {}
    for (often, weekday), last in sorted(ends.items()):
        alike.setdefault((last, often), []).append(weekday)
    said = [_until(_of_weekdays(often, days), last, today) for (last, often), days in sorted(alike.items())]
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


def _often(pattern: Pattern) -> str:
    """Return the untranslated words in which the weekday is still missing."""
    if pattern.every is Every.MONTH:
        return _NTH[min((pattern.first.day - 1) // WEEK.days, len(_NTH) - 1)]
    return _EVERY_OTHER if pattern.every is Every.TWO_WEEKS else _EVERY


def _of_weekdays(often: str, days: Sequence[int]) -> str:
    if often == _EVERY and len(days) == WEEK.days:
        return gettext("joka päivä")
    if often == _EVERY and list(days) == _OFFICE_DAYS:
        return gettext("joka arkipäivä")
    return gettext(often).format(weekday=_joined(str(WEEKDAYS[day]) for day in days))


def _until(words: str, last: date, today: date) -> SafeString:
    if last - today > _FAR:
        return format_html("{}", words)
    return format_html(gettext("{often}, {day} asti"), often=words, day=isolated(short_date(last)))


def _joined(parts: Iterable[str]) -> str:
    """Return "a", "a ja b" or "a, b ja c"."""
    *first, last = list(parts)
    if not first:
        return last
    comma = pgettext("luettelossa", ",")
    return gettext("{first} ja {last}").format(first=f"{comma} ".join(first), last=last)
