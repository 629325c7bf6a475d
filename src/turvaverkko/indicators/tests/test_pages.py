"""The pages of figures through the browser's door: what they say, to whom, and what they cost."""

import re
from datetime import date, datetime
from decimal import Decimal
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from turvaverkko.access.testing import staff, unit
from turvaverkko.core.time_source import HELSINKI
from turvaverkko.indicators import api, queries, words
from turvaverkko.indicators.models import Figure, Indicator, Population, QualityNote, StatisticalArea
from turvaverkko.indicators.presenting import reading_of
from turvaverkko.indicators.rules import (
    AreaKind,
    Direction,
    NoteKind,
    Origin,
    Period,
    PeriodKind,
    Qualifier,
    Source,
    Status,
    key_of,
    month,
    quarter,
    year,
)
from turvaverkko.organisation.api import County, Unit
from turvaverkko.organisation.sign_in.testing import sign_in

PAGES = (
    "/koordinaatio/",
    "/koordinaatio/mittarit/",
    "/koordinaatio/mittarit/psykiatria/",
    "/koordinaatio/alueet/",
    "/koordinaatio/alueet/psykiatria/",
    "/koordinaatio/laatu/",
)
# Unit: queries of a page with its session and roles, whatever the number of rows.
MOST_QUERIES = 16
NOW = datetime(2026, 11, 23, 9, tzinfo=HELSINKI)


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def home(db: None) -> Unit:
    return unit("yksi")


@pytest.fixture(autouse=True)
def county(db: None) -> County:
    return County.objects.get_or_create(
        slug="north-ostrobothnia", defaults={"code": "19", "name_fi": "Pohjois-Pohjanmaa"}
    )[0]


@pytest.fixture
def client(home: Unit) -> Client:
    return client_of(home, "coordinator")


def client_of(home: Unit, role: str) -> Client:
    made = Client()
    sign_in(made, staff(f"{role}@x.invalid", **{role.replace("-", "_"): home}))
    return made


def area(code: str, name: str, kind: AreaKind = AreaKind.REGION, **more: object) -> StatisticalArea:
    return StatisticalArea.objects.create(code=code, name_fi=name, kind=kind, **more)


def indicator(code: str, name: str, **more: object) -> Indicator:
    given = {
        "unit_fi": "%",
        "source": Source.SOTKANET,
        "direction": Direction.DOWN,
        "decimals": 1,
        **more,
    }
    return Indicator.objects.create(code=code, name_fi=name, **given)


def figure(
    of: Indicator,
    where: StatisticalArea,
    when: Period,
    value: str | None,
    origin: Origin = Origin.REPORTED,
    **more: object,
) -> Figure:
    return Figure.objects.create(
        indicator=of,
        area=where,
        period=key_of(when),
        period_kind=when.kind,
        period_start=when.start,
        period_end=when.end,
        period_order=when.order,
        value=Decimal(value) if value is not None else None,
        origin=origin,
        **more,
    )


@pytest.fixture
def region(db: None) -> StatisticalArea:
    return area("region:17", "Pohjois-Pohjanmaa")


@pytest.fixture
def psychiatry(region: StatisticalArea) -> Indicator:
    """Falls to a half over a break: nothing to be glad of."""
    made = indicator(
        "psykiatria", "Avohoitokäynnit, nuorisopsykiatria", unit_fi="käyntiä / 1 000 as.", target="500"
    )
    for number, value in ((2020, "711.9"), (2021, "683.9"), (2022, "384.5")):
        figure(made, region, year(number), value)
    figure(made, region, year(2021), "683.1", Origin.FETCHED)
    QualityNote.objects.create(
        indicator=made,
        code="katkos",
        kind=NoteKind.BREAK,
        at=date(2022, 1, 1),
        text_fi="Kirjaaminen muuttui vuoden 2022 alussa.",
    )
    return made


@pytest.fixture
def booking(region: StatisticalArea) -> Indicator:
    made = indicator(
        "ajanvaraus",
        "Ajanvaraus käytössä",
        unit_fi="% kunnista",
        direction=Direction.UP,
        target="100",
        decimals=0,
        source=Source.SURVEY,
    )
    figure(
        made, region, month(5, 2021, PeriodKind.ROUND), "36", footnote_fi="Kierros päätelty järjestyksestä."
    )
    figure(made, region, month(11, 2021, PeriodKind.ROUND), "50")
    return made


