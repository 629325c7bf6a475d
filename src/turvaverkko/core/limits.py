"""How often one address of the net may do one thing in a while; over it a person is told, not locked out.

Counted in fixed windows under a keyed hash: the address itself is stored nowhere. The tries of staff who
sign in are counted elsewhere (`organisation.sign_in.throttle`): there a delay grows with every try.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from turvaverkko.core import time_source
from turvaverkko.core.models import AddressCount
from turvaverkko.core.secrets import keyed_hash


@dataclass(frozen=True, slots=True)
class Limit:
    """How often one address may do something.

    Attributes:
        name: what is counted, such as "guidance.code".
        most: how often; 0 counts nothing and allows everything.
        within: the window; it begins with the first time.
    """

    name: str
    most: int
    within: timedelta


def is_full(limit: Limit, address: str) -> bool:
    """Tell whether an address has done it as often as it may. Counts nothing."""
    now = time_source.now()
    counts = _counts(limit, address).exclude(_over(limit, now))
    return bool(limit.most) and counts.filter(count__gte=limit.most).exists()


@transaction.atomic
def take(limit: Limit, address: str) -> bool:
    """Count one more time and return True, or return False when it would be one too many.

    Inside a transaction it is taken back with it, and others of the same address wait for its end.
    """
    if not limit.most:
        return True
    now = time_source.now()
    counts = _counts(limit, address)
    counts.filter(_over(limit, now)).update(count=0, ends_at=now + limit.within)
    AddressCount.objects.get_or_create(
        digest=_digest(limit, address), defaults={"ends_at": now + limit.within}
    )
    return bool(counts.filter(count__lt=limit.most).update(count=F("count") + 1))


def forget_old() -> int:
    """Delete the counts whose window is over; return how many."""
    deleted, _by_model = AddressCount.objects.filter(ends_at__lte=time_source.now()).delete()
    return deleted


def _counts(limit: Limit, address: str) -> QuerySet[AddressCount]:
    return AddressCount.objects.filter(digest=_digest(limit, address))


def _over(limit: Limit, now: datetime) -> Q:
    """The window is past; or it ends later than it can, because the clock was set back."""
    return Q(ends_at__lte=now) | Q(ends_at__gt=now + limit.within)


def _digest(limit: Limit, address: str) -> str:
    return keyed_hash(limit.name, address)
