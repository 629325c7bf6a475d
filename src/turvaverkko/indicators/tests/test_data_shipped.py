"""The shipped figures say what their sources say: the shared table, the catalogue and the classification."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from scripts import make_statistics
from turvaverkko.access.testing import staff, unit
from turvaverkko.indicators.models import Figure, Indicator, Population, QualityNote, StatisticalArea
from turvaverkko.indicators.rules import AreaKind, NoteKind, Origin, PeriodKind, Qualifier, Status
from turvaverkko.indicators.tests.data_packs import only_our_sections
from turvaverkko.organisation.api import apply_pack
from turvaverkko.organisation.sign_in.testing import sign_in

AREAS = {
    "Pohjois-Pohjanmaa": {"region:17"},
    "Pohde": {"county:19"},
    "Suomi": {"country:fi"},
    "VIP OYS-alue": {"network:vip-oys"},
    "Oulu": {"municipality:564", "service-area:oulu"},
    "Rannikko": {"service-area:rannikko"},
    "Oulun eteläinen": {"service-area:oulun-etelainen"},
    "Lakeus": {"service-area:lakeus"},
}
QUALIFIERS = {"": "", "noin": "about", "yli": "over", "keskimäärin": "on-average"}
# How the table writes times that have no year of their own or a term of a year.
TIMES = {
    "tavoite": "target",
    "ei ilmoitettu": "unknown",
    "2023-autumn": "2023-08-01/2023-12-31",
    "2020-2022": "2020-01-01/2022-12-31",
    "2020-2021": "2020-01-01/2021-12-31",
}
# The same as pages say them.
SHOWN_TIMES = {
    "tavoite": "tavoite",
    "ei ilmoitettu": "aikaa ei kerrottu",
    "round 1": "1. kierros, aikaa ei kerrottu",
    "round 2": "2. kierros, aikaa ei kerrottu",
    "2020-2022": "2020–2022",
    "2020-2021": "2020–2021",
    "2021-10-01/2022-06-18": "1.10.2021–18.6.2022",
    "2023-autumn": "1.8.2023–31.12.2023",
}
SHOWN_AREAS = {
    "Pohjois-Pohjanmaa": "Pohjois-Pohjanmaa",
    "Pohde": "Pohjois-Pohjanmaan hyvinvointialue",
    "Suomi": "Suomi",
    "VIP OYS-alue": "VIP OYS -alue",
    "Oulu": "Oulu",
    "Rannikko": "Rannikko (palvelualue)",
    "Oulun eteläinen": "Oulun eteläinen (palvelualue)",
    "Lakeus": "Lakeus (palvelualue)",
}
TARGET_ROWS = {8, 17, 32, 38, 47, 48, 77}


@pytest.fixture(scope="module")
def _shipped(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The nation and North Ostrobothnia as they are shipped, once for the module and rolled back after it."""
    with only_our_sections(), django_db_blocker.unblock(), transaction.atomic():
        apply_pack(settings.NATIONAL_PACK, "national")
        apply_pack(settings.COUNTIES / "north-ostrobothnia")
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _loaded(_shipped: None, db: None) -> None:
    pass


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def time_of(row: dict[str, str]) -> str:
    written = row["time"]
    month_of_round = row["time_type"] == "evaluation round" and "-" in written
    return f"round {written}" if month_of_round else TIMES.get(written, written)


def test_every_row_of_the_shared_table_is_a_figure(shared_data: Path) -> None:
    table = rows(shared_data / "seed_indicators.csv")
    figures = {figure.source_key: figure for figure in Figure.objects.select_related("indicator", "area")}
    assert len(table) == len(figures) == 114
    for row in table:
        figure = figures[f"seed:{row['row']}"]
        assert figure.value == Decimal(row["value"]), row
        assert figure.indicator.unit_fi == row["unit"], row
        assert figure.area.code in AREAS[row["area"]], row
        assert figure.period == time_of(row), row
        assert figure.qualifier == QUALIFIERS[row["qualifier"]], row
        assert figure.indicator.population_fi in {row["population"], "kunnat"}, row
        assert round(figure.value, figure.indicator.decimals) == figure.value, row
        assert (figure.origin, figure.status, figure.group) == (Origin.REPORTED, Status.FINAL, ""), row
        # What the table remarks on is never lost, and its sentences are not copied.
        assert figure.footnote_fi or not row["note"], row
        assert not row["note"] or row["note"] not in figure.footnote_fi, row


