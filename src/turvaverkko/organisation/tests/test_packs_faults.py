"""Every fault of a pack is named: file, row, slug, field and what to do. All of them at once."""

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation

from turvaverkko.organisation.models import Organisation
from turvaverkko.organisation.packs.applying import apply_pack, check_pack
from turvaverkko.organisation.packs.errors import PackError, PackRefused
from turvaverkko.organisation.packs.files import LARGEST_FILE
from turvaverkko.organisation.tests.conftest import TINY, TINY_NATION, Broken

ORGANISATIONS = (
    "slug,kind,name_fi,municipality\nkainuun-hyvinvointialue,county,Kainuun hyvinvointialue,kajaani\n"
)
ORGANISATIONS_KAJAANI = ORGANISATIONS + "kajaani-kunta,municipality,Kajaanin kaupunki,kajaani\n"


def test_the_small_county_has_no_faults(nation: None) -> None:
    assert check_pack(TINY) == ()


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        pytest.param(
            "areas.csv",
            "slug,name_fi,order\nkoko-kainuu,Koko Kainuu,1\n",
            "areas.csv, rivi 1: Sarake puuttuu: source. Lisää se ensimmäiselle riville.",
            id="missing column",
        ),
        pytest.param(
            "areas.csv",
            "slug,name_fi,order,source,color\n",
            "areas.csv, rivi 1: Tuntematon sarake: color. Sarakkeet ovat: ",
            id="unknown column",
        ),
        pytest.param(
            "areas.csv",
            "slug,slug,name_fi,order,source\n",
            "areas.csv, rivi 1: Sarake on kahdesti: slug. Poista toinen.",
            id="column twice",
        ),
        pytest.param(
            "areas.csv",
            "",
            "areas.csv: Tiedosto on tyhjä. Kirjoita ensimmäiselle riville sarakkeet: ",
            id="empty",
        ),
        pytest.param(
            "areas.csv",
            "slug,name_fi,order,source\nkoko-kainuu,Koko Kainuu,1,Lähde, ja toinen\n",
            "areas.csv, rivi 2: Rivillä on 5 saraketta, otsikossa 4. Jos tekstissä on pilkku",
            id="too many cells",
        ),
        pytest.param(
            "areas.csv",
            "slug,name_fi,order,source\nkoko-kainuu,,1,Keksitty\n",
            "areas.csv, rivi 2, ”koko-kainuu”, kenttä name_fi: Solu on tyhjä. Täytä se.",
            id="empty cell",
        ),
        pytest.param(
            "areas.csv",
            'slug,name_fi,order,source\nkoko-kainuu,"Koko Kainuu,1,Keksitty\n',
            "areas.csv, rivi 2: Riviä ei voi lukea taulukkona",
            id="open quotation mark",
        ),
        pytest.param(
            "areas.csv",
            "slug,name_fi,order,source\nKoko Kainuu,Koko Kainuu,1,Keksitty\n",
            "areas.csv, rivi 2, ”Koko Kainuu”, kenttä slug: ”Koko Kainuu” on väärää muotoa. "
            "Käytä pieniä kirjaimia",
            id="bad slug",
        ),
        pytest.param(
            "area_members.csv",
            "area,municipality,valid_from,source\nkoko-kainuu,206,2023-01-01,Keksitty\n",
            "area_members.csv, rivi 2, kenttä municipality: "
            "Tämän hyvinvointialueen kunta ”206” on tuntematon. Korjaa tunnus tai lisää se: "
            "national/municipality_counties.csv.",
            id="unknown municipality code",
        ),
        pytest.param(
            "area_members.csv",
            "area,municipality,valid_from,source\nkoko-kainuu,564,2023-01-01,Keksitty\n",
            "Tämän hyvinvointialueen kunta ”564” on tuntematon",
            id="municipality of another county",
        ),
        pytest.param(
            "area_members.csv",
            "area,municipality,valid_from,source\nkoko-kainuu,205,1.1.2023,Keksitty\n",
            "area_members.csv, rivi 2, kenttä valid_from: ”1.1.2023” ei ole päivä. Kirjoita "
            "se muodossa 2026-11-22.",
            id="bad date",
        ),
        pytest.param(
            "area_members.csv",
            "area,municipality,valid_from,source\nkoko-kainuu,205,2023-02-30,Keksitty\n",
            "”2023-02-30” ei ole päivä.",
            id="a day that is not in the calendar",
        ),
        pytest.param(
            "area_members.csv",
            "area,municipality,source\nkoko-kainuu,205,not in sources\n",
            "kenttä source: Alue on annettu, mutta lähde on ”not in sources”.",
            id="area without source",
        ),
        pytest.param(
            "area_members.csv",
            "area,municipality,source\n,205,Keksitty\n",
            "kenttä area: Alue puuttuu. Kirjoita alue tai lähteeksi ”not in sources”.",
            id="source without area",
        ),
        pytest.param(
            "area_members.csv",
            "area,municipality,source\n,205,not in sources\n,205,not in sources\n",
            "area_members.csv, rivi 3, kenttä municipality: Kunta on jo kohdassa rivi 2",
            id="municipality twice",
        ),
        pytest.param(
            "postal_codes.csv",
            "code,name_fi,municipality\n8710,Kajaani,205\n",
            "kenttä code: ”8710” on väärää muotoa. Postinumerossa on viisi numeroa.",
            id="short postal code",
        ),
        pytest.param(
            "organisations.csv",
            ORGANISATIONS_KAJAANI + "kajaani-kunta,municipality,Kajaani taas,kajaani\n",
            "organisations.csv, rivi 4, ”kajaani-kunta”, kenttä slug: "
            "”kajaani-kunta” on jo tiedostossa organisations.csv (rivi 3). Poista toinen tai "
            "anna sille oma tunnus.",
            id="duplicate slug",
        ),
        pytest.param(
            "organisations.csv",
            ORGANISATIONS + "kajaani-kunta,municipalty,Kajaanin kaupunki,kajaani\n",
            "kenttä kind: ”municipalty” ei käy. Sallitut: county, municipality, school, ngo, "
            "parish, state, company,"
            " health. Tarkoititko ”municipality”?",
            id="unknown kind",
        ),
        pytest.param(
            "organisations.csv",
            "slug,kind,name_fi,parent\na,ngo,A,b\nb,ngo,B,a\nkainuun-hyvinvointialue,county,K,\n",
            "organisations.csv, rivi 2, ”a”, kenttä parent: Yläpuolinen ”b” on lopulta tämän oma alainen.",
            id="a circle of parents",
        ),
        pytest.param(
            "units.csv",
            "slug,name_fi,organisation\nkainuu-ohjaus,Palveluohjaus,kainuun-hyvinvointilue\n",
            "units.csv, rivi 2, ”kainuu-ohjaus”, kenttä organisation: "
            "Organisaatio ”kainuun-hyvinvointilue” on tuntematon. Korjaa tunnus tai lisää "
            "se: organisations*.csv. "
            "Tarkoititko ”kainuun-hyvinvointialue”?",
            id="misspelt reference",
        ),
        pytest.param(
            "family_centres.yaml",
            "- slug: a\n  name: {fi: A\n",
            "family_centres.yaml, rivi 3: Tiedosto ei ole kelvollista YAMLia",
            id="bad YAML",
        ),
        pytest.param(
            "family_centres.yaml",
            "- slug: a\n  slug: b\n",
            "family_centres.yaml, rivi 2: Avain ”slug” on kahdesti samassa kohdassa. Poista toinen.",
            id="key twice",
        ),
        pytest.param(
            "family_centres.yaml",
            "- &x {slug: a}\n- *x\n",
            "family_centres.yaml, rivi 2: Viittaus *x ei ole sallittu paketissa.",
            id="alias",
        ),
        pytest.param(
            "family_centres.yaml",
            "- !!python/object/apply:os.system [ls]\n",
            "family_centres.yaml, rivi 1: Tiedosto ei ole kelvollista YAMLia",
            id="tag",
        ),
        pytest.param("family_centres.yaml", "[" * 3000, "family_centres.yaml", id="three thousand brackets"),
        pytest.param(
            "family_centres.yaml",
            "- vain tekstiä\n",
            "family_centres.yaml, kohta 1, rivi 1: Arvon ”vain tekstiä” pitää olla avaimia ja arvoja.",
            id="text instead of an entry",
        ),
        pytest.param(
            "settings.yaml",
            '- key: contact.phone\n  layer: county\n  value: {number: "000 1", phone: x}\n',
            "settings.yaml, kohta 1, rivi 1, kenttä value.phone: Tuntematon kenttä.",
            id="unknown field in a value",
        ),
        pytest.param(
            "settings.yaml",
            "- key: contact.phone\n  layer: county\n  value: {number: 200100}\n",
            "kenttä value.number: Arvon ”200100” pitää olla teksti. Kirjoita se lainausmerkkeihin.",
            id="a number without quotation marks",
        ),
        pytest.param(
            "settings.yaml",
            "- key: contact.lable\n  layer: county\n  value: {fi: Apua}\n",
            "kenttä key: Asetusta ”contact.lable” ei ole.",
            id="misspelt setting",
        ),
        pytest.param(
            "settings.yaml",
            "- key: contact.label\n  layer: area:olematon\n  value: {fi: Apua}\n",
            "kenttä layer: Palvelualue ”olematon” on tuntematon.",
            id="unknown layer",
        ),
        pytest.param(
            "settings.yaml",
            "- key: contact.label\n  layer: kunta:kajaani\n  value: {fi: Apua}\n",
            "Kerros on county, area:<alue>, municipality:<kunta> tai centre:<perhekeskus>.",
            id="layer of a wrong form",
        ),
        pytest.param(
            "settings.yaml",
            "- {key: contact.label, layer: county, value: {fi: A}}\n"
            "- {key: contact.label, layer: county, value: {fi: B}}\n",
            "kenttä key: Asetus on jo annettu samalle kerrokselle (kohta 1, rivi 1).",
            id="setting twice",
        ),
        pytest.param(
            "school_breaks.csv",
            "municipality,name,first_day,last_day,illustrative\nkajaani,Syysloma,2026-10-18,2026-10-12,yes\n",
            "kenttä last_day: Loma päättyy ennen kuin se alkaa.",
            id="break ends before it begins",
        ),
        pytest.param(
            "school_breaks.csv",
            "municipality,name,first_day,last_day,illustrative\n"
            "kajaani,A,2026-10-12,2026-10-18,yes\nkajaani,B,2026-10-12,2026-10-13,yes\n",
            "rivi 3, kenttä first_day: Kunnan loma alkaa samana päivänä jo kohdassa rivi 2.",
            id="break twice",
        ),
        pytest.param(
            "staff.yaml",
            "- email: kaisa@pohde.fi\n  display_name: K\n  roles: [{role: auditor, unit: kainuu-ohjaus}]\n",
            "kenttä email: ”kaisa@pohde.fi” on väärää muotoa. Esimerkkiosoite päättyy @example.invalid.",
            id="a real address among demo staff",
        ),
        pytest.param(
            "staff.yaml",
            "- email: k@example.invalid\n  display_name: Kaisa\n  roles: [{role: auditor}]\n",
            "kenttä roles: Roolilla on joko yksikkö, organisaatio tai alue. Jätä yksi.",
            id="role without a scope",
        ),
        pytest.param(
            "pack.yaml",
            'code: "77"\nslug: kainuu\nname: {fi: K}\nversion: "1"\nlanguages: [fi]\n',
            "pack.yaml, kohta 1, rivi 1, ”kainuu”, kenttä code: Hyvinvointialue ”77” on tuntematon.",
            id="no such county",
        ),
        pytest.param(
            "pack.yaml",
            'code: "20"\nslug: kainuu\nname: {fi: K}\nversion: "1"\nlanguages: [fi]\n',
            "staff.yaml, kohta 1, rivi 1, kenttä email: Vain esimerkkipaketissa (demo: true) "
            "voi olla henkilöstöä.",
            id="staff in a real pack",
        ),
        pytest.param(
            "deadline_policies.yaml",
            "- {code: x, name: {fi: X}, version: 1, amount: 0, unit: months, runs_from: known,"
            " valid_from: 2023-01-01, source: Laki, source_checked: false}\n",
            "kenttä amount: Määrä on 0 vain, kun yksikkö on at_once; muuten vähintään 1.",
            id="a limit of nothing",
        ),
        pytest.param(
            "deadline_policies.yaml",
            "- {code: x, name: {fi: X}, version: 1, amount: 0, unit: at_once, runs_from: known,"
            " may_pause: true, valid_from: 2023-01-01, source: Laki, source_checked: false}\n",
            "kenttä may_pause: Heti tehtävä ei odota ketään. Poista may_pause.",
            id="at once, but not yet",
        ),
        pytest.param(
            "deadline_policies.yaml",
            "- {code: x, name: {fi: X}, version: 1, amount: 3, unit: days, runs_from: known,"
            " valid_from: 2023-01-01, source: Laki, source_checked: false, time_of_day: 16.00}\n",
            "kenttä unit: ”days” ei käy.",
            id="unknown unit",
        ),
    ],
)
def test_a_fault_is_named(faults_of: Broken, file: str, content: str, message: str) -> None:
    found = faults_of(file, content)
    assert any(message in fault for fault in found), found


