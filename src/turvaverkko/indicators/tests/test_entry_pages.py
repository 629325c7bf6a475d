"""Pages of entered figures: what a coordinator and who decides meet, with forms that keep what was typed."""

import io
import re
from decimal import Decimal
from html import unescape

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from turvaverkko.access.testing import staff, unit
from turvaverkko.core import uploads
from turvaverkko.indicators.entry.files import LARGEST_FILE
from turvaverkko.indicators.entry.models import Proposal
from turvaverkko.indicators.entry.tables import rows_of
from turvaverkko.indicators.models import Figure, Indicator, SourceFile, StatisticalArea
from turvaverkko.indicators.rules import AreaKind, Origin, Status
from turvaverkko.indicators.tests.entry_files import PDF, csv, row, xlsx
from turvaverkko.organisation.api import County
from turvaverkko.organisation.sign_in.testing import sign_in

pytestmark = pytest.mark.django_db
HOME = "/koordinaatio/mittarit/syotto/"
FORM = "/koordinaatio/mittarit/keskustelut/syota/"
OULU, KEMPELE = "municipality:564", "municipality:244"
# Unit: queries of a page with its session and roles, whatever the number of rows.
MOST_QUERIES = 20


@pytest.fixture(autouse=True)
def _world(db: None) -> None:
    home = unit("yksi")
    slug = "north-ostrobothnia"
    county = County.objects.filter(slug=slug).first() or County.objects.create(
        code="17", slug=slug, name_fi="Alue"
    )
    Indicator.objects.create(
        code="keskustelut", name_fi="Keskustelut", unit_fi="kpl", source="survey", direction="up"
    )
    Indicator.objects.create(
        code="koulutetut", name_fi="=Koulutetut", unit_fi="henkilöä", source="survey", direction="up"
    )
    Indicator.objects.create(
        code="laskettu",
        name_fi="Laskettu",
        unit_fi="kpl",
        source="daily-work",
        direction="up",
        computed="guidance",
    )
    top = StatisticalArea.objects.create(code=f"county:{county.code}", name_fi="Alue", kind=AreaKind.COUNTY)
    for key, name in ((OULU, "Oulu"), (KEMPELE, "Kempele")):
        StatisticalArea.objects.create(code=key, name_fi=name, kind=AreaKind.MUNICIPALITY, parent=top)
    staff("vieno@x.invalid", coordinator=home)
    staff("touko@x.invalid", coordinator=home)
    staff("vaino@x.invalid", director=home)
    staff("lead@x.invalid", unit_lead=home)
    staff("worker@x.invalid", worker=home)


def browser(name: str) -> Client:
    from turvaverkko.organisation.api import Staff  # noqa: PLC0415 - beside its only use

    client = Client()
    sign_in(client, Staff.objects.get(email=f"{name}@x.invalid"))
    return client


@pytest.fixture
def vieno() -> Client:
    return browser("vieno")


@pytest.fixture
def vaino() -> Client:
    return browser("vaino")


def text(response: HttpResponse) -> str:
    markup = response.content.decode()
    inside = markup.partition("<main")[2].partition("</main>")[0]
    inside = re.sub(r"</?(bdi|span)[^>]*>", "", inside)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inside)).split())


