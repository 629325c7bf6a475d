"""The database refuses what must never be, whoever writes it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from turvaverkko.organisation.models import (
    Area,
    AreaMembership,
    County,
    DeadlinePolicy,
    FamilyCentre,
    FamilyCentreMunicipality,
    Municipality,
    MunicipalityInCounty,
    Organisation,
    PostalPrefix,
    RegionalSetting,
    RoleAssignment,
    SchoolBreak,
    Staff,
    Unit,
)

NEW_YEAR, YEAR_END = date(2026, 1, 1), date(2026, 12, 31)
BACKWARDS = {"valid_from": YEAR_END, "valid_to": NEW_YEAR}


class Cast:
    """The rows of the small county, by short names."""

    def __init__(self) -> None:
        self.county = County.objects.get(code="20")
        self.area = Area.objects.get(slug="koko-kainuu")
        self.kajaani = Municipality.objects.get(slug="kajaani")
        self.centre = FamilyCentre.objects.get()
        self.organisation = Organisation.objects.get(slug="kajaani-kunta")
        self.unit = Unit.objects.get(slug="kainuu-ohjaus")
        self.staff = Staff.objects.get()


@pytest.fixture
def cast(kainuu: County) -> Cast:
    return Cast()


def policy(**values: Any) -> DeadlinePolicy:
    usual = {
        "name_fi": "L",
        "code": "x",
        "amount": 1,
        "unit": "months",
        "runs_from": "known",
        "source": "Laki",
    }
    return DeadlinePolicy.objects.create(**(usual | values))


REFUSED: list[tuple[str, Callable[[Cast], object]]] = [
    (
        "area ends before it begins",
        lambda c: Area.objects.create(county=c.county, slug="a", source="-", **BACKWARDS),
    ),
    (
        "area slug twice in a county",
        lambda c: Area.objects.create(county=c.county, slug="koko-kainuu", source="-"),
    ),
    ("municipality code twice", lambda _c: Municipality.objects.create(code="205", slug="x", name_fi="X")),
    (
        "municipality ends before it begins",
        lambda _c: Municipality.objects.create(code="999", slug="x", name_fi="X", **BACKWARDS),
    ),
    (
        "the same membership of a county twice",
        lambda c: MunicipalityInCounty.objects.create(
            municipality=c.kajaani, county=c.county, valid_from=date(2022, 1, 1)
        ),
    ),
    (
        "two areas from the same day",
        lambda c: AreaMembership.objects.create(
            municipality=c.kajaani, county=c.county, source="-", valid_from=date(2023, 1, 1)
        ),
    ),
    ("a prefix twice", lambda c: PostalPrefix.objects.create(prefix="871", county=c.county)),
    (
        "organisation ends before it begins",
        lambda _c: Organisation.objects.create(slug="x", name_fi="X", kind="ngo", **BACKWARDS),
    ),
    (
        "organisation slug twice",
        lambda _c: Organisation.objects.create(slug="kajaani-kunta", name_fi="X", kind="ngo"),
    ),
    (
        "unit ends before it begins",
        lambda c: Unit.objects.create(slug="x", name_fi="X", organisation=c.organisation, **BACKWARDS),
    ),
    (
        "centre serves a municipality twice",
        lambda c: FamilyCentreMunicipality.objects.create(family_centre=c.centre, municipality=c.kajaani),
    ),
    (
        "a setting twice at one layer",
        lambda c: RegionalSetting.objects.create(key="contact.label", value={}, county=c.county),
    ),
    (
        "a national setting twice",
        lambda _c: [RegionalSetting.objects.create(key="office.hours", value=[]) for _ in range(2)],
    ),
    (
        "a setting with two owners",
        lambda c: RegionalSetting.objects.create(key="x", value=1, county=c.county, area=c.area),
    ),
    (
        "a setting that ends before it begins",
        lambda _c: RegionalSetting.objects.create(key="x", value=1, **BACKWARDS),
    ),
    ("a policy version twice", lambda c: policy(county=c.county, code="contact-promise", version=1)),
    ("a national policy version twice", lambda _c: [policy() for _ in range(2)]),
    (
        "a break that ends before it begins",
        lambda c: SchoolBreak.objects.create(
            municipality=c.kajaani, name="L", first_day=YEAR_END, last_day=NEW_YEAR
        ),
    ),
    ("a role without a scope", lambda c: RoleAssignment.objects.create(staff=c.staff, role="auditor")),
    (
        "a role with two scopes",
        lambda c: RoleAssignment.objects.create(staff=c.staff, role="auditor", unit=c.unit, area=c.area),
    ),
    (
        "the same role twice",
        lambda c: RoleAssignment.objects.create(staff=c.staff, role="service-guide", unit=c.unit),
    ),
    ("an address of staff twice", lambda _c: Staff.objects.create_user("ohjaaja.kainuu@example.invalid")),
]


@pytest.mark.parametrize("attempt", [pytest.param(attempt, id=name) for name, attempt in REFUSED])
def test_the_database_refuses(cast: Cast, attempt: Callable[[Cast], object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        attempt(cast)


def test_the_same_setting_may_stand_at_every_layer(cast: Cast) -> None:
    owners: list[dict[str, object]] = [
        {},
        {"county": cast.county},
        {"area": cast.area},
        {"municipality": cast.kajaani},
        {"family_centre": cast.centre},
    ]
    for owner in owners:
        RegionalSetting.objects.create(key="office.hours", value=[], **owner)
    assert RegionalSetting.objects.filter(key="office.hours").count() == 5


def test_a_name_falls_back_to_finnish(cast: Cast) -> None:
    assert (cast.centre.name_in("en"), cast.centre.name_in("sv")) == (
        "Kainuu family centre",
        "Kainuun perhekeskus",
    )
    with translation.override("en"):
        assert cast.centre.name == "Kainuu family centre"


def test_an_account_needs_an_address_and_keeps_it_in_small_letters(db: None) -> None:
    with pytest.raises(ValueError, match="e-mail"):
        Staff.objects.create_user("")
    assert Staff.objects.create_user("Uusi@Example.Invalid").email == "uusi@example.invalid"


def test_texts_of_rows_show_no_person(cast: Cast) -> None:
    assert cast.staff.display_name not in str(cast.staff)
    assert cast.staff.email not in str(cast.staff.roles.get())
