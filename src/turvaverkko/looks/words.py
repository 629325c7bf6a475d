"""Numbers, times and dates in words. Pure: today is given, never asked for.

Every number, time, age range, phone number and date becomes an isolated left-to-right run, so that
right-to-left text does not turn "8–15" into "15–8". The isolating element carries no layout: margins
and alignment belong to its parent, because logical properties follow the run's own direction.
"""

import re
from datetime import date, datetime, time, timedelta
from html import escape

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext
from markupsafe import escape as markup_escape

from turvaverkko.core.time_source import to_local
from turvaverkko.looks.api import Sign

WEEK = 7  # days; a weekday alone is clear only this far ahead
# A run of digits: groups joined by space, dot, colon, slash, comma or dash, with sign or per cent.
# The trailing dot belongs to a date ("26.11."), not to the end of a sentence ("kello 16.").
# A quarter of a year ("2026-Q1") is one run, letter and all.
_RUN = re.compile(
    r"\d{4}-Q[1-4](?!\w)|\+?\d+(?:(?:[ \u00a0\u202f.:,/–-]|[ \u00a0]–[ \u00a0])\d+)*"
    r"(?:(?<=\d\.\d)\.|(?<=\d\.\d\d)\.)?(?:[ \u00a0]?%)?"
)


_DIGIT = re.compile(r"\d")  # most texts hold none, and this is the quick way to know
_ISOLATED = 'class="num"'
_MARKUP = re.compile(r"(<[^>]*>|&#?\w+;)")


def isolated(value: object) -> SafeString:
    """Return `value` as an isolated left-to-right run."""
    return SafeString(f'<span class="num">{markup_escape(value)}</span>')


def with_isolated_numbers(text: object) -> SafeString:
    """Return `text`, escaped, with each run of digits isolated.

    Safe text keeps its markup; only what stands outside it is isolated. (A translated text in a template
    is safe text too, so leaving safe text alone would leave its numbers to turn round.)
    """
    if not hasattr(text, "__html__"):
        return _isolated_in(str(text))
    safe = str(text.__html__())
    if _ISOLATED in safe or not _DIGIT.search(safe):
        return SafeString(safe)
    pieces = _MARKUP.split(safe)  # odd ones are markup
    return mark_safe("".join(p if n % 2 else _isolated_in(p) for n, p in enumerate(pieces)))  # noqa: S308


def _isolated_in(plain: str) -> SafeString:
    if not _DIGIT.search(plain):
        return SafeString(escape(plain))
    escaped_parts: list[str] = []
    end = 0
    for run in _RUN.finditer(plain):
        escaped_parts += [escape(_glued(plain[end : run.start()])), isolated(run.group())]
        end = run.end()
    escaped_parts.append(escape(plain[end:]))
    return mark_safe("".join(escaped_parts))  # noqa: S308 - every part was escaped above


def _glued(before: str) -> str:
    """Return the text before a number so that a short word ("klo") does not part from it at a line's end."""
    if not before.endswith(" "):
        return before
    return re.sub(r"(?<!\w)(\w{1,3}\.?) $", "\\1\u00a0", before)


def dialled(number: str) -> str:
    """Return what a phone dials: the digits of `number` and a leading plus."""
    digits = re.sub(r"\D", "", number)
    return f"+{digits}" if number.strip().startswith("+") else digits


def phone_link(number: str) -> SafeString:
    """Return a link that calls `number`."""
    return format_html(
        '<a class="tel" href="tel:{}"><span class="num">{}</span></a>', dialled(number), number
    )


def age_range(youngest: int | None, oldest: int | None) -> SafeString:
    """Return "3–12", "18+" or, without a lower end, "0–12", isolated."""
    if oldest is None:
        return isolated(f"{youngest or 0}+")
    return isolated(oldest if youngest == oldest else f"{youngest or 0}–{oldest}")


