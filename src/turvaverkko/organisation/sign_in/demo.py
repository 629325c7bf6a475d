"""Keys for the accounts of a demo pack. They are printed for everybody, so they open nothing but a demo.

In production these accounts are nobody (`local.DEMO_ENDING`), whatever their keys.
"""

import base64
import hashlib
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.contrib.auth.hashers import make_password

from turvaverkko.organisation.models import RoleAssignment, Staff
from turvaverkko.organisation.sign_in import services
from turvaverkko.organisation.sign_in.factors import SECRET_BYTES
from turvaverkko.organisation.sign_in.local import DEMO_ENDING

PASSWORD: Final = "kotilampi on tyyni"  # noqa: S105 - of a demo, printed in the README


class NotDemo(RuntimeError):
    """Somebody asked for keys of a demo in an installation that is none."""


@dataclass(frozen=True, slots=True)
class Login:
    """What one needs to sign in to the demo."""

    role: str
    email: str
    secret: str


def secret_of(email: str) -> str:
    """The authenticator's secret of a demo account: the same in every demo, so that papers can name it."""
    digest = hashlib.sha256(f"turvaverkko-demo:{email}".encode()).digest()
    return base64.b32encode(digest[:SECRET_BYTES]).decode("ascii")


def give_keys() -> list[Login]:
    """Give every demo account its keys; return one account of each role, in the order of roles.

    Raises:
        NotDemo: this is no demo.
    """
    require_demo()
    encoded = make_password(PASSWORD)
    for staff in Staff.objects.filter(email__endswith=DEMO_ENDING, is_active=True):
        services.give_demo_keys(services.TERMINAL, staff, encoded=encoded, secret=secret_of(staff.email))
    return [login for role in RoleAssignment.Role.values for login in _first_of(role)]


def table(logins: list[Login]) -> str:
    """The logins as lines of text."""
    rows = [("role", "e-mail", "TOTP secret")] + [(one.role, one.email, one.secret) for one in logins]
    lines = [f"  {role:<24} {email:<38} {secret}" for role, email, secret in rows]
    hint = f"  Password of all: {PASSWORD}\n  Present code: ./turvaverkko manage demo_code E-MAIL"
    return "\n".join([*lines, hint])


def require_demo() -> None:
    """Go on only in a demo.

    Raises:
        NotDemo: this is none.
    """
    if not settings.DEMO:
        message = "These keys are for the demo only."
        raise NotDemo(message)


def _first_of(role: str) -> list[Login]:
    held = RoleAssignment.objects.filter(
        role=role, staff__email__endswith=DEMO_ENDING, staff__is_active=True, valid_to__isnull=True
    )
    emails = held.order_by("staff_id").values_list("staff__email", flat=True)[:1]
    return [Login(role, email, secret_of(email)) for email in emails]
