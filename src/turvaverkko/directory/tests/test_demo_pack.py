"""The shipped country and county: what was promised of the demo content, counted on what is loaded."""

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from turvaverkko.core import time_source
from turvaverkko.core.time_source import local_day
from turvaverkko.directory import api
from turvaverkko.directory.layers import LIST_KINDS, lines_of
from turvaverkko.directory.models import (
    Channel,
    CrisisLine,
    GeneralDescription,
    Happening,
    Occurrence,
    Place,
    Service,
    Term,
    Text,
)
from turvaverkko.directory.reading.atlas import Atlas
from turvaverkko.directory.rules import is_stale
from turvaverkko.directory.shapes import Choice
from turvaverkko.organisation.api import apply_pack

pytestmark = pytest.mark.usefixtures("demo")

# Real numbers of the whole country that local pages may give: victim support and the gambling helpline.
NATIONAL_NUMBERS = {"116 006", "0800 100 101"}
LEAST_SERVICES = 150
LEAST_LAYER_TEXTS = 12
LANGUAGES = ("fi", "sv", "en", "ar")
# The stem of a word: place names are found in inflected forms ("Limingassa", "Limingan").
STEM = 4


def local() -> list[Service]:
    return list(Service.objects.filter(state="published").exclude(level="national"))


def test_the_whole_national_base_is_there() -> None:
    assert GeneralDescription.objects.count() == 458
    assert Service.objects.filter(level="national", state="published").count() == 458
    names = Text.objects.filter(
        general_description__isnull=False, kind="name", county=None, area=None, municipality=None
    )
    assert Counter(names.values_list("language", flat=True)) == {"fi": 458, "sv": 337, "en": 334}


def test_of_versions_with_one_name_one_leads() -> None:
    leading = GeneralDescription.objects.filter(twin_of=None)
    names = Text.objects.filter(general_description__in=leading, kind="name", language="fi").values_list(
        "value", flat=True
    )
    assert len(names) == len({name.casefold() for name in names})
    assert not GeneralDescription.objects.filter(twin_of__twin_of__isnull=False).exists()


def test_the_code_lists_are_whole() -> None:
    counts = Counter(Term.objects.values_list("vocabulary__code", flat=True))
    assert counts["ptv-service-class"] == 229
    assert counts["ptv-life-event"] == 19
    assert counts["ptv-target-group"] == 17
    assert counts["situation"] == 15
    assert counts["age"] == 8


def test_there_are_enough_local_services_and_places() -> None:
    assert len(local()) >= LEAST_SERVICES
    assert Place.objects.filter(kind="meeting-place", state="published").count() >= 20


def test_no_two_services_are_the_same_after_place_names_are_removed() -> None:
    shapes = Counter(_shape(service) for service in local())
    assert [shape[:60] for shape, count in shapes.items() if count > 1] == []


def _shape(service: Service) -> str:
    places = _place_stems()
    texts = dict(
        service.texts.filter(
            language="fi",
            kind__in=("name", "summary", "description"),
            county=None,
            area=None,
            municipality=None,
        ).values_list("kind", "value")
    )
    words = re.findall(
        r"\w+", " ".join(texts.get(kind, "") for kind in ("name", "summary", "description")).casefold()
    )
    return " ".join(word for word in words if not word.startswith(places))


def _place_stems() -> tuple[str, ...]:
    rows = Atlas.on(time_source.today()).rows.values()
    names = {row[key] for row in rows for key in ("municipality__name_fi", "area__name_fi") if row[key]}
    return tuple({name.casefold()[: max(STEM, len(name) - 2)] for name in names})


def test_every_municipality_has_something_of_its_own() -> None:
    missing = []
    for slug in Atlas.on(time_source.today()).by_slug:
        page = api.municipality_page(slug, "fi")
        assert page is not None
        own = [card for card in page.services if card.level == "municipality"]
        if not own and not page.places:
            missing.append(slug)
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_situation_and_age_has_a_name_a_hint_and_something_local(language: str) -> None:
    for read, terms in (
        (api.situation_services, api.situations(language)),
        (api.age_services, api.ages(language)),
    ):
        for term in terms:
            assert term.label
            assert term.hint
            assert term.lang == ""
            page = read(term.code, language)
            assert page is not None
            assert page.local, term.code


def test_every_situation_has_a_national_base() -> None:
    without = [
        term.code
        for term in api.situations("fi")
        if not Service.objects.filter(level="national", for_families=True, terms__code=term.code).exists()
    ]
    assert without == []


def test_every_service_is_named_and_told_in_three_languages() -> None:
    missing = [
        (service.slug, language, kind)
        for service in local()
        for language in ("fi", "sv", "en")
        for kind in ("name", "summary")
        if not service.texts.filter(language=language, kind=kind).exists()
    ]
    assert missing == []


def test_every_service_can_be_reached() -> None:
    assert [service.slug for service in local() if not service.connections.exists()] == []