def test_every_row_of_the_shared_table_stands_on_its_page(shared_data: Path) -> None:
    reader = Client()
    sign_in(reader, staff("lukija@x.invalid", director=unit("keskus")))
    codes = dict(Figure.objects.values_list("source_key", "indicator__code"))
    pages = {code: shown_of(reader, code) for code in set(codes.values())}
    for row in rows(shared_data / "seed_indicators.csv"):
        page = pages[codes[f"seed:{row['row']}"]]
        assert ("Yksikkö", row["unit"]) in page.facts, row
        # The county has service areas since 2023: of that year Oulu is one of them, before it a town.
        area = "Oulu (palvelualue)" if row["row"] == "28" else SHOWN_AREAS[row["area"]]
        told = [cells for cells in page.rows if cells[:2] == (shown_time(row), area)]
        value = f"{row['qualifier']} {row['value_text'].replace(' ', '')}".strip()
        found = [cells for cells in told if cells[2] == value]
        assert found, (row, page.rows)
        assert not row["note"] or all(cells[-1] for cells in found), row


@dataclass
class Shown:
    """What a page says: rows of its tables and pairs of its facts, in plain words."""

    rows: list[tuple[str, ...]]
    facts: list[tuple[str, str]]


def shown_of(reader: Client, code: str) -> Shown:
    page = reader.get(f"/koordinaatio/mittarit/{code}/").content.decode()
    lines = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    cells = [re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", line, re.DOTALL) for line in lines]
    facts = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page, re.DOTALL)
    return Shown([tuple(map(plain, line)) for line in cells], [(plain(a), plain(b)) for a, b in facts])


def plain(html: str) -> str:
    """The text without markup; spaces within numbers are left out, as the table writes them."""
    said = unescape(re.sub(r"<[^>]+>", "", html)).strip()
    return re.sub(r"(?<=\d)[\u202f\u00a0](?=\d)", "", said).replace("\u00a0", " ")


def shown_time(row: dict[str, str]) -> str:
    written = row["time"]
    if re.fullmatch(r"20\d\d-\d\d", written):
        return f"kierros {int(written[5:])}/{written[:4]}"
    return SHOWN_TIMES.get(written, written)


def test_oulu_is_a_town_before_the_county_and_a_service_area_after() -> None:
    codes = dict(Figure.objects.filter(area__name_fi="Oulu").values_list("source_key", "area__code"))
    assert codes.pop("seed:28") == "service-area:oulu"
    assert set(codes.values()) == {"municipality:564"}
    assert sorted(codes) == [f"seed:{n}" for n in (25, 26, 56, 59, 62)]


def test_targets_are_targets_of_their_definitions(shared_data: Path) -> None:
    table = rows(shared_data / "seed_indicators.csv")
    assert {int(row["row"]) for row in table if row["time_type"] == "target"} == TARGET_ROWS
    told = Figure.objects.filter(period_kind=PeriodKind.TARGET).select_related("indicator")
    assert {int(figure.source_key.removeprefix("seed:")) for figure in told} == TARGET_ROWS
    assert all(figure.indicator.target == figure.value for figure in told)
    with_target = Indicator.objects.exclude(target=None).values_list("pk", flat=True)
    assert set(with_target) == {figure.indicator_id for figure in told}


def test_the_wait_for_a_social_worker_has_no_number_to_reach() -> None:
    wait = Indicator.objects.get(code="social-worker-wait")
    assert wait.target is None
    assert wait.target_fi
    assert set(wait.notes.values_list("kind", flat=True)) == {NoteKind.TARGET, NoteKind.TIME}
    assert list(wait.figures.order_by("period_order").values_list("period", "value")) == [
        ("round 1", Decimal(6)),
        ("round 2", Decimal(5)),
    ]


