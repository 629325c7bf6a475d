"""Faults in the files about indicators are told row by row, and nothing of a faulty pack is loaded."""

import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from turvaverkko.core import time_source
from turvaverkko.indicators.loading import figures as figures_section
from turvaverkko.indicators.loading.periods import period_of
from turvaverkko.indicators.models import Figure, Indicator, Population, QualityNote, StatisticalArea
from turvaverkko.indicators.rules import Status, key_of
from turvaverkko.indicators.sotkanet.models import SotkanetLink
from turvaverkko.indicators.tests.data_packs import only_our_sections
from turvaverkko.organisation.api import PackRefused, apply_pack, check_pack
from turvaverkko.organisation.packs.syncing import Counts

SMALL = Path(__file__).parents[2] / "organisation" / "tests" / "packs"
AREAS = """\
code,name_fi,parent,sotkanet_id,valid_from,valid_to,source
municipality:205,,county:20,85,,,lähde
municipality:507,,county:12,213,,,lähde
municipality:588,,county:12,278,,,lähde
municipality:911,Valtimo,region:18,410,,2024-06-30,lähde
country:fi,Suomi,,658,,,lähde
county:12,,country:fi,959,2023-01-01,,lähde
county:20,,country:fi,962,2023-01-01,,lähde
region:18,Kainuu,country:fi,504,,,lähde
"""
POPULATIONS = """\
municipality,2024,2025,source
municipality:205,36100,36000,lähde
municipality:507,5500,6900,lähde
municipality:588,1550,,lähde
municipality:911,,,lähde
"""
INDICATORS = """\
- code: visits
  name: {fi: Käynnit}
  unit: {fi: käyntiä}
  decimals: 1
  direction: up
  target: 100
  source: collected
  owner: koordinaattori
- code: days
  name: {fi: Odotus}
  unit: {fi: pv}
  direction: down
  target: not set
  source: collected
  owner: koordinaattori
"""
HEADING = "key,indicator,area,period,value,qualifier,footnote\n"
FIRST = "seed:1,visits,region:18,2021,711.9,about,Selite\n"
OTHERS = """\
seed:2,visits,region:18,target,100,,
seed:3,days,service-area:koko-kainuu,round 2,5,,
seed:4,days,network:verkko,round 2021-05,6,,
"""
NOTES = """\
- code: fall
  kind: break
  at: 2022-01-01
  indicators: [visits, days]
  text: {fi: Luku putosi.}
"""
FILES = {
    "indicators.yaml": INDICATORS,
    "figures.csv": HEADING + FIRST + OTHERS,
    "networks.csv": "slug,name_fi,source\nverkko,Verkko,lähde\n",
    "quality_notes.yaml": NOTES,
    "tiles.csv": "municipality,column,row\nkajaani,2,3\n",
}


@pytest.fixture(autouse=True)
def _sections() -> Iterator[None]:
    with only_our_sections():
        yield


@pytest.fixture
def nation(tmp_path: Path) -> Path:
    """A nation of two counties; of its municipalities two have ended."""
    folder = Path(shutil.copytree(SMALL / "national", tmp_path / "national"))
    write(folder, "statistical_areas.csv", AREAS)
    write(folder, "populations.csv", POPULATIONS)
    return folder


@pytest.fixture
def pack(tmp_path: Path, nation: Path, db: None) -> Path:
    """A county with two indicators, four figures, a network and a place on the map."""
    apply_pack(nation, "national")
    folder = Path(shutil.copytree(SMALL / "tiny", tmp_path / "kainuu"))
    for name, text in FILES.items():
        write(folder, name, text)
    return folder


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


