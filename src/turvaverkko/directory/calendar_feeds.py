"""Happenings as a calendar (RFC 5545): an entry for each time, under a name that stays. Pure."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from html import unescape
from typing import Final

from django.utils.html import strip_tags
from django.utils.translation import gettext
from icalendar import Calendar, Event

from turvaverkko.core.safe_text import strip_controls
from turvaverkko.core.time_source import to_local
from turvaverkko.directory import happening_words as said
from turvaverkko.directory.happening_presenting import charge, told, where
from turvaverkko.directory.happening_shapes import HappeningCard, Time
from turvaverkko.directory.presenting import ages_words

PRODUCT: Final = "-//Turvaverkko//tapahtumat//FI"
# Unit: ISO 8601 duration. How often a calendar that subscribes should ask.
REFRESH: Final = "PT6H"
_EPOCH: Final = datetime(2026, 1, 1, tzinfo=UTC)


def calendar(
    name: str, cards: Iterable[HappeningCard], *, language: str, page_of: Callable[[HappeningCard], str]
) -> bytes:
    """Return a calendar file.

    Args:
        name: what a calendar program calls it.
        cards: the happenings; an entry for each of their times.
        language: code of the language of the texts.
        page_of: gives the full address of a happening's page.
    """
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("name", one_line(name), parameters={"language": language})
    found.add("x-wr-calname", one_line(name))
    found.add("x-wr-timezone", "Europe/Helsinki")
    found.add("x-published-ttl", REFRESH)
    for card in cards:
        for time in card.times:
            found.add_component(_entry(card, time, page_of(card)))
    found.add_missing_timezones()
    content: bytes = found.to_ical()
    return content


def one_line(text: str) -> str:
    """Return a text without line ends and hidden signs: the library refuses what would break a line."""
    return " ".join(strip_controls(text).split())


def lasting_name(card: HappeningCard, time: Time) -> str:
    """Return the name of a time that stays when it is moved or cancelled, and in every language."""
    return f"{card.public_id}-{time.day:%Y%m%d}-{time.number}@turvaverkko"


def _entry(card: HappeningCard, time: Time, page: str) -> Event:
    changed = max(moment for moment in (time.changed_at, card.changed_at, _EPOCH) if moment)
    entry = Event()
    entry.add("uid", lasting_name(card, time))
    # Not when the file was made: an entry that says the same must look the same.
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("dtstart", to_local(time.starts_at))
    entry.add("dtend", to_local(time.ends_at))
    entry.add("summary", one_line(card.name.text))
    entry.add("description", strip_controls("\n".join(_lines(card, time))))
    entry.add("location", one_line(time.site.one_line if time.site else where(card, time)))
    if time.site and time.site.latitude is not None and time.site.longitude is not None:
        entry.add("geo", (time.site.latitude, time.site.longitude))
    entry.add("url", page)
    entry.add("categories", [said.kind_words(card.kind, card.specialty)])
    entry.add("status", "CONFIRMED" if time.is_on else "CANCELLED")
    entry.add("transp", "OPAQUE" if time.is_on else "TRANSPARENT")
    return entry


def _lines(card: HappeningCard, time: Time) -> Iterable[str]:
    candidates = (
        told(time),
        card.summary.text,
        unescape(strip_tags(ages_words(card.min_age, card.max_age))),
        charge(card),
        gettext(said.SIGN_UP[card.sign_up]),
        card.online_url,
        f"{gettext('Puhelin')}: {card.phone}" if card.phone else "",
        f"{gettext('Järjestäjä')}: {card.organisation.text}",
    )
    return [line for line in candidates if line]
