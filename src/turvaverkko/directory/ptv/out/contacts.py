"""Numbers, addresses of mail and of the web, files and addresses, as the catalogue writes them."""

from collections.abc import Iterable
from typing import Any, Final

from turvaverkko.directory.ptv.shapes import Address, Contact, Entrance, Words

Json = dict[str, Any]
_TYPES: Final = {"phone": "Phone", "sms": "Sms", "fax": "Fax"}
_BOX: Final = "PostOfficeBox"
_OTHER: Final = "Other"


def phones(contacts: Iterable[Contact], *, with_type: bool = True) -> list[Json]:
    """Return the numbers; those of an organisation or for support have no type."""
    return [
        {
            **({"type": _TYPES[one.kind]} if with_type else {}),
            "additionalInformation": one.label or None,
            "serviceChargeType": one.charge or None,
            "chargeDescription": one.note or None,
            "prefixNumber": one.prefix or None,
            "isFinnishServiceNumber": one.service_number,
            "number": one.value,
            "language": one.language,
        }
        for one in contacts
        if one.kind in _TYPES
    ]


def mails(contacts: Iterable[Contact], *, with_words: bool = False) -> list[Json]:
    """Return the addresses of mail; those of an organisation say what they are for."""
    return [
        {
            **({"description": one.label or None} if with_words else {}),
            "value": one.value,
            "language": one.language,
        }
        for one in contacts
        if one.kind == "email"
    ]


def pages(contacts: Iterable[Contact]) -> list[Json]:
    """Return the addresses of the web."""
    return [
        {"url": one.value, "value": one.label or None, "language": one.language}
        for one in contacts
        if one.kind == "web"
    ]


def files(contacts: Iterable[Contact], kind: str) -> list[Json]:
    """Return attachments, or the files of a printable form."""
    found = [one for one in contacts if one.kind == kind]
    if kind == "form":
        return [{"language": one.language, "value": one.value, "type": one.form or None} for one in found]
    return [
        {
            "type": one.form or None,
            "name": one.label or None,
            "description": one.note or None,
            "url": one.value,
            "language": one.language,
        }
        for one in found
    ]


def addresses(found: Iterable[Address], *, abroad: str = "locationAbroad") -> list[Json]:
    """Return addresses."""
    return [_address(one, abroad) for one in found]


def delivery_addresses(found: Iterable[Address]) -> list[Json]:
    """Return the addresses to which a form is sent."""
    return [
        {
            "subType": one.form or None,
            "receiver": _values(one.receiver),
            **({"deliveryAddressInText": _values(one.more)} if one.form == "NoAddress" else _parts(one)),
        }
        for one in found
    ]


def _address(one: Address, abroad: str) -> Json:
    return {
        "type": one.role or None,
        "subType": one.form or None,
        **_parts(one),
        abroad: _values(one.abroad),
        "entrances": [_entrance(entrance) for entrance in one.entrances],
        "country": one.country or None,
    }


def _parts(one: Address) -> Json:
    """The words of an address stand in the part that its form names."""
    common = {
        "postalCode": one.postal_code or None,
        "postOffice": _values(one.post_office),
        "municipality": {"code": one.municipality} if one.municipality else None,
        "additionalInformation": _values(one.more),
    }
    place = {
        "latitude": one.northing or None,
        "longitude": one.easting or None,
        "coordinateState": one.state or None,
    }
    if one.form == _BOX:
        return {"postOfficeBoxAddress": {"postOfficeBox": _values(one.box), **common}}
    if one.form == _OTHER:
        return {"otherAddress": {**common, **place}}
    return {
        "streetAddress": {
            "street": _values(one.street),
            "streetNumber": one.number or None,
            **common,
            **place,
        }
    }


def _entrance(one: Entrance) -> Json:
    return {
        "name": _values(one.name),
        "isMainEntrance": one.is_main,
        "coordinates": {"latitude": one.northing or None, "longitude": one.easting or None},
        "contactInfo": {"phone": one.phone or None, "email": one.email or None, "url": one.url or None},
        "accessibilitySentences": [
            {
                "sentenceGroup": _values(group),
                "sentences": [{"sentence": _values(sentence)} for sentence in sentences],
            }
            for group, sentences in one.groups
        ],
    }


def _values(found: Words) -> list[Json]:
    return [{"language": language, "value": text} for language, text in found]
