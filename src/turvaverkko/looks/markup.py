"""Small pieces of markup: icons, drawings, languages, and words that need to know the day."""

from datetime import date, datetime, time
from functools import cache

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, get_language_info, gettext, gettext_noop

from turvaverkko.core import time_source
from turvaverkko.looks import words
from turvaverkko.looks.api import Sign

# Icons that point somewhere turn round in right-to-left text. A window, a clock or a phone never does.
DIRECTIONAL = frozenset({"arrow", "back", "send", "list", "speaker", "bus", "pram"})
# The view box of each drawing. The horizon is cut at both ends on narrow screens, the lit house stays.
PICTURES = {"horizon": "480 0 3600 260", "house": "0 0 340 190", "lamp": "0 0 140 108"}

NAMES_DJANGO_LACKS = {"se": gettext_noop("pohjoissaame"), "fi-simple": gettext_noop("selkosuomi")}


@cache  # a page holds dozens, and the address of the sprite is fixed while the process lives
def icon(name: str) -> SafeString:
    """Return the icon `name` of the sprite. It stands beside words, so it is hidden from listeners."""
    return format_html(
        '<svg class="icon{}" width="24" height="24" aria-hidden="true"><use href="{}#{}"/></svg>',
        " flip" if name in DIRECTIONAL else "",
        static("looks/icons.svg"),
        name,
    )


@cache
def picture(name: str) -> SafeString:
    """Return one of the drawings. It decorates, so it is hidden from listeners."""
    return format_html(
        '<svg class="picture {}" viewBox="{}" preserveAspectRatio="xMidYMax slice" '
        'aria-hidden="true"><use href="{}#art"/></svg>',
        name,
        PICTURES[name],
        static(f"looks/{name}.svg"),
    )


def time_range(starts: time, ends: time) -> SafeString:
    """Return "9.30–12", isolated."""
    return words.time_range(starts, ends)


def soon(at: datetime) -> SafeString:
    """Return the shortest clear words for a coming moment: "huomenna klo 8"."""
    return words.soon_words(at, time_source.today())


def sign_words(sign: Sign) -> SafeString:
    """Return what the lit or unlit window says."""
    return words.sign_words(sign, time_source.today())


def weekday_on(day: date) -> str:
    """Return the weekday as an answer to "when": "torstaina"."""
    return words.weekday_on(day)


def lang_attrs(code: str) -> SafeString:
    """Return the attributes lang and dir for text in `code`, nothing when it is the page's language.

    Where nobody said which language a text is in, a right-to-left page lets the text decide.
    """
    if not code and get_language_bidi():
        return SafeString(' dir="auto"')
    if not code or code == get_language():
        return SafeString("")
    direction = "rtl" if code.split("-", maxsplit=1)[0] in settings.LANGUAGES_BIDI else "ltr"
    return format_html(' lang="{}" dir="{}"', code, direction)


def language_name(code: str) -> str:
    """Return the name of a language in the page's language: "ruotsi"."""
    if code in NAMES_DJANGO_LACKS:
        return gettext(NAMES_DJANGO_LACKS[code])
    return str(get_language_info(code)["name_translated"])
