"""The four kinds of documents of the catalogue."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from turvaverkko.directory.ptv.mapping.channels import NAMES as CHANNEL_NAMES
from turvaverkko.directory.ptv.mapping.channels import TEXTS as CHANNEL_TEXTS
from turvaverkko.directory.ptv.mapping.channels import TYPES
from turvaverkko.directory.ptv.mapping.descriptions import DESCRIPTION_TEXTS
from turvaverkko.directory.ptv.mapping.fields import SUBJECT, TERM_FIELDS
from turvaverkko.directory.ptv.mapping.organisations import TEXTS as ORGANISATION_TEXTS
from turvaverkko.directory.ptv.mapping.services import CONNECTION_TEXTS, NAMES, TEXTS
from turvaverkko.directory.ptv.out.contacts import addresses, delivery_addresses, files, mails, pages, phones
from turvaverkko.directory.ptv.out.hours import hours
from turvaverkko.directory.ptv.shapes import (
    Area,
    Channel,
    Connection,
    Description,
    Law,
    Organisation,
    Service,
    Texts,
    Words,
)

Json = dict[str, Any]
_TYPE_WORDS: Final = {ours: theirs for theirs, ours in TYPES.items()}


def organisation(item: Organisation) -> Json:
    """Return an organisation."""
    return {
        "id": item.id,
        "oid": item.oid or None,
        "parentOrganizationId": item.parent or None,
        "organizationType": item.type or None,
        "businessCode": item.business_code or None,
        "municipality": _municipality(item.municipality),
        "organizationNames": typed(item.names, NAMES),
        "displayNameType": _display(item.display),
        "organizationDescriptions": typed(item.texts, ORGANISATION_TEXTS),
        "areaType": item.area_type or None,
        "areas": _areas(item.areas),
        "phoneNumbers": phones(item.contacts, with_type=False),
        "emails": mails(item.contacts, with_words=True),
        "webPages": pages(item.contacts),
        "addresses": addresses(item.addresses, abroad="foreignAddress"),
    }


def description(item: Description) -> Json:
    """Return a general description."""
    return {
        "id": item.id,
        "names": typed(item.texts, NAMES),
        "descriptions": typed(item.texts, DESCRIPTION_TEXTS),
        "requirements": values(_of_kind(item.texts, "requirements")),
        "type": item.kind or None,
        "generalDescriptionType": item.type or None,
        "serviceChargeType": item.charge or None,
        "legislation": _laws(item.laws),
        **_terms(item.terms),
    }


def service(item: Service) -> Json:
    """Return a service with its connections."""
    return {
        "id": item.id,
        "generalDescriptionId": item.base or None,
        "type": item.kind or None,
        "subType": item.sub_type or None,
        "fundingType": item.funding or None,
        "serviceChargeType": item.charge or None,
        "serviceNames": typed(item.texts, NAMES),
        "serviceDescriptions": typed(item.texts, TEXTS),
        "requirements": values(_of_kind(item.texts, "requirements")),
        "keywords": _keywords(item.texts),
        "languages": list(item.languages),
        "areaType": item.area_type or None,
        "areas": _areas(item.areas),
        "legislation": _laws(item.laws),
        "organizations": [
            {
                "organization": {"id": role.organisation} if role.organisation else None,
                "roleType": role.role,
                "provisionType": role.provision or None,
                "additionalInformation": values(role.note),
            }
            for role in item.roles
        ],
        "serviceVouchersInUse": item.vouchers_in_use,
        "serviceVouchers": [
            {"language": language, "value": name, "url": url, "additionalInformation": more}
            for language, name, url, more in item.vouchers
        ],
        "serviceChannels": [_connection(one) for one in item.connections],
        **_terms(item.terms),
    }


def channel(item: Channel) -> Json:
    """Return a channel; which fields it has depends on its type."""
    own_numbers = item.type in {"phone", "location"}
    made: Json = {
        "id": item.id,
        "serviceChannelType": _TYPE_WORDS[item.type],
        "organizationId": item.organisation or None,
        "serviceChannelNames": typed(item.texts, CHANNEL_NAMES),
        "serviceChannelDescriptions": typed(item.texts, CHANNEL_TEXTS),
        "languages": list(item.languages),
        "areaType": item.area_type or None,
        "areas": _areas(item.areas),
        "serviceHours": hours(item.hours),
        "webPages": pages(item.contacts),
        "phoneNumbers" if own_numbers else "supportPhones": phones(item.contacts, with_type=own_numbers),
        "emails" if item.type == "location" else "supportEmails": mails(item.contacts),
    }
    return made | _of_type(item)


def _of_type(item: Channel) -> Json:
    """The fields that only one type of channel has."""
    if item.type == "location":
        return {
            "oid": item.oid or None,
            "displayNameType": _display(item.display),
            "addresses": addresses(item.addresses),
        }
    if item.type == "form":
        return {
            "formIdentifier": values(_of_kind(item.texts, "form-id")),
            "channelUrls": files(item.contacts, "form"),
            "attachments": files(item.contacts, "attachment"),
            "deliveryAddresses": delivery_addresses(item.addresses),
        }
    if item.type == "phone":
        return {}
    return {
        "accessibilityClassification": _accessibility(item),
        "attachments": files(item.contacts, "attachment"),
        "signatureQuantity": item.signatures,
        "requiresSignature": item.signature,
        "requiresAuthentication": item.sign_in,
    }


def _connection(one: Connection) -> Json:
    return {
        "serviceChannel": {"id": one.channel},
        "serviceChargeType": one.charge or None,
        "description": typed(one.texts, CONNECTION_TEXTS),
        "serviceHours": hours(one.hours),
        "contactDetails": {
            "emails": mails(one.contacts),
            "phoneNumbers": phones(one.contacts),
            "webPages": pages(one.contacts),
            "addresses": addresses(one.addresses),
        },
        "modified": one.changed or None,
    }


def typed(texts: Texts, kinds: Mapping[str, str]) -> list[Json]:
    """Return texts of some kinds with the catalogue's types."""
    types = {ours: theirs for theirs, ours in kinds.items()}
    return [
        {"language": language, "value": text, "type": types[kind]}
        for kind, language, text in texts
        if kind in types
    ]