@pytest.fixture
def by_municipality(psychiatry: Indicator) -> Indicator:
    for number in range(6):
        place = area(
            f"municipality:{number:03}",
            f"Kunta {number}",
            AreaKind.MUNICIPALITY,
            tile_column=number % 3,
            tile_row=number // 3,
        )
        if number == 4:
            continue  # no figure at all
        figure(psychiatry, place, year(2022), None if number == 5 else str(100 * number), Origin.FETCHED)
    return psychiatry


def read(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    return response.content.decode()


def text(page: str) -> str:
    return re.sub(r"[\s\u202f]+", " ", unescape(re.sub(r"<[^>]+>", "", page)))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("coordinator", 200),
        ("director", 200),
        ("unit-lead", 200),
        ("technical-administrator", 200),
        ("service-guide", 403),
        ("worker", 403),
        ("content-editor", 403),
        ("partner", 403),
    ],
)
def test_who_reads(home: Unit, by_municipality: Indicator, path: str, role: str, status: int) -> None:
    read(client_of(home, role), path, status)


def test_nobody_reads_without_signing_in(by_municipality: Indicator) -> None:
    for path in (
        *PAGES,
        "/koordinaatio/mittarit/psykiatria/luvut.csv",
        "/koordinaatio/alueet/psykiatria/luvut.csv",
    ):
        response = Client().get(path)
        assert response.status_code == 303
        assert response["Location"].startswith("/kirjaudu/")


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_changed_by_a_page(client: Client, by_municipality: Indicator, path: str) -> None:
    assert client.post(path).status_code == 405


def test_those_who_lead_begin_at_the_figures(home: Unit) -> None:
    for role in ("coordinator", "director"):
        assert client_of(home, role).get("/tyo/")["Location"] == "/koordinaatio/"
    assert client_of(home, "auditor").get("/tyo/")["Location"] == "/tyo/oma-tili/"


@pytest.mark.parametrize("path", [PAGES[0], PAGES[1], PAGES[3], PAGES[5]])
def test_every_page_says_what_to_expect_when_there_is_nothing(client: Client, path: str) -> None:
    assert 'class="empty"' in read(client, path)


def test_an_unknown_indicator_is_not_found(client: Client) -> None:
    for path in ("mittarit/x/", "mittarit/x/luvut.csv", "alueet/x/", "alueet/x/luvut.csv"):
        read(client, f"/koordinaatio/{path}", 404)


def test_the_sentence_tells_change_and_distance(client: Client, booking: Indicator) -> None:
    page = text(read(client, "/koordinaatio/mittarit/ajanvaraus/"))
    assert (
        "Ajanvaraus käytössä: 50 % kunnista (kierros 11/2021). "
        "Se on 14 prosenttiyksikköä enemmän kuin edellinen vertailukelpoinen luku (kierros 5/2021). "
        "Tavoitteesta 100 % kunnista puuttuu 50 prosenttiyksikköä." in page
    )
    assert "Tavoitetta ei ole saavutettu" in page
    assert "Kierros päätelty järjestyksestä." in page


def test_never_a_green_light_over_a_break(client: Client, psychiatry: Indicator) -> None:
    page = read(client, "/koordinaatio/mittarit/psykiatria/")
    said = text(page)
    assert "384,5 käyntiä / 1 000 as. (2022). Sarja katkeaa ennen tätä lukua, joten sitä ei verrata" in said
    assert "saavutettu" not in said
    assert 'class="light broken"' in page
    assert 'class="break"' in page
    assert "Kirjaaminen muuttui vuoden 2022 alussa." in said
    assert 'class="light met"' not in read(client, "/koordinaatio/mittarit/")


def test_without_the_break_the_same_figures_meet_the_target(client: Client, psychiatry: Indicator) -> None:
    QualityNote.objects.all().delete()
    page = read(client, "/koordinaatio/mittarit/psykiatria/")
    assert 'class="light met"' in page
    assert 'class="break"' not in page