@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        (
            "municipalities.csv",
            ("765,sotkamo", "765,kajaani"),
            "municipalities.csv, rivi 6, ”kajaani”, kenttä slug: ”kajaani” on jo",
        ),
        (
            "municipalities.csv",
            ("2024-12-31,507", ",507"),
            "municipalities.csv, rivi 5, ”pertunmaa”, kenttä merged_into: Yhdistyneellä kunnalla on",
        ),
        (
            "municipality_counties.csv",
            ("765,20", "766,20"),
            "rivi 6, kenttä municipality: Kunta ”766” on tuntematon.",
        ),
        (
            "postal_prefixes.csv",
            ("871,20", "871,77"),
            "rivi 3, kenttä county: Hyvinvointialue ”77” on tuntematon.",
        ),
        (
            "counties.csv",
            ("20,kainuu", "2,kainuu"),
            "kenttä code: ”2” on väärää muotoa. Tunnuksessa on kaksi numeroa.",
        ),
    ],
)
def test_a_fault_of_the_national_pack_is_named(
    db: None, tmp_path: Path, file: str, change: tuple[str, str], message: str
) -> None:
    old, new = change
    folder = Path(shutil.copytree(TINY_NATION, tmp_path / "national"))
    (folder / file).write_text(
        (folder / file).read_text(encoding="utf-8").replace(old, new), encoding="utf-8"
    )
    found = [str(error) for error in check_pack(folder, "national")]
    assert any(message in fault for fault in found), found


