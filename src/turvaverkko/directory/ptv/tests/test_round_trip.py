"""In, through our tables and out again: the same documents, with what came blanked before."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from turvaverkko.directory.ptv import base_texts, reading_back, services
from turvaverkko.directory.ptv.fetched import Batch, fetched
from turvaverkko.directory.ptv.models import Run, RunRow, SourceRecord
from turvaverkko.directory.ptv.out import document
from turvaverkko.directory.ptv.services import SYSTEM
from turvaverkko.directory.ptv.shapes import CHANNEL, ORGANISATION, SERVICE, Item
from turvaverkko.directory.ptv.tests import saved
from turvaverkko.directory.ptv.tests.sameness import NOT_MODELLED, differences, same_form
from turvaverkko.directory.ptv.world import World

pytestmark = pytest.mark.django_db
# The numbers of the saved set: less would mean that something was not compared.
V9 = {SERVICE: 20, CHANNEL: 28, ORGANISATION: 2}
LISTS = {SERVICE: 2, CHANNEL: 3, ORGANISATION: 0}
ENTRIES_NOT_MODELLED = 48


def brought(documents: saved.Documents, world: World) -> None:
    """Take documents in, and forget how they looked."""
    run = services.begin(SYSTEM, Run.Kind.FULL)
    more = saved.completed(documents)
    batch = Batch([one for kind in documents for one in fetched(kind, [*documents[kind], *more[kind]])])
    services.take(SYSTEM, run, run.token, world, batch)
    SourceRecord.objects.update(raw="", raw_hash="", written_hash="")


def given_out(world: World) -> dict[str, dict[str, Any]]:
    keys = SourceRecord.objects.exclude(service=None).values_list("service_id", flat=True)
    channels = SourceRecord.objects.exclude(channel=None).values_list("channel_id", flat=True)
    owners = SourceRecord.objects.filter(kind=ORGANISATION).values_list("external_id", flat=True)
    items: dict[str, Item] = {
        **reading_back.services(list(keys), world),
        **reading_back.channels(list(channels)),
        **reading_back.organisations(owners),
    }
    records = {one.external_id: one for one in SourceRecord.objects.all()}
    return {
        key: document(item, changed=records[key].source_changed, status=records[key].source_status)
        for key, item in items.items()
    }


@pytest.mark.parametrize("name", ["v9", "v11_lists"])
def test_what_came_in_goes_out(name: str, everything: World, shared_data: Path) -> None:
    documents = getattr(saved, name)(shared_data)
    assert {kind: len(found) for kind, found in documents.items()} == (V9 if name == "v9" else LISTS)
    brought(documents, everything)
    out = given_out(everything)
    refused = RunRow.objects.exclude(code__in=["unknown-term"]).values_list(
        "kind", "external_id", "code", "field"
    )
    assert list(refused) == []
    differing = {
        one["id"]: different
        for kind, found in documents.items()
        for one in found
        if (different := differences(same_form(out[one["id"]], kind), same_form(one, kind)))
    }
    assert differing == {}


def test_an_editor_who_changes_a_row_changes_what_goes_out(everything: World, shared_data: Path) -> None:
    documents = saved.v11_lists(shared_data)
    brought(documents, everything)
    record = SourceRecord.objects.get(external_id=documents[SERVICE][0]["id"])
    record.service.texts.filter(kind="name", language="fi").update(value="Toinen nimi")
    out = given_out(everything)[record.external_id]
    assert out["serviceNames"] == [{"language": "fi", "value": "Toinen nimi", "type": "Name"}]


def test_what_is_not_modelled_stands_in_one_file_with_reasons() -> None:
    rows = yaml.safe_load(NOT_MODELLED.read_text(encoding="utf-8"))
    assert len(rows) == ENTRIES_NOT_MODELLED
    assert all(len(row["why"]) > 10 for row in rows)
    assert len({(kind, row["field"]) for row in rows for kind in row["in"]}) == sum(
        len(row["in"]) for row in rows
    )


def test_the_descriptions_go_out_in_the_shape_of_their_own_file(country: None, shared_data: Path) -> None:
    path = shared_data / "ptv/general_descriptions/gd_458_plaintext.json"
    wanted = {one["Id"]: _own_form(one, shared_data) for one in json.loads(path.read_text(encoding="utf-8"))}
    assert len(wanted) == 458
    found = {one["Id"]: _own_form(one, shared_data) for one in base_texts.documents()}
    assert {key: diff for key in wanted if (diff := differences(found[key], wanted[key]))} == {}


def _own_form(document: dict[str, Any], shared_data: Path) -> Any:
    """Tidied, each term by its code: the file uses the older and the newer address of a term by turns."""
    codes = _codes(shared_data)
    for field in base_texts.TERMS.values():
        document[field] = [{"Key": codes.get(term["Key"], term["Key"])} for term in document[field]]
    for law in document["Laws"]:
        law.pop("LawReference", None)
    return _one_line(same_form(document, "base-text"))


@cache
def _codes(shared_data: Path) -> dict[str, str]:
    found = {}
    for name in ("ServiceClasses", "LifeEvents", "TargetGroups"):
        rows = json.loads((shared_data / f"ptv/code_lists/{name}.json").read_text(encoding="utf-8"))
        found |= {uri: row["Notation"] for row in rows for uri in (row["Id"], row["OldUri"]) if uri}
    return found


def _one_line(value: Any) -> Any:
    """Spaces within a line are no content."""
    if isinstance(value, dict):
        return {key: _one_line(one) for key, one in value.items()}
    if isinstance(value, list):
        rows = [_one_line(one) for one in value]
        return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))
    return (
        "\n".join(" ".join(line.split()) for line in value.split("\n")) if isinstance(value, str) else value
    )
