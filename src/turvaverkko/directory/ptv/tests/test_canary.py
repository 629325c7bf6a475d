"""A shelter's address is nowhere: in no table, no page, no record, no report, no export."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from turvaverkko.directory.models import Channel, Place, Service
from turvaverkko.directory.ptv import reading_back
from turvaverkko.directory.ptv.importing import Importer
from turvaverkko.directory.ptv.models import SourceRecord
from turvaverkko.directory.ptv.out import document
from turvaverkko.directory.ptv.tests import made
from turvaverkko.directory.ptv.tests.ptv_server import Catalogue, serving
from turvaverkko.directory.ptv.tests.test_importing import bring, client
from turvaverkko.directory.ptv.world import World

pytestmark = pytest.mark.django_db
STREET = "Kanarialinnunkatu"
__all__ = ["Importer", "client"]


def everything_stored() -> str:
    """Every value of every table of the directory, the import and the log."""
    found = []
    for label in ("directory", "ptv", "trail", "search", "organisation", "core"):
        for model in apps.get_app_config(label).get_models():
            found += [repr(row) for row in model._base_manager.values()]
    return "\n".join(found)


@pytest.mark.parametrize(
    "documents",
    [
        [made.service(1, serviceNames=made.words("Pohjoinen turvakoti"), channels=(made.uuid(2, 2),))],
        [made.service(1, channels=(made.uuid(2, 2),))],
    ],
    ids=["the service is a shelter", "the place is called a shelter"],
)
def test_no_address_of_a_shelter_is_kept_anywhere(country: None, documents: list[dict[str, Any]]) -> None:
    is_named = documents[0]["serviceNames"][0]["value"] != "Pohjoinen turvakoti"
    names = made.words("Oulun turvakoti") if is_named else made.words("Vastaanotto")
    place = made.location(2, STREET, serviceChannelNames=names)
    text = f"Apua aina.\nOlemme osoitteessa {STREET} 7, 90100 Oulu."
    shelter = documents[0] | {"serviceDescriptions": [] if is_named else made.words(text, "Description")}
    phone = made.phone(1)
    shelter["serviceChannels"].append({"serviceChannel": {"id": phone["id"]}})
    with serving(Catalogue(made.catalogue(shelter, place, phone))) as source:
        run = bring(source)
        again = bring(source)
    assert (run.state, again.state) == ("done", "done")
    assert STREET not in everything_stored()
    assert SourceRecord.objects.get(external_id=place["id"]).state == "withheld"
    assert not Place.objects.filter(source="ptv").exists()
    # The shelter itself and its telephone are to be found: who needs it must reach it.
    service = Service.objects.get(source="ptv")
    assert Channel.objects.get(connections__service=service).number == "000555100"
    assert STREET not in Client().get(f"/palvelut/{service.slug}/").content.decode()
    out = reading_back.services([service.pk], World.read())
    assert STREET not in json.dumps([document(item) for item in out.values()])


def test_a_place_that_becomes_a_shelter_loses_its_address(country: None) -> None:
    place = made.location(2, STREET)
    ones = made.catalogue(made.service(1, channels=(place["id"],)), place)
    with serving(Catalogue(ones)) as source:
        bring(source)
        assert STREET in everything_stored()
        ones["service"][made.uuid(1, 1)]["serviceNames"] = made.words("Turvakoti")
        bring(source)
    assert STREET not in everything_stored()
