"""How often and when in words, in Finnish; the catalogues carry the same patterns."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils.html import strip_tags

from turvaverkko.directory import happening_words as said
from turvaverkko.directory.models import Happening
from turvaverkko.directory.recurrence import Every, Pattern

TODAY = date(2026, 11, 23)
DECEMBER = date(2026, 12, 15)


def weekly(day: date, last: date = DECEMBER, every: Every = Every.WEEK) -> Pattern:
    return Pattern(day, time(10), time(12), every, last)


MONDAY, TUESDAY, THURSDAY = date(2026, 9, 7), date(2026, 9, 8), date(2026, 9, 10)


@pytest.mark.parametrize(
    ("patterns", "words"),
    [
        pytest.param([weekly(TUESDAY)], "joka tiistai, 15.12. asti", id="one weekday"),
        pytest.param([weekly(THURSDAY), weekly(TUESDAY)], "joka tiistai ja torstai, 15.12. asti", id="two"),
        pytest.param(
            [weekly(date(2026, 9, day)) for day in range(7, 12)], "joka arkipäivä, 15.12. asti", id="mon-fri"
        ),
        pytest.param(
            [weekly(date(2026, 9, day)) for day in range(7, 14)], "joka päivä, 15.12. asti", id="all days"
        ),
        pytest.param(
            [weekly(TUESDAY, every=Every.TWO_WEEKS)], "joka toinen tiistai, 15.12. asti", id="every other"
        ),
        pytest.param(
            [weekly(TUESDAY, every=Every.MONTH)],
            "kuukauden toinen tiistai, 15.12. asti",
            id="second of month",
        ),
        pytest.param(
            [weekly(date(2026, 9, 29), every=Every.MONTH)],
            "kuukauden viimeinen tiistai, 15.12. asti",
            id="the fifth is the last",
        ),
        pytest.param(
            [weekly(TUESDAY), weekly(date(2027, 1, 12), date(2027, 5, 25))],
            "joka tiistai, 25.5. asti",
            id="two seasons are one",
        ),
        pytest.param(
            [weekly(TUESDAY, date(2026, 11, 10)), weekly(MONDAY)],
            "joka maanantai, 15.12. asti",
            id="what is over is left out",
        ),
        pytest.param([weekly(TUESDAY, date(2027, 12, 14))], "joka tiistai", id="an end too far for a date"),
        pytest.param([Pattern(TUESDAY, time(10), time(12))], "", id="a single date has no rhythm"),
        pytest.param(
            [weekly(TUESDAY), weekly(THURSDAY, date(2026, 12, 3))],
            "joka torstai, 3.12. asti; joka tiistai, 15.12. asti",
            id="two ends",
        ),
    ],
)
def test_how_often(patterns: list[Pattern], words: str) -> None:
    assert strip_tags(said.rhythm(patterns, TODAY)) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [(23, "tänään 10–11.30"), (24, "huomenna 10–11.30"), (29, "su 29.11. 10–11.30")],
)
def test_when(day: int, words: str) -> None:
    starts, ends = datetime(2026, 11, day, 8, tzinfo=UTC), datetime(2026, 11, day, 9, 30, tzinfo=UTC)
    assert strip_tags(said.when(starts, ends, TODAY)) == words


def test_every_kind_has_words_and_a_visit_tells_who_comes() -> None:
    assert set(said.KINDS) == set(Happening.Kind.values)
    assert said.kind_words("outreach", "midwife") == "Kätilö"
    assert set(said.SIGN_UP) == set(Happening.SignUp.values)
