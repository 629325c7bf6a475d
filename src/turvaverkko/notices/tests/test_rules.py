"""When it is safe, and what a code is."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turvaverkko.core.time_source import to_local
from turvaverkko.notices import rules, states
from turvaverkko.notices.rules import NotACode, SafeHours, checked_code, next_safe
from turvaverkko.notices.states import NOTICE

SPRING_NIGHTS = {date(2026, 3, 29), date(2027, 3, 28)}
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
SCHOOL = SafeHours(time(9), time(15))
NIGHT = SafeHours(time(22), time(6))


@pytest.mark.parametrize(
    ("hours", "moment", "safe"),
    [
        # 09:00 and 15:00 in Finnish winter time are 07:00 and 13:00 UTC.
        (SCHOOL, "2026-11-23T07:00", "2026-11-23T07:00"),
        (SCHOOL, "2026-11-23T12:59", "2026-11-23T12:59"),
        (SCHOOL, "2026-11-23T13:00", "2026-11-24T07:00"),
        (SCHOOL, "2026-11-23T06:59", "2026-11-23T07:00"),
        (NIGHT, "2026-11-23T21:30", "2026-11-23T21:30"),
        (NIGHT, "2026-11-23T03:59", "2026-11-23T03:59"),
        (NIGHT, "2026-11-23T04:00", "2026-11-23T20:00"),
        # The night to 25 October has an hour more: nine o'clock is 07:00 UTC again.
        (SCHOOL, "2026-10-24T14:00", "2026-10-25T07:00"),
        (None, "2026-11-23T03:00", "2026-11-23T03:00"),
    ],
)
def test_the_next_safe_moment(hours: SafeHours | None, moment: str, safe: str) -> None:
    given_moment, expected = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (moment, safe))
    assert next_safe(given_moment, hours).astimezone(UTC) == expected


MINUTES = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))


@given(
    st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes)),
    st.tuples(MINUTES, MINUTES).filter(lambda pair: pair[0] != pair[1]),
)
def test_what_comes_next_is_safe_and_within_a_day(moment: datetime, pair: tuple[time, time]) -> None:
    hours = SafeHours(*pair)
    safe = next_safe(moment, hours)
    assert moment <= safe <= moment + timedelta(hours=25)
    # An opening in the hour that a spring night leaves out comes an hour later on the wall.
    assert hours.contain(safe) or to_local(safe).date() in SPRING_NIGHTS


def test_safe_hours_that_say_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="different"):
        SafeHours(time(9), time(9))


@pytest.mark.parametrize("text", ["Aino", "soita heti", "aino@example.fi", "", "x" * 121, "ä"])
def test_words_of_people_are_no_code(text: str) -> None:
    with pytest.raises(NotACode) as refused:
        checked_code(text)
    assert not text or text not in str(refused.value)


def test_the_lock_is_let_go_before_a_writer_on_sqlite_gives_up() -> None:
    assert rules.LETTER_WITHIN < 20


def test_the_table_of_states_is_sound() -> None:
    assert NOTICE.faults() == ()
    assert states.OPEN == ("held", "queued", "sending", "failed")
    assert NOTICE.actions("dead") == ("retry", "drop")
