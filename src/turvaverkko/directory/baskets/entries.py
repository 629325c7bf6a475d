"""What a basket holds, as its reader sees it now: in the reader's language, with what has closed in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Final

import segno
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_noop

from turvaverkko.core import time_source
from turvaverkko.directory import api, presenting
from turvaverkko.directory.baskets import happenings
from turvaverkko.directory.baskets.names import words_by_slug
from turvaverkko.directory.baskets.rules import Content, Item, Kind
from turvaverkko.directory.models import Happening, Listing, Place, Service
from turvaverkko.directory.shapes import PlaceCard, ServiceCard, Words
from turvaverkko.looks.api import Sign
from turvaverkko.looks.words import moment_words

KIND_WORDS: Final = {
    Kind.SERVICE: gettext_noop("Palvelu"),
    Kind.PLACE: gettext_noop("Kohtaamispaikka"),
    Kind.HAPPENING: gettext_noop("Tapahtuma"),
}
_ROUTES: Final = {
    Kind.SERVICE: "directory:service",
    Kind.PLACE: "directory:place",
    Kind.HAPPENING: "directory:happening",
}
_HIDDEN: Final = Place.objects.filter(confidential=True).values("pk")
# Unit: modules. The white frame round a QR code; what is printed on white needs less than on a screen.
_QUIET_ZONE: Final = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a basket, as `basket_item.html` shows it.

    Attributes:
        key: its name within the basket.
        kind: what it is, in words.
        lang: language of title and text when it is not the reader's.
        url: of its page; "" when it has none (any more).
        when: when it is next, of a happening.
        gone: what has become of it, in words; "" while it stands.
        qr: the address of its page as a drawing, for paper.
    """

    key: str
    kind: str
    title: str
    lang: str = ""
    url: str = ""
    text: str = ""
    for_whom: SafeString | str = ""
    where: str = ""
    phone: str = ""
    sign: Sign | None = None
    when: SafeString | str = ""
    note: str = ""
    gone: str = ""
    sensitive: bool = False
    qr: SafeString | str = ""

    @property
    def id(self) -> str:
        """Its key in a form that an id of a page may have."""
        return self.key.replace("/", "-")


def entries_of(
    content: Content,
    language: str,
    municipality: str = "",
    *,
    absolute: Callable[[str], str] | None = None,
) -> list[Entry]:
    """Return what a basket holds in its order. The number of queries does not grow with it.

    Args:
        content: of the basket.
        language: of the reader.
        municipality: slug of the one whose texts come first, "" without one.
        absolute: makes a whole address of a path; given, every entry has its QR code.
    """
    found = _found(content.items, language, municipality, time_source.now())
    found |= _gone([item for item in content.items if item.key not in found], language)
    entries = [replace(found[item.key], note=item.note) for item in content.items]
    if absolute is None:
        return entries
    return [replace(entry, qr=_qr(absolute(entry.url)) if entry.url else "") for entry in entries]


def exists(item: Item, language: str) -> bool:
    """Tell whether a thing can be collected: whether it is public now."""
    return item.key in _found([item], language, "", time_source.now())


def address_of(kind: Kind, slug: str) -> str:
    """Return the address of a thing's page in the reader's language, "" when its kind has no pages."""
    try:
        return reverse(_ROUTES[kind], args=[slug])
    except NoReverseMatch:
        return ""


def _found(items: Sequence[Item], language: str, municipality: str, at: datetime) -> dict[str, Entry]:
    """What is public now. A kind that is not in the basket is not asked for."""
    found: list[Entry] = []
    if slugs := _slugs(items, Kind.SERVICE):
        found += map(_service, api.cards_by_slug(slugs, language, municipality or None, at))
    if slugs := _slugs(items, Kind.PLACE):
        found += map(_place, api.place_cards(slugs, language, at))
    if slugs := _slugs(items, Kind.HAPPENING):
        found += map(_happening, happenings.cards(slugs, language, at))
    return {entry.key: entry for entry in found}


def _service(card: ServiceCard) -> Entry:
    hit = presenting.hit(card)
    return replace(
        _entry(Kind.SERVICE, card.slug, card.name, card.summary),
        for_whom=hit.for_whom or card.for_whom.text,
        where=hit.where,
        phone=card.phone,
        sign=hit.sign,
        when=hit.when,
        sensitive=card.sensitive,
    )


def _place(card: PlaceCard) -> Entry:
    hit = presenting.place_hit(card)
    return replace(
        _entry(Kind.PLACE, card.slug, card.name, card.summary),
        for_whom=hit.for_whom,
        where=hit.where,
        phone=card.phone,
        sign=hit.sign,
    )


def _happening(card: happenings.HappeningCard) -> Entry:
    coming = (
        format_html(gettext("Seuraavan kerran {when}"), when=moment_words(card.next_at))
        if card.next_at
        else ""
    )
    return replace(
        _entry(Kind.HAPPENING, card.slug, card.name, card.summary),
        for_whom=presenting.ages_words(card.min_age, card.max_age),
        where=card.where,
        phone=card.phone,
        when=coming,
        gone="" if coming else gettext("Uusia kertoja ei ole tiedossa."),
    )


def _entry(kind: Kind, slug: str, name: Words, summary: Words) -> Entry:
    return Entry(
        key=Item(kind, slug).key,
        kind=gettext(KIND_WORDS[kind]),
        title=name.text,
        lang=name.lang or summary.lang,
        url=address_of(kind, slug),
        text=summary.text,
    )


def _gone(items: Sequence[Item], language: str) -> dict[str, Entry]:
    """What was public when it was collected. Of what has become confidential nothing is told."""
    found: dict[str, Entry] = {}
    for kind, rows in (
        (Kind.SERVICE, Service.objects.all()),
        (Kind.PLACE, Place.objects.filter(confidential=False)),
        (Kind.HAPPENING, Happening.objects.exclude(place__in=_HIDDEN)),
    ):
        if slugs := _slugs(items, kind):
            states = dict(rows.filter(slug__in=slugs).values_list("slug", "state"))
            names = words_by_slug(kind, list(states), language)
            for slug in slugs:
                found |= {
                    Item(kind, slug).key: _gone_entry(kind, slug, states.get(slug, ""), names[slug]["name"])
                }
    return found


def _gone_entry(kind: Kind, slug: str, state: str, name: Words) -> Entry:
    paused = state == Listing.State.HIDDEN
    return Entry(
        key=Item(kind, slug).key,
        kind=gettext(KIND_WORDS[kind]),
        title=name.text or gettext("Tämä ei ole enää nähtävissä"),
        lang=name.lang,
        gone=gettext("Tauolla juuri nyt.") if paused else gettext("Ei ole enää tarjolla."),
    )


def _slugs(items: Sequence[Item], kind: Kind) -> list[str]:
    return [item.slug for item in items if item.kind == kind]


@lru_cache(maxsize=512)
def _qr(address: str) -> SafeString:
    drawn = segno.make(address, error="m").svg_inline(border=_QUIET_ZONE, omitsize=True, light="#fff")
    return mark_safe(drawn)  # noqa: S308 - made of our own address
