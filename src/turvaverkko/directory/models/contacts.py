"""How to reach a channel, a connection or an organisation, and which organisation does what for a service."""

from typing import ClassVar

from django.db import models

from turvaverkko.core.constraints import exactly_one

OWNERS = ("channel", "connection", "organisation")


class Owned(models.Model):
    """What belongs to a channel, to one connection of it or to an organisation."""

    channel = models.ForeignKey(
        "directory.Channel", on_delete=models.CASCADE, null=True, blank=True, related_name="%(class)s_rows"
    )
    connection = models.ForeignKey(
        "directory.Connection", on_delete=models.CASCADE, null=True, blank=True, related_name="%(class)s_rows"
    )
    organisation = models.ForeignKey(
        "organisation.Organisation",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)s_rows",
    )

    class Meta:
        abstract = True


class Contact(Owned):
    """A number, an address of mail or of the web, or a file. A channel's first ones stand in it too.

    Personal data: none. (Numbers and addresses are those of services, never of a person.)
    """

    class Kind(models.TextChoices):
        PHONE = "phone"
        SMS = "sms"
        FAX = "fax"
        EMAIL = "email"
        WEB = "web"
        ATTACHMENT = "attachment"
        FORM = "form"

    kind = models.CharField(max_length=12, choices=Kind)
    language = models.CharField(max_length=10)
    value = models.CharField(max_length=500)
    label = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)  # what a call costs, what is in a file
    prefix = models.CharField(max_length=10, blank=True)
    charge = models.CharField(max_length=20, blank=True)
    form = models.CharField(max_length=20, blank=True)  # type of a file
    service_number = models.BooleanField(null=True)  # Finnish service number: no prefix before it

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="contact_has_one_owner", condition=exactly_one(OWNERS)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class Address(Owned):
    """An address as its source gives it: visiting, postal, delivery, with its entrances.

    Where somebody is met is a `Place`; this is what an export and an editor need besides. One of a
    confidential place is never written.

    Personal data: none.
    """

    role = models.CharField(max_length=20, blank=True)
    form = models.CharField(max_length=20, blank=True)
    street = models.JSONField(default=dict, blank=True)  # by language, as the others
    number = models.CharField(max_length=30, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    post_office = models.JSONField(default=dict, blank=True)
    municipality_code = models.CharField(max_length=3, blank=True)
    more = models.JSONField(default=dict, blank=True)
    box = models.JSONField(default=dict, blank=True)
    abroad = models.JSONField(default=dict, blank=True)
    receiver = models.JSONField(default=dict, blank=True)
    northing = models.CharField(max_length=20, blank=True)  # EPSG:3067 metres, as the source writes them
    easting = models.CharField(max_length=20, blank=True)
    coordinate_state = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=2, blank=True)
    entrances = models.JSONField(default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="address_has_one_owner", condition=exactly_one(OWNERS)),
        ]

    def __str__(self) -> str:
        return f"address #{self.pk}"


class ServiceRole(models.Model):
    """What an organisation does for a service: answers for it, produces it. It may be none we know.

    Personal data: none.
    """

    service = models.ForeignKey("directory.Service", on_delete=models.CASCADE, related_name="roles")
    # The organisation's id in the source; the service's own `organisation` is the first that answers for it.
    organisation_source_id = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=20)
    provision = models.CharField(max_length=40, blank=True)
    note = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"{self.role} #{self.pk}"
