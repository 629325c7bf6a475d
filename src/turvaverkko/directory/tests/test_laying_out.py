"""The rows of a happening's times: days off, changes, and that what has been stays as it was told."""

from datetime import date, datetime, time

import pytest
import time_machine

from turvaverkko.directory.laying_out import lay_out
from turvaverkko.directory.models import Happening, HappeningChange, HappeningTime, Occurrence, Place
from turvaverkko.organisation.api import Organisation
from turvaverkko.organisation.models import SchoolBreak

NOW = datetime.fromisoformat("2026-11-23T09:00:00+02:00")


@pytest.fixture
def cafe(kainuu: object) -> Happening:
    place = Place.objects.exclude(municipality=None).order_by("pk").first()
    assert place is not None
    organisation = Organisation.objects.order_by("pk")[0]
    found = Happening.objects.create(slug="perhekahvila", organisation=organisation, place=place)
    HappeningTime.objects.create(
        happening=found, first=date(2026, 11, 10), last=date(2026, 12, 15), starts=time(10), ends=time(12)
    )
    return found


def told(happening: Happening) -> list[str]:
    return [f"{one.day:%d.%m.} {one.state}" for one in happening.occurrences.all()]


@time_machine.travel(NOW, tick=False)
def test_every_time_of_a_series_is_a_row_and_a_second_laying_out_changes_none(cafe: Happening) -> None:
    assert lay_out(cafe) == 4
    before = list(cafe.occurrences.values_list("pk", flat=True))
    assert told(cafe) == [
        f"{day} planned" for day in ("10.11.", "17.11.", "24.11.", "01.12.", "08.12.", "15.12.")
    ]
    assert lay_out(cafe) == 4
    assert list(cafe.occurrences.values_list("pk", flat=True)) == before
    assert {one.place for one in cafe.occurrences.all()} == {cafe.place}


@time_machine.travel(NOW, tick=False)
def test_a_break_of_the_schools_of_its_municipality_is_off(cafe: Happening) -> None:
    assert cafe.place is not None
    SchoolBreak.objects.create(
        municipality=cafe.place.municipality,
        first_day=date(2026, 11, 30),
        last_day=date(2026, 12, 4),
        name="Loma",
    )
    lay_out(cafe)
    assert "01.12. planned" not in told(cafe)


@time_machine.travel(NOW, tick=False)
def test_what_has_been_stays_as_it_was_and_what_comes_follows_the_series(cafe: Happening) -> None:
    lay_out(cafe)
    cafe.times.update(first=date(2026, 11, 24), last=date(2026, 12, 1), starts=time(13), ends=time(14))
    HappeningChange.objects.create(
        happening=cafe, day=date(2026, 12, 1), kind="cancelled", note={"fi": "Vesivahinko."}
    )
    assert lay_out(cafe) == 2
    assert told(cafe) == ["10.11. planned", "17.11. planned", "24.11. planned", "01.12. cancelled"]
    last = Occurrence.objects.latest("starts_at")
    assert (last.note, last.starts_at.hour) == ({"fi": "Vesivahinko."}, 11)
    cafe.changes.all().delete()
    lay_out(cafe)
    assert told(cafe)[-1] == "01.12. planned"
