"""The story of the example requests before it is lived: the same again, believable, and of nobody."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
import yaml
from django.conf import settings

from turvaverkko.core import calendars
from turvaverkko.core.time_source import HELSINKI
from turvaverkko.guidance.demo.arrivals import Office
from turvaverkko.guidance.demo.content import content
from turvaverkko.guidance.demo.story import LASTS, Fate, Story, tell

TUESDAY = datetime(2026, 11, 24, 10, 30, tzinfo=HELSINKI)
PLACES = {"oulu": 210_000, "raahe": 24_000, "kuusamo": 15_000, "kempele": 19_000}


def story(*, count: int = 400, seed: int = 1, present: datetime = TUESDAY) -> list[Story]:
    return tell(content(), Office(present), PLACES, count=count, seed=seed)


@pytest.fixture(scope="module")
def long() -> list[Story]:
    return story()


def test_the_same_seed_tells_the_same_and_another_another(long: list[Story]) -> None:
    assert story() == long
    assert [one.text for one in story(seed=2)] != [one.text for one in long]


def test_it_lasts_eighteen_months_in_the_order_of_time(long: list[Story]) -> None:
    moments = [one.received for one in long]
    assert moments == sorted(moments)
    assert TUESDAY - LASTS - timedelta(days=1) <= moments[0] < TUESDAY - timedelta(days=500)
    assert moments[-1] < TUESDAY


def test_july_is_quiet_and_evenings_are_not(long: list[Story]) -> None:
    old = [one for one in long if one.fate is Fate.CLOSED]
    months = Counter((one.received.year, one.received.month) for one in old)
    assert months[2026, 7] * 2 < min(months[2025, 9], months[2025, 8], months[2026, 1])
    at_night = sum(one.received.hour >= 19 or one.received.hour < 6 for one in long)
    assert 0.35 < at_night / len(long) < 0.6


def test_languages_places_and_fates_have_their_shares(long: list[Story]) -> None:
    languages = Counter(one.language for one in long)
    assert set(languages) == {"fi", "sv", "en", "ar", "ru", "uk"}
    assert 0.75 < languages["fi"] / len(long) < 0.9
    assert Counter(one.municipality for one in long).most_common(1)[0][0] == "oulu"
    fates = Counter(one.fate for one in long)
    assert set(fates) == set(Fate)
    assert 55 <= len(long) - fates[Fate.CLOSED] <= 65


@pytest.mark.parametrize("hours", range(0, 24 * 7, 5))
def test_what_is_due_is_due_whatever_the_present(hours: int) -> None:
    present = TUESDAY + timedelta(hours=hours)
    office = Office(present)
    for one in story(count=60, present=present):
        assert one.received < present
        closing = calendars.nth_day(one.received.date(), 3, office.is_open)
        ends = datetime(closing.year, closing.month, closing.day, 16, tzinfo=HELSINKI)
        if one.fate is Fate.DUE:
            assert ends > present
        if one.fate is Fate.LATE:
            assert ends <= present


def test_the_offices_open_on_office_days_only() -> None:
    from random import Random  # noqa: PLC0415 - dice of this test

    office = Office(TUESDAY, closed=frozenset({date(2026, 11, 27)}))
    thursday_evening = datetime(2026, 11, 26, 20, 0, tzinfo=HELSINKI)
    at_work = office.at_work(thursday_evening, Random(1))
    assert at_work.date() == date(2026, 11, 30)
    assert 8 <= at_work.hour < 12
    noon = datetime(2026, 11, 26, 12, 0, tzinfo=HELSINKI)
    assert office.at_work(noon, Random(1)) == noon


def test_calls_come_while_the_offices_are_open(long: list[Story]) -> None:
    calls = [one.received for one in long if one.channel == "phone"]
    assert calls
    assert all(moment.weekday() < 5 and 8 <= moment.hour < 16 for moment in calls)


def test_nobody_is_real(long: list[Story]) -> None:
    for one in long:
        assert one.phone.startswith("000 ")
        assert one.email.endswith("@example.invalid")
        assert not one.name or one.name.endswith(" Esimerkki")
    for language in content().languages.values():
        for text in (*(words.text for words in language.words), *language.answers, *language.follow_ups):
            assert "@" not in text
            assert not any(len(part) > 3 and part.isdigit() for part in text.split())


def test_topics_ages_and_dangers_are_those_of_the_nation() -> None:
    def codes(file: str, name: str) -> set[str]:
        found = yaml.safe_load((settings.NATIONAL_PACK / file).read_text(encoding="utf-8"))
        return {entry[name] for entry in found}

    thesaurus = sorted((settings.NATIONAL_PACK / "thesaurus").glob("*.yaml"))
    dangers = set().union(*(codes(f"thesaurus/{path.name}", "code") for path in thesaurus))
    for language in content().languages.values():
        for words in language.words:
            assert words.topic in codes("situations.yaml", "slug")
            assert set(words.ages) <= codes("ages.yaml", "slug")
            assert set(words.danger) <= dangers


def test_every_life_situation_is_told_of() -> None:
    situations = yaml.safe_load((settings.NATIONAL_PACK / "situations.yaml").read_text(encoding="utf-8"))
    told = {words.topic for language in content().languages.values() for words in language.words}
    assert told == {entry["slug"] for entry in situations}
