"""Services with their connections."""

import json
from typing import Final

from turvaverkko.directory.ptv.mapping.contacts import addresses_of, mails_of, pages_of, phones_of
from turvaverkko.directory.ptv.mapping.fields import (
    TERM_FIELDS,
    Row,
    area_type,
    areas_of,
    flag_of,
    id_of,
    identity,
    languages_of,
    laws_of,
    line_of,
    of_kind,
    rows_of,
    stamp_of,
    terms_of,
    typed,
    web_address,
    words_of,
)
from turvaverkko.directory.ptv.mapping.hours import hours_of
from turvaverkko.directory.ptv.shapes import Connection, Reading, Refused, Role, Service, Texts, Told

# The catalogue's type of a text → kind of ours.
NAMES: Final = {"Name": "name", "AlternativeName": "alternative-name"}
TEXTS: Final = {
    "Description": "description",
    "Summary": "summary",
    "UserInstruction": "instructions",
    "ValidityTime": "validity",
    "ProcessingTime": "processing-time",
    "DeadLine": "deadline",
    "ChargeTypeAdditionalInfo": "fee",
    "ServiceType": "type-note",
}
CONNECTION_TEXTS: Final = {"Description": "description", "ChargeTypeAdditionalInfo": "fee"}


def service(document: Row) -> Reading:
    """Return a service as values.

    Raises:
        Refused: it has no id, no name, or too much of something.
    """
    reading = Reading(Service(identity(document)), stamp_of(document.get("modified")))
    told = reading.told
    names = typed(document, "serviceNames", NAMES, told)
    if not any(kind == "name" for kind, _language, _text in names):
        raise Refused("no-name", "serviceNames")
    texts = [
        *names,
        *typed(document, "serviceDescriptions", TEXTS, told),
        *of_kind("requirements", words_of(document, "requirements")),
        *_keywords(document),
    ]
    reading.item = Service(
        id=identity(document),
        base=id_of(document.get("generalDescriptionId")),
        kind=line_of(document.get("type"), "type", 40),
        sub_type=line_of(document.get("subType"), "subType", 60),
        funding=line_of(document.get("fundingType"), "fundingType", 40),
        charge=line_of(document.get("serviceChargeType"), "serviceChargeType", 20),
        texts=tuple(sorted(texts)),
        languages=languages_of(document),
        area_type=area_type(document),
        areas=areas_of(document),
        terms=terms_of(document, TERM_FIELDS, reading),
        laws=laws_of(document),
        vouchers_in_use=flag_of(document.get("serviceVouchersInUse")),
        vouchers=tuple(
            sorted(
                (
                    line_of(row.get("language"), longest=10),
                    line_of(row.get("value")),
                    web_address(row.get("url")),
                    line_of(row.get("additionalInformation"), longest=500),
                )
                for row in rows_of(document, "serviceVouchers")
            )
        ),
        roles=_roles(document),
        connections=_connections(document, told),
    )
    return reading


def _keywords(document: Row) -> Texts:
    by_language: dict[str, list[str]] = {}
    for row in rows_of(document, "keywords"):
        for language, word in words_of({"keywords": [row]}, "keywords"):
            by_language.setdefault(language, []).append(word)
    return tuple(
        ("keywords", language, json.dumps(sorted(set(found)), ensure_ascii=False))
        for language, found in sorted(by_language.items())
    )


def _roles(document: Row) -> tuple[Role, ...]:
    found = {
        Role(
            id_of((row.get("organization") or {}).get("id")),
            line_of(row.get("roleType"), "organizations", 20),
            line_of(row.get("provisionType"), "organizations", 40),
            words_of(row, "additionalInformation"),
        )
        for row in rows_of(document, "organizations")
    }
    return tuple(sorted(role for role in found if role.organisation or role.note))


def _connections(document: Row, told: list[Told]) -> tuple[Connection, ...]:
    found: dict[str, Connection] = {}
    for row in rows_of(document, "serviceChannels"):
        channel = id_of((row.get("serviceChannel") or {}).get("id"))
        if not channel:
            told.append(Told("no-id", "serviceChannels"))
            continue
        if channel in found:
            told.append(Told("repeated", "serviceChannels"))
        found[channel] = _connection(row, channel, told)
    return tuple(found[channel] for channel in sorted(found))


def _connection(row: Row, channel: str, told: list[Told]) -> Connection:
    details = row.get("contactDetails") or {}
    contacts = [
        *phones_of(details, "phoneNumbers", told),
        *mails_of(details, "emails", told),
        *pages_of(details, "webPages", told),
    ]
    return Connection(
        channel=channel,
        charge=line_of(row.get("serviceChargeType"), "serviceChannels", 20),
        texts=typed(row, "description", CONNECTION_TEXTS, told),
        hours=hours_of(row, told),
        contacts=tuple(sorted(contacts, key=repr)),
        addresses=addresses_of(details, "addresses", told),
        changed=stamp_of(row.get("modified")),
    )