def test_psychiatry_breaks_before_the_fall_and_before_the_county() -> None:
    for code in ("adolescent-psychiatry-visits", "child-psychiatry-visits"):
        breaks = QualityNote.objects.filter(indicator__code=code, kind=NoteKind.BREAK)
        assert set(breaks.values_list("at", flat=True)) == {date(2022, 1, 1), date(2023, 1, 1)}


def test_what_the_sources_leave_open_is_noted() -> None:
    noted = {
        kind: set(QualityNote.objects.filter(kind=kind).values_list("indicator__code", flat=True))
        for kind in NoteKind
    }
    assert {"family-counselling-clients", "home-service-clients", "family-work-clients"} <= noted[
        "denominator"
    ]
    assert {"social-workers", "collective-impact-areas", "cool-kids-users"} <= noted["contradiction"]
    assert {"service-areas-developing-family-centre", "psychiatry-visits-rounded"} <= noted["contradiction"]
    assert {"e-website", "meeting-places", "trained-nepsy-child"} <= noted["time"]
    assert "lets-talk-discussions" in noted["coverage"]
    assert all(note.text_fi and note.text_sv and note.text_en for note in QualityNote.objects.all())


def test_sotkanet_titles_are_those_of_the_catalogue(shared_data: Path) -> None:
    catalogue = {
        row["id"]: row["title"]["fi"]
        for row in json.loads((shared_data / "integrations/sotkanet/SotkaIndicators.json").read_text("utf-8"))
    }
    chosen = Indicator.objects.exclude(sotkanet_id=None)
    assert {one.sotkanet_id: one.sotkanet_verified for one in chosen} == {
        2483: True,
        2484: True,
        1243: False,
        2911: False,
    }
    for one in chosen:
        assert one.sotkanet_title_fi == catalogue[one.sotkanet_id]
    unsure = chosen.filter(sotkanet_verified=False) | Indicator.objects.filter(
        source="sotkanet", sotkanet_id=None
    )
    assert all(one.notes.filter(kind=NoteKind.IDENTITY).exists() for one in unsure)


def test_every_definition_is_told_in_three_languages() -> None:
    for one in Indicator.objects.all():
        assert all((one.name_fi, one.name_sv, one.name_en, one.unit_fi, one.unit_sv, one.unit_en)), one.code
        assert one.owner_role, one.code
    names = list(Indicator.objects.values_list("name_fi", flat=True))
    assert len(names) == len(set(names))


def test_308_municipalities_live_and_the_others_have_ended(shared_data: Path) -> None:
    municipalities = StatisticalArea.objects.filter(kind=AreaKind.MUNICIPALITY)
    living = {area.code: area for area in municipalities.filter(valid_to=None).select_related("parent")}
    assert len(living) == 308
    for row in rows(shared_data / "integrations/kunnat/kunnat_2026.csv"):
        area = living[f"municipality:{int(row['municipality_code']):03}"]
        assert area.name_fi == row["municipality_name_fi"]
        assert area.parent.code == f"county:{int(row['hyvinvointialue_code']):02}"
    ended = dict(municipalities.exclude(valid_to=None).values_list("name_fi", "valid_to"))
    assert ended["Pertunmaa"] == date(2024, 12, 31)
    assert ended["Honkajoki"] == date(2020, 12, 31)
    assert len(ended) == 12


