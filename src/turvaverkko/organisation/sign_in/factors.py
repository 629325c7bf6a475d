"""Codes of the second factor: checking one spends it."""

import base64
import secrets
from datetime import datetime
from functools import cache
from typing import Final, Literal

import pyotp
import segno
from django.contrib.auth.hashers import check_password, make_password

from turvaverkko.core import time_source
from turvaverkko.core.ids import ALPHABET
from turvaverkko.core.secrets import decrypt, encrypt, keyed_hash
from turvaverkko.organisation.models import BackupCode, SecondFactor, Staff
from turvaverkko.organisation.sign_in.rules import (
    BACKUP_CODES,
    BACKUP_LENGTH,
    STEP,
    accepted_step,
    read_backup_code,
    read_digits,
)

Means = Literal["code", "backup-code", "password"]

# Unit: signs. A longer one is no password of ours; hashing megabytes would be a gift to an attacker.
LONGEST_PASSWORD: Final = 200
# Unit: bytes. Source: RFC 4226 § 4, R6 recommends 160 bits.
SECRET_BYTES: Final = 20


def new_secret() -> str:
    """A new secret for an authenticator, in base32."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode("ascii")


def spend(staff: Staff | None, typed: str) -> Means | None:
    """Which kind of code was typed, if it is one of the account's; it will not be accepted again.

    An account that does not exist takes the same work.
    """
    now = time_source.now()
    if backup := read_backup_code(typed):
        return "backup-code" if _spend_backup(staff, backup, now) else None
    return "code" if _spend_code(staff, read_digits(typed), now) else None


def first_step(secret: str, typed: str) -> int | None:
    """The step of the first code that a new authenticator shows, or None."""
    return accepted_step(secret, read_digits(typed), at=time_source.now(), last_step=0)


def password_fits(staff: Staff | None, typed: str) -> bool:
    """Whether this is the account's password; nobody's account takes the same work."""
    stored = staff.password if staff and staff.has_usable_password() else _nobodys()[0]
    fits = check_password(typed[:LONGEST_PASSWORD], stored)
    return bool(fits and staff and stored == staff.password and len(typed) <= LONGEST_PASSWORD)


def new_backup_codes(staff: Staff) -> list[str]:
    """Make new backup codes in place of the old ones; only their digests are kept."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(BACKUP_LENGTH)) for _ in range(BACKUP_CODES)]
    BackupCode.objects.filter(staff=staff).delete()
    BackupCode.objects.bulk_create(BackupCode(staff=staff, digest=_digest(staff, code)) for code in codes)
    return codes


def qr_svg(email: str, secret: str, *, issuer: str) -> str:
    """The picture that an authenticator reads, as SVG for the page itself."""
    address = pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=email, issuer_name=issuer)
    drawn: str = segno.make_qr(address, error="m").svg_inline(scale=5, border=3, omitsize=True, light="#fff")
    return drawn


def current_code(secret: str) -> str:
    """The code of this moment (for the demo, whose secrets are no secrets)."""
    return pyotp.TOTP(secret, interval=STEP).at(time_source.now())


def _spend_code(staff: Staff | None, code: str, now: datetime) -> bool:
    factor = SecondFactor.objects.filter(staff_id=staff.pk if staff else 0).first()
    secret, last = (factor.secret, factor.last_step) if factor else (decrypt(_nobodys()[1]), 0)
    step = accepted_step(secret, code, at=now, last_step=last)
    if step is None or factor is None:
        return False
    # Of two who bring the same code at once one is too late.
    return SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step).update(last_step=step) == 1


def _spend_backup(staff: Staff | None, signs: str, now: datetime) -> bool:
    mine = BackupCode.objects.filter(staff_id=staff.pk if staff else 0, used_at__isnull=True)
    return mine.filter(digest=_digest(staff, signs)).update(used_at=now) == 1


def _digest(staff: Staff | None, signs: str) -> str:
    return keyed_hash("backup-code", f"{staff.public_id if staff else ''}:{signs}")


@cache
def _nobodys() -> tuple[str, str]:
    """Password and secret of nobody: an account that is not there costs as much as one that is."""
    return make_password(secrets.token_urlsafe(16)), encrypt(new_secret())
