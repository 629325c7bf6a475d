"""Who may hand on a basket and end its links: whoever it belongs to."""

from turvaverkko.access.api import StaffActor
from turvaverkko.core.actors import Anonymous
from turvaverkko.directory.baskets.models import Basket, Share


def may_share(actor: object, basket: object) -> bool:
    """Its owner. The key of a visitor's basket was asked when the basket was fetched."""
    return isinstance(basket, Basket) and _owns(actor, basket)


def may_end(actor: object, share: object) -> bool:
    """Whoever made the link."""
    return isinstance(share, Share) and _owns(actor, share.basket)


def _owns(actor: object, basket: Basket) -> bool:
    if isinstance(actor, StaffActor):
        return basket.staff_id == actor.pk
    return isinstance(actor, Anonymous) and basket.staff_id is None
