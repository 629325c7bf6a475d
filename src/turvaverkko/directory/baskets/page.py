"""What the pages of a basket show: one's own, the sheet for paper, and what a link opens."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext

from turvaverkko.directory.baskets import acting, queries
from turvaverkko.directory.baskets.acting import NOTE_FIELD, NOTE_OF_ALL, Typed
from turvaverkko.directory.baskets.entries import Entry, entries_of
from turvaverkko.directory.baskets.holding import Holder
from turvaverkko.directory.baskets.rules import LINK_DAYS, Content
from turvaverkko.directory.choice import chosen
from turvaverkko.looks.api import FieldError, Link, Option


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link that opens a copy of the basket."""

    public_id: str
    url: str
    made_at: datetime
    expires_at: datetime


def shown(request: HttpRequest, content: Content, *, for_paper: bool = False) -> list[Entry]:
    """Return the entries of a basket for whoever reads the page."""
    absolute = request.build_absolute_uri if for_paper else None
    return entries_of(content, get_language() or "fi", chosen(request).slug, absolute=absolute)


def context(request: HttpRequest, holder: Holder, refused: Typed | None = None) -> dict[str, Any]:
    """Return what the page of one's own basket shows, with what was typed if it was refused."""
    typed = refused or Typed()
    content = holder.content
    entries = [
        replace(entry, note=typed.values.get(f"{NOTE_FIELD}{entry.key}", entry.note))
        for entry in shown(request, content)
    ]
    code = "" if refused else request.GET.get("tehty", "")
    return {
        "noindex": True,
        "entries": entries,
        "note": typed.values.get(NOTE_OF_ALL, content.note),
        "note_field": NOTE_FIELD,
        "error_of": typed.errors,
        "errors": [FieldError(_id_of(name), sentence) for name, sentence in typed.errors.items()],
        "said": acting.said(code),
        "is_refusal": code in acting.refusals(),
        "can_undo": bool(holder.basket and holder.basket.can_undo),
        "action": holder.url,
        "links": _links(request, holder),
        "day_options": _day_options(),
        "is_sensitive": any(entry.sensitive for entry in entries),
        "ways_on": [
            Link(gettext("Etsi palveluja"), reverse("directory:services")),
            Link(gettext("Katso kohtaamispaikat"), reverse("directory:places")),
        ],
    }


def _id_of(name: str) -> str:
    return name.replace(":", "-").replace("/", "-")


def _links(request: HttpRequest, holder: Holder) -> list[OpenLink]:
    if holder.basket is None:
        return []
    return [
        OpenLink(
            one.public_id,
            request.build_absolute_uri(reverse("baskets:shared", args=[one.code])),
            one.made_at,
            one.expires_at,
        )
        for one in queries.shares_of(holder.basket)
    ]


def _day_options() -> list[Option]:
    words = {1: gettext("1 päivän"), 7: gettext("7 päivää"), 30: gettext("30 päivää")}
    return [Option(str(days), words[days], checked=days == LINK_DAYS[-1]) for days in LINK_DAYS]
