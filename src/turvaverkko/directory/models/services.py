"""Services: the national base and what counties, areas and municipalities build on it."""

from typing import ClassVar

from django.db import models

from turvaverkko.core.constraints import exactly_one, once
from turvaverkko.core.ids import new_public_id
from turvaverkko.organisation.api import AtLayer


class Listing(models.Model):
    """What every published thing of the directory has: a public id, an address and a state.

    Personal data: none.
    """

    class State(models.TextChoices):
        """Moves between them: `directory.states.LISTING`."""

        DRAFT = "draft"
        IN_REVIEW = "in-review"
        PUBLISHED = "published"
        HIDDEN = "hidden"
        ARCHIVED = "archived"

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    source = models.CharField(max_length=60, default="own")  # "pack:<slug>", "ptv-general-description", …
    source_id = models.CharField(max_length=80, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)  # when the organisation last said: this is true
    changed_at = models.DateTimeField(null=True, blank=True)
    # SHA-256 of the source's entry: an unchanged entry is not written again.
    content_hash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


class GeneralDescription(models.Model):
    """A national base text (pohjakuvaus) of the Finnish Service Catalogue.

    Personal data: none.
    """

    source_id = models.UUIDField(unique=True)
    reference_code = models.CharField(max_length=40, blank=True, db_index=True)
    service_type = models.CharField(max_length=40)
    charge_type = models.CharField(max_length=40, blank=True)
    laws = models.JSONField(default=list, blank=True)  # [{"name": {lang: …}, "url": {lang: …}}]
    terms = models.ManyToManyField("directory.Term", related_name="general_descriptions", blank=True)
    raw_hash = models.CharField(max_length=64, blank=True)  # SHA-256 of the source document
    # The source holds several versions of some descriptions. Lists show the fullest one only.
    twin_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="twins"
    )

    def __str__(self) -> str:
        return self.reference_code or str(self.source_id)


class Service(Listing):
    """A service (palvelu). One of level `national` shows a general description as it is.

    Personal data: none.
    """

    class Level(models.TextChoices):
        NATIONAL = "national"
        COUNTY = "county"
        AREA = "area"
        MUNICIPALITY = "municipality"

    class Kind(models.TextChoices):
        SERVICE = "service"
        GROUP = "group"
        GUIDE = "guide"
        HELPLINE = "helpline"
        CHAT = "chat"

    class Charge(models.TextChoices):
        FREE = "free"
        CHARGEABLE = "chargeable"
        VARIES = "varies"
        UNKNOWN = "unknown"

    kind = models.CharField(max_length=20, choices=Kind, default=Kind.SERVICE)
    level = models.CharField(max_length=20, choices=Level)
    base = models.ForeignKey(
        GeneralDescription,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="services",
    )
    organisation = models.ForeignKey(
        "organisation.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="services",
    )
    min_age = models.PositiveSmallIntegerField(null=True, blank=True)  # years
    max_age = models.PositiveSmallIntegerField(null=True, blank=True)  # years, included
    charge = models.CharField(max_length=20, choices=Charge, default=Charge.UNKNOWN)
    # Meant for families, children or the young: lists and search put it before the rest.
    for_families = models.BooleanField(default=True)
    referral_needed = models.BooleanField(default=False)
    interpreter = models.BooleanField(default=False)
    ways = models.JSONField(default=list, blank=True)  # phone, home, group, on-site, online, chat, at-school
    languages = models.JSONField(default=list, blank=True)  # languages in which help is given
    terms = models.ManyToManyField("directory.Term", related_name="services", blank=True)
    # What a source says besides and no page shows by itself: laws, funding, vouchers (`ptv.writing.facts`).
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("slug",)
        indexes: ClassVar = [
            models.Index(fields=["state", "level", "slug"], name="service_list"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="service_ages_in_order",
                condition=models.Q(min_age__isnull=True)
                | models.Q(max_age__isnull=True)
                | models.Q(min_age__lte=models.F("max_age")),
            ),
            models.CheckConstraint(
                name="service_local_has_an_organisation",
                condition=models.Q(level="national") | models.Q(organisation__isnull=False),
            ),
        ]


class ServiceCoverage(AtLayer):
    """Where a service is offered: one row per county, area or municipality. National ones have none.

    Personal data: none.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="coverage")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "service",
                *once("county", "area", "municipality"),
                name="service_coverage_once",
            ),
            models.CheckConstraint(
                condition=exactly_one(("county", "area", "municipality")),
                name="service_coverage_names_one_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} covers {self.county_id or self.area_id or self.municipality_id}"
