"""What a region decides for itself: settings, deadline policies and school breaks, in layers."""

from typing import ClassVar

from django.db import models

from turvaverkko.core.constraints import exactly_one, once, once_a_day
from turvaverkko.core.deadlines import Unit
from turvaverkko.organisation.models.base import AtLayer, Dated, Named

OWNERS = ("county", "area", "municipality", "family_centre")


class RegionalSetting(AtLayer, Dated):
    """A setting at one layer: national (no owner), county, area, municipality or family centre.

    The nearest layer that has a value on the day wins: `organisation.layers`.

    Personal data: none.
    """

    key = models.CharField(max_length=80)
    value = models.JSONField()
    family_centre = models.ForeignKey(
        "organisation.FamilyCentre",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["key"], name="setting_by_key")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "key",
                *once(*OWNERS),
                once_a_day("valid_from"),
                name="setting_once_a_layer",
            ),
            models.CheckConstraint(condition=Dated.DATED_CHECK, name="setting_dates_in_order"),
            models.CheckConstraint(
                condition=exactly_one(OWNERS) | models.Q(**{f"{name}__isnull": True for name in OWNERS}),
                name="setting_has_at_most_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class DeadlinePolicy(Named, Dated):
    """A deadline that the county promises or the law sets. Counted by `core.deadlines`.

    A version never changes how it counts: a given promise remembers the version it was given by.

    Personal data: none.
    """

    county = models.ForeignKey(
        "organisation.County",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="deadline_policies",
    )
    code = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=20, choices=[(unit.value, unit.name) for unit in Unit])
    runs_from = models.SlugField(max_length=40)  # what starts the run, such as "received" or "pending"
    # Only for acts to be done at an authority (Act 150/1930 § 5), never for its own duties.
    last_day_moves = models.BooleanField(default=False)
    # Stands still while the family is waited for: the county's own promises, but no limit of the law.
    may_pause = models.BooleanField(default=False)
    time_of_day = models.TimeField(null=True, blank=True)  # local time by which a promise is kept
    source = models.CharField(max_length=300)
    source_checked = models.BooleanField(default=False)  # False: quoted from memory, verify the statute

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(*once("county"), "code", "version", name="deadline_policy_version_once"),
            models.CheckConstraint(condition=Dated.DATED_CHECK, name="deadline_policy_dates_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class SchoolBreak(models.Model):
    """A break of the schools of a municipality (first and last day, both included).

    Personal data: none.
    """

    municipality = models.ForeignKey(
        "organisation.Municipality",
        on_delete=models.CASCADE,
        related_name="school_breaks",
    )
    name = models.CharField(max_length=60)
    first_day = models.DateField()
    last_day = models.DateField()
    illustrative = models.BooleanField(default=True)
    # The day on which the pack took the break back; a deadline counted before it can still be explained.
    archived_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "first_day"], name="school_break_once"),
            models.CheckConstraint(
                condition=models.Q(first_day__lte=models.F("last_day")),
                name="school_break_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.first_day}"
