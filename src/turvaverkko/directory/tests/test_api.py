"""What pages get through the front door: resolved, complete, without secrets, in few queries."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from turvaverkko.core.time_source import HELSINKI
from turvaverkko.directory import api
from turvaverkko.directory.models import Place, Service
from turvaverkko.directory.opening import Always, Closed, Open
from turvaverkko.directory.shapes import Choice, PlaceChoice
from turvaverkko.directory.tests.conftest import change
from turvaverkko.organisation.api import apply_pack

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=HELSINKI)
NIGHT = datetime(2026, 11, 23, 23, 0, tzinfo=HELSINKI)


def page(slug: str = "neuvola-kainuu", language: str = "fi", municipality: str | None = None) -> Any:
    found = api.service_page(slug, language, municipality, MONDAY)
    assert found is not None
    return found


def test_a_service_page_shows_own_texts_and_the_national_base(standing_kainuu: Path) -> None:
    found = page()
    assert found.card.name.text == "Kainuun neuvola"
    assert found.base.text == "Lastenneuvolapalvelut"
    assert [part.layer for part in found.text("background").parts] == ["national"]
    assert found.text("description").parts[0].layer == "county"
    assert [step.title for step in found.steps] == ["Soitat", "Tapaamme"]
    assert [str(item) for item in found.good_to_know] == ["Ota kortti mukaan.", "Tulkki järjestyy."]
    assert [link.url for link in found.laws] == ["https://www.finlex.fi/fi/laki/1326"]
    assert [term.code for term in found.situations] == ["odotus-ja-vauva"]
    assert [term.code for term in found.classes] == ["P5.2"]
    assert found.source.name.text == "Kainuun hyvinvointialue"
    assert not found.source.is_stale


@pytest.mark.parametrize(
    ("municipality", "instructions"),
    [
        pytest.param(
            "oulu",
            ["Soita kuntaan.", "Varaa aika verkossa."],
            id="in another county: the service's own county",
        ),
        pytest.param(
            "sotkamo", ["Soita kuntaan.", "Varaa aika verkossa."], id="in no area: nation and county"
        ),
        pytest.param("kajaani", ["Soita alueen numeroon."], id="in the area: its own"),
    ],
)
def test_texts_are_resolved_for_the_readers_municipality(
    standing_kainuu: Path, municipality: str, instructions: list[str]
) -> None:
    text = page(municipality=municipality).text("instructions")
    assert [str(paragraph) for paragraph in text.paragraphs] == instructions


def test_a_municipality_hides_a_line_and_another_adds_one(standing_kainuu: Path) -> None:
    assert page(municipality="kajaani").text("background").text == "Neuvola auttaa."
    assert page(municipality="sotkamo").text("background").text == "Neuvola auttaa.\n\nKunta järjestää."
    assert [str(item) for item in page(municipality="sotkamo").good_to_know][
        -1
    ] == "Sotkamossa pysäköinti on pihalla."


def test_layers_speak_on_the_national_page_too(standing_kainuu: Path) -> None:
    national = page("lastenneuvolapalvelut-suomi", municipality="kajaani")
    assert national.text("instructions").text == "Soita alueen numeroon."
    assert page("lastenneuvolapalvelut-suomi").text("instructions").parts[-1].layer == "county"


def test_what_lacks_in_a_language_is_finnish_and_counted(standing_kainuu: Path) -> None:
    swedish = page(language="sv")
    assert swedish.card.name == api.service_page("neuvola-kainuu", "sv").card.name  # type: ignore[union-attr]
    assert swedish.card.name.lang == ""
    assert swedish.text("description").lang == "fi"
    assert swedish.text("background").lang == ""
    assert swedish.fallbacks == sum(text.is_fallback for text in swedish.texts.values())
    assert swedish.fallbacks > 0
    assert page().fallbacks == 0
    assert page(language="en").text("background").lang == "fi"


def test_channels_say_whether_somebody_answers(standing_kainuu: Path) -> None:
    phone, room = page().channels
    assert phone.label.text == "Neuvolan puhelin"
    assert phone.status == Open(datetime(2026, 11, 23, 15, 0, tzinfo=HELSINKI))
    assert [bool(day.times) for day in phone.week] == [True] * 5 + [False] * 2
    assert room.place_slug == "tupa-kajaani"
    assert room.address is not None
    assert (room.address.name.text, room.address.street, room.address.city) == (
        "Kajaanin tupa",
        "Tupatie 0",
        "Kajaani",
    )
    assert room.status == Open(datetime(2026, 11, 23, 14, 0, tzinfo=HELSINKI))  # the hours of the place
    assert [card.slug for card in page().places] == ["tupa-kajaani"]


def test_cards_tell_where(standing_kainuu: Path) -> None:
    cards = {card.slug: card for card in api.service_cards("fi", at=MONDAY)}
    assert cards["neuvola-kainuu"].coverage.text == "Koko Kainuun hyvinvointialue"
    assert cards["aluetyo-kainuu"].coverage.text == "Koko Kainuu"
    assert cards["aluetyo-kainuu"].municipalities == ("kajaani",)
    assert cards["perheryhma-kajaani"].coverage.text == "Kajaani"
    assert cards["perheryhma-kajaani"].sensitive
    assert cards["neuvola-kainuu"].phone == "000 555 001"
    assert "lastenneuvolapalvelut-suomi-a0a18850" not in cards


@pytest.mark.parametrize(
    ("municipality", "choice", "slugs"),
    [
        (
            "kajaani",
            Choice(national=False),
            ["perheryhma-kajaani", "aluetyo-kainuu", "neuvola-kainuu", "salainen-turva"],
        ),
        ("sotkamo", Choice(national=False), ["neuvola-kainuu", "salainen-turva"]),
        (None, Choice(level="national"), ["lastenneuvolapalvelut-suomi", "jatehuolto-suomi"]),
        (None, Choice(families_only=True, level="national"), ["lastenneuvolapalvelut-suomi"]),
        (None, Choice(age=10, national=False), ["perheryhma-kajaani", "aluetyo-kainuu", "salainen-turva"]),
        (None, Choice(situation="kotona"), ["perheryhma-kajaani", "salainen-turva"]),
        (None, Choice(way="group"), ["perheryhma-kajaani"]),
        (None, Choice(language="sv"), ["neuvola-kainuu"]),
        (None, Choice(kind="guide"), ["aluetyo-kainuu"]),
        (None, Choice(organisation_kind="municipality"), ["perheryhma-kajaani"]),
        (None, Choice(national=False, offset=1, limit=2), ["aluetyo-kainuu", "neuvola-kainuu"]),
    ],
)
def test_choices(standing_kainuu: Path, municipality: str | None, choice: Choice, slugs: list[str]) -> None:
    assert [card.slug for card in api.service_cards("fi", municipality, choice=choice)] == slugs


def test_the_count_knows_nothing_of_pages(standing_kainuu: Path) -> None:
    assert api.count_services(choice=Choice(national=False, limit=1)) == 4


def test_search_results_come_in_their_own_order(standing_kainuu: Path) -> None:
    slugs = ["perheryhma-kajaani", "ei-ole", "neuvola-kainuu", "perheryhma-kajaani"]
    assert [card.slug for card in api.cards_by_slug(slugs, "fi")] == ["perheryhma-kajaani", "neuvola-kainuu"]


def test_a_situation_has_what_is_near_and_the_national_base(standing_kainuu: Path) -> None:
    found = api.situation_services("odotus-ja-vauva", "ar", "kajaani", MONDAY)
    assert found is not None
    assert found.term.label == "الحمل والمولود"
    assert [card.slug for card in found.local] == ["neuvola-kainuu"]
    assert [card.slug for card in found.national] == ["lastenneuvolapalvelut-suomi"]
    assert [card.slug for card in found.places] == ["tupa-kajaani"]


def test_a_sensitive_situation_has_a_neutral_title(standing_kainuu: Path) -> None:
    found = api.situation_services("kotona", "fi")
    assert found is not None
    assert found.term.sensitive
    assert found.term.page_title == "Kotona"
    assert found.term.page_title != found.term.label


@pytest.mark.parametrize(
    ("age", "slugs"),
    [
        ("odotus", ["neuvola-kainuu"]),
        ("0-1", ["aluetyo-kainuu", "neuvola-kainuu", "salainen-turva"]),
        ("7-12", ["perheryhma-kajaani", "aluetyo-kainuu", "salainen-turva"]),
        ("aikuinen", ["aluetyo-kainuu", "salainen-turva"]),
    ],
)
def test_ages(standing_kainuu: Path, age: str, slugs: list[str]) -> None:
    found = api.age_services(age, "fi", "kajaani")
    assert found is not None
    assert [card.slug for card in found.local] == slugs


def test_a_municipality_has_its_own_first(standing_kainuu: Path) -> None:
    found = api.municipality_page("kajaani", "sv", MONDAY)
    assert found is not None
    assert (found.name.text, found.area.text, found.area.lang) == ("Kajana", "Koko Kainuu", "fi")
    assert found.services[0].slug == "perheryhma-kajaani"
    assert {term.code for term in found.situations} == {"mieli", "kotona", "odotus-ja-vauva"}
    assert [card.slug for card in found.places] == ["tupa-kajaani"]


def test_a_place_page(standing_kainuu: Path) -> None:
    found = api.place_page("tupa-kajaani", "en", MONDAY)
    assert found is not None
    assert found.card.name.text == "Kajaani living room"
    assert [str(line) for line in found.text("first-visit").items] == [
        "Sisään saa astua.",
        "Kahvi on pannussa.",
    ]
    assert found.text("first-visit").lang == "fi"
    assert (found.criteria_met, found.criteria_of) == (8, 10)
    assert [day.date.day for day in found.exceptions] == [25]
    assert [card.slug for card in found.services] == ["neuvola-kainuu"]
    assert [str(name) for name in found.card.operators] == ["Kajaanin kaupunki", "Kainuun hyvinvointialue"]
    assert found.source.due_on is not None
    assert found.source.due_on.isoformat() == "2027-02-10"


@pytest.mark.parametrize(
    ("choice", "slugs"),
    [
        (PlaceChoice(), ["tupa-kajaani"]),
        (PlaceChoice(age=6), ["tupa-kajaani"]),
        (PlaceChoice(age=7), []),
        (PlaceChoice(language="ar"), ["tupa-kajaani"]),
        (PlaceChoice(language="sv"), []),
        (PlaceChoice(family_centre="kainuun-perhekeskus"), ["tupa-kajaani"]),
        (PlaceChoice(kind="office"), []),
    ],
)
def test_places(standing_kainuu: Path, choice: PlaceChoice, slugs: list[str]) -> None:
    assert [card.slug for card in api.places("fi", choice=choice)] == slugs
    assert api.places("fi", "sotkamo", choice=choice) == []


def test_the_crisis_line_that_answers_comes_first(standing_kainuu: Path) -> None:
    by_day, by_night = api.crisis_lines("sv", MONDAY), api.crisis_lines("sv", NIGHT)
    assert [card.slug for card in by_day] == ["paivystys-kainuu", "yopuhelin"]
    assert [card.slug for card in by_night] == ["yopuhelin", "paivystys-kainuu"]
    assert by_night[0].status == Always()
    assert isinstance(by_night[1].status, Closed)
    assert (by_night[0].name.text, by_night[1].name.lang) == ("Nattelefon", "fi")


def shown_anywhere() -> str:
    """Everything that the front door gives to anybody."""
    languages = ("fi", "en")
    slugs = Service.objects.values_list("slug", flat=True)
    places = Place.objects.values_list("slug", flat=True)
    kinds = ("", "meeting-place", "office", "address")
    return repr(
        [
            [api.service_page(slug, language, "kajaani") for slug in slugs for language in languages],
            [api.place_page(slug, language) for slug in places for language in languages],
            [
                api.places("fi", where, choice=PlaceChoice(kind=kind))
                for kind in kinds
                for where in (None, "kajaani")
            ],
            api.service_cards("fi"),
            api.municipality_page("kajaani", "fi"),
            [api.situation_services(term.code, "fi") for term in api.situations("fi")],
            [api.age_services(term.code, "fi") for term in api.ages("fi")],
            [api.provenance(slug) for slug in slugs],
            list(api.searchable()),
        ]
    )


@pytest.mark.parametrize(
    "secret", ["salainen-talo", "Salainen talo", "Salakatu", "Salainen kellari", "Piilokatu"]
)
def test_a_confidential_place_is_nowhere(standing_kainuu: Path, secret: str) -> None:
    everything = shown_anywhere()
    assert "000 555 911" in everything  # the phone of the same service is
    assert secret not in everything


def test_a_place_made_confidential_disappears(standing_kainuu: Path) -> None:
    change(
        standing_kainuu / "places/places.yaml", "street: Tupatie 0", "street: Tupatie 0\n  confidential: true"
    )
    apply_pack(standing_kainuu)
    assert "Tupatie" not in shown_anywhere()


@pytest.mark.parametrize("state", ["draft", "in-review", "hidden", "archived"])
def test_only_what_is_published_is_shown(standing_kainuu: Path, state: str) -> None:
    Service.objects.filter(slug="perheryhma-kajaani").update(state=state)
    Place.objects.filter(slug="tupa-kajaani").update(state=state)
    everything = shown_anywhere()
    assert "perheryhma-kajaani" not in everything
    assert "tupa-kajaani" not in everything


def test_what_is_unknown_is_none(standing_kainuu: Path) -> None:
    assert api.service_page("ei-ole", "fi") is None
    assert api.place_page("ei-ole", "fi") is None
    assert api.situation_services("ei-ole", "fi") is None
    assert api.age_services("mieli", "fi") is None
    assert api.municipality_page("oulu", "fi") is None
    assert api.provenance("ei-ole") is None
    assert api.resolve_texts("ei-ole", "fi") == {}


def test_an_unknown_municipality_is_no_municipality(standing_kainuu: Path) -> None:
    assert api.service_cards("fi", "atlantis") == api.service_cards("fi")


READS: list[tuple[str, int, Callable[[], object]]] = [
    ("service_page", 7, lambda: api.service_page("neuvola-kainuu", "sv", "kajaani", MONDAY)),
    ("service_cards", 7, lambda: api.service_cards("sv", "kajaani", MONDAY)),
    (
        "cards_by_slug",
        6,
        lambda: api.cards_by_slug(["neuvola-kainuu", "perheryhma-kajaani"], "sv", None, MONDAY),
    ),
    ("situations", 1, lambda: api.situations("sv")),
    ("ages", 1, lambda: api.ages("sv")),
    ("situation_services", 12, lambda: api.situation_services("mieli", "sv", "kajaani", MONDAY)),
    ("age_services", 12, lambda: api.age_services("3-6", "sv", "kajaani", MONDAY)),
    ("municipality_page", 11, lambda: api.municipality_page("kajaani", "sv", MONDAY)),
    ("place_page", 8, lambda: api.place_page("tupa-kajaani", "sv", MONDAY)),
    ("places", 5, lambda: api.places("sv", None, MONDAY)),
    ("crisis_lines", 3, lambda: api.crisis_lines("sv", MONDAY)),
    ("resolve_texts", 6, lambda: api.resolve_texts("neuvola-kainuu", "sv", "kajaani")),
    ("provenance", 7, lambda: api.provenance("neuvola-kainuu", "kajaani")),
    ("searchable", 11, lambda: list(api.searchable())),
]


def counted() -> dict[str, int]:
    found = {}
    for name, _, read in READS:
        read()  # what a process remembers of terms and geography is read once for all pages
        with CaptureQueriesContext(connection) as queries:
            read()
        found[name] = len(queries)
    return found


def test_queries_do_not_grow_with_the_county(standing_kainuu: Path) -> None:
    small = counted()
    entries = (standing_kainuu / "services/services.yaml").read_text(encoding="utf-8")
    more = "".join(
        entries[: entries.index("- slug: salainen-turva")].replace("- slug: ", f"- slug: toinen-{n}-")
        for n in range(5)
    )
    (standing_kainuu / "services/more.yaml").write_text(more, encoding="utf-8")
    apply_pack(standing_kainuu)
    assert counted() == small
    most = {name: limit for name, limit, _ in READS}
    assert {name: count for name, count in small.items() if count > most[name]} == {}


def test_an_index_gets_every_language_and_the_base_apart(standing_kainuu: Path) -> None:
    by_key = {found.key: found for found in api.searchable()}
    clinic = by_key["service/neuvola-kainuu"]
    assert clinic.texts["sv"]["name"] == "Kajanalands rådgivning"
    assert clinic.texts["fi"]["keywords"] == "neuvolakäynti"
    assert clinic.inherited["sv"]["name"] == "Barnrådgivning"
    assert clinic.subjects == ("neuvolat",)
    assert by_key["service/lastenneuvolapalvelut-suomi"].texts["fi"]["summary"] == "Neuvola seuraa."
    assert by_key["service/lastenneuvolapalvelut-suomi-a0a18850"].is_twin
    assert by_key["place/tupa-kajaani"].municipalities == ("kajaani",)
    assert api.searchable_service("neuvola-kainuu") == clinic
    assert api.searchable_service("ei-ole") is None
