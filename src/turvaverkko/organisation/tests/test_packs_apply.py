"""A pack is applied whole, twice is as good as once, and what left it has ended."""

from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from turvaverkko.organisation import api
from turvaverkko.organisation.models import (
    AreaMembership,
    County,
    DeadlinePolicy,
    FamilyCentre,
    FamilyCentreMunicipality,
    Organisation,
    PostalCode,
    RegionalSetting,
    RoleAssignment,
    SchoolBreak,
    Staff,
    Unit,
)
from turvaverkko.organisation.packs.applying import apply_pack
from turvaverkko.organisation.packs.errors import PackRefused
from turvaverkko.organisation.packs.syncing import Counts
from turvaverkko.trail.api import LogEntry

MODELS = (Organisation, Unit, FamilyCentre, Staff, PostalCode, RegionalSetting, DeadlinePolicy, SchoolBreak)


def everything() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in MODELS]


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_new_county_is_created_whole(nation: None, pack: Path) -> None:
    report = apply_pack(pack)
    assert report.kinds["organisations"] == Counts(created=2)
    assert report.kinds["family-centre-municipalities"] == Counts(created=2)
    assert Unit.objects.get(slug="kainuu-ohjaus").parent == Unit.objects.get(slug="kainuu-perheet")
    assert AreaMembership.objects.get(municipality__slug="sotkamo").area is None


def test_applying_twice_changes_nothing_and_public_ids_stay(kainuu: County, pack: Path) -> None:
    before = everything()
    report = apply_pack(pack)
    assert not report.changed
    assert all(counts.created == counts.changed == counts.ended == 0 for counts in report.kinds.values())
    assert all(counts.unchanged for counts in report.kinds.values())
    assert everything() == before


def test_the_nation_twice_changes_nothing(kainuu: County) -> None:
    national = Path(__file__).parent / "packs" / "national"
    assert not apply_pack(national, "national").changed


def test_a_changed_row_keeps_its_public_id(kainuu: County, pack: Path) -> None:
    before = FamilyCentre.objects.get(slug="kainuun-perhekeskus")
    replace_in(pack / "family_centres.yaml", "Testikatu 0", "Toinen katu 0")
    report = apply_pack(pack)
    after = FamilyCentre.objects.get(slug="kainuun-perhekeskus")
    assert report.kinds["family-centres"] == Counts(changed=1)
    assert (after.street, after.public_id, after.pk) == ("Toinen katu 0", before.public_id, before.pk)


@time_machine.travel("2026-11-22T10:00+02:00", tick=False)
def test_what_left_the_pack_has_ended_and_is_still_there(kainuu: County, pack: Path) -> None:
    replace_in(pack / "organisations.csv", "kajaani-kunta,municipality,Kajaanin kaupunki,kajaani\n", "")
    replace_in(pack / "postal_codes.csv", "87150,Lohtaja,205\n", "")
    replace_in(pack / "school_breaks.csv", "kajaani,Syysloma,2026-10-12,2026-10-18,yes\n", "")
    replace_in(pack / "family_centres.yaml", "    - municipality: sotkamo\n", "")
    (pack / "staff.yaml").unlink()
    report = apply_pack(pack)
    yesterday = date(2026, 11, 21)
    assert report.kinds["organisations"] == Counts(unchanged=1, ended=1)
    assert Organisation.objects.get(slug="kajaani-kunta").valid_to == yesterday
    assert PostalCode.objects.get(code="87150").valid_to == yesterday
    assert SchoolBreak.objects.get().archived_on == date(2026, 11, 22)
    assert FamilyCentreMunicipality.objects.get(municipality__slug="sotkamo").valid_to == yesterday
    assert Staff.objects.get().is_active is False
    assert RoleAssignment.objects.get().valid_to == yesterday
    assert not apply_pack(pack).changed


def test_an_end_stays_where_it_was_when_days_go_by(kainuu: County, pack: Path) -> None:
    replace_in(pack / "postal_codes.csv", "87150,Lohtaja,205\n", "")
    with time_machine.travel("2026-11-22T10:00+02:00", tick=False):
        apply_pack(pack)
    with time_machine.travel("2026-12-24T10:00+02:00", tick=False):
        assert not apply_pack(pack).changed
    assert PostalCode.objects.get(code="87150").valid_to == date(2026, 11, 21)


def test_a_centre_that_left_the_pack_is_an_ended_one(kainuu: County, pack: Path) -> None:
    text = (pack / "family_centres.yaml").read_text(encoding="utf-8")
    (pack / "family_centres.yaml").write_text(text.replace("kainuun-perhekeskus", "uusi-perhekeskus"))
    apply_pack(pack)
    assert FamilyCentre.objects.get(slug="kainuun-perhekeskus").status == "ended"
    assert [c.slug for c in api.family_centres(kainuu)] == ["uusi-perhekeskus"]


def test_what_comes_back_lives_again(kainuu: County, pack: Path) -> None:
    whole = (pack / "postal_codes.csv").read_text(encoding="utf-8")
    replace_in(pack / "postal_codes.csv", "87150,Lohtaja,205\n", "")
    apply_pack(pack)
    (pack / "postal_codes.csv").write_text(whole, encoding="utf-8")
    apply_pack(pack)
    assert PostalCode.objects.get(code="87150").valid_to is None


