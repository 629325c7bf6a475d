"""An organisation asks to join, gets a light account, and signs in by a link and a code."""

from typing import ClassVar

from django.db import models

from turvaverkko.core import time_source
from turvaverkko.core.encrypted import EncryptedTextField
from turvaverkko.core.ids import new_public_id
from turvaverkko.directory.editing import states


class JoinRequest(models.Model):
    """An organisation's ask to join, as it was typed, and how it was answered.

    Personal data: the e-mail and role of who asked, encrypted. Kept 90 days after the answer.
    """

    class State(models.TextChoices):
        """Moves between them: `states.JOIN`."""

        WAITING = states.WAITING
        ACCEPTED = states.ACCEPTED
        DECLINED = states.DECLINED

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    item = models.OneToOneField("work.WorkItem", on_delete=models.PROTECT, related_name="join_request")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)  # of an organisation
    business_code = models.CharField(max_length=9, blank=True)
    municipality = models.ForeignKey(
        "organisation.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    activity = models.TextField()  # what they do for families, in their words
    email = EncryptedTextField(blank=True)
    position = EncryptedTextField(blank=True)  # the role of who asks, such as a secretary
    # E-mail and position have been deleted; what is encrypted cannot be asked itself.
    is_forgotten = models.BooleanField(default=False)
    language = models.CharField(max_length=10)
    asked_at = models.DateTimeField(default=time_source.now, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, db_index=True)
    answered_by = models.CharField(max_length=20, blank=True)  # public id of staff
    reason = models.TextField(blank=True)  # of a refusal; the applicant reads it
    organisation = models.ForeignKey(
        "organisation.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("asked_at", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="join_answered_has_a_moment",
                condition=models.Q(state=states.WAITING, answered_at__isnull=True)
                | (~models.Q(state=states.WAITING) & models.Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="join_declined_has_a_reason",
                condition=~models.Q(state=states.DECLINED) | ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="join_accepted_has_an_organisation",
                condition=~models.Q(state=states.ACCEPTED) | models.Q(organisation__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.public_id}"


class Partner(models.Model):
    """An organisation that writes its own listings, and whether they are public without a look first.

    Personal data: none.
    """

    organisation = models.OneToOneField(
        "organisation.Organisation", on_delete=models.CASCADE, related_name="partner"
    )
    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    is_trusted = models.BooleanField(default=False)
    since = models.DateField(default=time_source.today)

    def __str__(self) -> str:
        return f"#{self.public_id}"


class SignInLink(models.Model):
    """One way in for a light account: a link in a letter, good with the code of the page that asked for it.

    Personal data: which account, and a keyed hash of a code. Kept until the next link after its half hour.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    staff = models.ForeignKey("organisation.Staff", on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)
    # Where to go afterwards: a path of ours, or the key of what was interrupted.
    path = models.CharField(max_length=500, blank=True)
    kept = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"#{self.public_id}"
