"""Rules of a basket: what it holds, in which order, for how long. Pure: values in, values out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Final

# Unit: things in one basket. More is a catalogue; the limit is told in words. Source: own default.
MOST_ITEMS: Final = 100
# Unit: signs of one note. Source: own default; a note is a few sentences, a message is written elsewhere.
NOTE_LENGTH: Final = 1000
# Unit: days for which a link may be made; the last is the default. None outlives its basket.
LINK_DAYS: Final = (1, 7, 30)
# Unit: links of one basket that open at the same time.
MOST_LINKS: Final = 20
# Codes that one address may try in vain, and new baskets it may begin. Source: own default.
GUESSES: Final = 10
GUESSES_WINDOW: Final = timedelta(minutes=15)
BEGINNINGS: Final = 200
BEGINNINGS_WINDOW: Final = timedelta(hours=1)


class Kind(StrEnum):
    """What can be collected."""

    SERVICE = "service"
    PLACE = "place"
    HAPPENING = "happening"


class Full(Exception):
    """The basket holds as much as it can; nothing was added."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of the directory, with what its collector wrote to it."""

    kind: Kind
    slug: str
    note: str = ""

    @property
    def key(self) -> str:
        """Its name within a basket."""
        return f"{self.kind}/{self.slug}"


@dataclass(frozen=True, slots=True)
class Content:
    """What a basket holds, in the chosen order."""

    items: tuple[Item, ...] = ()
    note: str = ""

    def __bool__(self) -> bool:
        return bool(self.items or self.note)


EMPTY: Final = Content()


def added(content: Content, item: Item) -> Content:
    """Put a thing last; what is there already stays where it is.

    Raises:
        Full: there is no room.
    """
    if any(one.key == item.key for one in content.items):
        return content
    if len(content.items) >= MOST_ITEMS:
        raise Full
    return replace(content, items=(*content.items, item))


def joined(content: Content, other: Content) -> Content:
    """Put what another basket holds behind one's own, with its notes; one's own notes stay.

    Raises:
        Full: there is no room for all of it.
    """
    for item in other.items:
        content = added(content, item)
    return replace(content, note=content.note or other.note)


def removed(content: Content, key: str) -> Content:
    """Take a thing out."""
    return replace(content, items=tuple(item for item in content.items if item.key != key))


def moved(content: Content, key: str, by: int) -> Content:
    """Move a thing up (-1) or down (+1); at the end it stays where it is."""
    items = list(content.items)
    here = next((index for index, item in enumerate(items) if item.key == key), None)
    if here is None or not 0 <= here + by < len(items):
        return content
    items[here], items[here + by] = items[here + by], items[here]
    return replace(content, items=tuple(items))


def noted(content: Content, notes: Mapping[str, str], note: str) -> Content:
    """Write the notes of things by their keys, and the one for all; things not named keep theirs."""
    items = tuple(replace(item, note=notes.get(item.key, item.note)) for item in content.items)
    return Content(items, note)


def written(content: Content) -> str:
    """Return a content as one text, to be kept encrypted; "" for an empty one."""
    if not content:
        return ""
    items = [[item.kind.value, item.slug, item.note] for item in content.items]
    return json.dumps({"items": items, "note": content.note}, ensure_ascii=False)


def read(text: str) -> Content:
    """Return the content that `written` made a text of."""
    if not text:
        return EMPTY
    found = json.loads(text)
    return Content(tuple(Item(Kind(kind), slug, note) for kind, slug, note in found["items"]), found["note"])
