"""In, through our tables and out again: the same documents, with what came blanked before."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from turvaverkko.directory.ptv import reading_back, services
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
