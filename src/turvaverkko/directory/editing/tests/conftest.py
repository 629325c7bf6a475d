"""The cast: Lempi edits for the county; Oiva writes for an association, Veikko for another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

import pytest
import time_machine
from django.test import Client

from turvaverkko.access.testing import staff, unit
from turvaverkko.core.jobs.testing import drain
from turvaverkko.directory.editing.actors import Editor
from turvaverkko.directory.editing.contents import EMPTY, Content
from turvaverkko.directory.editing.models import Partner
from turvaverkko.directory.models import Happening
from turvaverkko.directory.tests.pages_world import MONDAY_MORNING, SINCE
from turvaverkko.organisation.api import County, Organisation, Staff
from turvaverkko.organisation.models import DeadlinePolicy, RegionalSetting
from turvaverkko.organisation.sign_in.testing import sign_in
from turvaverkko.work.api import Route

HOME = "/tyo/sisallot/"
NEW = f"{HOME}uusi/"


@dataclass
class Cast:
    """Who acts, with a signed-in browser each."""

    lempi: Staff
    oiva: Staff
    veikko: Staff
    editor: Client
    partner: Client
    stranger: Client
    association: Organisation
    other: Organisation

    @property
    def as_editor(self) -> Editor:
        return Editor(self.lempi.public_id, is_editor=True)

    @property
    def as_partner(self) -> Editor:
        return Editor(self.oiva.public_id, organisations=frozenset({self.association.pk}))


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast(small_county: None, clock: time_machine.Traveller) -> Cast:
    county = County.objects.get(code="19")
    home = unit("kehittaminen", Organisation.objects.get(slug="pohde"))
    staff("lumi@example.invalid", unit_lead=home)
    for kind in ("directory.join", "directory.review"):
        Route.objects.create(kind=kind, county=county, unit=home)
    for code, amount in (("join-answer", 5), ("review-answer", 3)):
        DeadlinePolicy.objects.create(
            county=county,
            code=code,
            name_fi=code,
            version=1,
            amount=amount,
            unit="office_days",
            time_of_day=time(16),
            runs_from="received",
            valid_from=SINCE,
            source="test",
        )
    RegionalSetting.objects.create(key="listings.reviewed-kinds", county=county, value=["ngo", "parish"])
    association, other = (
        Organisation.objects.create(slug=slug, kind="ngo", name_fi=name)
        for slug, name in (("leikkiva", "Leikkivä lähiö ry"), ("toinen", "Toinen yhdistys ry"))
    )
    for organisation in (association, other):
        Partner.objects.create(organisation=organisation)
    lempi = staff("lempi@example.invalid", content_editor=home)
    oiva, veikko = staff("oiva@example.invalid"), staff("veikko@example.invalid")
    oiva.roles.create(role="partner", organisation=association)
    veikko.roles.create(role="partner", organisation=other)
    return Cast(lempi, oiva, veikko, client_of(lempi), client_of(oiva), client_of(veikko), association, other)


def client_of(person: Staff) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def content(**changed: object) -> Content:
    """A weekly café at the meeting place Tupa, from tomorrow to the end of the year."""
    return {
        **EMPTY,
        "place": "tupa",
        "texts": {"fi": {"name": "Perhekahvila", "summary": "Kahvia ja leikkiä."}},
        "times": [
            {
                "every": "week",
                "first": "2026-11-24",
                "last": "2026-12-15",
                "starts": "10:00",
                "ends": "12:00",
                "on_holidays": False,
                "in_school_breaks": False,
            }
        ],
        **changed,
    }


def typed(**changed: str) -> dict[str, str | list[str]]:
    """The same as a form sends it."""
    sent: dict[str, str | list[str]] = {
        "avain": "avain-perhekahvila-1",
        "nimi-fi": "Perhekahvila",
        "lyhyesti-fi": "Kahvia ja leikkiä.",
        "laji": "open",
        "missa": "paikassa",
        "paikka": "tupa",
        "aika-0-toistuu": "week",
        "aika-0-viikonpaiva": "1",
        "aika-0-alkaa": "2026-11-23",
        "aika-0-paattyy": "2026-12-15",
        "aika-0-klo": "10:00",
        "aika-0-asti": "12:00",
        "ika": "kaikki",
        "maksu": "free",
        "kielet": ["fi", "ar"],
        "ilmoittautuminen": "none",
    }
    return sent | {name.replace("_", "-"): value for name, value in changed.items()}


def the_happening() -> Happening:
    return Happening.objects.get()


def letters(mailoutbox: list[object]) -> list[str]:
    """Send what waits; return the texts, the latest last."""
    drain()
    return [message.body for message in mailoutbox]  # type: ignore[attr-defined]


def address_in(letter: str) -> str:
    """The path of the one address of a letter."""
    (found,) = re.findall(r"https://[^/\s]+(/\S+)", letter)
    return str(found)