def test_areas_have_the_numbers_of_sotkanet(shared_data: Path) -> None:
    known = {area.code: area for area in StatisticalArea.objects.exclude(sotkanet_id=None)}
    regions = json.loads((shared_data / "integrations/sotkanet/SotkaRegions.json").read_text("utf-8"))
    kinds = {"KUNTA": "municipality", "MAAKUNTA": "region", "SAIRAANHOITOPIIRI": "hospital-district"}
    for region in regions:
        if kind := kinds.get(region["category"]):
            assert known[f"{kind}:{region['code']}"].sotkanet_id == region["id"]
    for row in rows(shared_data / "integrations/sotkanet/hyvinvointialueet_sotkanet_ids.csv"):
        county = known[f"county:{int(row['uusi_code']):02}"]
        assert county.name_fi == row["nimi"]
        assert county.sotkanet_id == int(row["uusi_id"])
        assert county.former_sotkanet_id == (int(row["vanha_id"]) if row["vanha_id"] else None)
    assert known["region:17"].sotkanet_id == 503
    assert (known["hospital-district:18"].sotkanet_id, known["hospital-district:18"].valid_to) == (
        616,
        date(2022, 12, 31),
    )
    assert known["country:fi"].sotkanet_id == 658


def test_populations_are_those_of_the_source_and_their_sums(shared_data: Path) -> None:
    told = {
        (f"municipality:{int(row['municipality_code']):03}", int(row["year"])): int(row["primary.value"])
        for row in rows(shared_data / "integrations/kunnat/sotkanet_kunta_vaesto_2000_2022.csv")
    }
    stored = Population.objects.filter(area__kind=AreaKind.MUNICIPALITY)
    assert {
        (code, year): number for code, year, number in stored.values_list("area__code", "year", "number")
    } == (told)
    assert told["municipality:564", 2022] == 211848
    members = {
        f"municipality:{int(row['municipality_code']):03}"
        for row in rows(shared_data / "integrations/kunnat/kunnat_2022.csv")
        if row["hyvinvointialue_code"] == "19"
    }
    county = Population.objects.get(area__code="county:19", year=2022)
    assert county.number == sum(told[code, 2022] for code in members) == 416543
    assert county.source.startswith("Summa kuntien väkiluvuista")
    country = dict(Population.objects.filter(area__code="country:fi").values_list("year", "number"))
    assert country[2022] == 5563970
    assert sorted(country) == list(range(2000, 2023))
    counties = Population.objects.filter(area__kind=AreaKind.COUNTY, year=2022)
    assert counties.count() == 23
    assert sum(row.number for row in counties) == country[2022]


def test_all_thirty_municipalities_have_a_place_of_their_own_on_the_map() -> None:
    tiles = StatisticalArea.objects.exclude(tile_column=None)
    assert {area.parent.code for area in tiles.select_related("parent")} == {"county:19"}
    places = {(area.tile_column, area.tile_row) for area in tiles}
    assert len(places) == tiles.count() == 30
    oulu = StatisticalArea.objects.get(code="municipality:564")
    assert (oulu.tile_column, oulu.tile_row) == (3, 1)


def test_service_areas_are_areas_of_statistics_under_the_county() -> None:
    areas = StatisticalArea.objects.filter(kind=AreaKind.SERVICE_AREA).select_related("parent")
    assert {area.name_fi for area in areas} == {
        "Oulu",
        "Koillismaa",
        "Oulunkaari",
        "Lakeus",
        "Rannikko",
        "Oulun eteläinen",
    }
    assert {area.parent.code for area in areas} == {"county:19"}
    assert {area.valid_from for area in areas} == {date(2023, 1, 1)}


def test_a_second_apply_changes_nothing() -> None:
    assert not apply_pack(settings.NATIONAL_PACK, "national").changed
    assert not apply_pack(settings.COUNTIES / "north-ostrobothnia").changed


def test_qualified_figures_are_told_as_such() -> None:
    assert Figure.objects.get(source_key="seed:16").qualifier == Qualifier.ABOUT
    assert Figure.objects.get(source_key="seed:99").qualifier == Qualifier.OVER
    assert Figure.objects.get(source_key="seed:100").qualifier == Qualifier.ON_AVERAGE


def test_the_national_tables_are_what_their_maker_makes(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make_statistics, "NATIONAL", tmp_path)
    assert make_statistics.main([str(shared_data)]) == 0
    for name in ("statistical_areas.csv", "populations.csv"):
        assert (tmp_path / name).read_bytes() == (settings.NATIONAL_PACK / name).read_bytes()