def test_local_numbers_and_addresses_are_visibly_made_up() -> None:
    real = [
        channel.number
        for channel in Channel.objects.filter(type="phone", connections__service__in=local())
        if not channel.number.startswith("000 ")
    ]
    national_numbers = NATIONAL_NUMBERS | set(
        CrisisLine.objects.filter(local=False).values_list("number", flat=True)
    )
    assert [number for number in real if number not in national_numbers] == []
    streets = Place.objects.exclude(street="").values_list("street", flat=True)
    assert [street for street in streets if not re.search(r"\b0\b", street)] == []


def test_crisis_numbers_carry_their_source_and_the_day_they_were_checked() -> None:
    lines = api.crisis_lines("fi")
    assert {"112"} <= {line.number for line in lines}
    assert all(line.source and line.checked_on <= time_source.today() for line in lines)
    assert all(line.number.startswith("000 ") for line in lines if line.local and line.number)


def test_nothing_was_confirmed_in_the_future_and_a_few_are_stale() -> None:
    cards = api.service_cards("fi", choice=Choice(national=False))
    today = time_source.today()
    assert all(card.confirmed_on and card.confirmed_on <= today for card in cards)
    stale = [card for card in cards if is_stale(card.confirmed_on, "ngo", today)]
    assert len(stale) < len(cards) / 4


def test_layers_speak_in_the_demo() -> None:
    layered = Text.objects.exclude(county=None, area=None, municipality=None)
    said = {(t.general_description_id, t.service_id, t.kind, t.mode, t.county_id, t.area_id) for t in layered}
    assert len(said) >= LEAST_LAYER_TEXTS
    assert {mode for _, _, _, mode, _, _ in said} == {"replace", "add", "hide"}
    lakeus = api.resolve_texts("lastenneuvolapalvelut-suomi", "fi", "liminka")
    oulu = api.resolve_texts("lastenneuvolapalvelut-suomi", "fi", "oulu")
    assert "Lakeudella" in lakeus["instructions"].text
    assert "Varaa ja siirrä aikoja" in oulu["instructions"].text
    assert len(oulu["background"].paragraphs) == len(lakeus["background"].paragraphs) - 1


def test_list_texts_are_lists() -> None:
    for kind, value in (
        Text.objects.filter(kind__in=LIST_KINDS).exclude(mode="hide").values_list("kind", "value")
    ):
        assert lines_of(kind, value)


def test_every_icon_of_a_situation_is_in_the_sprite() -> None:
    sprite = Path(settings.PACKAGE / "looks/static/looks/icons.svg").read_text(encoding="utf-8")
    known = set(re.findall(r'id="([^"]+)"', sprite))
    used = set(
        Term.objects.filter(vocabulary__code__in=("situation", "age"))
        .exclude(icon="")
        .values_list("icon", flat=True)
    )
    assert used <= known


def test_both_packs_twice_change_nothing() -> None:
    assert not apply_pack(settings.NATIONAL_PACK, "national").changed
    assert not apply_pack(settings.COUNTIES / "north-ostrobothnia").changed


def test_the_demo_has_happenings_of_every_kind_and_something_on_every_day() -> None:
    rows = Happening.objects.filter(state="published")
    assert rows.count() >= 40
    assert set(rows.values_list("kind", flat=True)) == set(Happening.Kind.values)
    assert len(set(rows.exclude(specialty="").values_list("specialty", flat=True))) >= 8
    assert Occurrence.objects.filter(state="cancelled").exists()
    assert Occurrence.objects.filter(state="moved").exists()
    days = {
        local_day(at)
        for at in Occurrence.objects.exclude(state="cancelled").values_list("starts_at", flat=True)
    }
    first, last = date(2026, 6, 1), date(2028, 5, 31)
    missing = [day for day in daterange(first, last) if day not in days]
    assert missing == []
    at_places = Occurrence.objects.exclude(place=None).exclude(state="cancelled")
    weekdays = {local_day(at).weekday() for at in at_places.values_list("starts_at", flat=True)}
    assert weekdays == set(range(7))


def daterange(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def test_happenings_speak_finnish_and_some_swedish_english_and_arabic() -> None:
    names = Text.objects.filter(happening__isnull=False, kind="name")
    counts = Counter(names.values_list("language", flat=True))
    assert counts["fi"] == Happening.objects.count()
    assert all(counts[language] >= 3 for language in ("sv", "en", "ar"))
    summaries = Text.objects.filter(happening__isnull=False, kind="summary", language="fi")
    assert summaries.count() == counts["fi"]


def test_numbers_and_addresses_of_happenings_are_made_up() -> None:
    for row in Happening.objects.all():
        assert not row.phone or row.phone.startswith("000 555")
        for address in (row.online_url, row.sign_up_url, row.url):
            assert not address or re.search(r"^https://[^/]+\.(example|invalid)(/|$)", address)
        assert not row.email or row.email.endswith((".example", ".invalid"))
