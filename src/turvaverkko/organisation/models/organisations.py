"""Organisations and their units."""

from typing import ClassVar

from django.db import models

from turvaverkko.core.ids import new_public_id
from turvaverkko.organisation.models.base import Dated, Named


class Organisation(Named, Dated):
    """A county, municipality, school, NGO, parish, company or state body that helps families.

    Personal data: none. (Organisations are legal persons; contact persons are roles of staff.)
    """

    class Kind(models.TextChoices):
        COUNTY = "county"
        MUNICIPALITY = "municipality"
        SCHOOL = "school"
        NGO = "ngo"
        PARISH = "parish"
        STATE = "state"
        COMPANY = "company"
        HEALTH = "health"

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    # The county whose pack names it: for an NGO not its owner.
    county = models.ForeignKey(
        "organisation.County",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
    )
    municipality = models.ForeignKey(
        "organisation.Municipality",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
    )
    business_code = models.CharField(max_length=9, blank=True)  # Y-tunnus, 1234567-8

    class Meta:
        """An organisation that left the pack has an end; what it did keeps its name."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Dated.DATED_CHECK, name="organisation_dates_in_order"),
        ]


class Unit(Named, Dated):
    """A unit of an organisation: where work is done and to whom a queue belongs.

    Personal data: none.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    area = models.ForeignKey(
        "organisation.Area",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
    )
    municipality = models.ForeignKey(
        "organisation.Municipality",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Dated.DATED_CHECK, name="unit_dates_in_order"),
        ]
