"""A small tree: one benefit, one outcome, two process goals; two indicators with figures of three rounds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from turvaverkko.access.api import StaffActor, staff_actor
from turvaverkko.access.testing import staff, unit
from turvaverkko.core.time_source import HELSINKI
from turvaverkko.evaluation.models import Goal, GoalIndicator, GoalLink, Round
from turvaverkko.evaluation.rules import GoalKind, month_of, name_of
from turvaverkko.indicators.api import Figure, Indicator, QualityNote, StatisticalArea
from turvaverkko.indicators.rules import AreaKind, Direction, NoteKind, Origin, Period, Source, key_of, year
from turvaverkko.organisation.api import County, Staff, Unit
from turvaverkko.organisation.sign_in.testing import sign_in

NOW = datetime(2026, 11, 23, 9, tzinfo=HELSINKI)


@dataclass
class Tree:
    """The small world."""

    county: County
    home: Unit
    region: StatisticalArea
    goal: Goal
    other: Goal
    visits: Indicator
    coverage: Indicator

    def actor(self, role: str) -> StaffActor:
        return staff_actor(self.person(role))

    def person(self, role: str) -> Staff:
        email = f"{role}@x.invalid"
        return Staff.objects.filter(email=email).first() or staff(
            email, **{role.replace("-", "_"): self.home}
        )

    def client(self, role: str) -> Client:
        made = Client()
        sign_in(made, self.person(role))
        return made

    def figure(self, of: Indicator, when: Period, value: str, **more: object) -> Figure:
        given = {
            "area": self.region,
            "origin": Origin.REPORTED,
            "period": key_of(when),
            "period_kind": when.kind,
            "period_start": when.start,
            "period_end": when.end,
            "value": Decimal(value),
            **more,
        }
        return Figure.objects.create(indicator=of, **given)

    def break_at(self, day: date | None) -> QualityNote:
        return QualityNote.objects.create(
            indicator=self.coverage, code="break", kind=NoteKind.BREAK, at=day, text_fi="Laskutapa muuttui."
        )

    def round(self, code: str, **more: object) -> Round:
        month = month_of(code).start
        return Round.objects.create(county=self.county, code=code, name=name_of(code), month=month, **more)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def tree(db: None) -> Tree:
    home = unit("yksi")
    county = County.objects.filter(slug="north-ostrobothnia").first() or County.objects.create(
        code="19", slug="north-ostrobothnia", name_fi="Pohjois-Pohjanmaa"
    )
    region = StatisticalArea.objects.create(code="region:17", kind=AreaKind.REGION, name_fi="Maakunta")
    goals = [
        Goal.objects.create(county=county, code=code, kind=kind, name_fi=name, order=number)
        for number, (code, kind, name) in enumerate(
            (
                ("hyoty", GoalKind.BENEFIT, "Apu ajoissa"),
                ("tulos", GoalKind.OUTCOME, "Yksi kokonaisuus"),
                ("perhekeskukset", GoalKind.PROCESS, "Perhekeskukset yhtenäisiksi"),
                ("sanoin", GoalKind.PROCESS, "Sanoin seurattava"),
            )
        )
    ]
    for child, parent in ((1, 0), (2, 1), (3, 1)):
        GoalLink.objects.create(goal=goals[child], parent=goals[parent])
    coverage = Indicator.objects.create(
        code="coverage",
        name_fi="Kattavuus",
        unit_fi="%",
        source=Source.SURVEY,
        direction=Direction.UP,
        target=100,
    )
    visits = Indicator.objects.create(
        code="visits", name_fi="Käynnit", unit_fi="kpl", source=Source.SOTKANET, direction=Direction.DOWN
    )
    GoalIndicator.objects.create(goal=goals[2], indicator=coverage, order=1, text_fi="Joka kunnassa.")
    made = Tree(county, home, region, goals[2], goals[3], visits, coverage)
    made.figure(coverage, year(2021), "60")
    made.figure(coverage, year(2022), "80")
    return made
