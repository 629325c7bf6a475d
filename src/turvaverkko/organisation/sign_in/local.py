"""Local accounts: e-mail, password, and a one-time or backup code. The first adapter of the port.

The answer is the same whatever did not fit, and whether there is such an account or not: the password is
judged when the code is.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.conf import settings

from turvaverkko.core import secrets, time_source
from turvaverkko.core.actors import ANONYMOUS
from turvaverkko.core.safe_text import strip_controls
from turvaverkko.organisation.models import Staff
from turvaverkko.organisation.sign_in import factors, queries, services, throttle
from turvaverkko.organisation.sign_in.port import Challenge, Identity, Refused, Stale
from turvaverkko.organisation.sign_in.rules import CHALLENGE, Key, read_backup_code

# Unit: signs. Source: RFC 5321 § 4.5.3.1.
LONGEST_EMAIL: Final = 254
# The accounts of a demo pack: their keys are printed in the README.
DEMO_ENDING: Final = "@example.invalid"


def clean_email(typed: str) -> str:
    """What was typed as an e-mail address, in the form in which accounts keep it."""
    return strip_controls(typed[: LONGEST_EMAIL * 2]).strip().lower()[:LONGEST_EMAIL]


class LocalAccounts:
    """The port's adapter for accounts that live here."""

    code = "local"

    def begin(self, given: Mapping[str, str], *, address: str) -> Challenge:
        """Look at e-mail and password, and say nothing of what was found.

        Raises:
            Delayed: too many tries from this address.
        """
        email = clean_email(given.get("email", ""))
        staff = _account(email)
        by_address = throttle.keys_of(email, address)[Key.ADDRESS]
        if not throttle.is_known_place(staff, address):
            throttle.check([by_address])
        throttle.count({Key.ADDRESS: by_address})
        fits = factors.password_fits(staff, given.get("password", ""))
        found = staff.pk if staff and fits else None
        content = {"email": email, "staff": found, "at": time_source.now().isoformat()}
        return Challenge(secrets.encrypt(json.dumps(content)))

    def verify(self, given: Mapping[str, str], *, address: str) -> Identity:
        """Judge password and code together.

        Raises:
            Refused: something does not fit.
            Stale: the challenge is too old or not ours.
            Delayed: too many tries.
        """
        email, found = _opened(given.get("challenge", ""))
        typed = given.get("code", "")
        staff = _account(email)
        keys = throttle.keys_of(email, address)
        is_known = throttle.is_known_place(staff, address)
        throttle.check(_delaying(keys, is_known=is_known, is_backup=bool(read_backup_code(typed))))
        # The code of an account whose password did not fit is not spent: nobody else may use it up.
        right = staff if staff and staff.pk == found else None
        means = factors.spend(right, typed)
        if right is None or means is None:
            began = throttle.count(keys)
            services.refuse(ANONYMOUS, staff, delayed=began)
            raise Refused
        throttle.forget([keys[Key.PAIR]])
        throttle.take_back(keys[Key.ADDRESS])
        throttle.remember_place(right, address)
        return Identity(right, self.code, means)


def _delaying(keys: throttle.Keys, *, is_known: bool, is_backup: bool) -> list[str]:
    """The counters that this try has to wait for."""
    kinds = set() if is_known else {Key.ADDRESS}
    if not is_backup:
        kinds |= {Key.PAIR} if is_known else {Key.PAIR, Key.ACCOUNT}
    return [keys[kind] for kind in kinds]


def _account(email: str) -> Staff | None:
    if email.endswith(DEMO_ENDING) and not settings.DEMO:
        email = ""
    return queries.account_that_may_sign_in(email)


def _opened(token: str) -> tuple[str, int | None]:
    try:
        content = json.loads(secrets.decrypt(token))
    except (secrets.Undecipherable, UnicodeEncodeError):
        raise Stale from None
    if time_source.now() - datetime.fromisoformat(content["at"]) > CHALLENGE:
        raise Stale(content["email"])
    return content["email"], content["staff"]