def test_the_drawing_has_words_and_a_table_beside_it(client: Client, psychiatry: Indicator) -> None:
    page = read(client, "/koordinaatio/mittarit/psykiatria/")
    assert re.search(r'role="img" aria-labelledby="sarja-only-wide-otsikko sarja-only-wide-kuvaus"', page)
    desc = re.search(r'<desc id="sarja-only-wide-kuvaus">([^<]*)', page)
    assert desc is not None
    assert "2020: 711,9" in desc[1]
    assert "Katkos 1.1.2022." in desc[1]
    assert len(re.findall(r'<path class="series"', page)) == 2  # one run before the break, wide and narrow


def test_origins_stand_side_by_side(client: Client, psychiatry: Indicator) -> None:
    page = read(client, "/koordinaatio/mittarit/psykiatria/")
    row = text(re.search(r"<tr><th scope=\"row\"><span class=\"num\">2021</span>.*?</tr>", page)[0])  # type: ignore[index]
    assert "683,9" in row
    assert "683,1" in row
    assert "poikkeavat" in row


def test_per_thousand_and_per_head_where_the_population_is_known(
    client: Client, region: StatisticalArea
) -> None:
    made = indicator("kohtaamispaikat", "Kohtaamispaikat", unit_fi="kpl", direction=Direction.UP, decimals=0)
    figure(made, region, year(2021), "44")
    assert "1 000 asukasta kohden" not in text(read(client, "/koordinaatio/mittarit/kohtaamispaikat/"))
    Population.objects.create(area=region, year=2021, number=415_000, source="tilasto")
    page = text(read(client, "/koordinaatio/mittarit/kohtaamispaikat/"))
    assert "1 000 asukasta kohden" in page
    assert "0,11" in page
    assert "0,00011" in page


def test_a_share_is_not_counted_per_head(client: Client, booking: Indicator, region: StatisticalArea) -> None:
    Population.objects.create(area=region, year=2021, number=415_000, source="tilasto")
    assert "asukasta kohden" not in text(read(client, "/koordinaatio/mittarit/ajanvaraus/"))


def test_figures_not_yet_approved_or_replaced_are_on_no_page(
    client: Client, booking: Indicator, region: StatisticalArea
) -> None:
    for status, value in ((Status.DRAFT, "77"), (Status.REPLACED, "78")):
        figure(booking, region, month(12, 2023, PeriodKind.ROUND), value, Origin.ENTERED, status=status)
    for path in (
        "/koordinaatio/",
        "/koordinaatio/mittarit/",
        "/koordinaatio/mittarit/ajanvaraus/",
        "/koordinaatio/mittarit/ajanvaraus/luvut.csv",
    ):
        assert not re.search(r"\b7[78]\b", text(read(client, path))), path


def test_the_list_narrows(client: Client, psychiatry: Indicator, booking: Indicator) -> None:
    indicator("ilman", "Ilman tavoitetta")

    def names(query: str) -> set[str]:
        page = read(client, f"/koordinaatio/mittarit/{query}").partition("<main")[2]
        return set(re.findall(r'href="/koordinaatio/mittarit/([\w-]+)/"', page)) - {"sotkanet", "syotto"}

    assert names("") == {"psykiatria", "ajanvaraus", "ilman"}
    assert names("?q=nuoriso") == {"psykiatria"}
    assert names("?lahde=survey") == {"ajanvaraus"}
    assert names("?tavoite=1") == {"psykiatria", "ajanvaraus"}
    assert names("?huomautus=1") == {"psykiatria"}
    assert names("?tavoite=1&huomautus=1&lahde=survey") == set()
    assert names("?lahde=olematon&sivu=99999&q=%00") == {"psykiatria", "ajanvaraus", "ilman"}


def test_the_list_has_pages(client: Client, region: StatisticalArea) -> None:
    for number in range(45):
        indicator(f"m-{number:02}", f"Mittari {number:02}")
    first, second = (text(read(client, f"/koordinaatio/mittarit/?sivu={n}")) for n in (1, 2))
    assert "Mittari 39" in first
    assert "Mittari 40" not in first
    assert "Mittari 44" in second


def test_municipalities_stand_on_the_map_and_what_is_hidden_is_dashed(
    client: Client, by_municipality: Indicator
) -> None:
    page = read(client, "/koordinaatio/alueet/psykiatria/?laji=municipality")
    assert len(re.findall(r'<g class="shade-[1-5]"><rect [^>]*height="62"', page)) == 4
    assert len(re.findall(r'<g class="shade-0"><rect [^>]*height="62"', page)) == 2
    assert "ei lukua tai sitä ei näytetä" in page
    assert "alle 100,0" in text(page)


