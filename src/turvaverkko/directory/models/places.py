"""Places: a site with an address, and the meeting place (kohtaamispaikka) as a kind of page on it."""

from typing import ClassVar

from django.db import models

from turvaverkko.directory.models.services import Listing


class Place(Listing):
    """A physical site. One marked confidential (a shelter) is on no page, feed, map or API.

    Personal data: none.
    """

    class Kind(models.TextChoices):
        MEETING_PLACE = "meeting-place"
        OFFICE = "office"
        ADDRESS = "address"  # where a channel is; has no page of its own

    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OFFICE)
    municipality = models.ForeignKey(
        "organisation.Municipality", on_delete=models.PROTECT, related_name="places"
    )
    street = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    latitude = models.FloatField(null=True, blank=True)  # WGS84 degrees
    longitude = models.FloatField(null=True, blank=True)  # WGS84 degrees
    easting = models.FloatField(null=True, blank=True)  # EPSG:3067 metres, as the source gave it
    northing = models.FloatField(null=True, blank=True)  # EPSG:3067 metres
    phone = models.CharField(max_length=30, blank=True)
    confidential = models.BooleanField(default=False)

    class Meta:
        ordering = ("slug",)


class PlaceOperator(models.Model):
    """An organisation that keeps a place open, alone or with others.

    Personal data: none.
    """

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="operators")
    organisation = models.ForeignKey(
        "organisation.Organisation",
        on_delete=models.PROTECT,
        related_name="operated_places",
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "organisation"], name="place_operator_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} at {self.place_id}"


class MeetingPlace(models.Model):
    """What makes a place a meeting place of the family centre: for whom, and how it meets the criteria.

    Personal data: none.
    """

    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="meeting_place")
    family_centre = models.ForeignKey(
        "organisation.FamilyCentre",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="meeting_places",
    )
    min_age = models.PositiveSmallIntegerField(null=True, blank=True)  # years
    max_age = models.PositiveSmallIntegerField(null=True, blank=True)  # years, included
    charge = models.CharField(max_length=20, default="free")
    languages = models.JSONField(default=list, blank=True)
    criteria_met = models.PositiveSmallIntegerField(null=True, blank=True)  # of NATIONAL_CRITERIA in rules

    def __str__(self) -> str:
        return f"meeting place {self.place_id}"
