"""Delays, steps of codes, what was typed, and the life of a session."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from turvaverkko.organisation.sign_in import rules
from turvaverkko.organisation.sign_in.rules import Key, State

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = datetime(2026, 11, 23, 6, 0, 5, tzinfo=UTC)
CODES = pyotp.TOTP(SECRET)


@pytest.mark.parametrize("key", list(Key))
def test_the_first_tries_are_free_and_no_delay_is_a_lock_out(key: Key) -> None:
    assert not rules.delay_after(key, rules.FREE_TRIES[key])
    assert rules.delay_after(key, rules.FREE_TRIES[key] + 1) == rules.FIRST_DELAY
    assert rules.delay_after(key, 10**9) == rules.LONGEST_DELAY[key] <= timedelta(minutes=15)


@given(st.sampled_from(list(Key)), st.integers(0, 5000))
def test_one_more_try_never_waits_less(key: Key, tries: int) -> None:
    assert rules.delay_after(key, tries) <= rules.delay_after(key, tries + 1)


@pytest.mark.parametrize(
    ("steps_away", "fits"),
    [(-2, False), (-1, True), (0, True), (1, True), (2, False)],
)
def test_a_clock_may_be_one_step_away(steps_away: int, fits: bool) -> None:
    code = CODES.at(NOW + timedelta(seconds=30 * steps_away))
    step = rules.accepted_step(SECRET, code, at=NOW, last_step=0)
    assert (step == rules.step_at(NOW) + steps_away) is fits
    assert (step is not None) is fits


def test_a_used_code_and_all_before_it_are_spent() -> None:
    now = rules.step_at(NOW)
    assert rules.accepted_step(SECRET, CODES.at(NOW), at=NOW, last_step=now) is None
    earlier = CODES.at(NOW - timedelta(seconds=30))
    assert rules.accepted_step(SECRET, earlier, at=NOW, last_step=now) is None
    later = CODES.at(NOW + timedelta(seconds=30))
    assert rules.accepted_step(SECRET, later, at=NOW, last_step=now) == now + 1


@given(st.text(max_size=40))
def test_whatever_is_typed_is_six_digits_or_nothing(typed: str) -> None:
    digits = rules.read_digits(typed)
    assert digits == "" or (len(digits) == 6 and digits.isascii() and digits.isdigit())


@given(st.text(alphabet=rules.ALPHABET, min_size=12, max_size=12))
def test_a_backup_code_is_read_as_it_was_shown(signs: str) -> None:
    assert rules.read_backup_code(rules.grouped(signs).lower()) == signs
    assert rules.read_digits(rules.grouped(signs)) == ""


@pytest.mark.parametrize(
    ("started", "seen", "locked", "ended", "state"),
    [
        pytest.param(0, 0, None, None, State.OPEN, id="just signed in"),
        pytest.param(60, 14, None, None, State.OPEN, id="used a while ago"),
        pytest.param(60, 15, None, None, State.LOCKED, id="idle for a quarter"),
        pytest.param(60, 0, 1, None, State.LOCKED, id="locked by hand"),
        pytest.param(600, 0, None, None, State.OVER, id="a long day"),
        pytest.param(600, 0, 1, None, State.OVER, id="the end is stronger than the lock"),
        pytest.param(60, 0, None, 1, State.OVER, id="signed out"),
    ],
)
def test_what_a_session_is_good_for(
    started: int, seen: int, locked: int | None, ended: int | None, state: State
) -> None:
    def ago(minutes: int | None) -> datetime | None:
        return None if minutes is None else NOW - timedelta(minutes=minutes)

    given = {"locked_at": ago(locked), "ended_at": ago(ended)}
    found = rules.state_at(
        NOW, started_at=NOW - timedelta(minutes=started), seen_at=NOW - timedelta(minutes=seen), **given
    )
    assert found is state


def test_a_code_stays_fresh_for_its_minutes() -> None:
    five = timedelta(minutes=5)
    assert rules.is_fresh(NOW, NOW - timedelta(minutes=4, seconds=59), five)
    assert not rules.is_fresh(NOW, NOW - five, five)
