"""The parts of a service's page: facts, ways to make contact, opening hours in a few words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import groupby
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_noop

from turvaverkko.directory import presenting
from turvaverkko.directory.happening_shapes import HappeningPage
from turvaverkko.directory.opening import Always, WeekDay
from turvaverkko.directory.opening_words import sign
from turvaverkko.directory.shapes import ChannelView, PlacePage, ServiceCard, ServicePage
from turvaverkko.looks.api import Address, Fact, Sign, Step
from turvaverkko.looks.markup import lang_attrs
from turvaverkko.looks.words import time_range, weekday_short, with_isolated_numbers

_TITLES: Final = {
    "phone": gettext_noop("Soita"),
    "location": gettext_noop("Käy paikalla"),
    "web": gettext_noop("Lue verkossa"),
    "eservice": gettext_noop("Asioi verkossa"),
    "form": gettext_noop("Täytä lomake"),
    "chat": gettext_noop("Kirjoita chatissa"),
}
_LINKS: Final = {
    "web": gettext_noop("Avaa sivusto"),
    "eservice": gettext_noop("Avaa asiointipalvelu"),
    "form": gettext_noop("Avaa lomake"),
    "chat": gettext_noop("Avaa chat"),
}
# Unit: days. A run of this many days is written as a range: "ma–ke".
_RANGE_FROM: Final = 3
# Unit: municipalities. More names than this are a map, not a line.
_MOST_NAMES: Final = 12


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach a service, as `contact.html` or `address.html` shows it."""

    title: str
    lang: str = ""
    phone: str = ""
    sign: Sign | None = None
    text: SafeString | str = ""
    email: str = ""
    url: str = ""
    url_label: str = ""
    address: Address | None = None
    page_url: str = ""
    route_url: str = ""


def contacts(channels: Iterable[ChannelView]) -> list[Contact]:
    """Return the ways to reach a service in the order its organisation gave."""
    return [_contact(channel) for channel in channels]


def first_phone(channels: Iterable[ChannelView]) -> Contact | None:
    """Return the number for the call bar, if the service has one."""
    return next((_contact(channel) for channel in channels if channel.number), None)


def facts(page: ServicePage, name_of: Callable[[str], str] = str) -> list[Fact]:
    """Return for whom, where, how, in which languages, at what price and whose service it is.

    Args:
        page: the service. A price that a tag already tells ("Maksuton") is not told again.
        name_of: from the slug of a municipality to its name, for those who do not know the area's.
    """
    card = page.card
    for_whom = page.text("for-whom").words or card.for_whom
    fee = page.text("fee").words
    by_age = presenting.ages_words(card.min_age, card.max_age)
    candidates = (
        Fact(gettext("Kenelle"), for_whom.text or by_age, lang=for_whom.lang),
        Fact(
            gettext("Missä"),
            gettext("Koko Suomi") if card.level == "national" else card.coverage.text,
            note=_municipalities(card, name_of),
        ),
        Fact(gettext("Miten"), capfirst(presenting.ways_words(card.ways))),
        Fact(gettext("Kielet"), _languages(page)),
        Fact(gettext("Hinta"), fee.text, lang=fee.lang),
        Fact(gettext("Kuka järjestää"), card.organisation.text, lang=card.organisation.lang),
    )
    return [fact for fact in candidates if fact.value]


def _municipalities(card: ServiceCard, name_of: Callable[[str], str]) -> str:
    names = sorted(name for name in map(name_of, card.municipalities) if name)
    is_news = 1 < len(names) <= _MOST_NAMES and not any(name in card.coverage.text for name in names)
    return ", ".join(names) if is_news else ""


def steps(page: ServicePage) -> list[Step]:
    """Return what happens, in order, each text marked with its language."""
    return [Step(marked(step.title, step.lang), marked(step.text, step.lang)) for step in page.steps]


def untranslated(page: ServicePage | PlacePage | HappeningPage, *kinds: str) -> str:
    """Return the language of the first of these texts that is not in the reader's, if any is not."""
    return next((lang for kind in kinds if (lang := page.text(kind).lang)), "")


def marked(text: str, lang: str) -> SafeString | str:
    """Return a text that says which language it is in, when that is not the reader's."""
    if not lang or not text:
        return text
    return format_html("<span{}>{}</span>", lang_attrs(lang), with_isolated_numbers(text))


def week_words(week: Sequence[WeekDay]) -> SafeString:
    """Return the hours of an ordinary week in few words: "ma–pe 8–15, la 10–14"."""
    parts: list[SafeString] = []
    for times, run in groupby(week, key=lambda day: day.times):
        days = list(run)
        if times:
            hours = SafeString(", ").join(_span(starts, ends) for starts, ends in times)
            parts.append(format_html("{} {}", _days(days), SafeString(hours)))
    return SafeString(SafeString("; ").join(parts))


def _contact(channel: ChannelView) -> Contact:
    place = channel.address
    return Contact(
        title=channel.label.text or (place.name.text if place else "") or gettext(_TITLES[channel.type]),
        lang=channel.label.lang,
        phone=channel.number,
        sign=_sign(channel),
        text=_about(channel),
        email=channel.email,
        url=channel.url,
        url_label=gettext(_LINKS.get(channel.type, "Avaa sivusto")),
        address=presenting.address(place.street, place.postal_code, place.city) if place else None,
        page_url=presenting.place_url(channel.place_slug) if channel.place_slug else "",
        route_url=route_url(place.latitude, place.longitude) if place else "",
    )


def route_url(latitude: float | None, longitude: float | None) -> str:
    """Return the address of an open map at a point; nothing when the point is not known."""
    if latitude is None or longitude is None:
        return ""
    return f"https://www.openstreetmap.org/?mlat={latitude:.5f}&mlon={longitude:.5f}#map=16/{latitude:.5f}/{longitude:.5f}"


def _sign(channel: ChannelView) -> Sign | None:
    found = sign(channel.status)
    return None if found is None or found.state == "unknown" else found


def _about(channel: ChannelView) -> SafeString | str:
    hours = SafeString("") if isinstance(channel.status, Always) else week_words(channel.week)
    note = marked(channel.note.text, channel.note.lang)
    if hours and note:
        return presenting.dotted((_capitalised(hours), note))
    return _capitalised(hours) if hours else note


def _capitalised(words: SafeString) -> SafeString:
    """Hours begin with a weekday, never with a tag."""
    return SafeString(words[:1].upper() + words[1:])


def _languages(page: ServicePage) -> str:
    spoken = presenting.language_names(page.card.languages)
    if not page.card.interpreter:
        return spoken
    # The catalogues are collected by a tool that does not look inside f-strings.
    others = gettext("Muilla kielillä tulkki.")
    return f"{spoken}. {others}" if spoken else gettext("Tulkki järjestyy.")


def _days(days: Sequence[WeekDay]) -> str:
    first, last = weekday_short(days[0].date), weekday_short(days[-1].date)
    if len(days) == 1:
        return first
    return f"{first}–{last}" if len(days) >= _RANGE_FROM else f"{first}, {last}"


def _span(starts: time, ends: time) -> SafeString:
    return time_range(starts, ends)
