"""Matters and grants: who may see what, on which basis, until when."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from turvaverkko.access.gate import Gate
from turvaverkko.access.guard import GuardedManager
from turvaverkko.access.rules import ORDER, Confidentiality
from turvaverkko.core import time_source
from turvaverkko.core.constraints import exactly_one
from turvaverkko.core.encrypted import EncryptedTextField
from turvaverkko.core.ids import new_public_id

LEVELS = [(number, verb.value) for number, verb in enumerate(ORDER, start=1)]


class Matter(models.Model):
    """The thin row by which work, grants and answers know a family's thing without knowing the family.

    Personal data: none in itself; that a matter of a kind exists in a unit. Kept as long as what hangs on it.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=40)
    # No way back by name: a query of units or staff must not join its way past the guard.
    controller = models.ForeignKey("organisation.Organisation", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    confidentiality = models.PositiveSmallIntegerField(
        choices=[(level.value, level.name.lower()) for level in Confidentiality],
        default=Confidentiality.NORMAL,
    )
    opened_at = models.DateTimeField(default=time_source.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = GuardedManager["Matter"]()
    GATE: ClassVar = Gate(
        "access.matter",
        matter="id",
        unit="unit_id",
        confidentiality="confidentiality",
        matter_public_id="public_id",
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit", "confidentiality", "-id"], name="matter_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.public_id}"


class Grant(models.Model):
    """That somebody may see or do something in a matter: who, on which basis, from when to when.

    Personal data: who works with which matter. Kept as long as the access log.
    """

    class Basis(models.TextChoices):
        """Why somebody has access (design ARCHITECTURE, mechanism 4)."""

        ASSIGNED = "assigned", _("otti tai sai asian hoitaakseen")
        OWN_WORKER = "own-worker", _("omatyöntekijä")
        UNIT = "unit", _("yksikön asia")
        REFERRAL = "referral", _("hyväksytty ohjaus")
        MEETING = "meeting", _("kutsuttu tapaamiseen")
        CONSULTATION = "consultation", _("konsultaatio")
        CUSTODIAN = "custodian", _("huoltaja")
        CHILD = "child", _("lapsi itse")
        RECEIPT_CODE = "receipt-code", _("seurantakoodi")
        CONSENT = "consent", _("suostumus")
        STATUTE = "statute", _("laki")
        BREAK_GLASS = "break-glass", _("hätäavaus")

    # The named indexes below begin with these keys; Django's own would only cost and mislead the planner.
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="grants", db_index=False)
    staff = models.ForeignKey(
        "organisation.Staff",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    unit = models.ForeignKey(
        "organisation.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    level = models.PositiveSmallIntegerField(choices=LEVELS)
    basis = models.CharField(max_length=20, choices=Basis)
    law = models.CharField(max_length=160, blank=True)
    starts_at = models.DateTimeField(default=time_source.now)
    ends_at = models.DateTimeField(null=True, blank=True)
    given_by = models.CharField(max_length=80)

    objects = GuardedManager["Grant"]()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["staff", "matter"],
                name="grants_to_staff",
                condition=models.Q(staff__isnull=False),
                include=["starts_at", "ends_at", "level"],
            ),
            models.Index(
                fields=["unit", "matter"],
                name="grants_to_unit",
                condition=models.Q(unit__isnull=False),
                include=["starts_at", "ends_at", "level"],
            ),
            models.Index(fields=["matter", "ends_at"], name="grant_in_matter"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=exactly_one(("staff", "unit")), name="grant_has_one_holder"),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gte=models.F("starts_at")),
                name="grant_dates_in_order",
            ),
            models.CheckConstraint(
                condition=~models.Q(basis="statute") | ~models.Q(law=""),
                name="grant_by_statute_names_the_law",
            ),
            models.CheckConstraint(
                condition=~models.Q(basis="break-glass") | models.Q(ends_at__isnull=False),
                name="break_glass_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.basis} #{self.pk}"


class BreakGlass(models.Model):
    """That a worker opened a matter in an emergency, why, and what the review said.

    Personal data: the worker's reason in their own words (encrypted). Kept as long as the access log.
    """

    class Verdict(models.TextChoices):
        """What the reviewer found."""

        JUSTIFIED = "justified", _("perusteltu")
        UNJUSTIFIED = "unjustified", _("ei perusteltu")

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    grant = models.OneToOneField(Grant, on_delete=models.PROTECT, related_name="break_glass")
    reason = EncryptedTextField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        "organisation.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verdict = models.CharField(max_length=12, choices=Verdict, blank=True)
    verdict_reason = EncryptedTextField(blank=True)

    objects = GuardedManager["BreakGlass"]()
    # No level: the review is of a worker's act, and an opening that nobody could review would be the worst.
    # The lead of a hidden matter sees who, when and why; the matter stays hidden.
    GATE: ClassVar = Gate(
        "access.break_glass",
        matter="grant__matter_id",
        unit="grant__matter__unit_id",
        confidentiality="",
        matter_public_id="grant__matter__public_id",
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["grant"], name="breaks_to_review", condition=models.Q(reviewed_at__isnull=True)
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(reviewed_at__isnull=True, reviewed_by__isnull=True, verdict="")
                | (models.Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~models.Q(verdict="")),
                name="break_glass_review_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
