"""Family centres (perhekeskus): which they are, where, since when, and for which municipalities."""

from typing import ClassVar

from django.db import models

from turvaverkko.core.ids import new_public_id
from turvaverkko.organisation.models.base import Dated, Named


class FamilyCentre(Named, Dated):
    """A family centre: a network of services for families, in one building or in several.

    Personal data: none.
    """

    class Status(models.TextChoices):
        OPERATING = "operating"
        PREPARING = "preparing"
        ENDED = "ended"

    class Form(models.TextChoices):
        PHYSICAL = "physical"
        NETWORK = "network"

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    county = models.ForeignKey("organisation.County", on_delete=models.PROTECT, related_name="family_centres")
    area = models.ForeignKey(
        "organisation.Area",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="family_centres",
    )
    status = models.CharField(max_length=20, choices=Status)
    form = models.CharField(max_length=20, choices=Form)
    street = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    municipality = models.ForeignKey(
        "organisation.Municipality",
        on_delete=models.PROTECT,
        related_name="seated_family_centres",
    )
    phone = models.CharField(max_length=30, blank=True)
    hours = models.JSONField(default=list, blank=True)  # rows of `directory.hours`, as in the pack
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ("name_fi",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Dated.DATED_CHECK, name="family_centre_dates_in_order"),
        ]


class FamilyCentreMunicipality(Dated):
    """That a family centre serves a municipality, or only some postal codes of it.

    Personal data: none.
    """

    family_centre = models.ForeignKey(FamilyCentre, on_delete=models.CASCADE, related_name="served")
    municipality = models.ForeignKey(
        "organisation.Municipality",
        on_delete=models.CASCADE,
        related_name="family_centre_links",
    )
    # Empty = the whole municipality. Oulu's centres divide the city by postal code.
    postal_codes = models.JSONField(default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["family_centre", "municipality"],
                name="family_centre_serves_municipality_once",
            ),
            models.CheckConstraint(condition=Dated.DATED_CHECK, name="family_centre_served_dates_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.family_centre_id} serves {self.municipality_id}"
