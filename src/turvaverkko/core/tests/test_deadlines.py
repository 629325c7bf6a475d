from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from turvaverkko.core.deadlines import Due, Light, LocalDays, NoPolicy, Policy, Unit, due, in_force
from turvaverkko.core.explanations import ON_WEEKDAY, explain, listed_days
from turvaverkko.core.time_source import HELSINKI

ANY_DAY = st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31))
COUNTED = st.sampled_from([unit for unit in Unit if unit is not Unit.AT_ONCE])
END_OF_OFFICE_HOURS = time(16)


def a_policy(
    amount: int, unit: Unit, *, time_of_day: time | None = None, last_day_moves: bool = False
) -> Policy:
    return Policy(
        "a-limit",
        amount,
        unit,
        "a county's decision",
        1,
        date(2024, 1, 1),
        time_of_day=time_of_day,
        last_day_moves=last_day_moves,
    )


PROMISE = a_policy(3, Unit.OFFICE_DAYS, time_of_day=END_OF_OFFICE_HOURS)
CHRISTMAS = date(2026, 12, 23)


def test_a_promise_given_before_christmas_is_kept_after_it() -> None:
    found = due(PROMISE, CHRISTMAS)
    assert found.day == date(2026, 12, 30)
    assert found.left_out == tuple(date(2026, 12, day) for day in (24, 25, 26, 27))


def test_a_promise_is_late_one_second_after_office_hours() -> None:
    found = due(PROMISE, CHRISTMAS)
    assert found.moment == datetime(2026, 12, 30, 16, tzinfo=HELSINKI)
    assert not found.is_late(datetime(2026, 12, 30, 14, 0, 0, tzinfo=UTC))
    assert found.is_late(datetime(2026, 12, 30, 14, 0, 1, tzinfo=UTC))


def test_a_statutory_limit_lasts_to_the_end_of_its_finnish_day() -> None:
    found = due(a_policy(7, Unit.WORKING_DAYS), date(2026, 11, 24))
    assert found.day == date(2026, 12, 3)
    assert not found.is_late(datetime(2026, 12, 3, 21, 59, 59, tzinfo=UTC))
    assert found.is_late(datetime(2026, 12, 3, 22, 0, tzinfo=UTC))


def test_a_message_sent_after_midnight_in_finland_arrived_on_the_new_day() -> None:
    found = due(PROMISE, datetime(2026, 11, 22, 22, 30, tzinfo=UTC))
    assert found.start == date(2026, 11, 23)
    assert found.day == date(2026, 11, 26)


def test_the_place_decides_its_closing_days_and_breaks() -> None:
    local = LocalDays(
        closed=frozenset({date(2026, 12, 28)}), breaks=((date(2026, 12, 21), date(2027, 1, 6)),)
    )
    assert due(PROMISE, CHRISTMAS, local).day == date(2026, 12, 31)
    assert due(a_policy(1, Unit.SCHOOL_DAYS), date(2026, 12, 18), local).day == date(2027, 1, 7)


def test_lights_are_counted_in_the_calendar_of_the_policy() -> None:
    found = due(a_policy(10, Unit.WORKING_DAYS), date(2026, 12, 18))
    assert found.lights == (date(2026, 12, 28), date(2026, 12, 31), date(2027, 1, 5))
    assert found.light(date(2026, 12, 27)) is Light.EARLY
    assert found.light(date(2026, 12, 28)) is Light.HALF
    assert found.light(date(2026, 12, 31)) is Light.NEAR
    assert found.light(date(2027, 1, 5)) is Light.FULL


def test_what_is_due_at_once_is_due_on_the_day_it_came_holiday_or_not() -> None:
    found = due(a_policy(0, Unit.AT_ONCE), date(2026, 12, 25))
    assert found.day == date(2026, 12, 25)
    assert found.light(date(2026, 12, 25)) is Light.FULL


def test_the_last_day_moves_only_when_the_policy_says_so() -> None:
    stays = due(a_policy(14, Unit.CALENDAR_DAYS), date(2026, 12, 11))
    moves = due(a_policy(14, Unit.CALENDAR_DAYS, last_day_moves=True), date(2026, 12, 11))
    assert stays.day == date(2026, 12, 25)
    assert moves.day == date(2026, 12, 28)
    assert moves.counted_day == date(2026, 12, 25)


def test_the_newest_policy_that_has_begun_is_used() -> None:
    old = Policy("promise", 5, Unit.OFFICE_DAYS, "decision 1", 1, date(2024, 1, 1))
    new = Policy("promise", 3, Unit.OFFICE_DAYS, "decision 2", 2, date(2026, 1, 1))
    assert in_force([new, old], "promise", date(2025, 12, 31)) is old
    assert in_force([old, new], "promise", date(2026, 1, 1)) is new
    with pytest.raises(NoPolicy):
        in_force([old, new], "promise", date(2023, 12, 31))
    with pytest.raises(NoPolicy):
        in_force([old, new], "another", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("amount", "unit", "source"),
    [
        pytest.param(0, Unit.MONTHS, "act", id="no amount"),
        pytest.param(-1, Unit.OFFICE_DAYS, "act", id="backwards"),
        pytest.param(1, Unit.AT_ONCE, "act", id="at once has no amount"),
        pytest.param(1, Unit.MONTHS, "", id="nobody decided it"),
    ],
)
def test_a_limit_that_cannot_be_counted_is_refused(amount: int, unit: Unit, source: str) -> None:
    with pytest.raises(ValueError, match="a-limit"):
        Policy("a-limit", amount, unit, source, 1, date(2024, 1, 1))


