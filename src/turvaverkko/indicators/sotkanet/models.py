"""What is known of Sotkanet: its catalogue, which of its indicators are ours, what each fetch gave."""

from typing import ClassVar

from django.db import models

from turvaverkko.core import time_source
from turvaverkko.indicators.models import Indicator


class SotkanetIndicator(models.Model):
    """One indicator of the source's catalogue.

    Personal data: none.
    """

    # The source's own number.
    id = models.PositiveIntegerField(primary_key=True)
    title_fi = models.CharField(max_length=300)
    title_sv = models.CharField(max_length=300, blank=True)
    title_en = models.CharField(max_length=300, blank=True)
    organisation_fi = models.CharField(max_length=300, blank=True)
    # In small letters, as the source calls them: "kunta", "hyvinvointialue".
    region_kinds = models.JSONField(default=list)
    # "total", "male", "female"; empty: only the total.
    sexes = models.JSONField(default=list)
    # Words of the Finnish title and their stems, for the search.
    words = models.TextField(blank=True)
    fetched_at = models.DateTimeField()
    # When the catalogue was first without it.
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.pk} {self.title_fi}"


class SotkanetTitle(models.Model):
    """A title that an indicator of the source had before: a number may come to mean something else.

    Personal data: none.
    """

    of = models.ForeignKey(SotkanetIndicator, on_delete=models.CASCADE, related_name="former_titles")
    title_fi = models.CharField(max_length=300)
    replaced_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-replaced_at", "-id"]

    def __str__(self) -> str:
        return self.title_fi


class SotkanetLink(models.Model):
    """Who said that an indicator of ours is one of the source's, who checked it, and how fetching goes.

    The number, the title and whether it was checked stand on the indicator itself. What a pack links has a
    row when it is first fetched or checked.

    Personal data: none of families; which members of staff linked and checked it.
    """

    indicator = models.OneToOneField(Indicator, on_delete=models.CASCADE, related_name="sotkanet_link")
    linked_by = models.CharField(max_length=80, blank=True)
    linked_at = models.DateTimeField(default=time_source.now)
    verified_by = models.CharField(max_length=80, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    # When figures were last fetched whole ("haettu"), and when it was last tried.
    refreshed_at = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    # Why the last try gave nothing; "" when it did.
    trouble = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar = [
            # Four eyes: who linked does not check.
            models.CheckConstraint(
                condition=models.Q(verified_by="") | ~models.Q(verified_by=models.F("linked_by")),
                name="sotkanet_link_verified_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}"


class SotkanetFetch(models.Model):
    """What one answer gave, row by row. The last of each indicator are kept.

    Personal data: none.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="sotkanet_fetches")
    at = models.DateTimeField(default=time_source.now)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    # "" when figures were taken; else the trouble or "refused", "other-title".
    trouble = models.CharField(max_length=20, blank=True)
    taken = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    # How many rows of each kind were refused or left out, and the first of them.
    counts = models.JSONField(default=dict)
    rows = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.at}"
