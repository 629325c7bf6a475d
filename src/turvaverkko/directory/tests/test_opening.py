"""Opening hours against cases counted by hand on a wall calendar of 2026 and 2027."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turvaverkko.core.time_source import HELSINKI, to_local
from turvaverkko.directory.opening import (
    ALWAYS,
    BY_APPOINTMENT,
    EXCEPTION,
    Always,
    ByAppointment,
    Closed,
    HoursRule,
    Open,
    Unknown,
    exceptions,
    status,
    week,
)
from turvaverkko.directory.opening_words import sentence, sign


def at(text: str) -> datetime:
    """A wall time in Finland, such as "2026-11-23 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI)


def days(first: int, last: int, opens: str, closes: str, **more: object) -> list[HoursRule]:
    return [
        HoursRule(weekday=day, opens=time.fromisoformat(opens), closes=time.fromisoformat(closes), **more)  # type: ignore[arg-type]
        for day in range(first, last + 1)
    ]


OFFICE = days(0, 4, "08:00", "15:00")
NIGHTS = days(4, 5, "21:00", "03:00", closed_on_holidays=False)
LUNCH_SHUT = days(0, 4, "08:00", "11:00") + days(0, 4, "12:00", "16:00")
TWO_PARTS = days(0, 4, "08:00", "12:00") + days(0, 4, "12:00", "16:00")
ROUND_THE_CLOCK = [HoursRule(ALWAYS, closed_on_holidays=False)]
ALL_DAYS_24 = days(0, 6, "00:00", "00:00", closed_on_holidays=False)


@pytest.mark.parametrize(
    ("rows", "now", "expected"),
    [
        pytest.param(OFFICE, "2026-11-23 10:00", Open(at("2026-11-23 15:00")), id="monday morning"),
        pytest.param(OFFICE, "2026-11-23 08:00", Open(at("2026-11-23 15:00")), id="the door opens"),
        pytest.param(OFFICE, "2026-11-23 15:00", Closed(at("2026-11-24 08:00")), id="the door has closed"),
        pytest.param(OFFICE, "2026-11-23 07:59", Closed(at("2026-11-23 08:00")), id="a minute too early"),
        pytest.param(
            OFFICE, "2026-11-20 16:00", Closed(at("2026-11-23 08:00")), id="friday evening -> monday"
        ),
        pytest.param(OFFICE, "2026-11-22 12:00", Closed(at("2026-11-23 08:00")), id="sunday -> monday"),
        pytest.param(
            OFFICE, "2026-12-24 10:00", Closed(at("2026-12-28 08:00")), id="christmas eve, a thursday"
        ),
        pytest.param(
            OFFICE, "2026-12-23 15:30", Closed(at("2026-12-28 08:00")), id="the day before christmas eve"
        ),
        pytest.param(OFFICE, "2027-01-06 10:00", Closed(at("2027-01-07 08:00")), id="epiphany, a wednesday"),
        pytest.param(OFFICE, "2027-03-25 16:00", Closed(at("2027-03-30 08:00")), id="before good friday"),
        pytest.param(OFFICE, "2026-06-19 10:00", Closed(at("2026-06-22 08:00")), id="midsummer eve"),
        pytest.param(LUNCH_SHUT, "2026-11-23 11:30", Closed(at("2026-11-23 12:00")), id="lunch"),
        pytest.param(
            TWO_PARTS, "2026-11-23 11:30", Open(at("2026-11-23 16:00")), id="two parts that touch are one"
        ),
        pytest.param(NIGHTS, "2026-11-20 23:00", Open(at("2026-11-21 03:00")), id="friday night"),
        pytest.param(NIGHTS, "2026-11-21 02:59", Open(at("2026-11-21 03:00")), id="after midnight"),
        pytest.param(NIGHTS, "2026-11-22 02:00", Open(at("2026-11-22 03:00")), id="sunday small hours"),
        pytest.param(NIGHTS, "2026-11-22 03:00", Closed(at("2026-11-27 21:00")), id="the night is over"),
        pytest.param(NIGHTS, "2026-12-25 22:00", Open(at("2026-12-26 03:00")), id="open on christmas day"),
        pytest.param(ROUND_THE_CLOCK, "2026-12-25 04:00", Always(), id="always"),
        pytest.param(ALL_DAYS_24, "2026-11-23 04:00", Always(), id="every day from midnight to midnight"),
        pytest.param([], "2026-11-23 10:00", Unknown(), id="nothing is said"),
        pytest.param([HoursRule(BY_APPOINTMENT)], "2026-11-23 10:00", ByAppointment(), id="by appointment"),
        pytest.param(
            [*days(1, 1, "09:00", "11:00"), HoursRule(BY_APPOINTMENT, weekday=3)],
            "2026-11-23 10:00",
            Closed(at("2026-11-24 09:00")),
            id="hours go before appointments",
        ),
        # 29 March 2026, 3 o'clock does not exist; 25 October 2026, 3 o'clock comes twice.
        pytest.param(
            days(5, 5, "22:00", "06:00", closed_on_holidays=False),
            "2026-03-29 02:30",
            Open(datetime(2026, 3, 29, 3, 0, tzinfo=UTC)),
            id="the night with a missing hour closes at 6 by the wall",
        ),
        pytest.param(
            days(5, 5, "22:00", "06:00", closed_on_holidays=False),
            "2026-10-25 02:30",
            Open(datetime(2026, 10, 25, 4, 0, tzinfo=UTC)),
            id="the night with a doubled hour too",
        ),
    ],
)
def test_status(rows: list[HoursRule], now: str, expected: object) -> None:
    assert status(rows, at(now)) == expected


