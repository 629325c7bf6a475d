"""The cast: a small county with a duty unit, two areas and their guides, its promise and its law."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

import pytest
import time_machine

from turvaverkko.access.api import Confidentiality, Matter, StaffActor, open_matter, staff_actor
from turvaverkko.core.actors import SystemActor
from turvaverkko.core.time_source import HELSINKI
from turvaverkko.organisation.api import County, Organisation, Staff, Unit, due
from turvaverkko.organisation.models import Area, DeadlinePolicy, RoleAssignment
from turvaverkko.work.api import About, Route, WorkItem, open_item, start_deadline

Clock = time_machine.Traveller
TEST = SystemActor("test")
KIND = "guidance.request"
# A Wednesday: the next three office days are Monday, Tuesday and Wednesday after Christmas.
WEDNESDAY = datetime(2026, 12, 23, 10, tzinfo=HELSINKI)


def at(day: int, hour: int = 10, minute: int = 0, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=HELSINKI)


def january(day: int, hour: int = 10) -> datetime:
    return datetime(2027, 1, day, hour, tzinfo=HELSINKI)


@dataclass
class World:
    """Builders of rows; every name is made up."""

    county: County
    organisation: Organisation
    areas: dict[str, Area] = field(default_factory=dict)

    def unit(self, slug: str, **fields: object) -> Unit:
        fields = {"organisation": self.organisation, **fields}
        return Unit.objects.create(slug=slug, name_fi=slug, **fields)

    def area(self, slug: str) -> Area:
        made = Area.objects.create(county=self.county, slug=slug, name_fi=slug, source="test")
        return self.areas.setdefault(slug, made)

    def staff(self, unit: Unit, role: str = "service-guide", **fields: object) -> Staff:
        made = Staff.objects.create_user(
            f"{role}.{Staff.objects.count()}@example.invalid", display_name="Testi Esimerkki"
        )
        RoleAssignment.objects.create(staff=made, role=role, unit=unit, **fields)
        return made

    def actor(self, unit: Unit, role: str = "service-guide", **fields: object) -> StaffActor:
        return staff_actor(self.staff(unit, role, **fields))

    def route(self, unit: Unit, *, kind: str = KIND, **place: object) -> Route:
        return Route.objects.create(kind=kind, unit=unit, **(place or {"county": self.county}))

    def matter(self, unit: Unit, level: Confidentiality = Confidentiality.NORMAL) -> Matter:
        return open_matter(TEST, unit, kind="request", confidentiality=level)

    def item(self, unit: Unit, level: Confidentiality = Confidentiality.NORMAL, **about: str) -> WorkItem:
        return open_item(self.matter(unit, level), kind=KIND, state="new", about=About(**about))

    def promise(self, item: WorkItem, start: datetime, code: str = "promise") -> None:
        start_deadline(item, due(code, start, county=self.county), start)


@pytest.fixture
def world(db: None) -> World:
    county = County.objects.create(code="98", slug="testila", name_fi="Testilän hyvinvointialue")
    organisation = Organisation.objects.create(
        slug="testila-hva", kind="county", name_fi="Testilä", county=county
    )
    for code, amount, unit, at_four in (
        ("promise", 3, "office_days", True),
        ("law", 7, "working_days", False),
        ("ready", 3, "months", False),
        ("school", 7, "school_days", False),
        ("urgent", 0, "at_once", False),
        ("answer", 14, "calendar_days", False),
    ):
        DeadlinePolicy.objects.create(
            county=county,
            code=code,
            name_fi=code,
            version=1,
            amount=amount,
            unit=unit,
            time_of_day=time(16) if at_four else None,
            may_pause=code == "promise",
            valid_from=date(2023, 1, 1),
            runs_from="received",
            source="Keksitty testiä varten",
        )
    return World(county, organisation)


@pytest.fixture
def unit(world: World) -> Unit:
    return world.unit("oulu")


@pytest.fixture
def clock() -> Iterator[Clock]:
    with time_machine.travel(WEDNESDAY, tick=False) as travelling:
        yield travelling


@pytest.fixture
def promised(world: World, unit: Unit, clock: Clock) -> WorkItem:
    """An item that came on the Wednesday before Christmas with the county's promise."""
    item = world.item(unit)
    world.promise(item, WEDNESDAY)
    return item


Later = Callable[[datetime], None]


@pytest.fixture
def later(clock: Clock) -> Later:
    return clock.move_to