def test_ten_faults_are_told_at_once_and_nothing_is_applied(nation: None, pack: Path) -> None:
    rows = "".join(f"x{n},kunta,Nimi,kajaani\n" for n in range(10))
    (pack / "organisations.csv").write_text(ORGANISATIONS_KAJAANI + rows, encoding="utf-8")
    with pytest.raises(PackRefused) as refused:
        apply_pack(pack)
    assert len(refused.value.errors) == 10
    assert [error.place for error in refused.value.errors] == [f"rivi {n}" for n in range(4, 14)]
    assert str(refused.value).startswith("Paketissa on 10 virhettä. Mitään ei otettu käyttöön.")
    assert not Organisation.objects.exists()


def test_every_row_of_a_wrong_length_is_told(faults_of: Broken) -> None:
    found = faults_of("areas.csv", "slug,name_fi,order,source\na,A,1\nkoko-kainuu,K,1,Keksitty\nb,B,1,x,y\n")
    assert [fault.split(":")[0] for fault in found] == ["areas.csv, rivi 2", "areas.csv, rivi 4"]


def test_one_fault_is_told_in_the_singular() -> None:
    refused = PackRefused([PackError("areas.csv", "Virhe.")])
    assert str(refused) == "Paketissa on 1 virhe. Mitään ei otettu käyttöön.\n- areas.csv: Virhe."