def clock_text(at: time) -> str:
    """Return the time of day as the language writes it: "16" or "16.30" in Finnish."""
    if at.minute == 0:
        return pgettext("kellonaika, tasatunti", "%(hour)s") % {"hour": at.hour}
    return pgettext("kellonaika", "%(hour)s.%(minute)s") % {"hour": at.hour, "minute": f"{at.minute:02}"}


def time_range(starts: time, ends: time) -> SafeString:
    """Return "9.30–12", isolated. Midnight as the end is 24."""
    last = "24" if ends == time(0) else clock_text(ends)
    return isolated(f"{clock_text(starts)}–{last}")


def short_date(day: date) -> str:
    """Return "26.11."."""
    return pgettext("päivä ilman vuotta", "%(day)s.%(month)s.") % {"day": day.day, "month": day.month}


def long_date(day: date) -> SafeString:
    """Return "12.11.2026", isolated."""
    pattern = pgettext("päivä ja vuosi", "%(day)s.%(month)s.%(year)s")
    return isolated(pattern % {"day": day.day, "month": day.month, "year": day.year})


def weekday_on(day: date) -> str:
    """Return the weekday as an answer to "when": "torstaina"."""
    return (
        gettext("maanantaina"),
        gettext("tiistaina"),
        gettext("keskiviikkona"),
        gettext("torstaina"),
        gettext("perjantaina"),
        gettext("lauantaina"),
        gettext("sunnuntaina"),
    )[day.weekday()]


def weekday_short(day: date) -> str:
    """Return the weekday in two letters: "to"."""
    return (
        gettext("ma"),
        gettext("ti"),
        gettext("ke"),
        gettext("to"),
        gettext("pe"),
        gettext("la"),
        gettext("su"),
    )[day.weekday()]


def _said(pattern: str, **parts: object) -> SafeString:
    """Fill a translated pattern; the time stays on the line of the word before it."""
    return format_html(pattern.replace(" {time}", "\u00a0{time}"), **parts)


def day_words(day: date) -> SafeString:
    """Return "torstaina 26.11."."""
    return format_html("{} {}", weekday_on(day), isolated(short_date(day)))


def moment_words(at: datetime) -> SafeString:
    """Return "torstaina 26.11. klo 16"."""
    local = to_local(at)
    pattern = pgettext("päivä ja kellonaika", "{day} klo {time}")
    return _said(pattern, day=day_words(local.date()), time=isolated(clock_text(local.time())))


def soon_words(at: datetime, today: date) -> SafeString:
    """Return the shortest clear words for a coming moment, seen from `today`.

    "klo 8" today, "huomenna klo 8", "torstaina klo 8" within a week, later "torstaina 26.11. klo 8".
    """
    local = to_local(at)
    at_time = isolated(clock_text(local.time()))
    if local.date() <= today:
        return _said(gettext("klo {time}"), time=at_time)
    if local.date() == today + timedelta(days=1):
        return _said(gettext("huomenna klo {time}"), time=at_time)
    if local.date() < today + timedelta(days=WEEK):
        pattern = pgettext("päivä ja kellonaika", "{day} klo {time}")
        return _said(pattern, day=weekday_on(local.date()), time=at_time)
    return moment_words(at)


def sign_words(sign: Sign, today: date) -> SafeString:
    """Return what the lit or unlit window says, always with until when or from when if it is known."""
    if sign.state == "always":
        return conditional_escape(gettext("Auki aina"))
    if sign.state == "open":
        return _open_words(sign)
    if sign.state == "unknown":
        return conditional_escape(gettext("Aukioloaikaa ei ole kerrottu"))
    if sign.opens is None:
        return conditional_escape(gettext("Kiinni"))
    return format_html(gettext("Kiinni. Avautuu {when}."), when=soon_words(sign.opens, today))


def _open_words(sign: Sign) -> SafeString:
    if sign.until is None:
        return conditional_escape(gettext("Auki nyt"))
    closes = to_local(sign.until).time()
    words = "24" if closes == time(0) else clock_text(closes)
    return _said(gettext("Auki nyt klo {time} asti"), time=isolated(words))
