"""When a listing is due, what is sent, and when an address is dead: tables of worked cases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turvaverkko.directory.staying import rules
from turvaverkko.directory.staying.phones import PhoneFault, fault_of
from turvaverkko.directory.staying.rules import Known, LinkState, Outcome, Stage, Step
from turvaverkko.directory.staying.states import CORRECTION

DAY = date(2026, 11, 23)
LISTED = date(2026, 1, 2)
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    ("confirmed", "by", "due"),
    [
        pytest.param("2026-08-28", "meeting-place", "2026-11-28", id="a meeting place: three months"),
        pytest.param("2026-05-31", "ngo", "2026-11-30", id="an NGO: six, the last day of a short month"),
        pytest.param("2026-02-28", "public", "2027-02-28", id="a municipality: a year"),
        pytest.param("", "public", "2026-01-02", id="never confirmed: due since it was published"),
    ],
)
def test_due_day(confirmed: str, by: rules.Confirmer, due: str) -> None:
    told = date.fromisoformat(confirmed) if confirmed else None
    assert rules.due_day(told, LISTED, by) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("last", "due"),
    [
        pytest.param(None, "2027-02-01", id="no date known: as any listing"),
        pytest.param("2027-05-30", "2027-02-01", id="goes on: as any listing"),
        pytest.param("2026-12-15", "2027-01-14", id="ends before: 30 days after its end"),
        pytest.param("2026-10-24", "2026-11-23", id="its last day of asking"),
        pytest.param("2026-10-23", None, id="ended over 30 days ago: nothing is asked"),
    ],
)
def test_due_day_of_a_series(last: str | None, due: str | None) -> None:
    found = rules.series_due_day(
        date(2026, 8, 1), LISTED, "ngo", last=date.fromisoformat(last) if last else None, today=DAY
    )
    assert found == (date.fromisoformat(due) if due else None)


@pytest.mark.parametrize(
    ("due", "found"),
    [
        pytest.param(None, Stage.FRESH, id="nothing is asked"),
        pytest.param("2026-12-08", Stage.FRESH, id="15 days before"),
        pytest.param("2026-12-07", Stage.DUE, id="14 days before"),
        pytest.param("2026-11-23", Stage.DUE, id="the day itself"),
        pytest.param("2026-11-22", Stage.LATE, id="the day after"),
        pytest.param("2026-11-09", Stage.LATE, id="14 days after"),
        pytest.param("2026-11-08", Stage.ESCALATED, id="15 days after"),
    ],
)
def test_stage(due: str | None, found: Stage) -> None:
    assert rules.stage(date.fromisoformat(due) if due else None, DAY) is found


@pytest.mark.parametrize(
    ("stage", "sent", "step"),
    [
        (Stage.FRESH, (), None),
        (Stage.DUE, (), Step.ASK),
        (Stage.DUE, (Step.ASK,), None),
        (Stage.LATE, (Step.ASK,), Step.REMIND),
        (Stage.LATE, (), Step.ASK),
        (Stage.LATE, (Step.ASK, Step.REMIND), None),
        (Stage.ESCALATED, (Step.ASK,), Step.REMIND),
        (Stage.ESCALATED, (Step.ASK, Step.REMIND), None),
    ],
)
def test_step(stage: Stage, sent: tuple[str, ...], step: Step | None) -> None:
    assert rules.step(stage, sent) is step


def test_a_letter_a_week() -> None:
    assert rules.may_write(None, DAY)
    assert not rules.may_write(date(2026, 11, 17), DAY)
    assert rules.may_write(date(2026, 11, 16), DAY)


def test_link_and_undo_end_on_time() -> None:
    now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    for holds, within in ((rules.link_holds, timedelta(days=30)), (rules.may_undo, timedelta(minutes=10))):
        assert holds(now, now + within)
        assert not holds(now, now + within + timedelta(seconds=1))


@pytest.mark.parametrize(
    ("looks", "state"),
    [
        ("2026-11-20 fine", "fine"),
        ("2026-11-20 gone", "failing"),
        ("2026-11-20 gone, 2026-11-20 gone", "failing"),
        ("2026-11-20 gone, 2026-11-21 slow", "dead"),
        ("2026-11-20 gone, 2026-11-21 fine, 2026-11-22 gone", "failing"),
        ("2026-11-20 gone, 2026-11-21 refused, 2026-11-22 broken", "failing"),
        ("2026-11-20 refused", "unknown"),
        ("2026-11-20 gone, 2026-11-21 gone, 2026-11-28 fine", "fine"),
    ],
)
def test_two_failures_on_different_days_make_an_address_dead(looks: str, state: str) -> None:
    known = Known()
    for look in looks.split(", "):
        day, outcome = look.split()
        known = rules.after_look(known, Outcome(outcome), date.fromisoformat(day))
    assert known.state == state


@pytest.mark.parametrize(
    ("state", "checked", "due"),
    [
        (LinkState.UNKNOWN, None, True),
        (LinkState.FINE, "2026-11-17", False),
        (LinkState.FINE, "2026-11-16", True),
        (LinkState.FAILING, "2026-11-23", False),
        (LinkState.FAILING, "2026-11-22", True),
        (LinkState.DEAD, "2026-11-22", False),
    ],
)
def test_when_an_address_is_looked_at(state: LinkState, checked: str | None, due: bool) -> None:
    assert rules.is_to_be_checked(state, date.fromisoformat(checked) if checked else None, DAY) is due


@given(due=DAYS, today=DAYS)
def test_a_later_day_never_takes_a_listing_back(due: date, today: date) -> None:
    order = list(Stage)
    assert order.index(rules.stage(due, today)) <= order.index(rules.stage(due, today + timedelta(days=1)))


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("112", None),
        ("116 117", None),
        ("0800 98811", None),
        ("+358 (0)40 123 4567", None),
        ("09 2525 0111", None),
        ("000 555 010", None),
        ("123456", PhoneFault.UNKNOWN_AREA),
        ("0401234567890123", PhoneFault.TOO_LONG),
        ("08 12", PhoneFault.TOO_SHORT),
        ("", PhoneFault.NO_NUMBER),
        ("kysy vaihteesta", PhoneFault.NO_NUMBER),
    ],
)
def test_phone_numbers(written: str, fault: PhoneFault | None) -> None:
    assert fault_of(written) == fault


def test_the_states_of_a_correction_hold_together() -> None:
    assert CORRECTION.faults() == ()
