"""The door of the baskets for upper apps.

Holding     `holder_of(request)` → `Holder` with `actor`, `basket`, `content`, `url`; `basket_of_staff(key)`;
            `basket_for(key)` begins one; `change(basket, act)` with what `rules` makes of a `Content`.
Page        `context(request, holder, refused)`, `act(holder, data)` → `Done`.
Handing on  `written(content)` and `read(text)`: a copy as one text, to be kept encrypted;
            `entries_of(content, language)`: what it holds, as it is now.
"""

from turvaverkko.directory.baskets.acting import Done, Typed, act
from turvaverkko.directory.baskets.entries import Entry, entries_of
from turvaverkko.directory.baskets.holding import Holder, holder_of
from turvaverkko.directory.baskets.page import context
from turvaverkko.directory.baskets.queries import basket_of_staff
from turvaverkko.directory.baskets.rules import EMPTY, Content, Item, Kind, read, written
from turvaverkko.directory.baskets.services import basket_for, change

__all__ = [
    "EMPTY",
    "Content",
    "Done",
    "Entry",
    "Holder",
    "Item",
    "Kind",
    "Typed",
    "act",
    "basket_for",
    "basket_of_staff",
    "change",
    "context",
    "entries_of",
    "holder_of",
    "read",
    "written",
]