def test_an_exception_goes_before_the_week() -> None:
    rows = [
        *OFFICE,
        HoursRule(EXCEPTION, date=date(2026, 11, 24), closed=True),
        HoursRule(EXCEPTION, date=date(2026, 11, 28), opens=time(10), closes=time(12)),
    ]
    assert status(rows, at("2026-11-24 10:00")) == Closed(at("2026-11-25 08:00"))
    assert status(rows, at("2026-11-28 11:00")) == Open(at("2026-11-28 12:00"))
    assert [day.date.day for day in exceptions(rows, date(2026, 11, 23))] == [24, 28]
    assert exceptions(rows, date(2026, 11, 29)) == ()


def test_a_season_has_a_first_and_a_last_day() -> None:
    summer = days(0, 4, "09:00", "12:00", valid_from=date(2026, 6, 1), valid_to=date(2026, 8, 7))
    assert status(summer, at("2026-05-29 10:00")) == Closed(at("2026-06-01 09:00"))
    assert status(summer, at("2026-08-07 10:00")) == Open(at("2026-08-07 12:00"))
    assert status(summer, at("2026-08-10 10:00")) == Closed(None)


def test_an_opening_too_far_away_is_not_promised() -> None:
    next_summer = days(0, 4, "09:00", "12:00", valid_from=date(2027, 6, 1))
    assert status(next_summer, at("2026-11-23 10:00")) == Closed(None)


def test_the_same_moment_in_another_time_zone_is_the_same() -> None:
    assert status(OFFICE, datetime(2026, 11, 23, 8, 0, tzinfo=UTC)) == status(OFFICE, at("2026-11-23 10:00"))


def test_the_week_begins_on_monday_and_knows_today_and_holidays() -> None:
    shown = week(
        [*OFFICE, HoursRule(BY_APPOINTMENT, weekday=5, closed_on_holidays=False)], date(2026, 12, 24)
    )
    assert [day.date.day for day in shown] == [21, 22, 23, 24, 25, 26, 27]
    assert [bool(day.times) for day in shown] == [True, True, True, False, False, False, False]
    assert [day.holiday for day in shown] == [False, False, False, True, True, False, False]
    assert [day.is_today for day in shown].index(True) == 3
    assert shown[5].by_appointment


@pytest.mark.parametrize(
    ("rows", "now", "words"),
    [
        (OFFICE, "2026-11-23 10:00", "Auki nyt, klo 15 asti"),
        (days(0, 4, "08:00", "15:30"), "2026-11-23 10:00", "Auki nyt, klo 15.30 asti"),
        (days(0, 0, "12:00", "00:00"), "2026-11-23 20:00", "Auki nyt, klo 24 asti"),
        (OFFICE, "2026-11-20 16:00", "Avautuu maanantaina klo 8"),
        (OFFICE, "2026-11-22 12:00", "Avautuu huomenna klo 8"),
        (OFFICE, "2026-11-23 06:00", "Avautuu klo 8"),
        (ROUND_THE_CLOCK, "2026-11-23 10:00", "Auki aina"),
        ([HoursRule(BY_APPOINTMENT)], "2026-11-23 10:00", "Ajanvarauksella"),
        ([], "2026-11-23 10:00", ""),
        ([HoursRule(EXCEPTION, date=date(2026, 1, 1), closed=True)], "2026-11-23 10:00", "Kiinni"),
    ],
)
def test_the_sentence(rows: list[HoursRule], now: str, words: str) -> None:
    written = sentence(status(rows, at(now)), at(now))
    assert written.replace('<span class="num">', "").replace("</span>", "").replace("\xa0", " ") == words


def test_an_appointment_has_no_window() -> None:
    assert sign(ByAppointment()) is None
    assert sign(None) is None
    assert [found.state for found in (sign(Always()), sign(Closed()), sign(Unknown())) if found] == [
        "always",
        "closed",
        "unknown",
    ]


FIRST = datetime(2024, 1, 1, tzinfo=UTC)
TIMES = st.times(min_value=time(0), max_value=time(23, 45)).map(
    lambda t: t.replace(minute=t.minute // 15 * 15, second=0, microsecond=0)
)
RULES = st.lists(
    st.builds(
        HoursRule,
        weekday=st.integers(0, 6),
        opens=TIMES,
        closes=TIMES,
        closed_on_holidays=st.booleans(),
    ),
    max_size=6,
)
MOMENTS = st.integers(0, 7 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))


@given(RULES, MOMENTS)
def test_what_is_open_stays_open_until_it_says_so(rows: list[HoursRule], now: datetime) -> None:
    found = status(rows, now)
    if isinstance(found, Open):
        assert found.until > now
        assert isinstance(status(rows, found.until - timedelta(seconds=1)), Open | Always)
        assert not isinstance(status(rows, found.until), Open) or found.until - now > timedelta(days=7)


@given(RULES, MOMENTS)
def test_a_promised_opening_comes_true_and_nothing_opens_before(rows: list[HoursRule], now: datetime) -> None:
    found = status(rows, now)
    if isinstance(found, Closed) and found.opens is not None:
        assert found.opens > now
        assert isinstance(status(rows, found.opens), Open | Always)
        middle = now + (found.opens - now) / 2
        assert isinstance(status(rows, middle), Closed)


@given(RULES, MOMENTS)
def test_the_week_table_and_the_sign_agree(rows: list[HoursRule], now: datetime) -> None:
    """Within a day, away from midnight's overhang and the odd nights, the table says what the sign says."""
    local = to_local(now)
    today = next(day for day in week(rows, local.date()) if day.is_today)
    inside = any(start <= local.time() and (local.time() < end or end <= start) for start, end in today.times)
    if inside and local.hour >= 5:
        assert isinstance(status(rows, now), Open | Always)
