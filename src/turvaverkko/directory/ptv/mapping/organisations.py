"""Organisations."""

from typing import Final

from turvaverkko.directory.ptv.mapping.channels import display_of
from turvaverkko.directory.ptv.mapping.contacts import addresses_of, mails_of, pages_of, phones_of
from turvaverkko.directory.ptv.mapping.fields import (
    Row,
    area_type,
    areas_of,
    id_of,
    identity,
    line_of,
    municipality_code,
    stamp_of,
    typed,
)
from turvaverkko.directory.ptv.shapes import Organisation, Reading, Refused

NAMES: Final = {"Name": "name", "AlternativeName": "alternative-name"}
TEXTS: Final = {"Description": "description", "Summary": "summary"}


def organisation(document: Row) -> Reading:
    """Return an organisation as values.

    Raises:
        Refused: it has no id or no name.
    """
    reading = Reading(Organisation(identity(document)), stamp_of(document.get("modified")))
    told = reading.told
    names = typed(document, "organizationNames", NAMES, told)
    if not names:
        raise Refused("no-name", "organizationNames")
    contacts = [
        *phones_of(document, "phoneNumbers", told),
        *mails_of(document, "emails", told),
        *pages_of(document, "webPages", told),
    ]
    reading.item = Organisation(
        id=identity(document),
        type=line_of(document.get("organizationType"), "organizationType", 40),
        parent=id_of(document.get("parentOrganizationId")),
        business_code=line_of(document.get("businessCode"), "businessCode", 9),
        oid=line_of(document.get("oid"), "oid", 60),
        municipality=municipality_code(document.get("municipality")),
        names=names,
        display=display_of(document),
        texts=typed(document, "organizationDescriptions", TEXTS, told),
        area_type=area_type(document),
        areas=areas_of(document),
        contacts=tuple(sorted(contacts, key=repr)),
        addresses=addresses_of(document, "addresses", told),
    )
    return reading
