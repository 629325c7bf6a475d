"""The page: who may see and decide, a run that asks, and what differs field by field."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from turvaverkko.access.testing import staff, unit
from turvaverkko.core.models import Job
from turvaverkko.directory.models import Service
from turvaverkko.directory.ptv import services
from turvaverkko.directory.ptv.fetched import Batch, fetched
from turvaverkko.directory.ptv.models import Run, SourceRecord
from turvaverkko.directory.ptv.services import SYSTEM
from turvaverkko.directory.ptv.tests import made
from turvaverkko.directory.ptv.world import World
from turvaverkko.organisation.sign_in.testing import sign_in

pytestmark = pytest.mark.django_db
HOME = "/tyo/yllapito/ptv/"


def browser(role: str) -> Client:
    client = Client()
    sign_in(client, staff(f"{role}@x.invalid", **{role.replace("-", "_"): unit(f"unit-of-{role}")}))
    return client


def taken(*documents: dict[str, object]) -> Run:
    run = services.begin(SYSTEM, Run.Kind.FULL)
    found = made.catalogue(*documents)
    batch = Batch([one for kind, ones in found.items() for one in fetched(kind, ones.values())])
    run = services.take(SYSTEM, run, run.token, World.read(), batch)
    Run.objects.filter(pk=run.pk).update(state="done")
    return run


def drifted() -> SourceRecord:
    """A service whose name an editor has changed, and then the source too."""
    taken(made.service(1))
    service = Service.objects.get(source_id=made.uuid(1, 1))
    service.texts.filter(kind="name").update(value="Editorin nimi")
    taken(made.service(1, serviceNames=made.words("Lähteen nimi")))
    return SourceRecord.objects.get(external_id=made.uuid(1, 1))


@pytest.mark.parametrize(("role", "status"), [("service-guide", 404), ("content-editor", 200)])
def test_who_looks_after_the_catalogue_sees_the_page(country: None, role: str, status: int) -> None:
    assert browser(role).get(HOME).status_code == status


def test_an_editor_s_words_stand_and_the_page_shows_both(country: None) -> None:
    record = drifted()
    assert record.state == "drifted"
    assert Service.objects.get(source="ptv").texts.get(kind="name").value == "Editorin nimi"
    shown = browser("content-editor").get(HOME).content.decode()
    assert "Editorin nimi" in shown
    assert "Lähteen nimi" in shown


@pytest.mark.parametrize(
    ("choice", "name", "state"), [("adopt", "Lähteen nimi", "shown"), ("keep", "Editorin nimi", "ours")]
)
def test_a_person_chooses_whose_words_stand(country: None, choice: str, name: str, state: str) -> None:
    record = drifted()
    answer = browser("content-editor").post(f"{HOME}ero/{record.pk}/", {"kumpi": choice})
    record.refresh_from_db()
    assert (answer.status_code, record.state) == (303, state)
    assert Service.objects.get(source="ptv").texts.get(kind="name").value == name
    # Until the source changes again, it stays so.
    taken(made.service(1, serviceNames=made.words("Lähteen nimi")))
    assert Service.objects.get(source="ptv").texts.get(kind="name").value == name
    taken(made.service(1, serviceNames=made.words("Kolmas nimi")))
    record.refresh_from_db()
    assert record.state == ("shown" if choice == "adopt" else "drifted")


def test_only_a_coordinator_or_an_administrator_approves(country: None) -> None:
    run = taken(made.service(1))
    Run.objects.filter(pk=run.pk).update(state="asks", going=3, standing=30)
    path = f"{HOME}ajo/{run.public_id}/paata/"
    assert browser("content-editor").post(path, {"paatos": "approve"}).status_code == 403
    coordinator = browser("coordinator")
    assert "Tuonti poistaisi paljon" in coordinator.get(HOME).content.decode()
    before = Job.objects.count()
    assert coordinator.post(path, {"paatos": "approve"}).status_code == 303
    run.refresh_from_db()
    assert (run.state, run.phase, bool(run.approved_by)) == ("running", "archive", True)
    assert Job.objects.count() == before + 1


def test_the_page_asks_as_much_however_much_there_is(country: None) -> None:
    taken(made.service(1))
    client = browser("content-editor")
    client.get(HOME)
    with CaptureQueriesContext(connection) as few:
        client.get(HOME)
    taken(*(made.service(number) for number in range(2, 30)))
    with CaptureQueriesContext(connection) as many:
        client.get(HOME)
    assert len(many) <= len(few)


def test_what_a_run_told_stands_on_its_page(country: None) -> None:
    run = taken(made.service(1, serviceNames=None))
    shown = browser("technical-administrator").get(f"{HOME}ajo/{run.public_id}/").content.decode()
    assert "Nimi puuttuu." in shown
    assert made.uuid(1, 1) in shown
