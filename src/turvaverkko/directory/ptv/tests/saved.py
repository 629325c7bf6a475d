"""The saved documents of the catalogue, brought to the shape of v11 by two printed tables."""

import json
from pathlib import Path
from typing import Any

import yaml

from turvaverkko.directory.ptv.shapes import CHANNEL, ORGANISATION, SERVICE
from turvaverkko.directory.ptv.tests.sameness import at

HERE = Path(__file__).parent
FOLDERS = {ORGANISATION: "organizations", SERVICE: "services", CHANNEL: "servicechannels"}
Documents = dict[str, list[dict[str, Any]]]


def v9(data: Path) -> Documents:
    """20 services, 28 channels and 2 organisations, converted."""
    rules = yaml.safe_load((HERE / "v9_to_v11.yaml").read_text(encoding="utf-8"))
    return {
        kind: [
            converted(json.loads(path.read_text(encoding="utf-8")), kind, rules)
            for path in sorted((data / "ptv/v9_out_payloads" / folder).glob("*.json"))
        ]
        for kind, folder in FOLDERS.items()
    }


def converted(document: dict[str, Any], kind: str, rules: list[dict[str, Any]]) -> dict[str, Any]:
    for rule in (rule for rule in rules if kind in rule["in"]):
        for where, name in list(at(document, rule["at"].split("."))):
            if "was" in rule and where[name] != rule["was"]:
                continue
            if "gather" in rule:
                _gather(where, name, rule["gather"])
            elif "becomes" in rule:
                where[name] = rule["becomes"]
            else:
                where.pop(name)
    return document


def _gather(where: dict[str, Any], name: str, rule: dict[str, Any]) -> None:
    extra = {one: where.pop(one, None) for one in rule["with"]}
    where[rule["into"]] = [
        {
            "language": page["language"],
            "accessibilityStatementWebPage": page["url"],
            "accessibilityStatementWebPageName": page["value"],
            **extra,
        }
        for page in where.pop(name) or []
    ]


def v11_lists(data: Path) -> Documents:
    """The two saved lists of v11, completed."""
    table = yaml.safe_load((HERE / "v11_lists.yaml").read_text(encoding="utf-8"))
    folder = data / "ptv/v11_list_payloads"
    services = json.loads((folder / "municipality_services.json").read_text(encoding="utf-8"))["itemList"]
    channels = json.loads((folder / "municipality_channels.json").read_text(encoding="utf-8"))["itemList"]
    for service in services:
        for term in service["serviceClasses"]:
            term["code"] = table["classes"][term["name"][0]["value"]]
        service["organizations"] = [
            {"organization": {"id": table["organization"]}, "roleType": "Responsible"}
        ]
        service["publishingStatus"] = "Published"
    return {SERVICE: services, CHANNEL: channels, ORGANISATION: []}


def completed(documents: Documents) -> Documents:
    """With the organisations and channels that they name and the saved set does not hold: id and name."""
    there = {one["id"] for found in documents.values() for one in found}
    named: dict[str, dict[str, str]] = {CHANNEL: {}, ORGANISATION: {}}
    for service in documents[SERVICE]:
        for one in service.get("serviceChannels") or []:
            named[CHANNEL][one["serviceChannel"]["id"]] = one["serviceChannel"]["name"]
        for one in service.get("organizations") or []:
            named[ORGANISATION][one["organization"]["id"]] = one["organization"].get("name", "Testikunta")
    for channel in documents[CHANNEL]:
        named[ORGANISATION].setdefault(channel["organizationId"], "Testikunta")
    channels = [_page(key, name) for key, name in named[CHANNEL].items() if key not in there]
    owners = [_owner(key, name) for key, name in named[ORGANISATION].items() if key not in there]
    return {SERVICE: [], CHANNEL: channels, ORGANISATION: owners}


def _page(key: str, name: str) -> dict[str, Any]:
    return {
        "id": key,
        "serviceChannelType": "WebPage",
        "serviceChannelNames": [{"language": "fi", "value": name, "type": "Name"}],
        "webPages": [{"language": "fi", "url": "https://palvelu.example/"}],
    }


def _owner(key: str, name: str) -> dict[str, Any]:
    return {"id": key, "organizationNames": [{"language": "fi", "value": name, "type": "Name"}]}
