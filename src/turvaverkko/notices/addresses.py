"""Where a notice goes. An address is shown by nothing: not by `repr`, not by an error, not by a log."""

import unicodedata
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from turvaverkko.core.secrets import keyed_hash


class Channel(TextChoices):
    """How a notice travels."""

    MAIL = "mail", _("sähköposti")


class BadAddress(ValueError):
    """The text cannot be an address of its channel; the error does not repeat it."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address in its one normal form.

    Attributes:
        text: the address; spaces around it are cut.
        channel: which channel it belongs to.

    Raises:
        BadAddress: nothing can be sent there.
    """

    text: str = field(repr=False)
    channel: Channel = Channel.MAIL

    def __post_init__(self) -> None:
        text = unicodedata.normalize("NFC", self.text).strip()
        object.__setattr__(self, "text", text)
        try:
            validate_email(text)
        except ValidationError:
            raise BadAddress from None

    @property
    def hash(self) -> str:
        """The keyed hash by which a veto finds the address; capital letters make no difference."""
        return keyed_hash(f"notices.{self.channel}", self.text.casefold())
