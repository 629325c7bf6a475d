"""Channels of the five types."""

from typing import Final

from turvaverkko.directory.ptv.mapping.contacts import (
    addresses_of,
    files_of,
    mails_of,
    pages_of,
    phones_of,
)
from turvaverkko.directory.ptv.mapping.fields import (
    Row,
    area_type,
    areas_of,
    flag_of,
    id_of,
    identity,
    languages_of,
    line_of,
    of_kind,
    rows_of,
    stamp_of,
    typed,
    web_address,
    words_of,
)
from turvaverkko.directory.ptv.mapping.hours import hours_of
from turvaverkko.directory.ptv.shapes import Channel, Reading, Refused, Words, words

# The catalogue's word for a type → ours.
TYPES: Final = {
    "Phone": "phone",
    "ServiceLocation": "location",
    "WebPage": "web",
    "EChannel": "eservice",
    "PrintableForm": "form",
}
# A channel is labelled and noted on our pages, so its name and its summary stand there.
NAMES: Final = {"Name": "label", "AlternativeName": "alternative-name"}
TEXTS: Final = {"Summary": "note", "Description": "description"}


def channel(document: Row) -> Reading:
    """Return a channel as values.

    Raises:
        Refused: it has no id, no name, an unknown type, or is meant for its own organisation only.
    """
    kind = TYPES.get(str(document.get("serviceChannelType")))
    if kind is None:
        raise Refused("unknown-type", "serviceChannelType")
    if document.get("isVisibleForAll") is False:
        raise Refused("not-public", "isVisibleForAll")
    reading = Reading(Channel(identity(document), kind), stamp_of(document.get("modified")))
    told = reading.told
    names = typed(document, "serviceChannelNames", NAMES, told)
    if not any(kind == "label" for kind, _language, _text in names):
        raise Refused("no-name", "serviceChannelNames")
    texts = [
        *names,
        *typed(document, "serviceChannelDescriptions", TEXTS, told),
        *of_kind("form-id", words_of(document, "formIdentifier")),
    ]
    contacts = [
        *phones_of(document, "phoneNumbers", told),
        *phones_of(document, "supportPhones", told),
        *mails_of(document, "emails", told),
        *mails_of(document, "supportEmails", told),
        *pages_of(document, "webPages", told),
        *files_of(document, told),
    ]
    places = addresses_of(document, "addresses", told) or addresses_of(document, "deliveryAddresses", told)
    quantity = document.get("signatureQuantity")
    reading.item = Channel(
        id=identity(document),
        type=kind,
        organisation=id_of(document.get("organizationId")),
        oid=line_of(document.get("oid"), "oid", 60),
        texts=tuple(sorted(texts)),
        display=display_of(document),
        languages=languages_of(document),
        area_type=area_type(document),
        areas=areas_of(document),
        contacts=tuple(sorted(contacts, key=repr)),
        addresses=places,
        hours=hours_of(document, told),
        signatures=quantity if isinstance(quantity, int) and not isinstance(quantity, bool) else None,
        signature=flag_of(document.get("requiresSignature")),
        sign_in=flag_of(document.get("requiresAuthentication")),
        accessibility=_accessibility(document),
    )
    return reading


def display_of(document: Row) -> Words:
    """Return which of its names is to be shown, by language."""
    rows = rows_of(document, "displayNameType")
    return words(
        {line_of(row.get("language"), longest=10): line_of(row.get("type"), longest=20) for row in rows}
    )


def _accessibility(document: Row) -> tuple[tuple[str, str, str, str, str], ...]:
    return tuple(
        sorted(
            (
                line_of(row.get("language"), longest=10),
                line_of(row.get("accessibilityClassificationLevel"), longest=40),
                line_of(row.get("wcagLevel"), longest=10),
                line_of(row.get("accessibilityStatementWebPageName")),
                web_address(row.get("accessibilityStatementWebPage")),
            )
            for row in rows_of(document, "accessibilityClassification")
        )
    )
