"""The cast: Liminka answers for a meeting place that is due and for one that is long overdue."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from turvaverkko.access.testing import staff, unit
from turvaverkko.core.jobs.testing import drain
from turvaverkko.directory.models import Happening, Occurrence, Place
from turvaverkko.directory.staying import jobs
from turvaverkko.directory.staying.models import Ask, ListingContact
from turvaverkko.directory.staying.tokens import token_of
from turvaverkko.directory.tests.pages_world import MONDAY_MORNING, write_texts
from turvaverkko.organisation.api import Organisation
from turvaverkko.organisation.sign_in.testing import sign_in

MAILBOX = "tiedot@liminka.example"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def liminka(searchable_county: None, clock: time_machine.Traveller) -> Organisation:
    """Tupa is due on 28.11., Nurkka was on 1.10.; Liminka is asked by mail, in Finnish."""
    found = Organisation.objects.get(slug="liminka-kunta")
    ListingContact.objects.create(organisation=found, email=MAILBOX)
    Place.objects.filter(slug="tupa").update(confirmed_on=date(2026, 8, 28))
    Place.objects.filter(slug="nurkka").update(confirmed_on=date(2026, 7, 1))
    return found


@pytest.fixture
def ask(liminka: Organisation) -> Ask:
    """A letter of this morning."""
    return Ask.objects.create(organisation=liminka, step="ask")


@pytest.fixture
def path(ask: Ask) -> str:
    """Where its link leads."""
    return f"/vahvista/{token_of(ask.public_id)}/"


def series(slug: str, organisation: Organisation, last: date, **values: object) -> Happening:
    """A published series whose last date is `last`."""
    row = Happening.objects.create(
        slug=slug, organisation=organisation, **{"state": "published", "confirmed_on": last, **values}
    )
    write_texts({"happening": row}, {"fi": {"name": f"Kahvila {slug}"}})
    starts = MONDAY_MORNING.replace(year=last.year, month=last.month, day=last.day)
    Occurrence.objects.create(happening=row, day=last, starts_at=starts, ends_at=starts + timedelta(hours=2))
    return row


def night(clock: time_machine.Traveller) -> int:
    """Let the nightly job run and the letters leave; return how many have left in all."""
    jobs.ask_for_confirmation.enqueue()
    drain()
    clock.shift(timedelta(minutes=1))
    drain()
    return len(mail.outbox)


def press_key(html: str) -> str:
    """The key that a page gave its buttons."""
    found = re.search(r'name="avain" value="([a-z0-9]{16})"', html)
    assert found is not None
    return found.group(1)


def client_in(role: str) -> Client:
    client = Client()
    sign_in(client, staff(f"{role}@example.invalid", **{role.replace("-", "_"): unit(f"unit-{role}")}))
    return client
