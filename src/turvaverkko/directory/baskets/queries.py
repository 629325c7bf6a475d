"""Reads of baskets and their links. What they hold is read in `entries`."""

from django.db.models import QuerySet

from turvaverkko.core import time_source
from turvaverkko.core.secrets import keyed_hash
from turvaverkko.directory.baskets.models import Basket, Share
from turvaverkko.directory.rules import BASKET_KEPT

KEY_PURPOSE = "basket-key"
CODE_PURPOSE = "basket-code"


def basket_by_key(key: str) -> Basket | None:
    """Return the basket that a device's key opens, while it is kept."""
    if not key:
        return None
    return _kept().filter(key_hash=keyed_hash(KEY_PURPOSE, key)).first()


def basket_of_staff(staff: int) -> Basket | None:
    """Return the basket of a member of staff, while it is kept."""
    return _kept().filter(staff=staff).first()


def share_by_code(code: str) -> Share | None:
    """Return what a link opens, or None: expired, ended and made-up codes look alike."""
    found = Share.objects.filter(code_hash=keyed_hash(CODE_PURPOSE, code))
    return found.filter(expires_at__gt=time_source.now()).first()


def shares_of(basket: Basket) -> list[Share]:
    """Return the links of a basket that open, the latest first."""
    found = Share.objects.filter(basket=basket, expires_at__gt=time_source.now())
    return list(found.order_by("-made_at", "-pk"))


def share_of(basket: Basket, public_id: str) -> Share | None:
    """Return one link of a basket."""
    return Share.objects.filter(basket=basket, public_id=public_id).select_related("basket").first()


def baskets_to_forget() -> QuerySet[Basket]:
    """Return the baskets whose time is over; their links went before them."""
    return Basket.objects.filter(touched_at__lt=time_source.now() - BASKET_KEPT)


def shares_to_forget() -> QuerySet[Share]:
    """Return the links whose time is over."""
    return Share.objects.filter(expires_at__lte=time_source.now())


def _kept() -> QuerySet[Basket]:
    return Basket.objects.filter(touched_at__gte=time_source.now() - BASKET_KEPT)
