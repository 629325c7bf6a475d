"""The rules of work as tables and properties."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turvaverkko.core import calendars
from turvaverkko.core.deadlines import Light
from turvaverkko.core.time_source import HELSINKI, to_local
from turvaverkko.work import rules
from turvaverkko.work.rules import Running

CALENDARS = st.sampled_from(
    [calendars.is_working_day, calendars.office_days(()), calendars.school_days(()), calendars.every_day]
)
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
NOON = datetime(2026, 11, 23, 12, tzinfo=HELSINKI)


def running(hours: int, *, met: bool = False, paused: bool = False) -> Running:
    return Running(NOON + timedelta(hours=hours), met, paused)


@pytest.mark.parametrize(
    ("deadlines", "hours"),
    [
        ([], None),
        ([running(5), running(3)], 3),
        ([running(5), running(3, met=True)], 5),
        ([running(5), running(3, paused=True)], 5),
        ([running(3, met=True), running(4, paused=True)], None),
    ],
)
def test_next_due_is_the_earliest_that_runs(deadlines: list[Running], hours: int | None) -> None:
    assert rules.next_due(deadlines) == (None if hours is None else NOON + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("today", "light"),
    [(1, Light.EARLY), (2, Light.HALF), (3, Light.NEAR), (4, Light.FULL), (5, Light.FULL)],
)
def test_lights_change_on_their_days(today: int, light: Light) -> None:
    half, near, last = (date(2026, 12, day) for day in (2, 3, 4))
    assert rules.light(date(2026, 12, today), half, near, last) == light


def test_the_promised_moment_itself_is_in_time() -> None:
    assert not rules.is_late(NOON, NOON)
    assert rules.is_late(NOON, NOON + timedelta(microseconds=1))


@given(
    start=DAYS, run=st.integers(1, 20), used=st.integers(0, 30), still=st.integers(0, 40), counts=CALENDARS
)
def test_as_many_days_are_left_after_a_pause_as_before(
    start: date, run: int, used: int, still: int, counts: calendars.DayTest
) -> None:
    last = calendars.nth_day(start, run, counts)
    paused = min(start + timedelta(days=used), last)
    resumed = paused + timedelta(days=still)
    after = rules.moved(last, rules.days_paused(paused, resumed, counts), counts)
    left = calendars.count_days(calendars.nth_day(paused, 0, counts), last, counts)
    assert calendars.count_days(calendars.nth_day(resumed, 0, counts), after, counts) == left
    assert after >= max(last, resumed)


@given(DAYS, st.integers(0, 400))
def test_a_moved_moment_keeps_its_time_on_the_wall(day: date, days: int) -> None:
    moment = datetime(day.year, day.month, day.day, 16, tzinfo=HELSINKI)
    moved = to_local(rules.moved_moment(moment, days))
    assert (moved.date(), moved.hour) == (day + timedelta(days=days), 16)
