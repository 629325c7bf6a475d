"""Counting tries. A delay grows with tries and has a longest; it is never a lock-out.

Three ways stay open to a colleague whom somebody tries to keep out: an address from which they signed in
lately does not feel tries made elsewhere, a backup code (not to be guessed) does not wait for the delay of
the account, and an administrator can give a new link.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F

from turvaverkko.core import time_source
from turvaverkko.core.secrets import keyed_hash
from turvaverkko.organisation.models import SignInPlace, SignInTries, Staff
from turvaverkko.organisation.sign_in.port import Delayed
from turvaverkko.organisation.sign_in.rules import KNOWN_PLACE, TRIES_FORGOTTEN, Key, delay_after

Keys = dict[Key, str]


def keys_of(email: str, address: str) -> Keys:
    """The digests under which tries for an account from an address are counted."""
    return {
        Key.PAIR: keyed_hash("tries-pair", f"{email}\n{address}"),
        Key.ACCOUNT: keyed_hash("tries-account", email),
        Key.ADDRESS: keyed_hash("tries-address", address),
    }


def session_key(public_id: str) -> Keys:
    """The digest under which tries at the lock of one session are counted."""
    return {Key.SESSION: keyed_hash("tries-session", public_id)}


def check(digests: Iterable[str]) -> None:
    """Let through, or say how long to wait.

    Raises:
        Delayed: one of the counters says so.
    """
    now = time_source.now()
    waiting = SignInTries.objects.filter(digest__in=list(digests), wait_until__gt=now)
    until = max((row.wait_until for row in waiting), default=None)
    if until:
        raise Delayed(until)


def count(keys: Keys) -> bool:
    """Count one more try under each key; tell whether a delay began."""
    now = time_source.now()
    begun = [_count(key, digest, now) for key, digest in keys.items()]  # every key, not up to the first
    return any(begun)


def forget(digests: Iterable[str]) -> None:
    """Forget what was counted under these keys."""
    SignInTries.objects.filter(digest__in=list(digests)).delete()


def take_back(digest: str) -> None:
    """Count one try less: it was a sign-in. A morning of a whole office must not look like an attack."""
    SignInTries.objects.filter(digest=digest, tries__gt=0).update(tries=F("tries") - 1)


def is_known_place(staff: Staff | None, address: str) -> bool:
    """Whether the account signed in from this address lately."""
    since = time_source.now() - KNOWN_PLACE
    mine = SignInPlace.objects.filter(digest=_place(address), last_at__gte=since)
    return mine.filter(staff_id=staff.pk if staff else 0).exists()


def remember_place(staff: Staff, address: str) -> None:
    """Remember that the account signed in from this address."""
    SignInPlace.objects.update_or_create(
        staff=staff, digest=_place(address), defaults={"last_at": time_source.now()}
    )


def forget_old() -> None:
    """Delete what is too old to matter."""
    now = time_source.now()
    SignInTries.objects.filter(last_at__lt=now - TRIES_FORGOTTEN).delete()
    SignInPlace.objects.filter(last_at__lt=now - KNOWN_PLACE).delete()


def _place(address: str) -> str:
    return keyed_hash("sign-in-place", address)


@transaction.atomic
def _count(key: Key, digest: str, now: datetime) -> bool:
    # Made and then locked, so that two tries at once are two.
    SignInTries.objects.get_or_create(digest=digest, defaults={"last_at": now, "wait_until": now})
    row = SignInTries.objects.select_for_update().get(digest=digest)
    row.tries = 1 if now - row.last_at > TRIES_FORGOTTEN else row.tries + 1
    row.last_at, row.wait_until = now, now + delay_after(key, row.tries)
    row.save(update_fields=["tries", "last_at", "wait_until"])
    return row.wait_until > now
