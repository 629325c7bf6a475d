"""The cast: Aino guides families in Oulu; a stranger knows nothing but addresses."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from turvaverkko.core import time_source
from turvaverkko.organisation.models import (
    County,
    Organisation,
    RoleAssignment,
    SecondFactor,
    Staff,
    Unit,
)
from turvaverkko.organisation.sign_in import services
from turvaverkko.trail.models import LogEntry

EMAIL = "aino@example.invalid"
PASSWORD = "kevyt lumi sataa hiljaa"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
MORNING = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


class Clock:
    """The moved time of a test."""

    def __init__(self, traveller: Any) -> None:
        self.traveller = traveller

    def on(self, **more: int) -> None:
        """Let time pass, in the words of a timedelta."""
        self.traveller.shift(timedelta(**more))

    def to(self, moment: datetime) -> None:
        self.traveller.move_to(moment)


@pytest.fixture
def clock() -> Iterator[Clock]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield Clock(traveller)


@pytest.fixture
def aino(db: None, clock: Clock) -> Staff:
    """A service guide who has taken her account into use."""
    staff = Staff.objects.create_user(EMAIL, PASSWORD, display_name="Aino Esimerkki")
    SecondFactor.objects.create(staff=staff, secret=SECRET)
    return staff


@pytest.fixture
def guide(aino: Staff) -> Staff:
    """Aino with her role in a unit."""
    county = County.objects.create(code="19", slug="pohjois-pohjanmaa", name_fi="Pohjois-Pohjanmaa")
    pohde = Organisation.objects.create(county=county, slug="pohde", name_fi="Pohde")
    unit = Unit.objects.create(organisation=pohde, slug="palveluohjaus", name_fi="Palveluohjaus")
    RoleAssignment.objects.create(staff=aino, role="service-guide", unit=unit)
    return aino


def code_now(secret: str = SECRET) -> str:
    return pyotp.TOTP(secret).at(time_source.now())


def wrong_code(secret: str = SECRET) -> str:
    right = {pyotp.TOTP(secret).at(time_source.now() + timedelta(seconds=30 * n)) for n in (-1, 0, 1)}
    return next(code for code in ("000000", "111111", "222222", "333333") if code not in right)


def first_step(client: Client, email: str = EMAIL, password: str = PASSWORD, **more: str) -> str:
    """Send e-mail and password; return the sealed challenge of the page that asks for the code."""
    response = client.post("/kirjaudu/", {"email": email, "password": password, **more})
    assert response.status_code == 200, response.status_code
    return str(response.content.decode().split('name="challenge" value="')[1].split('"')[0])


def by_pages(client: Client, **more: str) -> str:
    """Sign in through the pages; return where one is led."""
    challenge = first_step(client, **more)
    response = client.post("/kirjaudu/koodi/", {"challenge": challenge, "code": code_now(), **more})
    assert response.status_code == 303, response.content.decode()[-2000:]
    return response["Location"]


def invited(staff: Staff) -> str:
    return services.invite(services.TERMINAL, staff)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def key_of(response: HttpResponse) -> str:
    """The key of what was kept, from the address one is sent to."""
    return str(re.search(r"paikka=([\w-]+)", response["Location"])[1])


def kinds() -> list[str]:
    told = LogEntry.objects.filter(kind__startswith="organisation.").order_by("id")
    return [kind.removeprefix("organisation.") for kind in told.values_list("kind", flat=True)]