def test_what_must_be_done_at_once_waits_for_nobody() -> None:
    with pytest.raises(ValueError, match="a-limit"):
        Policy("a-limit", 0, Unit.AT_ONCE, "act", 1, date(2024, 1, 1), may_pause=True)


@given(start=ANY_DAY, amount=st.integers(min_value=1, max_value=20), unit=COUNTED)
def test_lights_change_in_order_and_the_last_one_on_the_due_day(start: date, amount: int, unit: Unit) -> None:
    found = due(a_policy(amount, unit), start)
    half, near, full = found.lights
    assert start < half <= near <= full == found.day
    assert found.light(start) is Light.EARLY
    assert found.light(found.day) is Light.FULL


@given(start=ANY_DAY, amount=st.integers(min_value=1, max_value=20), unit=COUNTED)
def test_every_due_date_is_explained_with_both_its_days(start: date, amount: int, unit: Unit) -> None:
    found = due(a_policy(amount, unit), start)
    with translation.override("fi"):
        sentence = explain(found)
    assert f"{start.day}.{start.month}.{start.year}" in sentence
    assert f"{found.day.day}.{found.day.month}.{found.day.year}" in sentence
    assert sentence.endswith(".")
    assert "%" not in sentence


def explained(found: Due, opening: str) -> str:
    with translation.override("fi"):
        return explain(found, opening=opening)


@pytest.mark.parametrize(
    ("policy", "start", "sentence"),
    [
        pytest.param(
            a_policy(3, Unit.OFFICE_DAYS),
            date(2026, 12, 23),
            "Pyyntö tuli keskiviikkona 23.12.2026. "
            "Kolmas toimistopäivä on 30.12.2026, koska 24.–27.12. eivät ole toimistopäiviä.",
            id="Christmas",
        ),
        pytest.param(
            PROMISE,
            date(2026, 11, 23),
            "Pyyntö tuli maanantaina 23.11.2026. Kolmas toimistopäivä on 26.11.2026 kello 16.00.",
            id="nothing left out, with a time of day",
        ),
        pytest.param(
            a_policy(1, Unit.WORKING_DAYS),
            date(2026, 1, 5),
            "Pyyntö tuli maanantaina 5.1.2026. "
            "Ensimmäinen arkipäivä on 7.1.2026, koska 6.1. ei ole arkipäivä.",
            id="one day left out",
        ),
        pytest.param(
            a_policy(8, Unit.WORKING_DAYS),
            date(2026, 12, 28),
            "Pyyntö tuli maanantaina 28.12.2026. Kahdeksas arkipäivä on 11.1.2027, "
            "koska 1.–3.1., 6.1. ja 9.–10.1. eivät ole arkipäiviä.",
            id="several runs left out",
        ),
        pytest.param(
            a_policy(12, Unit.WORKING_DAYS),
            date(2026, 7, 31),
            "Pyyntö tuli perjantaina 31.7.2026. 12. arkipäivä on 18.8.2026, "
            "koska 1.–2.8., 8.–9.8. ja 15.–16.8. eivät ole arkipäiviä.",
            id="a long count is written in figures",
        ),
        pytest.param(
            a_policy(1, Unit.SCHOOL_DAYS),
            date(2027, 7, 31),
            "Pyyntö tuli lauantaina 31.7.2027. "
            "Ensimmäinen koulupäivä on 2.8.2027, koska 1.8. ei ole koulupäivä.",
            id="school day",
        ),
        pytest.param(
            a_policy(28, Unit.CALENDAR_DAYS),
            date(2026, 11, 22),
            "Pyyntö tuli sunnuntaina 22.11.2026. 28. päivä on 20.12.2026; jokainen päivä lasketaan.",
            id="calendar days",
        ),
        pytest.param(
            a_policy(3, Unit.MONTHS),
            date(2026, 11, 30),
            "Pyyntö tuli maanantaina 30.11.2026. "
            "3 kuukauden määräaika päättyy 28.2.2027, koska siinä kuussa ei ole 30. päivää.",
            id="a month without the day",
        ),
        pytest.param(
            a_policy(3, Unit.MONTHS),
            date(2026, 11, 24),
            "Pyyntö tuli tiistaina 24.11.2026. 3 kuukauden määräaika päättyy 24.2.2027.",
            id="months",
        ),
        pytest.param(
            a_policy(0, Unit.AT_ONCE),
            date(2026, 11, 26),
            "Pyyntö tuli torstaina 26.11.2026. Asia hoidetaan heti.",
            id="at once",
        ),
        pytest.param(
            a_policy(14, Unit.CALENDAR_DAYS, last_day_moves=True),
            date(2026, 12, 11),
            "Pyyntö tuli perjantaina 11.12.2026. 14. päivä on 25.12.2026; jokainen päivä lasketaan. "
            "Viimeinen päivä siirtyy päivään 28.12.2026 (laki 150/1930, 5 §).",
            id="the last day moves",
        ),
    ],
)
def test_the_explanation_reads_as_a_person_would_say_it(policy: Policy, start: date, sentence: str) -> None:
    assert explained(due(policy, start), "Pyyntö tuli") == sentence


def test_the_seven_days_of_the_week_are_inflected() -> None:
    assert ON_WEEKDAY == (
        "maanantaina",
        "tiistaina",
        "keskiviikkona",
        "torstaina",
        "perjantaina",
        "lauantaina",
        "sunnuntaina",
    )


def test_days_over_the_end_of_a_month_are_one_run() -> None:
    days = [date(2026, 12, 30) + timedelta(days=n) for n in range(4)]
    assert listed_days(days) == "30.12.–2.1."
