"""Numbers, addresses of mail and of the web, files, and postal and visiting addresses."""

import re
from typing import Final

from turvaverkko.directory.coordinates import OutsideFinland, to_wgs84
from turvaverkko.directory.ptv.mapping.fields import (
    LANGUAGES,
    Row,
    flag_of,
    line_of,
    municipality_code,
    rows_of,
    text_of,
    web_address,
    words_of,
)
from turvaverkko.directory.ptv.shapes import Address, Contact, Entrance, Told

_KINDS: Final = {"Phone": "phone", "Sms": "sms", "Fax": "fax"}
_MAIL: Final = re.compile(r"[^@\s<>\"']{1,100}@[^@\s<>\"']{1,150}\.[^@\s<>\"']{2,20}")
_NUMBER: Final = re.compile(r"[0-9 ()\-/.]{2,30}")
# The parts of an address in which a document may keep its words, in the order in which they are looked at.
_PARTS: Final = ("streetAddress", "postOfficeBoxAddress", "otherAddress")


def phones_of(document: Row, field: str, told: list[Told]) -> list[Contact]:
    """Return the numbers of a list; one that nobody can dial is told and left out."""
    found = []
    for row in rows_of(document, field):
        number = line_of(row.get("number"), field, 40)
        if not number:
            continue
        prefix = line_of(row.get("prefixNumber"), field, 10)
        if not _NUMBER.fullmatch(number) or not (prefix == "" or re.fullmatch(r"\+\d{1,4}", prefix)):
            told.append(Told("bad-number", field))
            continue
        found.append(
            Contact(
                kind=_KINDS.get(str(row.get("type") or "Phone"), "phone"),
                language=_language(row),
                value=number,
                label=line_of(row.get("additionalInformation"), field),
                note=line_of(row.get("chargeDescription"), field),
                prefix=prefix,
                charge=line_of(row.get("serviceChargeType"), field, 20),
                service_number=flag_of(row.get("isFinnishServiceNumber")),
            )
        )
    return found


def mails_of(document: Row, field: str, told: list[Told]) -> list[Contact]:
    """Return the addresses of mail of a list."""
    found = []
    for row in rows_of(document, field):
        value = line_of(row.get("value"), field)
        if value and not _MAIL.fullmatch(value):
            told.append(Told("bad-mail", field))
        elif value:
            label = line_of(row.get("description"), field)
            found.append(Contact("email", _language(row), value, label=label))
    return found


def pages_of(document: Row, field: str, told: list[Told]) -> list[Contact]:
    """Return the addresses of the web of a list."""
    found = []
    for row in rows_of(document, field):
        said, value = line_of(row.get("url"), field), web_address(row.get("url"))
        if said and not value:
            told.append(Told("bad-address", field))
        elif value:
            found.append(Contact("web", _language(row), value, label=line_of(row.get("value"), field)))
    return found


def files_of(document: Row, told: list[Told]) -> list[Contact]:
    """Return attachments, and the files of a printable form."""
    found = []
    for field, kind, address in (("attachments", "attachment", "url"), ("channelUrls", "form", "value")):
        for row in rows_of(document, field):
            value = web_address(row.get(address))
            if not value:
                told.append(Told("bad-address", field))
                continue
            found.append(
                Contact(
                    kind,
                    _language(row),
                    value,
                    label=line_of(row.get("name"), field),
                    note=text_of(row.get("description"), field)[:300],
                    form=line_of(row.get("type"), field, 20),
                )
            )
    return found


def addresses_of(document: Row, field: str, told: list[Told]) -> tuple[Address, ...]:
    """Return the addresses of a list; coordinates outside Finland are told and left out."""
    return tuple(sorted(_address(row, field, told) for row in rows_of(document, field)))


def _address(row: Row, field: str, told: list[Told]) -> Address:
    inside: Row = next((row[name] for name in _PARTS if isinstance(row.get(name), dict)), {})
    northing, easting = _position(inside, field, told)
    return Address(
        role=line_of(row.get("type"), field, 20),
        form=line_of(row.get("subType"), field, 20),
        street=words_of(inside, "street"),
        number=line_of(inside.get("streetNumber"), field, 30),
        postal_code=line_of(inside.get("postalCode"), field, 10),
        post_office=words_of(inside, "postOffice"),
        municipality=municipality_code(inside.get("municipality")),
        more=words_of(inside, "additionalInformation") or words_of(row, "deliveryAddressInText"),
        box=words_of(inside, "postOfficeBox"),
        abroad=words_of(row, "locationAbroad") or words_of(row, "foreignAddress"),
        receiver=words_of(row, "receiver"),
        northing=northing,
        easting=easting,
        state=line_of(inside.get("coordinateState"), field, 40),
        country=line_of(row.get("country"), field, 2),
        entrances=tuple(sorted(_entrance(one, field, told) for one in rows_of(row, "entrances"))),
    )


def _entrance(row: Row, field: str, told: list[Told]) -> Entrance:
    coordinates, contact = row.get("coordinates") or {}, row.get("contactInfo") or {}
    northing, easting = _position(coordinates, field, told)
    groups = (
        (
            words_of(group, "sentenceGroup"),
            tuple(words_of(one, "sentence") for one in rows_of(group, "sentences")),
        )
        for group in rows_of(row, "accessibilitySentences")
    )
    return Entrance(
        name=words_of(row, "name"),
        is_main=bool(row.get("isMainEntrance")),
        northing=northing,
        easting=easting,
        phone=line_of(contact.get("phone"), field, 30),
        email=line_of(contact.get("email"), field),
        url=web_address(contact.get("url")),
        groups=tuple(groups),
    )


def _position(inside: Row, field: str, told: list[Told]) -> tuple[str, str]:
    """Northing and easting as the source writes them; it calls them latitude and longitude."""
    northing, easting = (
        line_of(inside.get("latitude"), field, 20),
        line_of(inside.get("longitude"), field, 20),
    )
    if not northing and not easting:
        return "", ""
    try:
        to_wgs84(float(easting), float(northing))
    except (OutsideFinland, ValueError):
        told.append(Told("bad-coordinates", field))
        return "", ""
    return northing, easting


def _language(row: Row) -> str:
    said = row.get("language")
    return said if said in LANGUAGES else "fi"
