"""Whose basket a request is about: of the signed-in member of staff, otherwise of the device."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from turvaverkko.access.api import StaffActor, actor_of
from turvaverkko.core.actors import ANONYMOUS, Anonymous
from turvaverkko.core.clients import address_of
from turvaverkko.core.limits import take
from turvaverkko.directory.baskets import queries, services
from turvaverkko.directory.baskets.limits import BEGINNING
from turvaverkko.directory.baskets.models import Basket
from turvaverkko.directory.baskets.rules import EMPTY, Content, read
from turvaverkko.directory.device import basket_key_on


class TooMany(Exception):
    """So many baskets were begun from one address of late that it may begin no more now."""


@dataclass
class Holder:
    """Who holds a basket, and the basket if there is one.

    Attributes:
        key: of a basket that was begun for this request; the device is to keep it.
    """

    actor: StaffActor | Anonymous
    basket: Basket | None
    key: str = ""

    @property
    def content(self) -> Content:
        """What the basket held when it was fetched."""
        return read(self.basket.content) if self.basket else EMPTY

    @property
    def url(self) -> str:
        """The address of the page of the basket."""
        # By its name, as the frame knows its links: the desk lies on a floor above.
        return reverse("guidance:basket" if isinstance(self.actor, StaffActor) else "baskets:basket")


def holder_of(request: HttpRequest) -> Holder:
    """Return who holds a basket. One query for a visitor who has one, none for one who has not."""
    actor = actor_of(request)
    if isinstance(actor, StaffActor):
        return Holder(actor, queries.basket_of_staff(actor.pk))
    return Holder(ANONYMOUS, queries.basket_by_key(basket_key_on(request)))


def begun(request: HttpRequest, holder: Holder) -> Basket:
    """Return the basket, a new one if there is none.

    Raises:
        TooMany: a visitor's address has begun as many as it may.
    """
    if holder.basket is None and isinstance(holder.actor, StaffActor):
        holder.basket = services.basket_for(holder.actor.pk)
    elif holder.basket is None:
        if not take(BEGINNING, address_of(request)):
            raise TooMany
        holder.basket, holder.key = services.begin_basket()
    return holder.basket
