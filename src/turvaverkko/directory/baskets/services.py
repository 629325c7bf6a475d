"""Collecting, undoing, handing on, forgetting.

Collecting is the memory of a device or of one worker, as a draft is, and leaves no log entry: what a family
looks for is nobody's business. A link that somebody else can open is made and ended by commands.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from turvaverkko.access.api import StaffActor
from turvaverkko.core import time_source
from turvaverkko.core.actors import Anonymous
from turvaverkko.core.commands import command, note, subject_of
from turvaverkko.core.ids import new_public_id
from turvaverkko.core.rows import locked
from turvaverkko.core.secrets import keyed_hash
from turvaverkko.directory.baskets import policies, queries, rules
from turvaverkko.directory.baskets.models import Basket, Share
from turvaverkko.directory.baskets.rules import Content

Change = Callable[[Content], Content]


class TooManyLinks(Exception):
    """So many links of the basket open at the same time that no more are made."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was deleted, or would be."""

    baskets: int
    links: int


def begin_basket() -> tuple[Basket, str]:
    """Make an empty basket; return it with the key that the device keeps. Nobody else can open it."""
    key = secrets.token_urlsafe(32)
    basket = Basket(key_hash=keyed_hash(queries.KEY_PURPOSE, key))
    basket.save()
    return basket, key


def basket_for(staff: int) -> Basket:
    """Return the basket of a member of staff, an empty one if there is none or it was kept too long."""
    kept = queries.basket_of_staff(staff)
    if kept is not None:
        return kept
    Basket.objects.filter(staff=staff).delete()
    made, _is_new = Basket.objects.get_or_create(staff_id=staff)
    return made


def change(basket: Basket, act: Change) -> Content:
    """Change what a basket holds; two at once follow one another. What was before can be brought back.

    Raises:
        Full: what is to be added has no room; nothing was changed.
    """
    with transaction.atomic():
        row = locked(basket)
        before = rules.read(row.content)
        after = act(before)
        if after != before:
            row.previous, row.content, row.can_undo = row.content, rules.written(after), True
            row.touched_at = time_source.now()
            row.save(update_fields=["content", "previous", "can_undo", "touched_at"])
    return after


def undo(basket: Basket) -> bool:
    """Bring back what was before the last change; False when there is nothing to bring back."""
    with transaction.atomic():
        row = locked(basket)
        if not row.can_undo:
            return False
        row.content, row.previous, row.can_undo = row.previous, "", False
        row.touched_at = time_source.now()
        row.save(update_fields=["content", "previous", "can_undo", "touched_at"])
    return True


@command("baskets.share", allow=policies.may_share, sentence=_("Korista tehtiin linkki"))
def share(_actor: StaffActor | Anonymous, basket: Basket, *, days: int) -> Share:
    """Make a link that opens a copy of the basket as it is now.

    Args:
        basket: of the actor; locked and read again.
        days: for how long, one of `rules.LINK_DAYS`.

    Raises:
        TooManyLinks: as many links open already as may.
        ValueError: there is no such choice of days, or nothing to hand on.
    """
    if days not in rules.LINK_DAYS or not basket.content:
        raise ValueError(days)
    if len(queries.shares_of(basket)) >= rules.MOST_LINKS:
        raise TooManyLinks
    code, now = new_public_id(), time_source.now()
    made = Share(
        basket=basket,
        code=code,
        code_hash=keyed_hash(queries.CODE_PURPOSE, code),
        content=basket.content,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    made.save()
    # The basket stays as long as its links, so that they can be ended.
    basket.touched_at = now
    basket.save(update_fields=["touched_at"])
    note(days=days)
    return made


@command("baskets.end_share", allow=policies.may_end, sentence=_("Korin linkki lopetettiin"))
def end_share(_actor: StaffActor | Anonymous, link: Share) -> None:
    """End a link: it opens nothing from now on, and its copy is deleted."""
    note(subject=subject_of(link))
    link.delete()


def forget_old(*, dry_run: bool = False) -> Forgotten:
    """Delete the links and the baskets whose time is over; return how many (or how many would be)."""
    links, baskets = queries.shares_to_forget(), queries.baskets_to_forget()
    counted = Forgotten(baskets.count(), links.count())
    if not dry_run:
        links.delete()
        baskets.delete()
    return counted