def test_figures_of_municipalities_alone_are_not_called_missing(client: Client, db: None) -> None:
    made = indicator("kunnittain", "Vain kunnittain")
    figure(made, area("municipality:564", "Oulu", AreaKind.MUNICIPALITY), year(2024), "5")
    assert "luvut kunnittain" in text(read(client, "/koordinaatio/mittarit/"))


def test_areas_share_a_scale(client: Client, psychiatry: Indicator) -> None:
    for number, name in enumerate(("Lakeus", "Rannikko")):
        place = area(f"service-area:{name.lower()}", name, AreaKind.SERVICE_AREA)
        for at in (2020, 2021):
            figure(psychiatry, place, year(at), str(100 + 200 * number))
    page = read(client, "/koordinaatio/alueet/psykiatria/")
    heights = re.findall(r'<path class="series" d="M[\d.]+,([\d.]+)', page)
    assert len(heights) == 2
    assert float(heights[0]) > float(heights[1])


def test_a_file_holds_numbers_and_no_formula(client: Client, by_municipality: Indicator) -> None:
    Indicator.objects.update(name_fi='=HYPERLINK("x")')
    Figure.objects.filter(value="711.9").update(footnote_fi="@SUM(A1)")
    response = client.get("/koordinaatio/mittarit/psykiatria/luvut.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = response.content.decode().splitlines()
    assert rows[0].startswith("\ufeffMittari;Alue;")
    assert len(rows) == 1 + Figure.objects.count()
    assert not [row for row in rows if row.startswith(("=", "@")) or ";=" in row or ";@" in row]
    assert any(";711,9;" in row for row in rows)
    assert any("'@SUM(A1)" in row for row in rows)
    only = client.get("/koordinaatio/alueet/psykiatria/luvut.csv?laji=municipality").content.decode()
    assert len(only.splitlines()) == 6


def test_the_page_of_quality_hides_nothing(
    client: Client, by_municipality: Indicator, region: StatisticalArea
) -> None:
    indicator("tyhja", "Tyhjä mittari", sotkanet_id=4711, target_fi="x päivässä")
    figure(by_municipality, region, year(2019), None, footnote_fi="Lähde ei kerro.")
    page = text(read(client, "/koordinaatio/laatu/"))
    for words_of in (
        "Kirjaaminen muuttui",
        "luku päättyy 31.12.2022",
        "Tyhjä mittari",
        "Sotkanet 4711",
        "x päivässä",
        "Pohjois-Pohjanmaa, 2019. Lähde ei kerro.",
    ):
        assert words_of in page, words_of


def test_the_front_tells_what_is_new_and_what_is_old(
    client: Client, psychiatry: Indicator, booking: Indicator
) -> None:
    page = text(read(client, "/koordinaatio/"))
    assert page.index("Ajanvaraus käytössä") < page.index("Avohoitokäynnit")  # came last, stands first
    assert "2 mittarin uusin luku on yli kaksi vuotta vanha." in page


def test_daily_work_stands_apart_from_what_came_from_elsewhere(client: Client, psychiatry: Indicator) -> None:
    assert "Arjen työ" not in text(read(client, "/koordinaatio/"))
    Indicator.objects.filter(pk=psychiatry.pk).update(computed="guidance")
    page = text(read(client, "/koordinaatio/"))
    assert page.index("Arjen työ") < page.index("Avohoitokäynnit") < page.index("Viimeksi tulleet luvut")
    newest = page[page.index("Viimeksi tulleet luvut") : page.index("Vanhentuneet luvut")]
    assert "Avohoitokäynnit" not in newest


@pytest.mark.parametrize("path", [*PAGES, "/koordinaatio/mittarit/psykiatria/luvut.csv"])
def test_the_number_of_queries_does_not_follow_the_rows(
    client: Client, by_municipality: Indicator, region: StatisticalArea, path: str
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            read(client, path)
        return len([one for one in caught if "SAVEPOINT" not in one["sql"]])

    first = asked()
    for number in range(12):
        made = indicator(f"lisa-{number}", f"Lisä {number}")
        QualityNote.objects.create(indicator=made, code="a", kind=NoteKind.TIME, text_fi="Aika päätelty.")
        for at in range(2015, 2023):
            figure(made, region, year(at), "5")
            figure(by_municipality, region, year(at), "9", Origin.COMPUTED, source_key=str(number))
    assert asked() == first
    assert first <= MOST_QUERIES


@pytest.mark.parametrize("language", ["sv", "en", "ar"])
@pytest.mark.parametrize("path", PAGES)
def test_in_every_language(client: Client, by_municipality: Indicator, language: str, path: str) -> None:
    assert f'<html lang="{language}"' in read(client, f"/{language}{path}")


def test_numbers_are_written_as_each_language_does() -> None:
    said = {}
    for language in ("fi", "sv", "en", "ar"):
        with translation.override(language):
            said[language] = words.number_words(Decimal("-1225000.45"), 1)
    assert said == {
        "fi": "\u22121\u202f225\u202f000,5",
        "sv": "\u22121\u202f225\u202f000,5",
        "en": "\u22121,225,000.5",
        "ar": "\u22121,225,000.5",
    }
    assert words.number_words(Decimal("0.5"), 0) == "1"
    assert words.number_words(Decimal("-0.4"), 0) == "0"
    assert words.signed_words(Decimal("2.44"), 1) == "+2,4"
    assert words.signed_words(Decimal("0.04"), 1) == "0,0"


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (year(2021), "2021"),
        (month(5, 2021), "toukokuu 2021"),
        (quarter(3, 2024), "3. neljännes 2024"),
        (month(5, 2021, PeriodKind.ROUND), "kierros 5/2021"),
        (Period(date(2020, 1, 1), date(2022, 12, 31), PeriodKind.INTERVAL), "2020–2022"),
        (Period(date(2021, 10, 1), date(2022, 6, 18), PeriodKind.INTERVAL), "1.10.2021–18.6.2022"),
        (Period(None, None, PeriodKind.ORDER, 2), "2. kierros, aikaa ei kerrottu"),
        (Period(None, None, PeriodKind.TARGET), "tavoite"),
        (Period(None, None, PeriodKind.UNKNOWN), "aikaa ei kerrottu"),
    ],
)
def test_times_in_words(when: Period, expected: str) -> None:
    assert words.period_words(when) == expected