def test_a_missing_file_is_named(nation: None, pack: Path) -> None:
    (pack / "postal_codes.csv").unlink()
    found = [str(error) for error in check_pack(pack)]
    assert found[0] == "postal_codes.csv: Tiedosto puuttuu paketista. Lisää se kansioon kainuu."


def test_what_follows_from_a_fault_is_not_told_again(nation: None, pack: Path) -> None:
    (pack / "organisations.csv").unlink()
    assert len(check_pack(pack)) == 1
    (pack / "organisations.csv").write_text(ORGANISATIONS.replace("county", "kunta"), encoding="utf-8")
    assert [error.field for error in check_pack(pack)] == ["kind"]


def test_a_missing_folder_is_named(nation: None, tmp_path: Path) -> None:
    (fault,) = check_pack(tmp_path / "olematon")
    assert "Kansiota ei ole." in str(fault)


def test_a_wrong_encoding_is_named_with_its_row(nation: None, pack: Path) -> None:
    (pack / "areas.csv").write_bytes(
        "slug,name_fi,order,source\nkoko-kainuu,Ylä,1,Keksitty\n".encode("latin-1")
    )
    found = [str(error) for error in check_pack(pack)]
    assert found[0].startswith("areas.csv, rivi 2: Merkistö ei ole UTF-8. Tallenna tiedosto UTF-8-muodossa")


