"""What signing in needs to remember. Tokens and codes are kept as digests, secrets encrypted."""

from typing import ClassVar

from django.db import models

from turvaverkko.core import time_source
from turvaverkko.core.encrypted import EncryptedTextField
from turvaverkko.core.ids import new_public_id
from turvaverkko.organisation.models.staff import Staff

DIGEST = 64  # hexadecimal signs of SHA-256


class SecondFactor(models.Model):
    """The authenticator of an account: whoever has it can make its one-time codes.

    Personal data: a secret of the account, encrypted. Kept as long as the account can sign in.
    """

    staff = models.OneToOneField(Staff, on_delete=models.CASCADE, related_name="second_factor")
    secret = EncryptedTextField()
    # The last step whose code was accepted: an older or equal code has been used.
    last_step = models.BigIntegerField(default=0)
    confirmed_at = models.DateTimeField(default=time_source.now, editable=False)

    def __str__(self) -> str:
        return f"#{self.pk}"


class BackupCode(models.Model):
    """One of the codes that help when the authenticator is out of reach. Each works once.

    Personal data: a keyed digest of a code. Kept until new codes are made.
    """

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="backup_codes")
    digest = models.CharField(max_length=DIGEST)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["staff", "digest"], name="backup_code_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class SignInInvitation(models.Model):
    """A one-time link by which an account is taken into use, or given a new authenticator.

    Personal data: which account. Kept 72 hours, then deleted with the next sign-in of anybody.
    """

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=DIGEST, unique=True)
    # The authenticator's secret waits here, so that the page shows the same picture when it is reloaded.
    secret = EncryptedTextField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"#{self.pk}"


class StaffSession(models.Model):
    """One browser in which somebody is signed in.

    Personal data: who worked when, with which kind of browser. Kept a day after its end.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="sessions")
    digest = models.CharField(max_length=DIGEST, unique=True)
    browser = models.CharField(max_length=40, blank=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    # When a code was last given: sensitive acts ask how long ago.
    confirmed_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["staff", "-started_at"], name="session_of_staff"),
            models.Index(fields=["started_at"], name="session_by_start"),
        ]

    def __str__(self) -> str:
        return f"#{self.public_id}"


class KeptRequest(models.Model):
    """What somebody was sending or opening when the lock, the end of a day or the step-up came between.

    Personal data: whatever was typed, encrypted. Kept 2 hours or until it was sent on.
    """

    key = models.CharField(max_length=40, unique=True)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    content = EncryptedTextField()
    kept_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"#{self.pk}"


class SignInTries(models.Model):
    """How often somebody tried in a row, by account, address or both.

    Personal data: keyed digests of an address of the net and an account. Kept 24 hours after the last try.
    """

    digest = models.CharField(max_length=DIGEST, unique=True)
    tries = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)
    wait_until = models.DateTimeField()

    class Meta:
        verbose_name_plural = "sign in tries"

    def __str__(self) -> str:
        return f"#{self.pk}"


class SignInPlace(models.Model):
    """An address from which an account signed in: others' failures elsewhere do not delay it there.

    Personal data: a keyed digest of an address of the net. Kept 90 days after the last sign-in.
    """

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=DIGEST)
    last_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["staff", "digest"], name="sign_in_place_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