def test_figures_in_words(booking: Indicator, region: StatisticalArea) -> None:
    about = figure(booking, region, year(2019), "95", qualifier=Qualifier.ABOUT)
    assert api.figure_words(about) == "noin 95\u00a0% kunnista"
    assert api.figure_words(figure(booking, region, year(2018), None)) == "ei lukua"


def test_of_months_and_their_quarters_one_kind_is_drawn(client: Client, region: StatisticalArea) -> None:
    made = indicator("arki", "Pyynnöt", unit_fi="kpl")
    for when, value in ((month(7, 2026), "8"), (quarter(3, 2026), "30"), (month(9, 2026), "9")):
        figure(made, region, when, value, Origin.COMPUTED)
    drawn = reading_of(made, region, list(made.figures.all()), ()).drawn
    assert [one.period for one in drawn] == ["2026-07", "2026-09"]
    assert "3. neljännes 2026" in text(read(client, "/koordinaatio/mittarit/arki/"))


def test_a_hidden_count_is_called_so_and_explained_once(client: Client, region: StatisticalArea) -> None:
    made = indicator("arki", "Pyynnöt", unit_fi="kpl")
    for number in (7, 8):
        figure(made, region, month(number, 2026), None, Origin.COMPUTED, footnote_fi="Ei näytetä: …")
    page = text(read(client, "/koordinaatio/mittarit/arki/"))
    assert page.count("peitetty") == 2
    assert page.count("Peitetty: luku on alle 5 tai paljastaisi sellaisen.") == 1
    assert "Ei näytetä" not in page


def test_a_series_has_one_figure_a_period_and_no_target(
    psychiatry: Indicator, region: StatisticalArea
) -> None:
    figure(psychiatry, region, Period(None, None, PeriodKind.TARGET), "500")
    found = queries.series(psychiatry, region)
    assert [(one.period, str(one.value.normalize()), one.origin) for one in found if one.value] == [
        ("2020", "711.9", "reported"),
        ("2021", "683.1", "fetched"),
        ("2022", "384.5", "reported"),
    ]
