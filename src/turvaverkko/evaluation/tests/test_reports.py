"""Reports of rounds: the page, the files of it, and what of them is for everybody."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from turvaverkko.evaluation import queries, services
from turvaverkko.evaluation.models import Goal, GoalIndicator, GoalLink, Round
from turvaverkko.evaluation.reports import pdf, views
from turvaverkko.evaluation.rules import GoalKind, Verdict
from turvaverkko.evaluation.tests.conftest import Tree
from turvaverkko.evaluation.tests.test_pages import cost_of, page_of, text_of
from turvaverkko.indicators.api import Indicator
from turvaverkko.indicators.rules import Direction, Source, Status, year

BUILDER = "/koordinaatio/raportit/"
REPORT = f"{BUILDER}raportti/"
FILES = ("pdf", "xlsx", "csv", "json")
OPEN = "/avoin-data/arviointi/"
# Unit: queries of a report with its session and roles.
MOST_QUERIES = 34
FORMULA = "=cmd|'/c calc'!A0"


@pytest.fixture
def rounds(tree: Tree) -> tuple[Round, Round, Round]:
    """Two frozen rounds and an open one; the later two tell of a figure more each."""
    coordinator, director = tree.actor("coordinator"), tree.actor("director")
    tree.figure(tree.coverage, year(2020), "50", footnote_fi="Vain kunnat.")
    first = tree.round("2021-05")
    services.write(coordinator, first, goal=tree.goal, text="Työ alkoi.")
    services.freeze_round(coordinator, first)
    second = tree.round("2022-09")
    services.write(coordinator, second, goal=tree.goal, text=FORMULA)
    services.judge(director, second, goal=tree.goal, verdict=Verdict.FURTHER, reason="Arki kertoo muuta.")
    services.freeze_round(director, second)
    third = tree.round("2023-12")
    services.write(coordinator, third, goal=tree.goal, text="Keskeneräinen teksti.")
    return first, second, third


@pytest.fixture
def director(tree: Tree) -> Client:
    return tree.client("director")


def body_of(client: Client, path: str) -> bytes:
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return bytes(response.content)


@pytest.mark.parametrize(
    ("role", "status"),
    [("coordinator", 200), ("unit-lead", 200), ("service-guide", 403), ("partner", 403), ("auditor", 403)],
)
def test_who_makes_reports(tree: Tree, rounds: tuple[Round, ...], role: str, status: int) -> None:
    client = tree.client(role)
    for path in (BUILDER, REPORT, *(f"{BUILDER}raportti.{ending}" for ending in FILES)):
        assert client.get(path).status_code == status, path
        assert Client().get(path).status_code == 303


def test_the_form_offers_what_there_is(director: Client, rounds: tuple[Round, ...]) -> None:
    page = page_of(director, f"{BUILDER}?kierros=2022-09&kenelle=julkinen&tavoite=sanoin")
    assert '<option value="2022-09" selected>' in page
    assert 'value="julkinen" checked' in page
    assert 'value="sanoin" checked' in page
    assert 'value="region:17"' in page
    assert "12/2023 (auki)" in text_of(page)


def test_a_report_goes_from_benefit_to_figures(director: Client, rounds: tuple[Round, ...]) -> None:
    text = text_of(page_of(director, f"{REPORT}?kierros=2021-05"))
    order = ["Yhteenveto", "Apu ajoissa", "Yksi kokonaisuus", "Työ alkoi.", "Tietojen laatu", "Lähteet"]
    assert [text.index(one) for one in order] == sorted(text.index(one) for one in order)
    assert "Prosessitavoitteita raportissa: 2." in text
    assert "Sääntö sanoo: Ei voi sanoa 2." in text
    assert "Vain kunnat." in text
    assert "Kierros on jäädytetty 23.11.2026." in text
    assert "Tämä on luonnos." not in text


def test_a_draft_says_that_it_is_one(director: Client, rounds: tuple[Round, ...]) -> None:
    text = text_of(page_of(director, REPORT))
    assert "Tämä on luonnos." in text
    assert "Keskeneräinen teksti." in text
    assert "Sääntö sanoo: Lähempänä tavoitetta 1, Ei voi sanoa 1." in text


def test_rule_and_person_and_the_round_before(director: Client, rounds: tuple[Round, ...]) -> None:
    text = text_of(page_of(director, f"{REPORT}?kierros=2022-09&aiempi=2021-05"))
    assert "Sääntö: Lähempänä tavoitetta" in text
    assert "Oma arvio: Kauempana tavoitteesta. Arki kertoo muuta." in text
    assert "Sääntö ja ihminen sanovat eri tavoin: Perhekeskukset yhtenäisiksi." in text
    assert "Sääntö sanoo muuta kuin kierroksella 5/2021: Perhekeskukset yhtenäisiksi." in text
    assert "Kierroksella 5/2021 sääntö sanoi: Ei voi sanoa." in text


def test_a_bad_choice_is_told_and_the_rest_is_reported(director: Client, rounds: tuple[Round, ...]) -> None:
    bad = "?tavoite=sanoin&tavoite=%3Cb%3E&alue=x&kierros=1&aiempi=2030-01&kenelle=kaikki"
    page = page_of(director, REPORT + bad)
    text = text_of(page)
    for said in (
        "Raportti on tehty ilman niitä.",
        "uusimmasta kierroksesta",
        "ei ole vertailua",
        "työryhmälle",
    ):
        assert said in text
    assert "Sanoin seurattava" in text
    assert "Perhekeskukset yhtenäisiksi" not in text
    # A file cannot say what is not in it: the form is drawn again, with what was good in the choice.
    for ending in FILES:
        form = page_of(director, f"{BUILDER}raportti.{ending}{bad}", 400)
        assert 'value="sanoin" checked' in form
        assert "uusimmasta kierroksesta" in form


def test_nothing_to_report_is_said(tree: Tree, director: Client) -> None:
    assert "Kierroksia ei vielä ole." in page_of(director, BUILDER)
    assert "Raportoitavaa ei vielä ole." in page_of(director, REPORT)
    tree.round("2023-12")
    assert "Raportoitavaa ei vielä ole." in page_of(director, f"{REPORT}?kenelle=julkinen")
    assert "Yhtään kierrosta ei ole vielä jäädytetty." in page_of(Client(), OPEN)


def test_areas_narrow_the_figures_and_not_the_verdict(
    tree: Tree, director: Client, rounds: tuple[Round, ...]
) -> None:
    text = text_of(page_of(director, f"{REPORT}?alue=region:17"))
    assert "Kattavuus (Maakunta)" in text
    assert "Säännön sana koskee koko hyvinvointialuetta" in text
    assert (
        page_of(director, f"{REPORT}?alue=county:19").count("Yhtä tai useampaa valittua aluetta ei ole") == 1
    )


def test_a_public_report_has_no_draft_and_names_nobody(
    tree: Tree, director: Client, rounds: tuple[Round, ...]
) -> None:
    person = tree.person("coordinator").display_name
    assert person in page_of(director, f"{REPORT}?kierros=2022-09").partition("<main")[2]
    for path in (f"{REPORT}?kenelle=julkinen", f"{REPORT}?kenelle=julkinen&kierros=2023-12"):
        page = page_of(director, path).partition("<main")[2]
        assert "Arviointi: kierros" in text_of(page_of(director, path))
        assert person not in page
        assert "Keskeneräinen teksti." not in page
        assert "Arki kertoo muuta." in page


def test_a_short_report_leaves_details_out(director: Client, rounds: tuple[Round, ...]) -> None:
    full = page_of(director, f"{REPORT}?kierros=2022-09")
    short = page_of(director, f"{REPORT}?kierros=2022-09&kenelle=paattajat")
    assert '<svg class="chart in-report"' in full
    assert '<svg class="chart in-report"' not in short
    assert "Kattavuus (Maakunta)" in short


def test_no_light_over_a_break_that_was_found_later(
    tree: Tree, director: Client, rounds: tuple[Round, ...]
) -> None:
    path = f"{REPORT}?kierros=2022-09"
    assert 'class="light better"' in page_of(director, path)
    tree.break_at(date(2021, 1, 1))
    page = page_of(director, path)
    assert 'class="light better"' not in page
    assert "Jäädytyksen jälkeen on merkitty katkos" in page
    assert "sarjaan on jäädytyksen jälkeen merkitty katkos" in page
    assert 'class="break"' in page


def test_the_report_of_a_frozen_round_stays_what_it_is(
    tree: Tree, director: Client, rounds: tuple[Round, ...]
) -> None:
    path = f"{REPORT}?kierros=2022-09"
    before = text_of(page_of(director, path))
    tree.figure(tree.coverage, year(2019), "1")
    tree.coverage.figures.update(status=Status.REPLACED)
    assert text_of(page_of(director, path)) == before


def figures_of(client: Client, path: str) -> list[dict[str, str]]:
    text = body_of(client, path).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_open_data_says_what_the_round_froze_with(tree: Tree, rounds: tuple[Round, ...]) -> None:
    everybody = Client()
    fresh = Round.objects.select_related("county").get(pk=rounds[1].pk)
    told = [one for line in queries.lines_of(fresh) for one in line.standings]
    package = json.loads(body_of(everybody, f"{OPEN}2022-09/luvut.json"))
    rows = package["resources"][0]["data"]
    plain = figures_of(everybody, f"{OPEN}2022-09/luvut.csv")
    assert len(told) == len(rows) == len(plain) > 0
    for one, row, line in zip(told, rows, plain, strict=True):
        assert one.latest is not None
        assert Decimal(str(row["value"])) == one.latest.value == Decimal(line["value"].replace(",", "."))
        assert row["period"] == line["period"] == one.latest.period
        assert row["rule"] == line["rule"] == one.told.verdict
        assert row["area"] == "region:17"
    fields = [field["name"] for field in package["resources"][0]["schema"]["fields"]]
    assert fields == list(rows[0]) == list(plain[0])
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["isFrozen"] is True
    assert [one["title"] for one in package["sources"]] == ["Oma kysely"]
    assert datetime.fromisoformat(package["created"]).year == 2026
    assert package["resources"][1]["data"] == []
    tree.break_at(date(2021, 1, 1))
    package = json.loads(body_of(everybody, f"{OPEN}2022-09/luvut.json"))
    told_break = {
        "indicator": "coverage",
        "kind": "break",
        "since": "2021-01-01",
        "text": "Laskutapa muuttui.",
    }
    assert package["resources"][1]["data"] == [told_break]


def test_open_data_holds_no_draft_no_text_and_nothing_hidden(tree: Tree, rounds: tuple[Round, ...]) -> None:
    everybody = Client()
    assert everybody.get(f"{OPEN}2023-12/luvut.csv").status_code == 404
    assert everybody.get(f"{OPEN}2023-12/luvut.json").status_code == 404
    assert everybody.get(f"{OPEN}ei-ole/luvut.csv").status_code == 404
    listed = page_of(everybody, OPEN)
    assert "2022-09/luvut.csv" in listed
    assert "2023-12" not in listed
    for ending in ("csv", "json"):
        text = body_of(everybody, f"{OPEN}2022-09/luvut.{ending}").decode()
        assert "Arki kertoo" not in text
        assert "cmd" not in text
        assert "@x.invalid" not in text
    # What a source hides has no number anywhere.
    tree.figure(tree.coverage, year(2023), "3")
    tree.coverage.figures.filter(period="2023").update(value=None, footnote_fi="Ei näytetä.")
    services.freeze_round(tree.actor("director"), Round.objects.get(code="2023-12"))
    row = figures_of(everybody, f"{OPEN}2023-12/luvut.csv")[0]
    assert (row["period"], row["value"], row["footnote"]) == ("2023", "", "Ei näytetä.")
    # A round that is opened again is a draft again.
    services.reopen_round(tree.actor("director"), Round.objects.get(code="2022-09"), reason="Virhe.")
    assert everybody.get(f"{OPEN}2022-09/luvut.csv").status_code == 404


def sheets_of(client: Client, path: str) -> Iterator[Worksheet]:
    return iter(load_workbook(io.BytesIO(body_of(client, path))).worksheets)


def test_a_spreadsheet_has_numbers_days_and_no_formula(director: Client, rounds: tuple[Round, ...]) -> None:
    goals, figures, quality, sources = sheets_of(director, f"{BUILDER}raportti.xlsx?kierros=2022-09")
    assert [one.title for one in (goals, figures, quality, sources)] == [
        "Tavoitteet",
        "Luvut",
        "Laatu",
        "Lähteet",
    ]
    assert {one.freeze_panes for one in (goals, figures, quality, sources)} == {"A2"}
    cells = {cell.column_letter: cell for cell in goals[2]}
    assert (cells["H"].value, cells["H"].data_type) == (f"'{FORMULA}", "s")
    heads = [cell.value for cell in figures[1]]
    row = dict(zip(heads, figures[2], strict=True))
    assert (row["Luku"].value, row["Luku"].data_type, row["Luku"].number_format) == (60, "n", "#,##0")
    assert row["Alkaa"].value.date() == date(2021, 1, 1)
    assert row["Alkaa"].is_date
    assert row["Mittari"].value == "Kattavuus"
    every = [
        cell for sheet in (goals, figures, quality, sources) for line in sheet.iter_rows() for cell in line
    ]
    assert not [cell for cell in every if cell.data_type == "f"]


def test_a_machine_without_a_layout_says_so(
    director: Client, rounds: tuple[Round, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "raportti.pdf" in page_of(director, REPORT)
    monkeypatch.setattr(pdf, "_library", lambda: None)
    page = page_of(director, REPORT)
    assert "raportti.pdf" not in page
    assert "puuttuu tekstin latoja" in page
    response = director.get(f"{BUILDER}raportti.pdf")
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "puuttuu tekstin latoja" in response.content.decode()


def test_one_pdf_at_a_time_and_none_of_everything(
    director: Client, rounds: tuple[Round, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "PATIENCE", 0.01)
    with pdf._turn:
        response = director.get(f"{BUILDER}raportti.pdf")
    assert response.status_code == 503
    assert "Toinen raportti on tekeillä." in response.content.decode()
    monkeypatch.setattr(views, "MOST_ON_PAPER", 0)
    assert "liikaa lukuja" in page_of(director, f"{BUILDER}raportti.pdf", 400)


def test_more_goals_cost_no_more_queries(tree: Tree, director: Client, rounds: tuple[Round, ...]) -> None:
    paths = (BUILDER, REPORT, f"{REPORT}?kierros=2022-09&aiempi=2021-05", f"{BUILDER}raportti.xlsx")
    for path in paths:
        director.get(path)
    few = {path: report_cost(director, path) for path in paths}
    outcome = Goal.objects.get(code="tulos")
    for number in range(12):
        goal = Goal.objects.create(
            county=tree.county, code=f"g{number}", kind=GoalKind.PROCESS, name_fi=f"Tavoite {number}", order=9
        )
        GoalLink.objects.create(goal=goal, parent=outcome)
        one = Indicator.objects.create(
            code=f"i{number}",
            name_fi=f"Mittari {number}",
            unit_fi="%",
            source=Source.SURVEY,
            direction=Direction.UP,
        )
        GoalIndicator.objects.create(goal=goal, indicator=one)
        for when in (2021, 2022):
            tree.figure(one, year(when), "5")
    many = {path: report_cost(director, path) for path in paths}
    assert many == few
    assert max(many.values()) <= MOST_QUERIES


def report_cost(client: Client, path: str) -> int:
    if not path.endswith("xlsx"):
        return cost_of(client, path)
    with CaptureQueriesContext(connection) as captured:
        body_of(client, path)
    return len(captured)


@pytest.mark.parametrize("language", ["sv", "en", "ar"])
def test_every_language_draws(director: Client, rounds: tuple[Round, ...], language: str) -> None:
    for path in (BUILDER, REPORT, OPEN):
        page_of(director, f"/{language}{path}")
    first = next(sheets_of(director, f"/{language}{BUILDER}raportti.xlsx"))
    assert bool(first.sheet_view.rightToLeft) is (language == "ar")