def upload(content: bytes, name: str = "luvut.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def brought(client: Client, *rows: list[object]) -> str:
    """Bring a spreadsheet; return the address of its preview."""
    answer = client.post(f"{HOME}tuo/", {"tiedosto": upload(xlsx(rows))})
    assert answer.status_code == 303, text(answer)
    return answer["Location"]


def proposed(client: Client, *rows: list[object]) -> str:
    answer = client.post(f"{brought(client, *rows)}laheta/", {"varma": "1"})
    assert answer.status_code == 303, text(answer)
    return answer["Location"].partition("?")[0]


def approved(address: str, client: Client) -> HttpResponse:
    page = client.get(address).content.decode()
    found = re.search(r'name="nahty" value="(\w+)"', page)
    assert found
    return client.post(f"{address}hyvaksy/", {"nahty": found[1]})


def line(value: object, area: str = OULU, period: int = 2025, **more: object) -> list[object]:
    return row("keskustelut", area, period, value, **more)


# --- a spreadsheet ---


def test_a_spreadsheet_goes_from_the_template_to_the_page_of_the_indicator(
    vieno: Client, vaino: Client
) -> None:
    answer = vieno.get(
        f"{HOME}pohja.xlsx",
        {"mittari": ["keskustelut", "koulutetut"], "laji": "municipality", "aika": "2025"},
    )
    assert answer["Content-Disposition"] == 'attachment; filename="mittarit.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[2]][:5] == ["keskustelut", "Keskustelut", KEMPELE, "Kempele", "2025"]
    assert sheet.max_row == 5
    for number in range(2, 6):
        sheet[f"G{number}"] = 10 + number
    out = io.BytesIO()
    book.save(out)
    preview = vieno.post(f"{HOME}tuo/", {"tiedosto": upload(out.getvalue(), "täytetty.xlsx")})["Location"]
    said = text(vieno.get(preview))
    assert "Uusia lukuja 4 Muuttuvia lukuja 0 Ennallaan, ei lähetetä 0 Korjattavia kohtia 0" in said
    assert not Figure.objects.exists()
    sent = vieno.post(f"{preview}laheta/")
    address = sent["Location"].partition("?")[0]
    assert "Luvut odottavat nyt toisen henkilön hyväksyntää." in text(vieno.get(sent["Location"]))
    assert "Toit luvut itse" in text(vieno.get(address))
    assert "Keskustelut: lukuja ei vielä ole" in text(vaino.get("/koordinaatio/mittarit/keskustelut/"))
    assert "Hyväksyntää odottavia lukujen tuonteja: 1" in text(vaino.get("/koordinaatio/"))
    done = approved(address, vaino)
    assert "Luvut on hyväksytty" in text(vaino.get(done["Location"]))
    shown = text(vaino.get("/koordinaatio/mittarit/keskustelut/"))
    assert "Oulu, 2025: 13 kpl" in shown
    assert "Lähde täytetty.xlsx · kirjasi vieno@x.invalid, hyväksyi vaino@x.invalid" in shown


def test_the_template_wants_an_indicator_and_a_time(vieno: Client) -> None:
    answer = vieno.get(f"{HOME}pohja.xlsx", {"aika": "joskus", "laji": "municipality"})
    assert answer.status_code == 400
    assert "Valitse vähintään yksi mittari." in text(answer)
    assert 'value="joskus"' in answer.content.decode()


def test_the_template_wants_areas_of_the_kind(vieno: Client) -> None:
    answer = vieno.get(f"{HOME}pohja.xlsx", {"aika": "2025", "laji": "network", "mittari": "keskustelut"})
    assert answer.status_code == 400
    assert "Tällaisia alueita ei ole" in text(answer)


def test_a_name_that_looks_like_a_formula_is_none_in_the_template(vieno: Client) -> None:
    answer = vieno.get(f"{HOME}pohja.xlsx", {"mittari": "koulutetut", "laji": "municipality", "aika": "2025"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert sheet["B2"].data_type == "s"
    assert len(rows_of("a.xlsx", answer.content)) == 2


def test_the_preview_tells_what_changes_what_stays_and_by_how_much(vieno: Client, vaino: Client) -> None:
    approved(proposed(vieno, line(80), line(7, KEMPELE)), vaino)
    said = text(vieno.get(brought(vieno, line(100), line(7, KEMPELE), line(5, KEMPELE, 2024))))
    assert "Uusia lukuja 1 Muuttuvia lukuja 1 Ennallaan, ei lähetetä 1" in said
    assert "Oulu, 2025 100 kpl 80 +25,0 % muuttuu" in said
    assert "Kempele, 2024 5 kpl uusi" in said


def test_refused_rows_are_told_with_sheet_row_and_column(vieno: Client) -> None:
    address = brought(vieno, line(12), line("=1+1", KEMPELE), row("ei-ole", OULU, 2025, 3))
    page = vieno.get(address)
    said = text(page)
    assert "Tiedostosta ei otettu mitään." in said
    assert "3 luku Solussa on kaava. Kopioi solu ja liitä se arvona. Luvut" in said
    assert "4 mittari Mittaria ”ei-ole” ei ole." in said
    assert "Lähetä hyväksyttäväksi" not in said
    assert vieno.post(f"{address}laheta/", {"varma": "1"}).status_code == 409
    assert not Figure.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (PDF, "luvut.xlsx", "Tiedoston sisältö ei vastaa päätettä .xlsx"),
        (PDF, "luvut.pdf", "Tiedosto ei ole taulukko"),
        (b"x" * (LARGEST_FILE + 1), "luvut.csv", "Suurin sallittu koko on 10 megatavua"),
        (b"x" * (uploads.MOST * 2), "luvut.csv", "Suurin sallittu koko on 10 megatavua"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "luvut.xlsx", "vanhaa Excel- tai Word-muotoa"),
    ],
    ids=["pdf-as-xlsx", "pdf", "large", "larger than is taken", "xls"],
)
def test_a_bad_file_is_refused_with_what_to_do(vieno: Client, content: bytes, name: str, said: str) -> None:
    answer = vieno.post(f"{HOME}tuo/", {"tiedosto": upload(content, name)})
    assert answer.status_code == 400
    assert said in text(answer)
    assert not SourceFile.objects.exists()


def test_no_file_is_told(vieno: Client) -> None:
    answer = vieno.post(f"{HOME}tuo/")
    assert answer.status_code == 400
    assert "Valitse tiedosto." in text(answer)


def test_what_a_request_brings_is_bounded() -> None:
    handler = uploads.BoundedUpload()
    piece = b"x" * 1_000_000
    kept = [handler.receive_data_chunk(piece, 0) for _ in range(30)]
    assert sum(len(one) for one in kept if one) <= uploads.MOST


def test_a_workbook_that_only_looks_like_one_is_told_on_its_preview(vieno: Client) -> None:
    answer = vieno.post(f"{HOME}tuo/", {"tiedosto": upload(csv([['"auki']]), "a.csv")})
    said = text(vieno.get(answer["Location"]))
    assert "ei voi lukea taulukkona" in said


def test_a_jump_has_to_be_acknowledged(vieno: Client, vaino: Client) -> None:
    approved(proposed(vieno, line(12, period=2024)), vaino)
    address = brought(vieno, line(1200))
    assert "poikkeaa paljon luvusta 12 (2024)" in text(vieno.get(address))
    refused = vieno.post(f"{address}laheta/")
    assert refused.status_code == 400
    assert "Tarkista paljon poikkeavat luvut" in text(refused)
    assert vieno.post(f"{address}laheta/", {"varma": "1"}).status_code == 303


def test_somebody_elses_file_is_not_shown(vieno: Client) -> None:
    address = brought(vieno, line(12))
    other = browser("touko")
    assert other.get(address).status_code == 404
    assert other.post(f"{address}laheta/").status_code == 404
    vieno.post(f"{address}laheta/")
    assert "Se on jo lähetetty" in text(vieno.get(address))


# --- deciding ---


def test_it_is_returned_with_a_reason_that_who_brought_it_reads(vieno: Client, vaino: Client) -> None:
    address = proposed(vieno, line(12))
    refused = vaino.post(f"{address}palauta/", {"syy": " "})
    assert refused.status_code == 400
    assert "Kirjoita syy." in text(refused)
    assert vaino.post(f"{address}palauta/", {"syy": "Väärä vuosi"}).status_code == 303
    said = text(vieno.get(address))
    assert "palautettu korjattavaksi" in said
    assert "Syy Väärä vuosi" in said
    mend = re.search(r'href="([^"]*korjaa=[^"]*)"', vieno.get(address).content.decode())
    assert mend
    assert 'value="12"' in vieno.get(unescape(mend[1])).content.decode()


def test_the_second_of_two_who_decide_is_told(vieno: Client, vaino: Client) -> None:
    address = proposed(vieno, line(12))
    approved(address, vaino)
    late = browser("touko").post(f"{address}palauta/", {"syy": "Ei"})
    assert late.status_code == 409
    assert "Joku muu ehti ensin." in text(late)
    assert "Hyväksyi vaino@x.invalid" in text(late)


def test_who_brought_it_cannot_approve_and_may_withdraw(vieno: Client) -> None:
    address = proposed(vieno, line(12))
    assert vieno.post(f"{address}hyvaksy/", {"nahty": ""}).status_code == 403
    assert vieno.post(f"{address}peru/").status_code == 303
    assert Proposal.objects.get().state == "withdrawn"


def test_what_is_taken_back_leaves_the_page_of_the_indicator(vieno: Client, vaino: Client) -> None:
    address = proposed(vieno, line(12))
    approved(address, vaino)
    assert vieno.post(f"{address}ota-takaisin/", {"syy": ""}).status_code == 400
    assert vieno.post(f"{address}ota-takaisin/", {"syy": "Väärä kunta"}).status_code == 303
    assert "Oulu, 2025" not in text(vieno.get("/koordinaatio/mittarit/keskustelut/"))
    assert "otettu takaisin" in text(vieno.get(address))


@pytest.mark.parametrize("name", ["lead", "worker"])
def test_others_neither_bring_nor_decide(vieno: Client, name: str) -> None:
    address, other = proposed(vieno, line(12)), browser(name)
    may_read = name == "lead"
    assert other.get(HOME).status_code == (200 if may_read else 403)
    assert other.get(address).status_code == (200 if may_read else 403)
    assert other.get(f"{address}tiedosto/").status_code == (200 if may_read else 403)
    assert other.get(FORM).status_code == 403
    for act, data in (
        ("hyvaksy", {}),
        ("palauta", {"syy": "x"}),
        ("peru", {}),
        ("ota-takaisin", {"syy": "x"}),
    ):
        assert other.post(f"{address}{act}/", data).status_code in {403, 409}
    assert other.post(f"{HOME}tuo/", {"tiedosto": upload(xlsx([line(1)]))}).status_code == 403
    assert Proposal.objects.get().state == "waiting"


def test_a_source_is_downloaded_and_never_opened_in_the_page(vieno: Client) -> None:
    answer = vieno.post(
        f"{FORM}laheta/",
        {"alue": OULU, "aika": "2025", "luku": "12", "tiedosto": upload(PDF, 'ra"por\u202etti.pdf')},
    )
    address = answer["Location"].partition("?")[0]
    file = vieno.get(f"{address}tiedosto/")
    assert file.content == PDF
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"] == 'attachment; filename="raportti.pdf"'
    assert file["X-Content-Type-Options"] == "nosniff"
    assert vieno.get(f"{HOME}tuntematon/tiedosto/").status_code == 404


# --- one figure ---


def typed(**given: object) -> dict[str, object]:
    return {"alue": OULU, "aika": "2025", "luku": "1 234", "tiedosto": upload(PDF, "raportti.pdf"), **given}


def test_one_figure_by_hand(vieno: Client, vaino: Client) -> None:
    sent = vieno.post(f"{FORM}laheta/", typed(ryhma="tytöt", huomautus="Kysely"))
    assert sent.status_code == 303
    approved(sent["Location"].partition("?")[0], vaino)
    figure = Figure.objects.get(status=Status.FINAL)
    assert (figure.value, figure.group, figure.footnote_fi) == (Decimal(1234), "girls", "Kysely")
    assert figure.origin == Origin.ENTERED
    assert "Oulu, tytöt, 2025: 1 234 kpl" in text(vaino.get("/koordinaatio/mittarit/keskustelut/")).replace(
        "\u202f", " "
    ).replace("\xa0", " ")


def test_errors_keep_what_was_typed_and_the_file(vieno: Client) -> None:
    refused = vieno.post(f"{FORM}laheta/", typed(luku="kaksitoista", aika="2025"))
    page = refused.content.decode()
    assert refused.status_code == 400
    assert "”kaksitoista” ei ole luku." in text(refused)
    assert 'value="kaksitoista"' in page
    assert "Lähde on tallessa" in text(refused)
    kept = re.search(r'name="liite" value="(\d+)"', page)
    assert kept
    again = vieno.post(f"{FORM}laheta/", {"alue": OULU, "aika": "2025", "luku": "12", "liite": kept[1]})
    assert again.status_code == 303


def test_an_empty_field_is_asked_for_by_its_name(vieno: Client) -> None:
    refused = vieno.post(f"{FORM}laheta/", typed(luku="", aika=""))
    assert refused.status_code == 400
    assert "Kirjoita luku." in text(refused)
    assert "Kirjoita, miltä ajalta luku on." in text(refused)
    assert "rivi" not in text(refused)


def test_an_indicator_of_whole_numbers_asks_for_one(vieno: Client) -> None:
    Indicator.objects.update(decimals=0)
    assert "Kokonaisluku, esimerkiksi" in text(vieno.get(FORM))
    assert "Pyöristä se kokonaisluvuksi." in text(vieno.post(f"{FORM}laheta/", typed(luku="12,5")))


def test_the_form_begins_with_the_county(vieno: Client) -> None:
    county = County.objects.get().code
    assert f'<option value="county:{county}" selected>' in vieno.get(FORM).content.decode()


def test_a_source_is_needed_and_somebody_elses_is_none(vieno: Client) -> None:
    refused = vieno.post(f"{FORM}laheta/", {"alue": OULU, "aika": "2025", "luku": "12"})
    assert refused.status_code == 400
    assert "Valitse tiedosto." in text(refused)
    browser("touko").post(f"{FORM}laheta/", typed(luku="x"))
    theirs = SourceFile.objects.get()
    assert (
        vieno.post(
            f"{FORM}laheta/", {"alue": OULU, "aika": "2025", "luku": "12", "liite": str(theirs.pk)}
        ).status_code
        == 400
    )


def test_a_jump_by_hand_is_asked_about(vieno: Client, vaino: Client) -> None:
    approved(proposed(vieno, line(12, period=2024)), vaino)
    asked = vieno.post(f"{FORM}laheta/", typed(luku="1200"))
    assert asked.status_code == 400
    assert "Tarkistin luvut, ja ne ovat oikein." in text(asked)
    kept = re.search(r'name="liite" value="(\d+)"', asked.content.decode())
    assert kept
    sent = {"alue": OULU, "aika": "2025", "luku": "1200", "liite": kept[1], "varma": "1", "katkos": "Uusi"}
    assert vieno.post(f"{FORM}laheta/", sent).status_code == 303


def test_small_numbers_are_refused_with_an_explanation(vieno: Client) -> None:
    refused = vieno.post("/koordinaatio/mittarit/koulutetut/syota/laheta/", typed(luku="4"))
    assert refused.status_code == 400
    assert "Luku kertoo alle 5 henkilöstä tai perheestä" in text(refused)
    assert not Figure.objects.exists()


def test_a_computed_indicator_is_not_entered(vieno: Client) -> None:
    assert vieno.get("/koordinaatio/mittarit/laskettu/syota/").status_code == 404
    assert vieno.post("/koordinaatio/mittarit/laskettu/syota/laheta/", typed()).status_code == 404
    assert "Syötä luku" not in text(vieno.get("/koordinaatio/mittarit/laskettu/"))


def test_the_pages_cost_the_same_whatever_the_number_of_rows(vieno: Client, vaino: Client) -> None:
    address = proposed(vieno, *(line(n, period=1900 + n) for n in range(10, 60)))
    other = brought(vieno, *(line(n, KEMPELE, 1900 + n) for n in range(10, 60)))
    for client, path in ((vaino, address), (vaino, HOME), (vieno, other), (vieno, FORM)):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        assert len(asked) <= MOST_QUERIES, path
    approved(address, vaino)
    with CaptureQueriesContext(connection) as asked:
        vaino.get("/koordinaatio/mittarit/keskustelut/")
    assert len(asked) <= MOST_QUERIES


def test_long_comparisons_have_pages(vieno: Client, vaino: Client) -> None:
    rows = [line(n, area, 1900 + n % 120) for n, area in enumerate([OULU] * 120 + [KEMPELE] * 100)]
    address = proposed(vieno, *rows)
    assert vaino.get(address).content.decode().count("<tr>") == 201
    assert vaino.get(f"{address}?sivu=2").content.decode().count("<tr>") == 21
