"""Rows of the trail: what was done, who has looked, and which sendings were already received."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from turvaverkko.core import time_source
from turvaverkko.trail.access_log.models import AccessEntry, AccessSeal
from turvaverkko.trail.append_only import AppendOnly, AppendOnlyModel, AppendOnlyQuerySet

__all__ = ["AccessEntry", "AccessSeal", "AppendOnly", "Audience", "IdempotencyKey", "LogEntry"]


class Audience(models.TextChoices):
    """Who may be shown an entry, beside auditors, who may see all."""

    STAFF = "staff", _("henkilöstö")
    FAMILY = "family", _("perhe ja henkilöstö")
    PUBLIC = "public", _("kaikki")
    AUDIT = "audit", _("vain tarkastus")


class LogEntry(AppendOnlyModel):
    """One thing done: a line of timelines, notices, indicators and the change audit. Never changed.

    Personal data: ids of the doer and of the subject, no names and no free text. Kept: 12 years
    (retention policy of the county; *check*).
    """

    time = models.DateTimeField(default=time_source.now, editable=False)
    kind = models.CharField(max_length=80, help_text=_("Komennon nimi."))
    subject_kind = models.CharField(max_length=80, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    # Text, not a key: staff live on a floor above, and an entry outlives the account of its doer.
    actor = models.CharField(max_length=80)
    acting_for = models.CharField(max_length=80, blank=True)
    unit = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=64, blank=True)
    payload = models.JSONField(default=dict)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.STAFF)
    controller = models.CharField(max_length=64, blank=True)

    objects = AppendOnlyQuerySet["LogEntry"].as_manager()

    class Meta:
        """Indexed as it is read: one subject's story, and what happened lately."""

        verbose_name = _("lokimerkintä")
        verbose_name_plural = _("lokimerkinnät")
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="entry_of_subject"),
            models.Index(fields=["-time", "-id"], name="entry_by_time"),
            models.Index(fields=["kind", "time"], name="entry_by_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                name="entry_subject_has_kind_and_id",
                condition=models.Q(subject_kind="", subject_id="")
                | (~models.Q(subject_kind="") & ~models.Q(subject_id="")),
            ),
        ]

    def __str__(self) -> str:
        """Name the entry without saying whom it is about."""
        return f"{self.kind} #{self.pk}"


class IdempotencyKey(models.Model):
    """A sending already received, with the result it had, so that a second one changes nothing.

    Personal data: the id of the sender; the content only as a keyed digest. Kept: 7 days.
    """

    command = models.CharField(max_length=80)
    actor = models.CharField(max_length=80)
    key = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    result = models.JSONField(null=True)
    made_at = models.DateTimeField(default=time_source.now, editable=False, db_index=True)

    class Meta:
        """A key belongs to one sender and one command."""

        verbose_name = _("lähetyksen tunnus")
        verbose_name_plural = _("lähetysten tunnukset")
        constraints = [
            models.UniqueConstraint(fields=["command", "actor", "key"], name="idempotency_key_once"),
        ]

    def __str__(self) -> str:
        """Name the key without showing it."""
        return f"{self.command} #{self.pk}"
