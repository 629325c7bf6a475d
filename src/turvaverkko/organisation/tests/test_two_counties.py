"""The same code, another pack: other promises, labels, centres (S45)."""

from datetime import datetime

import pytest
from pytest_django import Settings

from turvaverkko.core.time_source import HELSINKI
from turvaverkko.organisation import api
from turvaverkko.organisation.models import County, Municipality
from turvaverkko.organisation.tests.conftest import TINY

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=HELSINKI)


@pytest.fixture
def two(pohjois_pohjanmaa: County) -> tuple[County, County]:
    assert api.apply_pack(TINY).changed
    return pohjois_pohjanmaa, County.objects.get(code="20")


def test_each_county_has_its_own_promise(two: tuple[County, County]) -> None:
    promises = [api.answer_promise(at=MONDAY, county=county) for county in two]
    moments = [promise.moment.strftime("%d.%m. %H:%M") for promise in promises if promise]
    assert moments == ["26.11. 16:00", "25.11. 15:00"]


def test_a_closing_day_of_one_municipality_is_its_own(two: tuple[County, County]) -> None:
    _north, kainuu = two
    sotkamo = api.path_of_municipality(Municipality.objects.get(slug="sotkamo"), MONDAY.date())
    promise = api.answer_promise(at=MONDAY, county=kainuu, where=sotkamo)
    assert promise is not None
    assert promise.due.day.isoformat() == "2026-11-26"


def test_each_county_has_its_own_words(two: tuple[County, County]) -> None:
    labels = [
        api.resolve_setting(api.CONTACT_LABEL, api.path_of_county(county)).value["fi"] for county in two
    ]
    assert labels == ["Pyydä apua", "Kysy perheasioista"]


def test_each_county_has_its_own_centres(two: tuple[County, County]) -> None:
    north, kainuu = two
    assert [centre.slug for centre in api.family_centres(kainuu)] == ["kainuun-perhekeskus"]
    assert api.family_centres(north).count() == 28
    assert api.find_family_centre("Kajaani", county=kainuu).outcome is api.Outcome.FOUND
    assert api.find_family_centre("Kajaani", county=north).counties == ("Kainuun hyvinvointialue",)
    assert api.find_family_centre("90500", county=kainuu).outcome is api.Outcome.OTHER_COUNTY


def test_applying_one_county_touches_nothing_of_the_other(two: tuple[County, County]) -> None:
    north, _kainuu = two
    before = list(north.family_centres.values())
    assert not api.apply_pack(TINY).changed
    assert list(north.family_centres.values()) == before


def test_the_installation_serves_the_county_whose_pack_it_names(
    two: tuple[County, County], settings: Settings
) -> None:
    assert api.host_county() == two[0]
    settings.COUNTY_PACK = settings.COUNTIES / "kainuu"
    assert api.host_county() == two[1]
    assert api.find_family_centre("Sotkamo").centres[0].slug == "kainuun-perhekeskus"
