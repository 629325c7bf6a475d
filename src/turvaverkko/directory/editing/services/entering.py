"""Signing in without a password: a link by letter, good with the code of the page that asked for it.

Either alone opens nothing: a link that was forwarded, guessed or read by somebody else has no code, and a
code that was seen on a screen has no link.
"""

import hmac
import secrets
from typing import Final

from django.utils.translation import gettext_lazy as _

from turvaverkko.core import time_source
from turvaverkko.core.actors import ANONYMOUS, Anonymous
from turvaverkko.core.commands import command, note
from turvaverkko.core.limits import Limit, take
from turvaverkko.core.secrets import keyed_hash
from turvaverkko.core.states import IllegalMove
from turvaverkko.directory.editing import links, policies, queries, rules
from turvaverkko.directory.editing.models import SignInLink
from turvaverkko.directory.editing.telling import tell_link
from turvaverkko.organisation.api import Staff
from turvaverkko.organisation.sign_in.api import Identity, Refused, Stale

CODE: Final = "editing-code"
ADAPTER: Final = "link"


class TooMany(Exception):
    """So many links were asked for of late that no more are sent now."""


def ask_link(email: str, *, language: str, address: str, path: str = "", kept: str = "") -> str:
    """Send a link to a light account, if that is one; return the code in any case.

    Whoever asks learns nothing of who has an account: page, code and limits are the same.

    Args:
        email: cleaned.
        language: of the letter.
        address: of the net, for counting.
        path: where to go afterwards; a path of ours.
        kept: key of what was interrupted.

    Raises:
        TooMany: too many from the address or for the account; told whether there is one or not.
    """
    by_address = Limit("editing.link-address", rules.LINKS_FROM_ADDRESS, rules.LINK_LASTS)
    by_account = Limit("editing.link-account", rules.LINKS_TO_ACCOUNT, rules.LINK_LASTS)
    if not take(by_address, address) or not take(by_account, email):
        raise TooMany
    code = f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}}"
    staff = queries.light_account(email)
    if staff is not None:
        send_link(ANONYMOUS, staff, code=code, language=language, path=path, kept=kept)
    return code


@command("editing.send_link", allow=policies.may_ask, sentence=_("Kirjautumislinkki lähetettiin"))
def send_link(_actor: Anonymous, staff: Staff, *, code: str, language: str, path: str, kept: str) -> None:
    """Make a link of an account and post it; links that are over are forgotten."""
    now = time_source.now()
    SignInLink.objects.filter(expires_at__lt=now).delete()
    made = SignInLink.objects.create(
        staff=staff, code_hash="", expires_at=now + rules.LINK_LASTS, path=path, kept=kept
    )
    made.code_hash = _hash(made, code)
    made.save(update_fields=["code_hash"])
    tell_link(made, language)


def enter(token: str, code: str) -> tuple[SignInLink, Identity]:
    """Judge a link and a code together.

    Raises:
        Stale: the link is used, over, none of ours, or was tried too often.
        Refused: the code is another.
    """
    link = queries.link(links.read_token(links.ENTERING, token))
    if link is None or queries.light_account(link.staff.email) is None:
        raise Stale
    try:
        is_right = use_link(link.staff, link, code=code)
    except IllegalMove:
        raise Stale from None
    if not is_right:
        raise Refused
    return link, Identity(link.staff, ADAPTER, "link-and-code")


@command("editing.use_link", allow=policies.own_link, sentence=_("Kirjautumislinkki avattiin koodilla"))
def use_link(_actor: Staff, link: SignInLink, *, code: str) -> bool:
    """Use a link up with its code; a wrong code counts as a try. Tell whether it fitted.

    Raises:
        IllegalMove: somebody used it meanwhile, or tried too often.
    """
    if link.used_at is not None or link.tries >= rules.CODE_TRIES:
        raise IllegalMove("used", "use")
    is_right = hmac.compare_digest(link.code_hash, _hash(link, code))
    if is_right:
        link.used_at = time_source.now()
    else:
        link.tries += 1
    note(fits=is_right)
    link.save(update_fields=["used_at", "tries"])
    return is_right


def _hash(link: SignInLink, code: str) -> str:
    return keyed_hash(CODE, f"{link.public_id}\n{code}")
