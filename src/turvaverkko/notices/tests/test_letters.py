"""What a letter says in each language, and above all what it does not say."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from pytest_django import Settings

from turvaverkko.core.languages import PUBLISHED
from turvaverkko.notices import letters
from turvaverkko.notices.addresses import Address, BadAddress
from turvaverkko.notices.letters import Letter, letter, register_page
from turvaverkko.notices.templates import TEMPLATES, FactNotAllowed, Page, checked

PROMISE = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)  # 16.00 in Finland
CODES = [language.code for language in PUBLISHED]


@pytest.fixture(autouse=True)
def no_pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Upper apps may have named theirs; here a page is what the test names."""
    monkeypatch.setattr(letters, "_pages", {})
    return


def facts_of(code: str) -> dict[str, str]:
    return checked(code, dict.fromkeys(TEMPLATES[code].facts, PROMISE))


def written(code: str, language: str, *, discreet: bool = False) -> Letter:
    return letter(code, facts_of(code), language=language, discreet=discreet)


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("code", TEMPLATES)
def test_a_letter_is_whole_in_its_language(code: str, language: str) -> None:
    with translation.override("sv"):  # whoever acts reads another language than whoever is told
        made = written(code, language)
    assert len(made.subject.splitlines()) == 1
    prefix = "" if language == "fi" else f"{language}/"
    assert made.text.count(f"https://perhekeskus.example/{prefix}\n") == 1
    assert f'href="https://perhekeskus.example/{prefix}"' in made.html
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in made.html
    assert "%(" not in made.text
    paragraphs = made.text.strip().split("\n\n")
    assert len(paragraphs) == 5 + len(TEMPLATES[code].facts)
    for paragraph in paragraphs:
        assert paragraph in re.sub(r"<[^>]+>", "", made.html)


@pytest.mark.parametrize("language", [code for code in CODES if code != "fi"])
@pytest.mark.parametrize("code", TEMPLATES)
@pytest.mark.parametrize("discreet", [False, True])
def test_nothing_stays_in_finnish(code: str, language: str, discreet: bool) -> None:
    finnish = written(code, "fi", discreet=discreet).text.split("\n\n")
    assert not set(finnish) & set(written(code, language, discreet=discreet).text.split("\n\n"))


def test_a_promise_is_told_as_day_and_time() -> None:
    assert "Vastaamme viimeistään 25. marraskuuta 2026 kello 16.00." in written("received", "fi").text
    assert "25 november 2026" in written("received", "sv").text
    assert written("received", "fi").subject == "Perhekeskus: Viestisi on saapunut"
    day = letter("answer-awaited", checked("answer-awaited", {"answer_by": date(2026, 12, 1)}),
                 language="fi", discreet=False)  # fmt: skip
    assert "Vastaa viimeistään 1. joulukuuta 2026." in day.text
    without = letter("received", {}, language="fi", discreet=False)
    assert "viimeistään" not in without.text


@pytest.mark.parametrize("language", CODES)
def test_a_discreet_letter_is_the_same_whatever_it_is_about(language: str) -> None:
    made = {written(code, language, discreet=True) for code in TEMPLATES}
    assert len(made) == 1
    (only,) = made
    plain = written("received", language)
    assert only.sender == ""
    assert plain.sender
    assert plain.sender not in only.subject + only.text + only.html
    assert "2026" not in only.text


def test_a_language_that_is_not_published_becomes_finnish() -> None:
    assert written("to-read", "ru") == written("to-read", "fi") == written("to-read", "klingon")


def test_a_page_of_an_upper_floor_is_found_in_the_readers_language(settings: Settings) -> None:
    settings.ROOT_URLCONF = "turvaverkko.notices.tests.urls"
    register_page(Page.STATUS, "test-status")
    assert "https://perhekeskus.example/pyyda-apua/tila/\n" in written("received", "fi").text
    assert "https://perhekeskus.example/sv/pyyda-apua/tila/\n" in written("received", "sv").text
    assert "https://perhekeskus.example/\n" in written("received", "fi", discreet=True).text


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("received", {"promised_by": "Aino odottaa"}),
        ("received", {"promised_by": "2026-11-25"}),
        ("received", {"promised_by": PROMISE.replace(tzinfo=None)}),
        ("received", {"name": PROMISE}),
        ("to-read", {"promised_by": PROMISE}),
        ("received", {"promised_by": 5}),
        ("aino-has-violence", {}),
    ],
)
def test_a_letter_tells_no_other_facts(code: str, facts: dict[str, object]) -> None:
    with pytest.raises(FactNotAllowed) as refused:
        checked(code, facts)  # type: ignore[arg-type]
    assert "Aino" not in str(refused.value)
    assert "violence" not in str(refused.value)


@pytest.mark.parametrize(
    "text", ["", "aino", "aino@", "a b@c.fi", "a@b.fi\r\nBcc: x@y.fi", "a@b.fi, c@d.fi", "<a@b.fi>"]
)
def test_what_is_no_address_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(BadAddress) as refused:
        Address(text)
    assert str(refused.value) == ""
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


def test_an_address_is_not_shown_and_capitals_make_no_other() -> None:
    address = Address(" Aino.E@Perhe.example ")
    assert "perhe" not in repr(address).lower()
    assert address.text == "Aino.E@Perhe.example"
    assert address.hash == Address("aino.e@perhe.example").hash != Address("aino@perhe.example").hash
