"""The frame of a page, the gallery and the templates behind them."""

import gzip
import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from turvaverkko.looks import api, context, views

pytestmark = pytest.mark.urls("turvaverkko.looks.tests.urls")

LOOKS = Path(__file__).resolve().parents[1]
TEMPLATES = sorted((LOOKS / "jinja2").rglob("*.html"))
HTML_BUDGET = 12 * 1024  # bytes, gzip, a public page
CRISIS_BUDGET = 20 * 1024  # bytes, gzip: page, stylesheet and icons together


def drawn(source: str, **context: object) -> str:
    return engines["jinja2"].from_string(source).render(context)


@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize("page", ["", *[f"{name}/" for name in views.PAGES]])
def test_every_page_of_the_gallery_is_shown_within_the_budget(client: Client, prefix: str, page: str) -> None:
    response = client.get(f"{prefix}/tyyli/{page}")
    assert response.status_code == 200
    assert len(gzip.compress(response.content)) <= HTML_BUDGET


def test_an_unknown_example_is_not_found_but_helps(client: Client) -> None:
    response = client.get("/tyyli/olematon/")
    assert response.status_code == 404
    assert 'role="search"' in response.text
    assert "tel:112" in response.text


def test_every_component_is_in_the_gallery_and_in_the_readme() -> None:
    pages = "".join(path.read_text() for path in TEMPLATES if path.parent.name != "components")
    nested = "".join(path.read_text() for path in TEMPLATES if path.parent.name == "components")
    readme = (LOOKS / "README.md").read_text()
    parts_of_others = {"mark.html", "languages.html", "ribbon.html"}
    for path in (LOOKS / "jinja2" / "components").glob("*.html"):
        assert f'component("{path.stem}"' in pages + nested, f"{path.name} is shown nowhere"
        assert path.name in parts_of_others or f"`{path.name}`" in readme, f"{path.name} is not in the README"


def test_every_component_says_what_it_takes() -> None:
    for path in (LOOKS / "jinja2" / "components").glob("*.html"):
        assert path.read_text().startswith("{#"), path.name


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son\w+=|javascript:", text)


def test_every_icon_named_exists() -> None:
    named = set()
    for path in TEMPLATES:
        named |= set(re.findall(r'icon\("([\w-]+)"\)|icon="([\w-]+)"', path.read_text()))
    names = {one or other for one, other in named}
    assert names
    names |= set(re.findall(r'(?:icon=|Tag\("[^"]+", )"([\w-]+)"', (LOOKS / "examples.py").read_text()))
    assert names <= set(views.icon_names())


def test_icons_are_hidden_and_only_directions_turn_round() -> None:
    arrow = drawn('{{ icon("arrow") }}')
    window = drawn('{{ "window-lit"|icon }}')
    assert 'aria-hidden="true"' in arrow
    assert "flip" in arrow
    assert "flip" not in window


def test_tags_isolate() -> None:
    shown = drawn('{{ num("8–15") }}{{ 3|num }}{{ age_range(3, 12) }}{{ phone("000 1") }}')
    assert shown.count('<span class="num">') == 4


def test_text_in_another_language_says_so() -> None:
    with translation.override("ar"):
        shown = drawn('<b{{ lang_attrs("fi") }}></b><i{{ lang_attrs("ar") }}></i><u{{ lang_attrs("") }}></u>')
    assert shown == '<b lang="fi" dir="ltr"></b><i></i><u dir="auto"></u>'


def test_every_language_of_the_content_has_a_name_and_a_direction() -> None:
    shown = drawn('{{ "se"|language_name }}<i{{ lang_attrs("se") }}></i>')
    assert shown == 'pohjoissaame<i lang="se" dir="ltr"></i>'


def test_the_page_turns_round_in_arabic(client: Client) -> None:
    page = client.get("/ar/tyyli/etusivu/").text
    assert '<html lang="ar" dir="rtl">' in page


def test_numbers_on_an_arabic_page_are_islands(client: Client) -> None:
    page = client.get("/ar/tyyli/etusivu/").text
    words_only = re.sub(
        r'<span class="num">[^<]*</span>|<b class="num">[^<]*</b>', "", page.split("<main")[1]
    )
    texts = re.sub(r"<[^>]*>", "\n", words_only)
    assert re.findall(r"\d+\s*–\s*\d+|\d{2,}(?: \d{2,})+", texts) == []