def test_a_rule_that_never_held_is_gone_when_it_leaves(kainuu: County, pack: Path) -> None:
    settings_file = pack / "settings.yaml"
    before = settings_file.read_text(encoding="utf-8")
    later = (
        '- key: contact.phone\n  layer: county\n  value: {number: "000 200 999"}\n  valid_from: 2099-01-01\n'
    )
    settings_file.write_text(before + later, encoding="utf-8")
    apply_pack(pack)
    assert RegionalSetting.objects.filter(valid_from="2099-01-01").exists()
    settings_file.write_text(before, encoding="utf-8")
    apply_pack(pack)
    assert not RegionalSetting.objects.filter(valid_from="2099-01-01").exists()


def test_a_pack_with_a_fault_changes_nothing(kainuu: County, pack: Path) -> None:
    before = everything()
    replace_in(pack / "family_centres.yaml", "Testikatu 0", "Toinen katu 0")
    replace_in(pack / "units.csv", "kainuu-perheet,koko-kainuu", "kainuu-perheet,olematon")
    with pytest.raises(PackRefused):
        apply_pack(pack)
    assert everything() == before


def test_a_failure_in_the_middle_leaves_nothing(nation: None, pack: Path) -> None:
    def stop(kind: str) -> None:
        if kind == "family-centres":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apply_pack(pack, progress=stop)
    assert not Organisation.objects.exists()
    assert apply_pack(pack).kinds["organisations"] == Counts(created=2)


def test_demo_staff_have_no_password_and_cannot_be_signed_in_as(kainuu: County) -> None:
    staff = Staff.objects.get()
    assert not staff.has_usable_password()
    assert str(staff) == f"#{staff.public_id}"


def test_the_trail_tells_of_an_apply_once(kainuu: County, pack: Path) -> None:
    entries = LogEntry.objects.filter(kind="organisation.apply_pack", subject_id="20")
    assert entries.count() == 1
    entry = entries.get()
    assert (entry.actor, entry.subject_kind, entry.payload["version"]) == ("system:pack", "county", "v1")
    assert entry.payload["created"] > 10
    apply_pack(pack)
    assert entries.count() == 1


def test_a_version_of_a_deadline_never_counts_otherwise(kainuu: County, pack: Path) -> None:
    replace_in(pack / "deadline_policies.yaml", "amount: 2", "amount: 5")
    with pytest.raises(PackRefused, match=r"Versio 1 laskee jo toisin \(amount\)"):
        apply_pack(pack)


def test_a_limit_that_stood_still_by_mistake_is_mended_in_its_version(kainuu: County, pack: Path) -> None:
    replace_in(pack / "deadline_policies.yaml", "may_pause: true", "may_pause: false")
    assert DeadlinePolicy.objects.get(county=kainuu).may_pause
    apply_pack(pack)
    assert not DeadlinePolicy.objects.get(county=kainuu).may_pause


def test_a_new_version_of_a_deadline_may_count_otherwise(kainuu: County, pack: Path) -> None:
    text = (pack / "deadline_policies.yaml").read_text(encoding="utf-8")
    second = text.replace("version: 1", "version: 2").replace("amount: 2", "amount: 5")
    second = second.replace("2023-01-01", "2027-01-01")
    (pack / "deadline_policies.yaml").write_text(text + second, encoding="utf-8")
    assert apply_pack(pack).kinds["deadline-policies"] == Counts(created=1, unchanged=1)


def test_the_commands_print_what_happened(
    nation: None, pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("check_pack", pack)
    assert "Paketissa ei ole virheitä." in capsys.readouterr().out
    assert not Organisation.objects.exists()
    call_command("apply_pack", pack)
    printed = capsys.readouterr().out
    assert "Paketti otettiin käyttöön." in printed
    assert "family-centres                            1          0          0          0" in printed
    call_command("apply_pack", pack)
    assert "Mikään ei muuttunut." in capsys.readouterr().out


def test_the_commands_name_the_faults_and_fail(nation: None, pack: Path) -> None:
    (pack / "areas.csv").unlink()
    with pytest.raises(CommandError, match=r"areas\.csv: Tiedosto puuttuu paketista") as refused:
        call_command("check_pack", pack)
    assert refused.value.returncode == 1
    with pytest.raises(CommandError, match="Mitään ei otettu käyttöön"):
        call_command("apply_pack", pack)


def test_load_national_reads_the_folder_it_is_given(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_national", Path(__file__).parent / "packs" / "national")
    assert County.objects.count() == 3
    assert "counties" in capsys.readouterr().out


def test_two_packs_cannot_share_an_organisation(kainuu: County, pack: Path) -> None:
    replace_in(pack / "pack.yaml", 'code: "20"\nslug: kainuu', 'code: "19"\nslug: north-ostrobothnia')
    with pytest.raises(PackRefused, match="Toinen paketti käyttää jo tunnusta ”kajaani-kunta”"):
        apply_pack(pack)


def test_without_national_data_it_says_what_to_run(db: None) -> None:
    with pytest.raises(LookupError, match="manage load_national"):
        api.host_county()
