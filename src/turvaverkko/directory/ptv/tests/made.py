"""Documents of the catalogue made for tests: services, channels, organisations."""

from typing import Any

OULU = "564"


def uuid(kind: int, number: int) -> str:
    return f"{kind:08x}-0000-4000-8000-{number:012x}"


def words(text: str, kind: str = "Name") -> list[dict[str, str]]:
    return [{"language": "fi", "value": text, "type": kind}]


def service(number: int, *, channels: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    return {
        "id": uuid(1, number),
        "type": "Service",
        "serviceNames": words(f"Perhepalvelu {number}"),
        "serviceDescriptions": words("Tukea perheille.", "Summary"),
        "areaType": "LimitedType",
        "areas": [{"type": "Municipality", "municipalities": [{"code": OULU}]}],
        "targetGroups": [{"code": "KR1.2"}],
        "organizations": [{"organization": {"id": uuid(3, 1)}, "roleType": "Responsible"}],
        "serviceChannels": [{"serviceChannel": {"id": one}} for one in channels],
        "publishingStatus": "Published",
        "modified": "2026-01-01T00:00:00",
    } | more


def phone(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": uuid(2, number),
        "serviceChannelType": "Phone",
        "organizationId": uuid(3, 1),
        "serviceChannelNames": words(f"Puhelin {number}"),
        "phoneNumbers": [{"type": "Phone", "language": "fi", "number": "000555100"}],
    } | more


def location(number: int, street: str = "Esimerkkikatu", **more: Any) -> dict[str, Any]:
    return {
        "id": uuid(2, number),
        "serviceChannelType": "ServiceLocation",
        "organizationId": uuid(3, 1),
        "serviceChannelNames": words(f"Toimipiste {number}"),
        "addresses": [
            {
                "type": "Location",
                "subType": "Single",
                "streetAddress": {
                    "street": [{"language": "fi", "value": street}],
                    "streetNumber": "7",
                    "postalCode": "90100",
                    "municipality": {"code": OULU},
                    "latitude": "7210887.0",
                    "longitude": "427853.0",
                },
            }
        ],
    } | more


def organisation(number: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "id": uuid(3, number),
        "organizationType": "Organization",
        "organizationNames": words(f"Perheyhdistys {number}"),
    } | more


def catalogue(*documents: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Documents by kind and id, with the one organisation that they all name."""
    found: dict[str, dict[str, Any]] = {"service": {}, "channel": {}, "organisation": {}}
    for one in (organisation(), *documents):
        kind = {"1": "service", "2": "channel", "3": "organisation"}[one["id"][7]]
        found[kind][one["id"]] = one
    return found
