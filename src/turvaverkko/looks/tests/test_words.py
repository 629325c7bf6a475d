"""Numbers, times and signs in words."""

from datetime import date, datetime, time

import pytest
from django.utils.safestring import mark_safe

from turvaverkko.core.time_source import HELSINKI
from turvaverkko.looks import words
from turvaverkko.looks.api import Sign

TODAY = date(2026, 11, 22)  # a Sunday


def at(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=HELSINKI)


def bare(text: str) -> str:
    """The text without the islands around its numbers."""
    return text.replace('<span class="num">', "").replace("</span>", "").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("text", "islands"),
    [
        pytest.param("Soita 000 555 010, vastaamme heti.", ["000 555 010"], id="phone before a comma"),
        pytest.param("+358 40 123 4567", ["+358 40 123 4567"], id="international phone"),
        pytest.param("3–12-vuotiaiden perheet", ["3–12"], id="ages"),
        pytest.param("arkisin klo 8–15.", ["8–15"], id="hours at the end of a sentence"),
        pytest.param("9.30–11.30", ["9.30–11.30"], id="hours with minutes"),
        pytest.param("torstaina 26.11. klo 16", ["26.11.", "16"], id="date and time"),
        pytest.param("vahvistettu 12.11.2026.", ["12.11.2026"], id="date with year at the end of a sentence"),
        pytest.param("osuus 68 %", ["68 %"], id="per cent"),
        pytest.param("Ei numeroita", [], id="no numbers"),
        pytest.param("مثلاً 2026-Q1 أو 2026-05", ["2026-Q1", "2026-05"], id="a quarter with its letter"),
        pytest.param("2026-Q12", ["2026", "12"], id="no quarter"),
        pytest.param("من 8–15 العمر 3–12", ["8–15", "3–12"], id="arabic"),
    ],
)
def test_each_number_becomes_an_island(text: str, islands: list[str]) -> None:
    told = words.with_isolated_numbers(text)
    assert told.count('<span class="num">') == len(islands)
    for island in islands:
        assert f'<span class="num">{island}</span>' in told
    assert bare(told) == text


def test_text_is_escaped() -> None:
    assert words.with_isolated_numbers("<b>5</b>") == '&lt;b&gt;<span class="num">5</span>&lt;/b&gt;'


def test_safe_text_keeps_its_markup_and_its_numbers_are_isolated() -> None:
    text = mark_safe('<a href="/a/1/">klo 8–15</a> &#39;')
    expected = '<a href="/a/1/">klo\u00a0<span class="num">8–15</span></a> &#39;'
    assert words.with_isolated_numbers(text) == expected


def test_isolating_twice_changes_nothing() -> None:
    once = words.with_isolated_numbers("klo 8–15")
    assert words.with_isolated_numbers(once) == once


def test_a_short_word_does_not_part_from_its_number() -> None:
    assert words.with_isolated_numbers("huomenna klo 8") == 'huomenna klo\u00a0<span class="num">8</span>'


@pytest.mark.parametrize(
    ("number", "dialled"),
    [("000 555 010", "000555010"), ("+358 40 123", "+35840123"), ("(08) 12-3", "08123")],
)
def test_phone_link_dials_digits_only(number: str, dialled: str) -> None:
    link = words.phone_link(number)
    assert f'href="tel:{dialled}"' in link
    assert f'<span class="num">{number}</span>' in link


def test_phone_link_escapes() -> None:
    assert "<script" not in words.phone_link("<script>1</script>")


@pytest.mark.parametrize(
    ("youngest", "oldest", "told"), [(3, 12, "3–12"), (18, None, "18+"), (None, 1, "0–1"), (5, 5, "5")]
)
def test_age_range(youngest: int | None, oldest: int | None, told: str) -> None:
    assert words.age_range(youngest, oldest) == f'<span class="num">{told}</span>'


@pytest.mark.parametrize(
    ("starts", "ends", "told"),
    [
        (time(9, 30), time(12), "9.30–12"),
        (time(13), time(15, 5), "13–15.05"),
        (time(18), time(0), "18–24"),
    ],
)
def test_time_range(starts: time, ends: time, told: str) -> None:
    assert bare(words.time_range(starts, ends)) == told


def test_moment_is_told_in_finnish_time() -> None:
    utc = datetime.fromisoformat("2026-11-26T14:00:00+00:00")
    assert bare(words.moment_words(utc)) == "torstaina 26.11. klo 16"


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (at(22, 18), "klo 18"),
        (at(23, 8), "huomenna klo 8"),
        (at(26, 8, 30), "torstaina klo 8.30"),
        (at(28, 9), "lauantaina klo 9"),
        pytest.param(at(29, 9), "sunnuntaina 29.11. klo 9", id="same weekday next week needs a date"),
    ],
)
def test_soon_is_the_shortest_clear_way(moment: datetime, told: str) -> None:
    assert bare(words.soon_words(moment, TODAY)) == told


@pytest.mark.parametrize(
    ("sign", "told"),
    [
        (Sign("open", until=at(22, 20)), "Auki nyt klo 20 asti"),
        (Sign("open", until=at(23, 0)), "Auki nyt klo 24 asti"),
        (Sign("open"), "Auki nyt"),
        (Sign("always"), "Auki aina"),
        (Sign("closed", opens=at(23, 8)), "Kiinni. Avautuu huomenna klo 8."),
        (Sign("closed"), "Kiinni"),
        (Sign("unknown"), "Aukioloaikaa ei ole kerrottu"),
    ],
)
def test_a_sign_says_until_when_or_from_when(sign: Sign, told: str) -> None:
    assert bare(words.sign_words(sign, TODAY)) == told
