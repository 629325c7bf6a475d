"""Rows of the access log: one for each subject somebody has looked at, and the seals over them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from turvaverkko.core import time_source
from turvaverkko.trail.append_only import AppendOnlyModel, AppendOnlyQuerySet

# Unit: signs. Of an id or a code, as `trail.payload` accepts them.
CODE_LENGTH = 64
# Unit: signs. Of a SHA-256 in hexadecimal.
HASH_LENGTH = 64


class Look(models.TextChoices):
    """In which way data were looked at."""

    READ = "read", _("avattu")
    LIST = "list", _("näkynyt luettelossa")
    SEARCH = "search", _("näkynyt haussa")
    EXPORT = "export", _("viety tiedostoon")
    PRINT = "print", _("tulostettu")
    DENIED = "denied", _("yritetty avata, estetty")
    BREAK_GLASS = "break-glass", _("avattu hätäperusteella")


class AccessEntry(AppendOnlyModel):
    """One look at one subject. Never changed; on PostgreSQL the table is partitioned by month.

    Personal data: ids of the looker and of whom the data are about, no names and no free text.
    Kept: 12 years (retention policy of the county; *check*).
    """

    time = models.DateTimeField(default=time_source.now, editable=False)
    # Text, not keys: persons, staff and matters live on floors above, and an entry outlives them.
    actor = models.CharField(max_length=80)
    role = models.CharField(max_length=CODE_LENGTH, blank=True)
    unit = models.CharField(max_length=CODE_LENGTH, blank=True)
    controller = models.CharField(max_length=CODE_LENGTH, blank=True)
    look = models.CharField(max_length=16, choices=Look)
    screen = models.CharField(max_length=CODE_LENGTH, help_text=_("Sivun nimi, ei koskaan sen osoite."))
    subject_kind = models.CharField(max_length=CODE_LENGTH)
    subject_id = models.CharField(max_length=CODE_LENGTH)
    matter = models.CharField(max_length=CODE_LENGTH, blank=True)
    basis = models.CharField(max_length=CODE_LENGTH)
    request_id = models.CharField(max_length=CODE_LENGTH, help_text=_("Sama kaikilla yhden sivun riveillä."))

    objects = AppendOnlyQuerySet["AccessEntry"].as_manager()

    class Meta:
        """Indexed as it is read: a family's own page, one subject, one looker, a stretch of time."""

        verbose_name = _("käyttölokin rivi")
        verbose_name_plural = _("käyttölokin rivit")
        indexes = [
            models.Index(fields=["matter", "-id"], name="looks_at_matter"),
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="looks_at_subject"),
            models.Index(fields=["actor", "-id"], name="looks_of_actor"),
            models.Index(fields=["-time", "-id"], name="looks_by_time"),
        ]

    def __str__(self) -> str:
        """Name the row without saying whom it is about."""
        return f"{self.look} #{self.pk}"


class SealKind(models.TextChoices):
    """What a seal tells."""

    ROWS = "rows", _("sinetöidyt rivit")
    ERASURE = "erasure", _("todistus poistosta")


class AccessSeal(AppendOnlyModel):
    """A link of the chain: rows after `after_id` up to `upto_id`, or the certificate of an erasure.

    Personal data: none; ids of rows and hashes. Kept: as long as the rows.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10, choices=SealKind)
    after_id = models.BigIntegerField()
    upto_id = models.BigIntegerField()
    # Rows sealed here; in a certificate rows erased.
    count = models.PositiveBigIntegerField()
    # Rows ever sealed, this seal included.
    total = models.PositiveBigIntegerField()
    sealed_at = models.DateTimeField()
    rows_hash = models.CharField(max_length=HASH_LENGTH)
    previous = models.CharField(max_length=HASH_LENGTH, blank=True)
    head = models.CharField(max_length=HASH_LENGTH)
    # Id and the first bytes of the hash of each row: they tell which row was touched.
    marks = models.BinaryField()
    # Certificate: the last seal that was erased, its head, and the moment before which all was erased.
    erased_through = models.PositiveBigIntegerField(null=True)
    erased_head = models.CharField(max_length=HASH_LENGTH, blank=True)
    erased_before = models.DateTimeField(null=True)

    objects = AppendOnlyQuerySet["AccessSeal"].as_manager()

    class Meta:
        """A certificate names what it certifies, a seal of rows does not."""

        verbose_name = _("käyttölokin sinetti")
        verbose_name_plural = _("käyttölokin sinetit")
        constraints = [
            models.CheckConstraint(
                name="seal_certifies_what_it_says",
                condition=models.Q(kind="rows", erased_through=None, erased_before=None, erased_head="")
                | models.Q(kind="erasure", erased_through__isnull=False, erased_before__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Name the seal."""
        return f"seal #{self.number}"