def test_utf16_is_named(nation: None, pack: Path) -> None:
    (pack / "areas.csv").write_text("slug\n", encoding="utf-16")
    assert "Tiedoston merkistö on UTF-16. Tallenna se UTF-8-muodossa." in str(check_pack(pack)[0])


def test_a_control_sign_is_named(faults_of: Broken) -> None:
    found = faults_of("areas.csv", "slug,name_fi,order,source\nkoko-kainuu,Ko\x00ko,1,Keksitty\n")
    assert "areas.csv, rivi 2: Tekstissä on ohjausmerkki, jota ei näe. Poista se." in found


def test_a_file_too_large_is_refused_unread(nation: None, pack: Path) -> None:
    with (pack / "areas.csv").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    assert "Tiedosto on liian suuri (yli 20 megatavua)." in str(check_pack(pack)[0])


def test_a_million_columns_are_refused_in_few_words(faults_of: Broken) -> None:
    found = faults_of("areas.csv", ",".join(str(n) for n in range(1_000_000)) + "\n")
    assert "Sarakkeita on liikaa (1000000)." in found[0]
    assert len(found[0]) < 300


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_what_spreadsheets_write_is_accepted(nation: None, pack: Path, separator: str, encoding: str) -> None:
    text = (TINY / "postal_codes.csv").read_text(encoding="utf-8").replace(",", separator)
    (pack / "postal_codes.csv").write_text(text.replace("\n", "\r\n"), encoding=encoding, newline="")
    assert check_pack(pack) == ()


def test_blank_lines_are_not_rows(nation: None, pack: Path) -> None:
    text = (TINY / "areas.csv").read_text(encoding="utf-8")
    (pack / "areas.csv").write_text(text + "\n,,,\n", encoding="utf-8")
    assert check_pack(pack) == ()


def test_a_cell_over_two_lines_does_not_shift_the_row_numbers(faults_of: Broken) -> None:
    rows = 'slug,name_fi,order,source\nkoko-kainuu,"Koko\nKainuu",1,Keksitty\nKaksi,K,1,Keksitty\n'
    assert any("areas.csv, rivi 4, ”Kaksi”" in fault for fault in faults_of("areas.csv", rows))


def test_messages_follow_the_language_of_the_reader(nation: None, pack: Path) -> None:
    (pack / "areas.csv").unlink()
    with translation.override("en"):
        in_english = str(check_pack(pack)[0])
    # Until the catalogue has the sentence, Finnish stands in for it: never an empty text.
    assert in_english.startswith("areas.csv: ")
    assert len(in_english) > len("areas.csv: ")


@pytest.mark.django_db
def test_the_commands_say_what_to_do_when_the_tables_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new clone has no database yet: a sentence, not a traceback."""
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["a migration that waits"])
    for command in ("check_pack", "apply_pack", "load_national"):
        with pytest.raises(CommandError, match="manage migrate"):
            call_command(command)
