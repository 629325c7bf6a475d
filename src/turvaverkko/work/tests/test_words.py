"""What a queue says of a deadline, in words and lights."""

from datetime import date, datetime

import pytest
from django.utils import translation
from django.utils.html import strip_tags

from turvaverkko.core.deadlines import LocalDays, Policy, Unit, due
from turvaverkko.work.models import Deadline
from turvaverkko.work.tests.conftest import WEDNESDAY, at, january
from turvaverkko.work.words import due_words, foremost


def deadline(unit: Unit = Unit.OFFICE_DAYS, amount: int = 3, **fields: object) -> Deadline:
    hour = WEDNESDAY.time().replace(hour=16) if unit is Unit.OFFICE_DAYS else None
    found = due(Policy("p", amount, unit, "test", 1, date(2026, 1, 1), hour), WEDNESDAY)
    half, near, last = found.lights
    days = {"due_at": found.moment, "last_day": last, "half_day": half, "near_day": near}
    return Deadline(policy="p", counted_in=unit, started_at=WEDNESDAY, **{**days, **fields})


def said(found: Deadline | None, now: datetime) -> tuple[str, str]:
    words = due_words(found, now)
    return strip_tags(words.text).replace("\u00a0", " "), words.light


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (at(23, 11), ("keskiviikkona 30.12. klo 16", "early")),
        (at(24, 11), ("keskiviikkona klo 16", "early")),
        (at(29, 11), ("huomenna klo 16", "half")),
        (at(30, 11), ("tänään klo 16", "full")),
        (at(30, 16), ("tänään klo 16", "full")),
        (at(30, 17), ("myöhässä", "late")),
        (at(31, 9), ("1 toimistopäivän myöhässä", "late")),
        (january(2), ("1 toimistopäivän myöhässä", "late")),
        (january(4), ("2 toimistopäivää myöhässä", "late")),
    ],
)
def test_a_promise_says_its_day_and_time(now: datetime, words: tuple[str, str]) -> None:
    assert said(deadline(), now) == words


@pytest.mark.parametrize(
    ("unit", "amount", "now", "words"),
    [
        (Unit.WORKING_DAYS, 7, at(23), ("tiistaina 5.1.", "early")),
        (Unit.WORKING_DAYS, 7, january(4), ("huomenna", "near")),
        (Unit.WORKING_DAYS, 7, january(5), ("tänään", "full")),
        (Unit.WORKING_DAYS, 7, january(8), ("2 arkipäivää myöhässä", "late")),
        (Unit.SCHOOL_DAYS, 1, january(4), ("4 koulupäivää myöhässä", "late")),
        (Unit.MONTHS, 1, january(25), ("2 päivää myöhässä", "late")),
        (Unit.CALENDAR_DAYS, 2, at(26), ("1 päivän myöhässä", "late")),
        (Unit.CALENDAR_DAYS, 5, at(24), ("maanantaina", "early")),
        (Unit.AT_ONCE, 0, at(23, 23), ("heti", "full")),
        (Unit.AT_ONCE, 0, at(25), ("2 päivää myöhässä", "late")),
    ],
)
def test_each_limit_is_said_in_its_own_calendar(
    unit: Unit, amount: int, now: datetime, words: tuple[str, str]
) -> None:
    assert said(deadline(unit, amount), now) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"met_at": at(29)}, ("hoidettu ajoissa", "met")),
        ({"met_at": january(4)}, ("hoidettu 2 toimistopäivää myöhässä", "met-late")),
        ({"dropped_at": at(29)}, ("raukesi", "dropped")),
        ({"paused_at": at(28), "pause_reason": "waiting-family"}, ("odottaa perhettä", "paused")),
        (
            {"paused_at": at(28), "pause_reason": "agreed-later", "paused_until": january(8).date()},
            ("sovittu myöhemmäksi, jatkuu perjantaina 8.1.", "paused"),
        ),
    ],
)
def test_what_does_not_run_says_so(fields: dict[str, object], words: tuple[str, str]) -> None:
    assert said(deadline(**fields), january(20)) == words


def test_lateness_leaves_out_the_countys_own_closing_days() -> None:
    closed = LocalDays(closed=frozenset({date(2026, 12, 31)}))
    assert strip_tags(due_words(deadline(), january(4), closed).text) == "1 toimistopäivän myöhässä"


def test_the_queue_shows_what_runs_before_what_stands_still() -> None:
    met = deadline(met_at=at(24))
    still = deadline(paused_at=at(24), pause_reason="waiting-family")
    later, sooner = deadline(amount=5), deadline(amount=4)
    assert foremost([met, still, later, sooner]) is sooner
    assert foremost([met, still]) is still
    assert foremost([met]) is None
    assert said(None, at(24)) == ("", "none")


@pytest.mark.parametrize("language", ["sv", "en", "ar"])
def test_every_language_says_it_with_its_own_plurals(language: str) -> None:
    finnish = said(deadline(), january(4))[0]
    with translation.override(language):
        words = said(deadline(), january(4))[0]
    assert words != finnish
    assert "2" in words or language == "ar"