def test_the_page_is_linked_in_every_language(rf: RequestFactory) -> None:
    with translation.override("sv"):
        site = context.Site(rf.get("/sv/palvelut/?q=vauva"))
        links = {link.code: link.url for link in site.languages}
    assert links["fi"] == "/palvelut/?q=vauva"
    assert links["ar"] == "/ar/palvelut/?q=vauva"


def test_alternates_carry_no_words_of_the_search(rf: RequestFactory) -> None:
    site = context.Site(rf.get("/palvelut/?q=vauva"))
    assert {link.address for link in site.languages if "vauva" in link.address} == set()
    assert site.address == "http://testserver/palvelut/"


def test_example_data_is_said_on_every_page(client: Client, settings: pytest.FixtureRequest) -> None:
    settings.DEMO = True
    assert "Esimerkkiaineisto" in client.get("/tyyli/haku/").text
    settings.DEMO = False
    assert "Esimerkkiaineisto" not in client.get("/tyyli/haku/").text


def test_the_crisis_page_is_light_in_all(client: Client) -> None:
    page = client.get("/tyyli/kiireellinen/").content
    static = LOOKS / "static" / "looks"
    files = [static / "crisis.css", static / "icons.svg"]
    assert b"<script" not in page
    assert (
        sum(len(gzip.compress(part)) for part in [page, *(path.read_bytes() for path in files)])
        <= CRISIS_BUDGET
    )


def test_the_page_for_our_own_faults_needs_nothing() -> None:
    page = render_to_string("500.html")
    assert "tel:112" in page
    assert 'action="/palvelut/"' in page


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "405.html", "409.html"])
def test_pages_for_other_faults_help(rf: RequestFactory, name: str) -> None:
    page = render_to_string(name, request=rf.get("/"))
    assert "tel:112" in page
    assert 'href="/"' in page


def test_page_numbers_leave_out_the_far_ones() -> None:
    pages = api.page_links(5, 20, lambda number: f"?sivu={number}")
    assert [entry.number for entry in pages.numbers] == [1, None, 4, 5, 6, None, 20]
    assert pages.previous_url == "?sivu=4"
    assert pages.next_url == "?sivu=6"


def test_the_only_page_has_no_neighbours() -> None:
    pages = api.page_links(1, 1, str)
    assert [entry.number for entry in pages.numbers] == [1]
    assert (pages.previous_url, pages.next_url) == ("", "")


def test_a_higher_floor_names_the_site(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "_site_names", [api.SiteNames])
    api.name_the_site(lambda: api.SiteNames(county="Esimerkkimaa"))
    assert context.Site(rf.get("/")).names.county == "Esimerkkimaa"


@pytest.mark.parametrize(
    ("many", "ticked", "fold"),
    [(12, False, ""), (13, False, '<details class="many">'), (13, True, '<details class="many" open>')],
    ids=["a short list stands open", "a long one is folded", "but not when one of it is chosen"],
)
def test_a_long_list_of_choices_is_folded(many: int, ticked: bool, fold: str) -> None:
    options = [api.Option(str(number), f"Kunta {number}", checked=ticked) for number in range(many)]
    html = drawn('{{ component("facets", facets=facets) }}', facets=[api.Facet("kunta", "Missä", options)])
    assert ("many" in html) == bool(fold)
    assert fold in html


def test_a_refusal_says_its_own_words_when_it_has_some() -> None:
    request = RequestFactory().get("/")
    plain = render_to_string("409.html", {}, request)
    assert "Tieto ehti muuttua" in plain
    told = render_to_string("409.html", {"problem": {"title": "Tilanne on jo muuttunut."}}, request)
    assert "<h1>Tilanne on jo muuttunut.</h1>" in told


@pytest.mark.parametrize(("back", "shown"), [("/koordinaatio/", True), ("/", False), ("", False)])
def test_an_address_that_is_only_sent_to_leads_back_unless_that_is_the_front_page(
    rf: RequestFactory, back: str, shown: bool
) -> None:
    page = render_to_string("405.html", {"back": back}, rf.get("/"))
    assert ("Palaa sivulle<" in page) is shown
    assert "Etusivulle" in page
