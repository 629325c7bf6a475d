"""What a listing was, what is proposed for it, and which of its fields follow a source."""

from typing import ClassVar

from django.db import models

from turvaverkko.core import time_source
from turvaverkko.core.ids import new_public_id
from turvaverkko.directory.editing import states


class Revision(models.Model):
    """A happening as it stood after one act: fields, texts and times; never changed afterwards.

    Personal data: who of the staff or partners wrote (public id). Kept as long as the listing.
    """

    happening = models.ForeignKey("directory.Happening", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=20)  # code of `words.ACTS`
    content = models.JSONField()
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField(default=time_source.now, editable=False)

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["happening", "number"], name="revision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} of {self.happening_id}"


class Review(models.Model):
    """What a partner sent to be looked at: a new listing itself, or a change beside a published one.

    Personal data: who of the partners wrote and who answered (public ids). Kept as long as the listing.
    """

    class State(models.TextChoices):
        """Moves between them: `states.REVIEW`."""

        WAITING = states.WAITING
        ACCEPTED = states.ACCEPTED
        RETURNED = states.RETURNED
        TAKEN_BACK = states.TAKEN_BACK

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    happening = models.ForeignKey("directory.Happening", on_delete=models.CASCADE, related_name="reviews")
    item = models.OneToOneField("work.WorkItem", on_delete=models.PROTECT, related_name="listing_review")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    # Of a change of a published listing; null when the listing itself waits.
    content = models.JSONField(null=True, blank=True)
    # The number of the revision that the change was made from.
    base = models.PositiveIntegerField()
    # Counted up with every change of the content, so that nobody accepts what they have not seen.
    version = models.PositiveIntegerField(default=1)
    comment = models.TextField(blank=True)  # what has to be mended; the partner reads it
    sent_by = models.CharField(max_length=40)
    language = models.CharField(max_length=10, default="fi")  # in which who sent it is answered
    sent_at = models.DateTimeField(default=time_source.now, editable=False)
    answered_by = models.CharField(max_length=40, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("sent_at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["happening"], name="review_once_open", condition=models.Q(state=states.WAITING)
            ),
            models.CheckConstraint(
                name="review_returned_has_a_comment",
                condition=~models.Q(state=states.RETURNED) | ~models.Q(comment=""),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.public_id}"


class FieldLock(models.Model):
    """That a field of a listing follows a source, or, released, that it no longer does.

    Personal data: who released it (public id of staff). Kept as long as the listing.
    """

    happening = models.ForeignKey("directory.Happening", on_delete=models.CASCADE, related_name="field_locks")
    field = models.CharField(max_length=30)  # of `contents.FIELDS`
    source = models.CharField(max_length=60)  # "pack:…", "ptv"
    released_by = models.CharField(max_length=40, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("field",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["happening", "field"], name="field_lock_once"),
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.happening_id}"
