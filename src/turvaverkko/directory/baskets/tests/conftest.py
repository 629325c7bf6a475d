"""What the tests of baskets start from: the small county on a Monday morning, with one happening in it."""

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
import time_machine

from turvaverkko.core.time_source import HELSINKI
from turvaverkko.directory.laying_out import lay_out
from turvaverkko.directory.models import Happening, HappeningTime, Place
from turvaverkko.directory.tests.pages_world import MONDAY_MORNING, write_texts
from turvaverkko.organisation.models import Organisation

TUESDAY_AT_NINE = datetime(2026, 11, 24, 9, 0, tzinfo=HELSINKI)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Monday morning, moved by the story."""
    with time_machine.travel(MONDAY_MORNING, tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def cafe(small_county: None) -> Happening:
    """A family café on Tuesdays at nine, at the meeting place of Liminka."""
    row = Happening.objects.create(
        slug="perhekahvila",
        state="published",
        organisation=Organisation.objects.get(slug="liminka-kunta"),
        place=Place.objects.get(slug="tupa"),
        min_age=0,
        max_age=6,
        phone="000 555 077",
    )
    write_texts({"happening": row}, {"fi": {"name": "Perhekahvila", "summary": "Kahvia ja leikkiä."}})
    HappeningTime.objects.create(
        happening=row, first=date(2026, 11, 24), last=date(2026, 12, 15), starts=time(9), ends=time(11)
    )
    lay_out(row)
    return row
