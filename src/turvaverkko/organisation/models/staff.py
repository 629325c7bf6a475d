"""Staff accounts and their roles.

Signing in arrives with the sign-in port; the table is here first because Django fixes the account
model before the first migration.
"""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from turvaverkko.core.constraints import exactly_one, once, once_a_day
from turvaverkko.core.ids import new_public_id
from turvaverkko.organisation.models.base import Dated

SCOPES = ("unit", "organisation", "area")


class StaffManager(BaseUserManager["Staff"]):
    """Makes staff accounts."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Staff":
        """Create an account that signs in with `email`.

        Raises:
            ValueError: the address is empty.
        """
        if not email:
            message = "A staff account needs an e-mail address."
            raise ValueError(message)
        staff = self.model(email=self.normalize_email(email).lower(), **fields)
        staff.set_password(password)
        staff.save(using=self._db)
        return staff


class Staff(AbstractBaseUser, PermissionsMixin):
    """A person who works with families: the account, not the employment record.

    Personal data: name, work e-mail, languages. Kept while the work lasts, then the log retention.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    email = models.EmailField(unique=True)
    display_name = models.CharField(max_length=120)
    languages = models.JSONField(default=list, blank=True)
    is_active = models.BooleanField(default=True)
    # Django's admin is for code lists and support only.
    is_staff = models.BooleanField(default=False)

    objects = StaffManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        verbose_name_plural = "staff"

    def __str__(self) -> str:
        return f"#{self.public_id}"


class RoleAssignment(Dated):
    """That a member of staff has a role in a unit, an organisation or an area, from when to when.

    Personal data: who held which role. Kept as long as the log.
    """

    class Role(models.TextChoices):
        """The role axis of every permission matrix (design WORKFLOWS)."""

        SERVICE_GUIDE = "service-guide"
        WORKER = "worker"
        UNIT_LEAD = "unit-lead"
        SPECIALIST_CONSULTANT = "specialist-consultant"
        PARTNER = "partner"
        COORDINATOR = "coordinator"
        DIRECTOR = "director"
        CONTENT_EDITOR = "content-editor"
        AUDITOR = "auditor"
        TECHNICAL_ADMINISTRATOR = "technical-administrator"

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=30, choices=Role)
    unit = models.ForeignKey(
        "organisation.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="role_assignments",
    )
    organisation = models.ForeignKey(
        "organisation.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="role_assignments",
    )
    area = models.ForeignKey(
        "organisation.Area",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="role_assignments",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Dated.DATED_CHECK, name="role_assignment_dates_in_order"),
            models.CheckConstraint(condition=exactly_one(SCOPES), name="role_assignment_has_one_scope"),
            models.UniqueConstraint(
                "staff", "role", *once(*SCOPES), once_a_day("valid_from"), name="role_assignment_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} #{self.pk}"
