"""The cast: two guides of Kainuu, one of another unit, a coordinator, and a mother who asks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from turvaverkko.access.api import FamilyActor, StaffActor, staff_actor
from turvaverkko.core.actors import ANONYMOUS
from turvaverkko.core.deadlines import Unit as Counted
from turvaverkko.core.time_source import HELSINKI
from turvaverkko.guidance.api import Asker, Asking, Contact, ContactRequest, Urgency, Way, ask, begin_draft
from turvaverkko.organisation.api import Area, County, Organisation, Staff, Unit, apply_pack
from turvaverkko.organisation.models import DeadlinePolicy, RoleAssignment
from turvaverkko.organisation.tests.conftest import TINY, TINY_NATION
from turvaverkko.work.api import Route

MONDAY_EVENING = datetime(2026, 11, 23, 21, 46, tzinfo=HELSINKI)
WORDS = "5v raivoaa ja lyö meitä joka päivä"
ASKING = Asking(
    asker=Asker.PARENT,
    words=WORDS,
    urgency=Urgency.CAN_WAIT,
    contact=Contact(way=Way.CALL, phone="000 123 4567", call_hours=("11-13",)),
    language="fi",
    municipality="kajaani",
    child_age="3-6",
)


@dataclass
class Cast:
    """Who acts in the stories."""

    maija: StaffActor
    anne: StaffActor
    lead: StaffActor
    stranger: StaffActor
    coordinator: StaffActor
    unit: Unit
    other_unit: Unit


@pytest.fixture(scope="module")
def _kainuu(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        apply_pack(TINY_NATION, "national")
        apply_pack(TINY)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def _in_kainuu() -> Iterator[None]:
    with override_settings(COUNTY_PACK=TINY.parent / "kainuu"):
        yield


@pytest.fixture
def cast(_kainuu: None, db: None, _in_kainuu: None) -> Cast:
    county = County.objects.get(code="20")
    organisation = Organisation.objects.filter(county=county, kind="county").get()
    unit = _unit("ohjaus-yksi", organisation)
    other = _unit("ohjaus-kaksi", organisation)
    _policies(county)
    Route.objects.filter(kind="guidance.request").delete()
    Route.objects.create(kind="guidance.request", county=county, unit=unit)
    return Cast(
        maija=_staff("maija", "service-guide", unit=unit),
        anne=_staff("anne", "service-guide", unit=unit),
        lead=_staff("lead", "unit-lead", unit=unit),
        stranger=_staff("stranger", "service-guide", unit=other),
        coordinator=_staff("coordinator", "coordinator", area=Area.objects.filter(county=county).first()),
        unit=unit,
        other_unit=other,
    )


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Monday evening, moved by the story."""
    with time_machine.travel(MONDAY_EVENING, tick=False) as coordinates:
        yield coordinates


@dataclass
class Sent:
    """A request as its sender knows it."""

    request: ContactRequest
    code: str
    family: FamilyActor


def send(**changes: object) -> Sent:
    """Send a request as the mother does."""
    draft, _key = begin_draft()
    request = ask.once(draft.public_id, ANONYMOUS, draft, replace(ASKING, **changes))  # type: ignore[arg-type]
    return Sent(request, draft.code, FamilyActor(request.matter.public_id))


def _policies(county: County) -> None:
    """The promise and the statutory limits as North Ostrobothnia's pack has them."""
    DeadlinePolicy.objects.filter(county=county).delete()
    shared = {"county": county, "source": "testi", "valid_from": "2023-01-01"}
    for code, amount, counted in (
        ("contact-promise", 3, Counted.OFFICE_DAYS),
        ("urgent-help", 0, Counted.AT_ONCE),
        ("child-welfare-urgency", 0, Counted.AT_ONCE),
        ("child-welfare-notification", 7, Counted.WORKING_DAYS),
        ("child-welfare-assessment-ready", 3, Counted.MONTHS),
        ("assessment-start", 7, Counted.WORKING_DAYS),
        ("assessment-ready", 3, Counted.MONTHS),
    ):
        ends = "16:00" if code == "contact-promise" else None
        DeadlinePolicy.objects.create(
            code=code,
            name_fi=code,
            amount=amount,
            unit=counted,
            runs_from="received",
            time_of_day=ends,
            may_pause=code == "contact-promise",
            **shared,
        )


def _unit(slug: str, organisation: Organisation) -> Unit:
    return Unit.objects.create(slug=slug, name_fi=slug, organisation=organisation)


def _staff(name: str, role: str, **scope: object) -> StaffActor:
    person = Staff.objects.create(email=f"{name}@example.invalid", display_name=name.title())
    RoleAssignment.objects.create(staff=person, role=role, **scope)
    return staff_actor(person)
