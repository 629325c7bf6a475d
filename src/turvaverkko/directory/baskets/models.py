"""Baskets and the links that open a copy of one."""

from typing import ClassVar

from django.db import models

from turvaverkko.core import time_source
from turvaverkko.core.encrypted import EncryptedTextField
from turvaverkko.core.ids import new_public_id


class Basket(models.Model):
    """What a visitor's device or a member of staff has collected. Of a visitor nothing else is known.

    Personal data: what was collected and the notes to it (encrypted as one text): together they tell of
    somebody's life. Kept: 30 days after the last change, then deleted.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    # The device's cookie carries the key, the row only its keyed hash. Null: it is of a member of staff.
    key_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - unique among those that have one
    staff = models.OneToOneField(
        "organisation.Staff", on_delete=models.CASCADE, null=True, blank=True, related_name="basket"
    )
    content = EncryptedTextField(blank=True)
    # As it was before the last change, to undo it.
    previous = EncryptedTextField(blank=True)
    can_undo = models.BooleanField(default=False)
    touched_at = models.DateTimeField(default=time_source.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["touched_at"], name="basket_by_age")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="basket_of_a_device_or_of_staff",
                condition=models.Q(key_hash__isnull=True) ^ models.Q(staff__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.public_id}"


class Share(models.Model):
    """A link that opens a copy of a basket, as it was when the link was made.

    Personal data: the same as in a basket (encrypted); whoever has the link reads it. Kept: 1, 7 or 30 days
    as its maker chose, or until they end it, then deleted.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="shares")
    code_hash = models.CharField(max_length=64, unique=True)
    # Its maker sees the link again.
    code = EncryptedTextField()
    content = EncryptedTextField()
    made_at = models.DateTimeField(default=time_source.now, editable=False)
    expires_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="share_by_end")]

    def __str__(self) -> str:
        return f"#{self.public_id}"
