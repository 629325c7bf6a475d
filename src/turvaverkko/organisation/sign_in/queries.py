"""Reads of sign-in."""

import hashlib
from datetime import date
from typing import Final

from django.db.models import Q

from turvaverkko.core import time_source
from turvaverkko.core.prepared import PreparedModels, one_day, one_id, one_word
from turvaverkko.organisation.models import (
    BackupCode,
    RoleAssignment,
    SignInInvitation,
    Staff,
    StaffSession,
)
from turvaverkko.organisation.sign_in.rules import LONGEST

# Every request of staff asks these two.
_SESSION: Final = PreparedModels(
    lambda: StaffSession.objects.select_related("staff").filter(
        digest=one_word("digest"), staff__is_active=True
    ),
    "digest",
)
_ROLES: Final = PreparedModels(
    lambda: (
        RoleAssignment.objects.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=one_day("day")),
            Q(valid_to__isnull=True) | Q(valid_to__gte=one_day("day")),
            staff=one_id("staff"),
        )
        .select_related("unit", "organisation", "area")
        .order_by("role", "pk")
    ),
    "staff",
    "day",
)


def digest_of(token: str) -> str:
    """What the database keeps of a token: 256 bits of chance need no key and no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def account_that_may_sign_in(email: str) -> Staff | None:
    """The active account with this address whose second factor is in use."""
    return Staff.objects.filter(email=email, is_active=True, second_factor__isnull=False).first()


def session_of(token: str) -> StaffSession | None:
    """The session of a cookie with its account, whatever state it is in; one query."""
    found = _SESSION.all(digest=[digest_of(token)])
    return found[0] if found else None


def open_sessions(staff: Staff) -> list[StaffSession]:
    """Where the account is signed in, the latest first."""
    since = time_source.now() - LONGEST
    mine = StaffSession.objects.filter(staff=staff, ended_at__isnull=True, started_at__gt=since)
    return list(mine.order_by("-started_at"))


def roles_of(staff: Staff, day: date | None = None) -> list[RoleAssignment]:
    """The roles an account holds on a day, with their units, organisations and areas; one query."""
    return _ROLES.all(staff=[staff.pk], day=[day or time_source.today()])


def backup_codes_left(staff: Staff) -> int:
    """How many backup codes have not been used."""
    return BackupCode.objects.filter(staff=staff, used_at__isnull=True).count()


def open_invitation(token: str) -> SignInInvitation | None:
    """The invitation of a link, if it can still be used."""
    found = SignInInvitation.objects.select_related("staff").filter(digest=digest_of(token[:200]))
    return found.filter(used_at__isnull=True, expires_at__gt=time_source.now(), staff__is_active=True).first()
