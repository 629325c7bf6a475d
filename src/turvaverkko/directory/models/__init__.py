"""The directory: services, channels, places, hours, vocabularies and their texts in layers."""

from turvaverkko.directory.models.channels import Channel, Connection
from turvaverkko.directory.models.contacts import Address, Contact, ServiceRole
from turvaverkko.directory.models.content_version import ContentVersion
from turvaverkko.directory.models.crisis import CrisisLine
from turvaverkko.directory.models.happenings import (
    Happening,
    HappeningChange,
    HappeningTime,
    Occurrence,
)
from turvaverkko.directory.models.hours import HoursRow
from turvaverkko.directory.models.places import MeetingPlace, Place, PlaceOperator
from turvaverkko.directory.models.services import (
    GeneralDescription,
    Listing,
    Service,
    ServiceCoverage,
)
from turvaverkko.directory.models.texts import Text
from turvaverkko.directory.models.vocabularies import Term, TermLabel, Vocabulary

__all__ = [
    "Address",
    "Channel",
    "Connection",
    "Contact",
    "ContentVersion",
    "CrisisLine",
    "GeneralDescription",
    "Happening",
    "HappeningChange",
    "HappeningTime",
    "HoursRow",
    "Listing",
    "MeetingPlace",
    "Occurrence",
    "Place",
    "PlaceOperator",
    "Service",
    "ServiceCoverage",
    "ServiceRole",
    "Term",
    "TermLabel",
    "Text",
    "Vocabulary",
]
