"""The cast: Urho looks after the installation; everybody else has another role."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from turvaverkko.access.testing import staff, unit
from turvaverkko.core.jobs.testing import drain
from turvaverkko.core.models import Job
from turvaverkko.notices.addresses import Address
from turvaverkko.notices.api import Notice, post
from turvaverkko.organisation.api import Staff, Unit
from turvaverkko.organisation.sign_in.testing import sign_in
from turvaverkko.portals.upkeep.tests import tasks

NOON = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
MATTER = "m7k3m9qtr2b4d6f8"
AINO = "aino.esimerkki@perhe.example"
PATH = "/tyo/yllapito/pysahtyneet/"


@pytest.fixture(autouse=True)
def _the_world() -> Iterator[None]:
    tasks.WORLD["broken"] = True
    tasks.DONE.clear()
    yield
    tasks.DONE.clear()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@dataclass
class Cast:
    """Urho and the unit in which he and others have their roles."""

    urho: Staff
    unit: Unit
    client: Client


@pytest.fixture
def cast(db: None, clock: time_machine.Traveller) -> Cast:
    home = unit("home")
    urho = staff("urho@example.invalid", technical_administrator=home)
    return Cast(urho, home, client_of(urho))


def client_of(person: Staff) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def dead_job(name: str = "a") -> Job:
    """A job that failed for good."""
    result = tasks.knock.enqueue(name)
    drain(expect_failures=True)
    job = Job.objects.get(pk=result.id)
    assert job.state == "dead"
    return job


def dead_notice(key: str = "k1", template: str = "to-read", because: str = "smtp-550") -> Notice:
    """A letter to Aino that the server refused; Aino's address and matter are in its row."""
    with transaction.atomic():
        notice = post(
            template=template,
            to=Address(AINO),
            language="fi",
            matter=MATTER,
            purpose="guidance.answer",
            key=key,
        )
    Job.objects.filter(name__endswith="deliver").delete()
    ended = NOON - timedelta(hours=1)
    Notice.objects.filter(pk=notice.pk).update(state="dead", because=because, ended_at=ended, attempts=3)
    notice.refresh_from_db()
    return notice
