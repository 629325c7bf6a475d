"""Happenings: what goes on at a place or online, once or in a series, and each time it does."""

from typing import ClassVar

from django.db import models

from turvaverkko.directory.models.services import Listing


class Happening(Listing):
    """A happening (tapahtuma) or a series of them: a family café, a group, an evening, a visit of a worker.

    No age limit means that everybody is welcome. Without a place it is online, or its place is told by
    phone; without a municipality it is for the whole county.

    Personal data: none. (Telephone and e-mail are those of an organisation.)
    """

    class Kind(models.TextChoices):
        OPEN = "open"  # open door: come when you like
        GROUP = "group"
        COURSE = "course"
        EVENING = "evening"  # a talk or an evening for parents
        PARTY = "party"
        OUTREACH = "outreach"  # jalkautuminen: a professional comes to where families are
        VOLUNTEERS = "volunteers"  # an offer for those who want to help

    class Charge(models.TextChoices):
        FREE = "free"
        CHARGEABLE = "chargeable"
        UNKNOWN = "unknown"

    class SignUp(models.TextChoices):
        NONE = "none"
        NEEDED = "needed"
        LIKED = "liked"  # not needed, but good to know

    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OPEN)
    organisation = models.ForeignKey(
        "organisation.Organisation", on_delete=models.PROTECT, related_name="happenings"
    )
    place = models.ForeignKey(
        "directory.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="happenings"
    )
    municipality = models.ForeignKey(
        "organisation.Municipality",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="happenings",
    )
    online_url = models.URLField(max_length=500, blank=True)
    # Of an outreach visit: which kind of professional comes; a code of `happening_words.SPECIALTIES`.
    specialty = models.CharField(max_length=30, blank=True)
    min_age = models.PositiveSmallIntegerField(null=True, blank=True)  # years
    max_age = models.PositiveSmallIntegerField(null=True, blank=True)  # years, included
    charge = models.CharField(max_length=20, choices=Charge, default=Charge.UNKNOWN)
    languages = models.JSONField(default=list, blank=True)
    sign_up = models.CharField(max_length=10, choices=SignUp, default=SignUp.NONE)
    sign_up_url = models.URLField(max_length=500, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    url = models.URLField(max_length=500, blank=True)
    terms = models.ManyToManyField("directory.Term", related_name="happenings", blank=True)
    # What took its place when it ended.
    successor = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="predecessors"
    )

    class Meta:
        ordering = ("slug",)
        constraints: ClassVar = [
            models.CheckConstraint(
                name="happening_ages_in_order",
                condition=models.Q(min_age__isnull=True)
                | models.Q(max_age__isnull=True)
                | models.Q(min_age__lte=models.F("max_age")),
            ),
            models.CheckConstraint(
                name="specialty_is_of_a_visit",
                condition=models.Q(specialty="") | models.Q(kind="outreach"),
            ),
        ]


class HappeningTime(models.Model):
    """When a happening is: one date, or a repeated weekday between two dates. A happening may have several.

    Personal data: none.
    """

    class Every(models.TextChoices):
        ONCE = "once"
        WEEK = "week"
        TWO_WEEKS = "two-weeks"
        MONTH = "month"  # the same weekday of its month, such as the second Tuesday

    happening = models.ForeignKey(Happening, on_delete=models.CASCADE, related_name="times")
    every = models.CharField(max_length=10, choices=Every, default=Every.WEEK)
    first = models.DateField()  # its weekday is the weekday of the series
    last = models.DateField(null=True, blank=True)  # included; empty for a single date
    starts = models.TimeField()  # local time
    ends = models.TimeField()  # local time; not later than `starts` = past midnight
    on_holidays = models.BooleanField(default=False)
    in_school_breaks = models.BooleanField(default=False)

    class Meta:
        ordering = ("first", "starts", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="series_has_an_end",
                condition=models.Q(every="once", last__isnull=True)
                | (~models.Q(every="once") & models.Q(last__gte=models.F("first"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.every} from {self.first} #{self.pk}"


class HappeningChange(models.Model):
    """One date of a series that goes otherwise: cancelled, or at another time or place.

    Personal data: none.
    """

    class Kind(models.TextChoices):
        CANCELLED = "cancelled"
        MOVED = "moved"

    happening = models.ForeignKey(Happening, on_delete=models.CASCADE, related_name="changes")
    day = models.DateField()  # of the series
    kind = models.CharField(max_length=10, choices=Kind)
    # Of what was moved; what is empty stays as it was.
    new_day = models.DateField(null=True, blank=True)
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    place = models.ForeignKey(
        "directory.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.JSONField(default=dict, blank=True)  # {language: one sentence}

    class Meta:
        ordering = ("day", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["happening", "day"], name="happening_change_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day} #{self.pk}"


class Occurrence(models.Model):
    """One time of a happening, laid out from its times and changes: what lists, feeds and posters read.

    Personal data: none.
    """

    class State(models.TextChoices):
        PLANNED = "planned"
        MOVED = "moved"
        CANCELLED = "cancelled"

    happening = models.ForeignKey(Happening, on_delete=models.CASCADE, related_name="occurrences")
    day = models.DateField()  # of the series; with the happening its lasting name in feeds
    number = models.PositiveSmallIntegerField(default=0)  # of several on one day
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    place = models.ForeignKey(
        "directory.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="occurrences"
    )
    note = models.JSONField(default=dict, blank=True)  # {language: one sentence}
    changed_at = models.DateTimeField(null=True, editable=False)  # when it was last told otherwise

    class Meta:
        ordering = ("starts_at", "pk")
        indexes: ClassVar = [
            models.Index(fields=["starts_at", "happening"], name="occurrence_by_time"),
            models.Index(fields=["place", "starts_at"], name="occurrence_at_place"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["happening", "day", "number"], name="occurrence_once"),
            models.CheckConstraint(
                name="occurrence_ends_after_it_starts",
                condition=models.Q(ends_at__gt=models.F("starts_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.happening_id} on {self.day}"
