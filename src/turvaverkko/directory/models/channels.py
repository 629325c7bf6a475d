"""Channels through which a service is reached, and the connection of the two with its own facts."""

from typing import ClassVar

from django.db import models

from turvaverkko.core.ids import new_public_id


class Channel(models.Model):
    """A channel (asiointikanava): phone, place, web page, electronic service, form or chat.

    Personal data: none. (Numbers and addresses are those of services, never of a person.)
    """

    class Type(models.TextChoices):
        PHONE = "phone"
        LOCATION = "location"
        WEB = "web"
        ESERVICE = "eservice"
        FORM = "form"
        CHAT = "chat"

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    source = models.CharField(max_length=60, default="own")
    source_id = models.CharField(max_length=160, blank=True)
    type = models.CharField(max_length=20, choices=Type)
    organisation = models.ForeignKey(
        "organisation.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="channels",
    )
    place = models.ForeignKey(
        "directory.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="channels",
    )
    number = models.CharField(max_length=30, blank=True)
    url = models.URLField(max_length=500, blank=True)
    email = models.EmailField(blank=True)
    languages = models.JSONField(default=list, blank=True)
    # What a source says besides: signing in, signatures, accessibility of an e-service (`ptv.writing.facts`).
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=~models.Q(source_id=""),
                name="channel_once_in_source",
            ),
            models.CheckConstraint(
                name="channel_has_what_its_type_needs",
                condition=(models.Q(type="phone") & ~models.Q(number=""))
                | (models.Q(type="location") & models.Q(place__isnull=False))
                | (models.Q(type__in=["web", "eservice", "form", "chat"]) & ~models.Q(url="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.public_id}"


class Connection(models.Model):
    """That a service is reached through a channel (liitos): may have its own texts, charge and hours.

    Personal data: none.
    """

    service = models.ForeignKey("directory.Service", on_delete=models.CASCADE, related_name="connections")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="connections")
    order = models.PositiveSmallIntegerField(default=0)
    charge = models.CharField(max_length=20, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)  # a connection has a stamp of its own

    class Meta:
        ordering = ("order", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "channel"], name="connection_once"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} through {self.channel_id}"