NATIONAL_FAULTS = [
    ("statistical_areas.csv", AREAS + "kunta:1,X,,,,,lähde\n", "rivi 10", "väärää muotoa"),
    ("statistical_areas.csv", AREAS + "region:17,,country:fi,,,,lähde\n", "rivi 10", "Solu on tyhjä"),
    ("statistical_areas.csv", AREAS + "municipality:564,,county:19,,,,lähde\n", "rivi 10", "county:19"),
    ("statistical_areas.csv", AREAS + "municipality:123,,county:20,,,,lähde\n", "rivi 10", "tuntematon"),
    ("statistical_areas.csv", AREAS + "region:17,X,country:fi,85,,,lähde\n", "rivi 10", "Sotkanet-numero"),
    ("statistical_areas.csv", AREAS + "region:17,X,county:20,,,,lähde\n", "rivi 10", "yläalue"),
    ("statistical_areas.csv", AREAS + "region:18,X,country:fi,,,,lähde\n", "rivi 10", "on jo tiedostossa"),
    (
        "statistical_areas.csv",
        AREAS + "region:17,X,country:fi,,2024-01-01,2023-01-01,lähde\n",
        "rivi 10",
        "Loppupäivä on ennen alkupäivää",
    ),
    ("populations.csv", POPULATIONS + "municipality:765,1,2,lähde\n", "rivi 6", "tuntematon"),
    (
        "populations.csv",
        POPULATIONS + "municipality:205,1,2,lähde\n",
        "rivi 6",
        "Kunta on jo kohdassa rivi 2",
    ),
    ("populations.csv", POPULATIONS + "municipality:765,noin 5,2,lähde\n", "rivi 6", "kokonaisluku"),
    ("populations.csv", "municipality,2024,väki,source\n", "rivi 1", "Tuntematon sarake: väki"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("file", "text", "place", "message"), NATIONAL_FAULTS)
def test_a_fault_of_the_national_tables_is_told_by_row(
    nation: Path, file: str, text: str, place: str, message: str
) -> None:
    write(nation, file, text)
    faults = [str(fault) for fault in check_pack(nation, "national")]
    assert len(faults) == 1
    assert faults[0].startswith(f"{file}, {place}")
    assert message in faults[0]
    with pytest.raises(PackRefused):
        apply_pack(nation, "national")
    assert not StatisticalArea.objects.exists()
    assert not Population.objects.exists()


COUNTY_FAULTS = [
    ("figures.csv", "seed:9,nothing,region:18,2021,1,,", "Mittari ”nothing” on tuntematon"),
    ("figures.csv", "seed:9,visits,region:99,2021,1,,", "Tilastoalue ”region:99” on tuntematon"),
    ("figures.csv", "seed:9,visits,region:18,2022,noin 700,,", "Kirjoita luku ilman välejä ja yksikköä"),
    ("figures.csv", 'seed:9,visits,region:18,2022,"711,9",,', "desimaalit pisteellä"),
    ("figures.csv", "seed:9,visits,region:18,2022,,,", "Solu on tyhjä"),
    ("figures.csv", "seed:9,visits,region:18,2021-13,1,,", "”2021-13” ei ole aika"),
    ("figures.csv", "seed:9,visits,region:18,2022-06-18/2021-10-01,1,,", "ei ole aika"),
    ("figures.csv", "seed:9,visits,region:18,syksy 2023,1,,", "”syksy 2023” ei ole aika"),
    ("figures.csv", "seed:9,visits,region:18,2021,1,,", "ajan luku on jo kohdassa rivi 2"),
    ("figures.csv", "seed:1,visits,region:18,2022,1,,", "Avain on jo kohdassa rivi 2"),
    (
        "figures.csv",
        "seed:9,visits,county:20,target,90,,",
        "Tavoite on tässä 90, mutta mittarin määrittelyssä 100",
    ),
    ("figures.csv", "seed:9,days,county:20,target,3,,", "mutta mittarin määrittelyssä asettamatta"),
    ("figures.csv", "seed:9,visits,region:18,2022,1,maybe,", "”maybe” ei käy"),
    ("figures.csv", "9,visits,region:18,2022,1,,", "Esimerkiksi seed:12"),
    ("tiles.csv", "kajaani,4,4", "Kunta on jo kohdassa rivi 2"),
    ("tiles.csv", "sotkamo,2,3", "Kohdassa on jo kajaani"),
    ("tiles.csv", "oulu,5,5", "”oulu” on tuntematon"),
    ("networks.csv", "verkko,Toinen,lähde", "on jo tiedostossa networks.csv"),
]


@pytest.mark.parametrize(("file", "row", "message"), COUNTY_FAULTS)
def test_a_faulty_row_of_a_county_is_told_and_nothing_is_loaded(
    pack: Path, file: str, row: str, message: str
) -> None:
    text = FILES[file] + row + "\n"
    faults = [str(fault) for fault in check_pack(write(pack, file, text))]
    assert len(faults) == 1
    assert faults[0].startswith(f"{file}, rivi {len(text.splitlines())}")
    assert message in faults[0]
    with pytest.raises(PackRefused):
        apply_pack(pack)
    assert not Indicator.objects.exists()
    assert not Figure.objects.exists()
    assert not StatisticalArea.objects.filter(pack="20").exists()


ENTRY_FAULTS = [
    (
        "indicators.yaml",
        INDICATORS.replace("target: 100", "target: sata"),
        "target",
        "Kirjoita luku tai not set.",
    ),
    ("indicators.yaml", INDICATORS.replace("direction: up", "direction: neither"), "direction", "ei suuntaa"),
    ("indicators.yaml", INDICATORS.replace("source: collected", "source: muisti", 1), "source", "ei käy"),
    ("indicators.yaml", INDICATORS.replace("  owner: koordinaattori\n", "", 1), "owner", "Tieto puuttuu"),
    ("quality_notes.yaml", NOTES.replace("  at: 2022-01-01\n", ""), "at", "Katkolla ei ole päivää"),
    ("quality_notes.yaml", NOTES.replace("visits", "visit"), "indicators", "Tarkoititko ”visits”?"),
    ("quality_notes.yaml", NOTES + NOTES.replace("visits, days", "days"), "code", "on jo tämä huomautus"),
]


@pytest.mark.parametrize(("file", "text", "field", "message"), ENTRY_FAULTS)
def test_a_faulty_entry_is_told_by_its_field(
    pack: Path, file: str, text: str, field: str, message: str
) -> None:
    faults = [str(fault) for fault in check_pack(write(pack, file, text))]
    assert len(faults) == 1
    assert faults[0].startswith(f"{file}, kohta ")
    assert f"kenttä {field}" in faults[0]
    assert message in faults[0]


def test_every_fault_is_told_together(pack: Path) -> None:
    rows = HEADING + "seed:1,visits,region:18,2021,luku,,\nseed:2,visits,region:18,ennen,1,,\n"
    write(pack, "figures.csv", rows)
    write(pack, "tiles.csv", "municipality,column,row\nkajaani,x,3\n")
    places = [str(fault).split(":")[0] for fault in check_pack(pack)]
    assert places == [
        "figures.csv, rivi 2, kenttä value",
        "figures.csv, rivi 3, kenttä period",
        "tiles.csv, rivi 2, kenttä column",
    ]


def test_sums_leave_out_the_years_in_which_somebody_is_missing(nation: Path, db: None) -> None:
    text = POPULATIONS.replace("municipality:205,36100", "municipality:205,")
    apply_pack(write(nation, "populations.csv", text), "national")
    told = {
        (code, year): number
        for code, year, number in Population.objects.values_list("area__code", "year", "number")
        if not code.startswith("municipality")
    }
    # Kajaani has no number of 2024; Pertunmaa was counted for the last time at the end of 2024, and Valtimo,
    # of which no county is told, not any more.
    assert told == {
        ("county:12", 2024): 7050,
        ("county:12", 2025): 6900,
        ("county:20", 2025): 36000,
        ("country:fi", 2025): 42900,
    }


def test_a_municipality_that_ended_within_the_year_is_not_missed(nation: Path, db: None) -> None:
    apply_pack(nation, "national")
    assert Population.objects.get(area__code="country:fi", year=2024).number == 36100 + 5500 + 1550
    assert not Population.objects.filter(area__code="region:18").exists()


def test_a_region_gets_no_sum_of_the_few_that_stand_under_it(nation: Path, db: None) -> None:
    write(nation, "statistical_areas.csv", AREAS.replace("2024-06-30", "2024-12-31"))
    write(nation, "populations.csv", POPULATIONS.replace("911,,", "911,2000,"))
    apply_pack(nation, "national")
    assert Population.objects.get(area__code="country:fi", year=2024).number == 45150
    assert not Population.objects.filter(area__code="region:18").exists()


def test_a_county_whose_municipalities_have_all_ended_has_no_sum(nation: Path, db: None) -> None:
    ended = AREAS.replace("municipality:205,,county:20,85,,,", "municipality:205,,county:20,85,,2024-12-31,")
    write(nation, "statistical_areas.csv", ended)
    write(nation, "populations.csv", POPULATIONS.replace("36100,36000", "36100,"))
    apply_pack(nation, "national")
    kainuu = Population.objects.filter(area__code="county:20")
    assert list(kainuu.values_list("year", "number")) == [(2024, 36100)]


def test_a_population_that_was_wrong_is_mended_with_its_sums(nation: Path, db: None) -> None:
    apply_pack(nation, "national")
    write(nation, "populations.csv", POPULATIONS.replace("36000", "36001"))
    assert apply_pack(nation, "national").kinds["populations"] == Counts(changed=3, unchanged=8)
    assert Population.objects.get(area__code="county:20", year=2025).number == 36001
    write(nation, "populations.csv", "municipality,2025,source\nmunicipality:205,36001,lähde\n")
    apply_pack(nation, "national")
    assert Population.objects.get(area__code="country:fi").number == 36001


def test_an_area_that_left_the_nation_ends(nation: Path, db: None) -> None:
    apply_pack(nation, "national")
    write(nation, "populations.csv", "municipality,2025,source\n")
    without = "".join(line for line in AREAS.splitlines(keepends=True) if "205" not in line)
    assert apply_pack(write(nation, "statistical_areas.csv", without), "national").changed
    assert StatisticalArea.objects.get(code="municipality:205").valid_to is not None
    ended = StatisticalArea.objects.get(code="municipality:588")
    assert (ended.name_fi, ended.valid_to) == ("Pertunmaa", date(2024, 12, 31))


def test_a_changed_figure_replaces_the_old_one_and_both_remain(pack: Path) -> None:
    assert apply_pack(pack).kinds["figures"] == Counts(created=4)
    assert apply_pack(pack).kinds["figures"] == Counts(unchanged=4)
    write(pack, "figures.csv", HEADING + FIRST.replace("711.9,about,Selite", "683.9,,") + OTHERS)
    assert apply_pack(pack).kinds["figures"] == Counts(changed=1, unchanged=3)
    old, new = Figure.objects.filter(source_key="seed:1").order_by("pk")
    assert (old.status, old.value, old.qualifier) == (Status.REPLACED, Decimal("711.9"), "about")
    assert (new.status, new.value, new.footnote_fi) == (Status.FINAL, Decimal("683.9"), "")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Selite", "Toinen selite"),
        ("about", "over"),
        ("region:18", "county:20"),
        ("2021", "2022"),
        ("711.9", "711.8"),
        ("visits", "days"),
    ],
)
def test_a_figure_that_says_anything_else_is_another_figure(pack: Path, before: str, after: str) -> None:
    apply_pack(pack)
    write(pack, "figures.csv", HEADING + FIRST.replace(before, after) + OTHERS)
    assert apply_pack(pack).kinds["figures"] == Counts(changed=1, unchanged=3)
    statuses = Figure.objects.filter(source_key="seed:1").order_by("pk").values_list("status", flat=True)
    assert list(statuses) == [Status.REPLACED, Status.FINAL]


