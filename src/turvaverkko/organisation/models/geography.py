"""Counties, service areas, municipalities and postal codes, each as it was on a given day."""

from typing import ClassVar

from django.db import models

from turvaverkko.core.constraints import once_a_day
from turvaverkko.organisation.models.base import Dated, Named


class County(Named):
    """A wellbeing services county (hyvinvointialue), or Helsinki or Åland in its place.

    Personal data: none.
    """

    code = models.CharField(max_length=2, unique=True)  # Statistics Finland's code, with leading zero
    slug = models.SlugField(max_length=60, unique=True)


class Area(Named, Dated):
    """A service area (palvelualue) of a county.

    Personal data: none.
    """

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="areas")
    slug = models.SlugField(max_length=60)
    order = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ("order", "slug")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "slug"], name="area_slug_once_in_county"),
            models.CheckConstraint(condition=Dated.DATED_CHECK, name="area_dates_in_order"),
        ]


class Municipality(Named, Dated):
    """A municipality (kunta). One that merged into another keeps its row, its end and its successor.

    Personal data: none.
    """

    code = models.CharField(max_length=3, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    population = models.PositiveIntegerField(null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("name_fi",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Dated.DATED_CHECK, name="municipality_dates_in_order"),
        ]


class MunicipalityInCounty(Dated):
    """Which county a municipality belongs to, from when to when.

    Personal data: none.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="in_counties")
    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="municipality_links")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "municipality",
                "county",
                once_a_day("valid_from"),
                name="municipality_in_county_once",
            ),
            models.CheckConstraint(
                condition=Dated.DATED_CHECK,
                name="municipality_in_county_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} in {self.county_id}"


class AreaMembership(Dated):
    """Which service area a municipality belongs to. `area` is empty where no source names one.

    Personal data: none.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="area_memberships")
    county = models.ForeignKey(County, on_delete=models.CASCADE, related_name="area_memberships")
    area = models.ForeignKey(
        Area,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
    )
    source = models.CharField(max_length=200)  # "not in sources" where area is empty

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "municipality",
                once_a_day("valid_from"),
                name="area_membership_once_a_day",
            ),
            models.CheckConstraint(condition=Dated.DATED_CHECK, name="area_membership_dates_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} in {self.area_id}"


class PostalCode(Dated):
    """A postal code and the municipality it lies in. Only those of the host county are known one by one.

    Personal data: none.
    """

    code = models.CharField(max_length=5, primary_key=True)
    name_fi = models.CharField(max_length=60)
    name_sv = models.CharField(max_length=60, blank=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="postal_codes")

    class Meta:
        """A code that left the pack has an end."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Dated.DATED_CHECK, name="postal_code_dates_in_order"),
        ]

    def __str__(self) -> str:
        return self.code


class PostalPrefix(models.Model):
    """In which county the postal codes that begin with three given digits lie; on a border, in several.

    Enough to tell a family from elsewhere whose service they should ask for.

    Personal data: none.
    """

    prefix = models.CharField(max_length=3)
    county = models.ForeignKey(County, on_delete=models.CASCADE, related_name="postal_prefixes")

    class Meta:
        """Read by prefix."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["prefix", "county"], name="postal_prefix_once"),
        ]

    def __str__(self) -> str:
        return self.prefix
