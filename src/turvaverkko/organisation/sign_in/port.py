"""The sign-in port: what every way of saying who one is has in common.

The first adapter is the local account (`local.py`). An OpenID Connect provider fits the same two steps:
`begin` answers with an address to go to, `verify` reads what the person came back with.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from turvaverkko.organisation.models import Staff


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody is who they say.

    Attributes:
        staff: the account.
        adapter: the code of the adapter that says so.
        means: what the second factor was: "code", "backup-code", or a name of the adapter's own.
    """

    staff: Staff
    adapter: str
    means: str


@dataclass(frozen=True, slots=True)
class Challenge:
    """The second step.

    Attributes:
        token: what `verify` needs to know of the first step, sealed; it travels in the page.
        address: where the person must go, for adapters whose second step is elsewhere.
    """

    token: str
    address: str = ""


class Refused(Exception):
    """Something does not fit. It never says what: not even whether there is such an account."""


class Stale(Exception):
    """The second step came too late, or belongs to no first step of ours.

    Attributes:
        name: what was typed as the account's name, to be shown again.
    """

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.name = name


class Delayed(Exception):
    """Too many tries; nobody is listened to until a moment."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


class SignInPort(Protocol):
    """A way of signing in."""

    code: str

    def begin(self, given: Mapping[str, str], *, address: str) -> Challenge:
        """Take the first step.

        Args:
            given: what the person typed, by the name of the field.
            address: the address of the net the person is at.

        Raises:
            Delayed: too many tries.
        """

    def verify(self, given: Mapping[str, str], *, address: str) -> Identity:
        """Take the second step.

        Args:
            given: "challenge" from the first step, and what the person typed or brought.
            address: the address of the net the person is at.

        Raises:
            Refused: something does not fit.
            Stale: the first step is too long ago.
            Delayed: too many tries.
        """
