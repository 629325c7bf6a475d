"""The two sections of a county pack: written, ended, and their faults told row by row."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from turvaverkko.directory.models import Place
from turvaverkko.directory.staying import loading
from turvaverkko.directory.staying.models import ListingContact, SelfHelpLink
from turvaverkko.directory.tests.conftest import (  # noqa: F401  # noqa: F401
    _nation_of_the_module,
    _sections_of_the_directory,
    kainuu,
    nation,
    pack,
)
from turvaverkko.organisation.api import Organisation, apply_pack, check_pack

CONTACTS = "organisation,email,language\n{slug},tiedot@yksi.example,sv\n"
LINK = """- slug: apu
  name: {fi: Apu}
  text: {fi: Apua heti.}
  url: https://apu.example/
  situations: [%s]
  languages: [fi]
  checked: 2026-11-20
"""


@pytest.fixture(autouse=True)
def _sections_of_the_room() -> None:
    loading.register()


def slug_of_an_organisation() -> str:
    return Organisation.objects.order_by("pk")[0].slug


def test_contacts_and_links_come_and_go(kainuu: Path) -> None:  # noqa: F811 - the fixture
    slug = slug_of_an_organisation()
    (kainuu / loading.CONTACTS_FILE).write_text(CONTACTS.format(slug=slug))
    (kainuu / loading.SELF_HELP_FILE).write_text(LINK % "mieli")
    assert [str(error) for error in check_pack(kainuu)] == []
    apply_pack(kainuu)
    row = ListingContact.objects.get()
    assert (row.organisation.slug, row.email, row.language) == (slug, "tiedot@yksi.example", "sv")
    assert [term.code for term in SelfHelpLink.objects.get().situations.all()] == ["mieli"]
    assert not apply_pack(kainuu).changed
    (kainuu / loading.CONTACTS_FILE).write_text("organisation,email,language\n")
    (kainuu / loading.SELF_HELP_FILE).write_text("[]\n")
    apply_pack(kainuu)
    assert not ListingContact.objects.exists()
    assert SelfHelpLink.objects.get().archived


def test_a_pack_without_the_files_leaves_their_rows_alone(kainuu: Path) -> None:  # noqa: F811
    ListingContact.objects.create(organisation=Organisation.objects.order_by("pk")[0], email="a@b.example")
    apply_pack(kainuu)
    assert ListingContact.objects.count() == 1


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("ei-ole,tiedot@yksi.example,", "organisation"),
        ("{slug},ei osoite,", "Osoitteeseen ei voi lähettää"),
        ("{slug},a@b.example,\n{slug},c@d.example,", "Organisaatiolla on jo osoite (rivi 2)"),
        ("{slug},a@b.example,klingon", "language"),
    ],
)
def test_faults_of_contacts(kainuu: Path, rows: str, fault: str) -> None:  # noqa: F811
    text = f"organisation,email,language\n{rows.format(slug=slug_of_an_organisation())}\n"
    (kainuu / loading.CONTACTS_FILE).write_text(text)
    told = [str(error) for error in check_pack(kainuu)]
    assert len(told) == 1
    assert told[0].startswith("listing_contacts.csv, rivi ")
    assert fault in told[0]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("https://apu.example/", "apu.example", "alusta asti"),
        ("[mieli]", "[taikuus]", "taikuus"),
        ("2026-11-20", "joskus", "ei ole päivä"),
        ("{fi: Apu}", "{sv: Hjälp}", "name"),
    ],
)
def test_faults_of_links(kainuu: Path, old: str, new: str, fault: str) -> None:  # noqa: F811
    (kainuu / loading.SELF_HELP_FILE).write_text((LINK % "mieli").replace(old, new))
    told = [str(error) for error in check_pack(kainuu)]
    assert told
    assert all(one.startswith("self_help.yaml") for one in told)
    assert any(fault in one for one in told)


def test_a_confirmation_given_here_outlives_an_older_file(kainuu: Path) -> None:  # noqa: F811
    row = Place.objects.exclude(confirmed_on=None).order_by("pk")[0]
    told = row.confirmed_on
    assert told is not None
    for day, kept in ((told.replace(year=told.year + 1), told.replace(year=told.year + 1)), (told, told)):
        Place.objects.filter(pk=row.pk).update(confirmed_on=day)
        apply_pack(kainuu)
        row.refresh_from_db()
        assert row.confirmed_on == kept
    Place.objects.filter(pk=row.pk).update(confirmed_on=None)
    apply_pack(kainuu)
    row.refresh_from_db()
    assert row.confirmed_on == told


def test_the_shipped_county_names_every_organisation_that_keeps_something(tmp_path: Path) -> None:
    shipped = settings.COUNTIES / "north-ostrobothnia"
    copied = shutil.copytree(shipped, tmp_path / "north-ostrobothnia")
    rows = (copied / loading.CONTACTS_FILE).read_text().splitlines()[1:]
    assert len(rows) > 50
    assert all(row.split(",")[1].endswith(".example") for row in rows)
