"""The columns that cards and pages of places are made of."""

from typing import Final

from turvaverkko.directory.models import Place
from turvaverkko.directory.reading.names import name_fields

PLACE_FIELDS: Final = (
    "pk",
    "slug",
    "kind",
    "state",
    "confidential",
    "street",
    "postal_code",
    "phone",
    "latitude",
    "longitude",
    "confirmed_on",
    "source",
    "municipality_id",
    "municipality__slug",
    *name_fields("municipality"),
    "meeting_place__pk",
    "meeting_place__min_age",
    "meeting_place__max_age",
    "meeting_place__charge",
    "meeting_place__languages",
    "meeting_place__criteria_met",
    "meeting_place__family_centre__slug",
)
# What answers "does this place have a page".
WITH_PAGE: Final = (Place.Kind.MEETING_PLACE, Place.Kind.OFFICE)
