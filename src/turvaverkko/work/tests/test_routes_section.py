"""`routes.csv`: every fault is named with its row, and a second apply changes nothing."""

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from turvaverkko.organisation.packs.applying import apply_pack, check_pack, read_pack
from turvaverkko.organisation.packs.syncing import Counts
from turvaverkko.organisation.tests.conftest import TINY, TINY_NATION
from turvaverkko.work.api import Route

HEAD = "kind,area,municipality,unit\n"
DUTY = "guidance.request,,,kainuu-ohjaus\n"


@pytest.fixture
def pack(db: None, tmp_path: Path) -> Path:
    apply_pack(TINY_NATION, "national")
    return Path(shutil.copytree(TINY, tmp_path / "kainuu"))


def write(pack: Path, rows: str) -> Path:
    (pack / "routes.csv").write_text(HEAD + rows, encoding="utf-8")
    return pack


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            DUTY + "guidance.request,,sotkamo,olematon\n",
            "rivi 3, kenttä unit: Yksikkö ”olematon” on tuntematon",
        ),
        (
            DUTY + "guidance.request,ei-alue,,kainuu-ohjaus\n",
            "kenttä area: Palvelualue ”ei-alue” on tuntematon",
        ),
        (
            DUTY + "guidance.request,,oulu,kainuu-ohjaus\n",
            "kenttä municipality: Tämän hyvinvointialueen kunta",
        ),
        (DUTY + DUTY, "rivi 3, kenttä unit: Sama paikka on jo toisella rivillä (rivi 2)"),
        (
            DUTY + "guidance.request,,205,kainuu-ohjaus\nguidance.request,,kajaani,kainuu-ohjaus\n",
            "rivi 4, kenttä unit: Sama paikka on jo toisella rivillä (rivi 3)",
        ),
        (
            DUTY + "guidance.request,koko-kainuu,kajaani,kainuu-ohjaus\n",
            "rivi 3, kenttä area: Rivillä on sekä alue että kunta",
        ),
        (
            "guidance.request,koko-kainuu,,kainuu-ohjaus\n",
            "rivi 2, kenttä kind: Työllä ”guidance.request” ei ole päivystävää yksikköä",
        ),
        ("Pyyntö,,,kainuu-ohjaus\n", "kenttä kind: ”Pyyntö” on väärää muotoa. Esimerkiksi guidance.request."),
        ("guidance.request,,,\n", "rivi 2, kenttä unit: Solu on tyhjä"),
    ],
)
def test_every_fault_is_named(pack: Path, rows: str, message: str) -> None:
    faults = [str(fault) for fault in check_pack(write(pack, rows))]
    assert len(faults) == 1
    assert faults[0].startswith("routes.csv")
    assert message in faults[0]


def test_routes_are_applied_changed_and_taken_away(pack: Path) -> None:
    assert apply_pack(pack).kinds["routes"] == Counts(created=1)
    assert apply_pack(pack).kinds["routes"] == Counts(unchanged=1)
    write(pack, "guidance.request,,,kainuu-perheet\nguidance.request,,kajaani,kainuu-ohjaus\n")
    assert apply_pack(pack).kinds["routes"] == Counts(created=1, changed=1)
    assert Route.objects.get(municipality__slug="kajaani").unit.slug == "kainuu-ohjaus"
    write(pack, DUTY)
    assert apply_pack(pack).kinds["routes"] == Counts(changed=1, ended=1)
    assert Route.objects.get().county.code == "20"


def test_a_unit_without_anybody_is_a_warning_and_no_fault(
    pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(pack, "guidance.request,,,kainuu-perheet\nguidance.request,koko-kainuu,,kainuu-ohjaus\n")
    call_command("check_pack", pack)
    printed = capsys.readouterr().out
    assert "Huomaa: routes.csv, rivi 2" in printed
    assert "Yksikössä ”kainuu-perheet” ei ole ketään, joka näkee sen jonon." in printed
    assert "kainuu-ohjaus" not in printed
    write(pack, "guidance.request,koko-kainuu,,kainuu-ohjaus\n")
    with pytest.raises(CommandError):
        call_command("check_pack", pack)


@pytest.mark.parametrize(
    "scope", ["unit: kainuu-perheet", "organisation: kainuun-hyvinvointialue", "area: koko-kainuu"]
)
def test_a_role_above_reaches_the_unit(pack: Path, scope: str) -> None:
    staff = (pack / "staff.yaml").read_text(encoding="utf-8").replace("unit: kainuu-ohjaus", scope)
    (pack / "staff.yaml").write_text(staff, encoding="utf-8")
    assert not read_pack(pack, "county")[0].warnings


def test_the_shipped_county_has_a_guide_on_every_route(db: None, settings: object) -> None:
    apply_pack(settings.NATIONAL_PACK, "national")
    pack, _contents = read_pack(settings.COUNTIES / "north-ostrobothnia", "county")
    assert [str(fault) for fault in (*pack.errors, *pack.warnings) if fault.file == "routes.csv"] == []
