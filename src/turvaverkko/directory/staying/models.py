"""What is remembered of confirming: whom to ask, what was asked and answered, which addresses answer."""

from typing import ClassVar

from django.db import models

from turvaverkko.core import time_source
from turvaverkko.core.encrypted import EncryptedTextField
from turvaverkko.core.ids import new_public_id
from turvaverkko.directory.staying import states
from turvaverkko.directory.staying.rules import LinkState, Outcome, Step


class About(models.TextChoices):
    """The kinds of listings; with a public id they name one."""

    SERVICE = "service"
    PLACE = "place"
    HAPPENING = "happening"


class ListingContact(models.Model):
    """Where an organisation is asked whether what is published of it is still true.

    Personal data: an e-mail address, as a rule of a role (encrypted). Kept: while the pack names it.
    """

    organisation = models.OneToOneField(
        "organisation.Organisation", on_delete=models.CASCADE, related_name="listing_contact"
    )
    email = EncryptedTextField()
    language = models.CharField(max_length=10, default="fi")

    def __str__(self) -> str:
        return f"contact of {self.organisation_id}"


class Ask(models.Model):
    """One letter to an organisation. Its link opens the page of all that is due, not of this letter only.

    Personal data: none. (The address stands in the outbox as long as that keeps it.)
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(
        "organisation.Organisation", on_delete=models.CASCADE, related_name="listing_asks"
    )
    step = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Step])
    asked_at = models.DateTimeField(default=time_source.now, editable=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "-asked_at"], name="asks_of_organisation")]

    def __str__(self) -> str:
        return f"{self.step} #{self.public_id}"


class Asked(models.Model):
    """That a listing was part of a letter: once for each due day and step, however often the job runs.

    Personal data: none.
    """

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="listings")
    about = models.CharField(max_length=10, choices=About)
    listing = models.CharField(max_length=20)  # public id
    due = models.DateField()
    step = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Step])

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["about", "listing", "due", "step"], name="asked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.listing} due {self.due}"


class Correction(models.Model):
    """What an organisation says is no longer true, for an editor to mend.

    Personal data: what somebody of the organisation wrote and how to reach them (encrypted). Kept: the words
    90 days after the correction has ended, the row as long as the listing.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(
        "organisation.Organisation", on_delete=models.CASCADE, related_name="corrections"
    )
    about = models.CharField(max_length=10, choices=About)
    listing = models.CharField(max_length=20)  # public id
    words = EncryptedTextField(blank=True)
    contact = EncryptedTextField(blank=True)
    has_ended = models.BooleanField(default=False)  # the organisation says: no longer in operation
    state = models.CharField(
        max_length=10, choices=[(one, one) for one in sorted(states.CORRECTION.states)], default=states.OPEN
    )
    made_at = models.DateTimeField(default=time_source.now, editable=False)
    due_at = models.DateTimeField(null=True)  # as the county promised when it came; empty without a promise
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_at", "id"], name="open_corrections", condition=models.Q(state=states.OPEN)
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="closed_correction_has_a_moment",
                condition=models.Q(state=states.OPEN, closed_at__isnull=True)
                | (~models.Q(state=states.OPEN) & models.Q(closed_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.public_id}"


class Answer(models.Model):
    """What an organisation pressed about one listing, and what stood before: so that it can be taken back.

    Personal data: none.
    """

    class Said(models.TextChoices):
        TRUE = "true"
        CHANGED = "changed"
        ENDED = "ended"

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="answers")
    press = models.CharField(max_length=20)  # one press of a button may answer for many listings
    about = models.CharField(max_length=10, choices=About)
    listing = models.CharField(max_length=20)  # public id
    said = models.CharField(max_length=10, choices=Said)
    confirmed_before = models.DateField(null=True)
    correction = models.OneToOneField(Correction, on_delete=models.CASCADE, null=True, related_name="answer")
    answered_at = models.DateTimeField(default=time_source.now, editable=False)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["ask", "press"], name="answers_of_press")]

    def __str__(self) -> str:
        return f"{self.said} {self.about} {self.listing}"


class WebAddress(models.Model):
    """An address of the web that published texts lead to, and how the last looks at it went.

    Personal data: none.
    """

    url = models.URLField(max_length=500, unique=True)
    state = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in LinkState], default=LinkState.UNKNOWN
    )
    outcome = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Outcome], blank=True)
    status = models.PositiveSmallIntegerField(null=True)  # of HTTP, when there was an answer
    failures = models.PositiveSmallIntegerField(default=0)  # days in a row
    failed_on = models.DateField(null=True)
    checked_on = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "web addresses"

    def __str__(self) -> str:
        return f"{self.state} #{self.pk}"


class SelfHelpLink(models.Model):
    """A place of the web where one can help oneself at once, for some life situations.

    Personal data: none.
    """

    slug = models.SlugField(max_length=80, unique=True)
    county = models.ForeignKey(
        "organisation.County", on_delete=models.CASCADE, related_name="self_help_links"
    )
    name = models.JSONField()  # {language: words}
    text = models.JSONField()  # {language: one sentence}
    url = models.URLField(max_length=500)
    languages = models.JSONField(default=list)  # in which the site speaks
    situations = models.ManyToManyField("directory.Term", related_name="self_help_links")
    order = models.PositiveSmallIntegerField(default=0)
    checked_on = models.DateField()  # when somebody of the county last read it
    # The job that looks at addresses says so; nobody is led to a page that is not there.
    is_dead = models.BooleanField(default=False)
    # Gone from the pack: kept, and shown no more.
    archived = models.BooleanField(default=False)

    class Meta:
        ordering = ("order", "slug")

    def __str__(self) -> str:
        return self.slug