def values(found: Words) -> list[Json]:
    """Return words as a list of {language, value}."""
    return [{"language": language, "value": text} for language, text in found]


def _of_kind(texts: Texts, kind: str) -> Words:
    return tuple((language, text) for one, language, text in texts if one == kind)


def _keywords(texts: Texts) -> list[Json]:
    return [
        {"language": language, "value": word}
        for language, found in _of_kind(texts, "keywords")
        for word in json.loads(found)
    ]


def _display(found: Words) -> list[Json]:
    return [{"language": language, "type": kind} for language, kind in found]


def _municipality(code: str) -> Json | None:
    return {"code": code} if code else None


def _areas(areas: Iterable[Area]) -> list[Json]:
    return [
        {
            "type": area.type,
            "code": area.code or None,
            "municipalities": [{"code": code} for code in area.municipalities],
        }
        for area in areas
    ]


def _terms(terms: Iterable[tuple[str, str]]) -> Json:
    found = list(terms)
    return {
        field: [_term(wanted, code) for vocabulary, code in found if vocabulary == wanted]
        for field, wanted in TERM_FIELDS.items()
    }


def _term(vocabulary: str, code: str) -> Json:
    """A term by its code; those of ontologies have none there, but an address."""
    if vocabulary != SUBJECT:
        return {"code": code}
    ontology, _, end = code.rpartition("-")
    return {"uri": f"http://www.yso.fi/onto/{ontology or 'koko'}/{end}"}


def _laws(laws: Iterable[Law]) -> list[Json]:
    return [
        {
            "names": values(law.names),
            "webPages": [
                {"language": language, "url": url, "value": name or None} for language, url, name in law.pages
            ],
        }
        for law in laws
    ]


def _accessibility(item: Channel) -> list[Json]:
    return [
        {
            "language": language,
            "accessibilityClassificationLevel": level,
            "wcagLevel": wcag,
            "accessibilityStatementWebPageName": name,
            "accessibilityStatementWebPage": url,
        }
        for language, level, wcag, name, url in item.accessibility
    ]