def test_a_figure_that_left_the_pack_is_replaced_by_nothing_and_may_come_back(pack: Path) -> None:
    apply_pack(pack)
    write(pack, "figures.csv", HEADING + OTHERS)
    assert apply_pack(pack).kinds["figures"] == Counts(ended=1, unchanged=3)
    assert Figure.objects.get(source_key="seed:1").status == Status.REPLACED
    write(pack, "figures.csv", FILES["figures.csv"])
    assert apply_pack(pack).kinds["figures"] == Counts(created=1, unchanged=3)
    assert Figure.objects.filter(source_key="seed:1", status=Status.FINAL).count() == 1


def test_a_definition_that_left_the_pack_ends_and_its_note_goes(pack: Path) -> None:
    apply_pack(pack)
    write(pack, "indicators.yaml", INDICATORS[: INDICATORS.index("- code: days")])
    write(pack, "figures.csv", HEADING + FIRST)
    write(pack, "quality_notes.yaml", NOTES.replace("visits, days", "visits"))
    write(pack, "networks.csv", "slug,name_fi,source\n")
    write(pack, "tiles.csv", "municipality,column,row\n")
    kinds = apply_pack(pack).kinds
    assert kinds["indicators"] == kinds["quality-notes"] == Counts(unchanged=1, ended=1)
    today = time_source.today()
    assert Indicator.objects.get(code="days").valid_to < today
    assert StatisticalArea.objects.get(code="network:verkko").valid_to < today
    assert QualityNote.objects.count() == 1
    assert StatisticalArea.objects.get(code="municipality:205").tile_column is None
    assert Figure.objects.filter(indicator__code="days", status=Status.REPLACED).count() == 2


