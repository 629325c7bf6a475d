"""The outbox, and who wishes to be told nothing."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from turvaverkko.core import time_source
from turvaverkko.core.encrypted import EncryptedTextField
from turvaverkko.core.ids import new_public_id
from turvaverkko.notices import states
from turvaverkko.notices.addresses import Address, Channel
from turvaverkko.notices.rules import SafeHours


class Notice(models.Model):
    """One content-free message on its way: where to, which template, how far it has come.

    Personal data: the address (encrypted, with a keyed hash) and that something happened in a matter; no
    names, no words. Kept: the address 7 days after sending and not at all once stopped; the row a year.
    """

    class State(models.TextChoices):
        """How far it has come (`states.NOTICE`)."""

        HELD = states.HELD, _("odottaa hetken")
        QUEUED = states.QUEUED, _("jonossa")
        SENDING = states.SENDING, _("lähtemässä")
        FAILED = states.FAILED, _("yritetään uudelleen")
        SENT = states.SENT, _("lähetetty")
        DEAD = states.DEAD, _("ei mennyt perille")
        STOPPED = states.STOPPED, _("pysäytetty")

    # Also the left part of Message-ID, so it tells nothing and stays the same in every attempt.
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    # The same announcement handled twice gives one notice.
    key = models.CharField(max_length=120, unique=True)
    # Text, not a key: matters live on a floor above. Empty for notices about no family's matter.
    matter = models.CharField(max_length=20, blank=True)
    purpose = models.CharField(max_length=120)
    template = models.CharField(max_length=40)
    language = models.CharField(max_length=12)
    discreet = models.BooleanField(default=False)
    facts = models.JSONField(default=dict)
    channel = models.CharField(max_length=8, choices=Channel)
    address = EncryptedTextField(blank=True)
    address_hash = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.HELD)
    # Why it was stopped, or the code of the latest failure ("smtp-550", "timeout").
    because = models.CharField(max_length=40, blank=True)
    due_at = models.DateTimeField()
    give_up_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    message_id = models.CharField(max_length=200, blank=True)
    posted_at = models.DateTimeField(default=time_source.now, editable=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Indexed as it is asked: what is late, what a veto stops, what may be forgotten."""

        verbose_name = _("ilmoitus")
        verbose_name_plural = _("ilmoitukset")
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="notice_open_due", condition=Q(state__in=states.OPEN)),
            models.Index(
                fields=["address_hash"], name="notice_open_address", condition=Q(state__in=states.OPEN)
            ),
            models.Index(fields=["matter"], name="notice_matter", condition=~Q(matter="")),
            models.Index(fields=["state", "ended_at"], name="notice_ended"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="notice_open_has_an_address", condition=~Q(state__in=states.OPEN) | ~Q(address_hash="")
            ),
            models.CheckConstraint(
                name="notice_stopped_forgot_its_address", condition=~Q(state="stopped") | Q(address_hash="")
            ),
            models.CheckConstraint(
                name="notice_ended_has_a_moment",
                condition=Q(state__in=states.OPEN, ended_at__isnull=True)
                | (~Q(state__in=states.OPEN) & Q(ended_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} #{self.public_id}"

    @property
    def to(self) -> Address:
        """Where it goes.

        Raises:
            BadAddress: the address has been forgotten.
        """
        return Address(self.address, Channel(self.channel))


class Veto(models.Model):
    """That nothing is to be sent: in a matter, or to an address. Holds until it is lifted.

    Personal data: a keyed hash of an address, or that a matter's family is not to be contacted. Kept: until
    lifted and a year after, or until the matter is forgotten.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    matter = models.CharField(max_length=20, blank=True)
    address_hash = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=40)
    set_by = models.CharField(max_length=80)
    set_at = models.DateTimeField(default=time_source.now, editable=False)
    lifted_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        """One that holds for a matter, one for an address."""

        verbose_name = _("yhteydenottokielto")
        verbose_name_plural = _("yhteydenottokiellot")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="veto_is_of_a_matter_or_an_address",
                condition=(Q(matter="") & ~Q(address_hash="")) | (~Q(matter="") & Q(address_hash="")),
            ),
            models.UniqueConstraint(
                fields=["matter"], name="veto_of_a_matter", condition=Q(lifted_at=None) & ~Q(matter="")
            ),
            models.UniqueConstraint(
                fields=["address_hash"],
                name="veto_of_an_address",
                condition=Q(lifted_at=None) & ~Q(address_hash=""),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.public_id}"


class Preference(models.Model):
    """How those behind a matter wish to be told that there is something to read.

    Personal data: the wish, and the hours in which it is safe. Kept: until the matter is forgotten.
    """

    class Wish(models.TextChoices):
        """What they chose."""

        NONE = "none", _("ei ilmoituksia")
        MAIL = "mail", _("sähköpostilla")

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    matter = models.CharField(max_length=20, unique=True)
    wish = models.CharField(max_length=8, choices=Wish)
    safe_from = models.TimeField(null=True, blank=True)
    safe_until = models.TimeField(null=True, blank=True)

    class Meta:
        """Safe hours are whole or not there."""

        verbose_name = _("ilmoitustoive")
        verbose_name_plural = _("ilmoitustoiveet")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="preference_safe_hours_are_whole",
                condition=Q(safe_from__isnull=True, safe_until__isnull=True)
                | (
                    Q(safe_from__isnull=False, safe_until__isnull=False)
                    & ~Q(safe_from=models.F("safe_until"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.public_id}"

    @property
    def safe_hours(self) -> SafeHours | None:
        """The hours in which a notice may arrive; None: at any time."""
        if self.safe_from is None or self.safe_until is None:
            return None
        return SafeHours(self.safe_from, self.safe_until)
