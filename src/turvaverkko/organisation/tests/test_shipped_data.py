"""What is shipped says what its sources say."""

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from scripts import make_geography
from turvaverkko.organisation import api
from turvaverkko.organisation.models import (
    AreaMembership,
    County,
    DeadlinePolicy,
    FamilyCentre,
    Municipality,
    SchoolBreak,
    Staff,
)

DAY = date(2026, 11, 22)
# The areas of the county's action plan, and the members that a source names.
MEMBERS = {
    "oulu": {"oulu"},
    "koillismaa": {"kuusamo", "taivalkoski"},
    "lakeus": {"hailuoto", "kempele", "liminka", "lumijoki", "muhos", "tyrnava"},
    "oulunkaari": set(),
    "rannikko": set(),
    "oulun-etelainen": set(),
}


def test_every_county_and_municipality_is_known(pohjois_pohjanmaa: County) -> None:
    assert len(api.counties()) == 23
    assert Municipality.objects.count() == 309
    today = sum(api.municipalities(county, DAY).count() for county in api.counties())
    before = sum(api.municipalities(county, date(2024, 12, 31)).count() for county in api.counties())
    assert (before, today) == (309, 308)


def test_pertunmaa_joined_mantyharju(pohjois_pohjanmaa: County) -> None:
    pertunmaa = Municipality.objects.get(code="588")
    assert (pertunmaa.valid_to, pertunmaa.merged_into) == (
        date(2024, 12, 31),
        Municipality.objects.get(slug="mantyharju"),
    )
    assert list(Municipality.objects.exclude(merged_into=None)) == [pertunmaa]


def test_the_county_has_thirty_municipalities(pohjois_pohjanmaa: County) -> None:
    own = api.municipalities(pohjois_pohjanmaa, DAY)
    assert own.count() == 30
    assert own.get(slug="raahe").name_in("sv") == "Brahestad"
    assert sum(row.population or 0 for row in own) == pytest.approx(415_000, rel=0.01)


def test_area_members_are_those_that_a_source_names(pohjois_pohjanmaa: County) -> None:
    found: dict[str, set[str]] = {slug: set() for slug in MEMBERS}
    for membership in AreaMembership.objects.select_related("area", "municipality"):
        if membership.area:
            found[membership.area.slug].add(membership.municipality.slug)
        else:
            assert membership.source == "not in sources"
    assert found == MEMBERS
    assert AreaMembership.objects.count() == 30


def test_24_centres_operate_and_4_are_in_preparation(pohjois_pohjanmaa: County) -> None:
    statuses = Counter(FamilyCentre.objects.values_list("status", flat=True))
    assert statuses == {"operating": 24, "preparing": 4}


def test_every_municipality_is_served_by_a_centre_that_operates(pohjois_pohjanmaa: County) -> None:
    for municipality in api.municipalities(pohjois_pohjanmaa, DAY):
        answer = api.find_family_centre(municipality.name_fi, on=DAY)
        assert answer.municipality == municipality
        assert answer.centres, municipality.name_fi


def test_every_postal_code_of_the_county_has_one_centre(pohjois_pohjanmaa: County) -> None:
    with (settings.COUNTIES / "north-ostrobothnia" / "postal_codes.csv").open(encoding="utf-8") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    assert len(codes) == 260
    wrong = [code for code in codes if len(api.find_family_centre(code, on=DAY).centres) != 1]
    assert wrong == []


def test_what_is_made_up_says_so(pohjois_pohjanmaa: County) -> None:
    for centre in FamilyCentre.objects.all():
        assert "simerk" in centre.source, centre.slug
        assert centre.street.endswith(" 0"), centre.slug
        assert not centre.phone or centre.phone.startswith("000 "), centre.slug
    assert not SchoolBreak.objects.filter(illustrative=False).exists()
    assert all(staff.email.endswith("@example.invalid") for staff in Staff.objects.all())


def test_statutes_quoted_from_memory_are_marked(pohjois_pohjanmaa: County) -> None:
    unchecked = DeadlinePolicy.objects.filter(source_checked=False).values_list("code", flat=True)
    assert sorted(unchecked) == [
        "assessment-ready",
        "assessment-start",
        "child-welfare-assessment-ready",
        "child-welfare-notification",
        "child-welfare-urgency",
        "social-service-decision",
        "student-welfare",
        "student-welfare-urgent",
        "urgent-help",
    ]
    assert DeadlinePolicy.objects.count() == 20
    assert all(policy.source for policy in DeadlinePolicy.objects.all())


def test_only_the_countys_own_promises_stand_still_for_the_family(pohjois_pohjanmaa: County) -> None:
    pausing = set(DeadlinePolicy.objects.filter(may_pause=True).values_list("code", flat=True))
    assert pausing == {"contact-promise", "referral-accept", "referral-expire"}
    by_law = {p.code for p in DeadlinePolicy.objects.all() if re.search(r"laki|§|HE ", p.source)}
    assert len(by_law) > 10
    assert not by_law & pausing


def test_every_municipality_has_the_breaks_of_the_school_year(pohjois_pohjanmaa: County) -> None:
    for municipality in api.municipalities(pohjois_pohjanmaa, DAY):
        names = set(municipality.school_breaks.values_list("name", flat=True))
        assert names == {"Kesäloma 2026", "Syysloma", "Joululoma", "Talviloma", "Kesäloma 2027"}


@pytest.mark.full
def test_the_tables_are_what_the_script_makes(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make_geography, "NATIONAL", tmp_path)
    assert make_geography.main([str(shared_data)]) == 0
    assert make_geography.main([str(shared_data), "19", str(tmp_path)]) == 0
    for made in tmp_path.iterdir():
        folder = "counties/north-ostrobothnia" if made.name == "postal_codes.csv" else "national"
        assert made.read_bytes() == (settings.ROOT / folder / made.name).read_bytes(), made.name