def test_what_somebody_linked_to_the_source_stays_when_the_pack_is_applied_again(pack: Path) -> None:
    apply_pack(pack)
    visits = Indicator.objects.get(code="visits")
    visits.sotkanet_id, visits.sotkanet_title_fi, visits.sotkanet_verified = 1243, "Otsikko", True
    visits.save()
    apply_pack(pack)
    assert Indicator.objects.get(code="visits").sotkanet_id != 1243
    visits.save()
    SotkanetLink.objects.create(indicator=visits, linked_by="staff:1", verified_by="staff:2")
    assert apply_pack(pack).kinds["indicators"] == Counts(unchanged=2)
    again = Indicator.objects.get(code="visits")
    assert (again.sotkanet_id, again.sotkanet_title_fi, again.sotkanet_verified) == (1243, "Otsikko", True)


def test_an_apply_that_fails_in_the_middle_leaves_nothing(
    pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(_figure: Figure) -> tuple[object, ...]:
        raise OSError

    monkeypatch.setattr(figures_section, "_says", torn)
    with pytest.raises(OSError):  # noqa: PT011 - the disk has no words of its own
        apply_pack(pack)
    assert not Indicator.objects.exists()
    assert not StatisticalArea.objects.filter(pack="20").exists()
    assert StatisticalArea.objects.get(code="municipality:205").tile_column is None


def test_figures_of_other_origin_are_no_business_of_the_pack(pack: Path) -> None:
    apply_pack(pack)
    reported = Figure.objects.get(source_key="seed:1")
    reported.pk, reported.source_key, reported.origin = None, "", "fetched"
    reported.save(force_insert=True)
    assert not apply_pack(pack).changed
    assert Figure.objects.get(origin="fetched").status == Status.FINAL


@pytest.mark.parametrize(
    "written",
    ["2021", "2021-Q3", "2021-05", "round 2021-05", "round 2", "2021-10-01/2022-06-18", "target", "unknown"],
)
def test_a_written_time_is_its_own_key(written: str) -> None:
    assert key_of(period_of(written)) == written


@pytest.mark.parametrize("written", ["", "2021-Q5", "2021-00", "round 0", "round 2021-13", "interval", "21"])
def test_what_is_no_time_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        period_of(written)
