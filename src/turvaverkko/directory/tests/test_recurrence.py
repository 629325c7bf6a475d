"""The days of a series, counted by hand; and its moments over the nights when the clocks are turned."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turvaverkko.directory.recurrence import CANCELLED, MOVED, Change, Every, Pattern, days_of, slots_of

TEN, NOON = time(10), time(12)
AUTUMN = (date(2026, 10, 19), date(2026, 10, 23))


def pattern(first: str, last: str | None = None, every: Every = Every.WEEK, **more: bool) -> Pattern:
    end = date.fromisoformat(last) if last else None
    return Pattern(date.fromisoformat(first), TEN, NOON, every, end, **more)


@pytest.mark.parametrize(
    ("series", "days"),
    [
        pytest.param(pattern("2026-12-25", every=Every.ONCE), "12-25", id="a single date is kept"),
        pytest.param(
            pattern("2026-10-06", "2026-10-27"), "10-06 10-13 10-27", id="no Tuesday of the autumn break"
        ),
        pytest.param(
            pattern("2026-10-06", "2026-10-27", in_school_breaks=True),
            "10-06 10-13 10-20 10-27",
            id="also in the break",
        ),
        pytest.param(
            pattern("2026-12-17", "2026-12-31"), "12-17 12-31", id="Christmas Eve is off, New Year's Eve not"
        ),
        pytest.param(pattern("2026-06-12", "2026-06-26"), "06-12 06-26", id="Midsummer Eve is off"),
        pytest.param(
            pattern("2026-06-12", "2026-06-26", on_holidays=True), "06-12 06-19 06-26", id="also on holidays"
        ),
        pytest.param(
            pattern("2026-11-02", "2026-12-07", Every.TWO_WEEKS), "11-02 11-16 11-30", id="every other week"
        ),
        pytest.param(
            pattern("2026-09-08", "2026-12-31", Every.MONTH), "09-08 10-13 11-10 12-08", id="second Tuesday"
        ),
        pytest.param(
            pattern("2026-08-31", "2026-12-31", Every.MONTH),
            "08-31 09-28 10-26 11-30 12-28",
            id="the fifth Monday is the last where there are four",
        ),
        pytest.param(pattern("2026-11-03", "2026-11-03"), "11-03", id="both ends are included"),
    ],
)
def test_days_counted_by_hand(series: Pattern, days: str) -> None:
    assert " ".join(day.isoformat()[5:] for day in days_of(series, [AUTUMN])) == days


@pytest.mark.parametrize(
    ("day", "starts", "ends", "told"),
    [
        pytest.param("2026-10-24", TEN, NOON, "07:00 09:00", id="the day before winter time"),
        pytest.param("2026-10-25", TEN, NOON, "08:00 10:00", id="the day of winter time"),
        pytest.param("2026-10-24", time(22), time(5), "19:00 03:00", id="the long night is eight hours"),
        pytest.param("2027-03-27", time(22), time(5), "20:00 02:00", id="the short night is six"),
        pytest.param("2027-03-28", time(3, 30), time(3, 45), "01:30 01:45", id="an hour that is not there"),
        pytest.param("2026-12-31", time(22), time(1), "20:00 23:00", id="over midnight"),
    ],
)
def test_moments_counted_by_hand(day: str, starts: time, ends: time, told: str) -> None:
    slot = slots_of([Pattern(date.fromisoformat(day), starts, ends)], {})[0]
    assert f"{slot.starts_at:%H:%M} {slot.ends_at:%H:%M}" == told


def test_a_date_goes_otherwise() -> None:
    changes = {
        date(2026, 11, 10): Change(CANCELLED),
        date(2026, 11, 17): Change(MOVED, new_day=date(2026, 11, 18), starts=time(14), ends=time(15)),
        date(2026, 11, 24): Change(MOVED),
        date(2026, 11, 25): Change(CANCELLED),
    }
    slots = slots_of([pattern("2026-11-03", "2026-11-24")], changes)
    told = [(slot.day.day, f"{slot.starts_at:%d.%m. %H}", slot.state) for slot in slots]
    assert told == [
        (3, "03.11. 08", "planned"),
        (10, "10.11. 08", "cancelled"),
        (17, "18.11. 12", "moved"),
        (24, "24.11. 08", "moved"),
    ]


def test_two_times_on_one_day_are_numbered() -> None:
    late = Pattern(date(2026, 11, 3), time(17), time(18))
    slots = slots_of([late, pattern("2026-11-03", "2026-11-10")], {})
    assert [(slot.day.day, slot.number, slot.starts_at.hour) for slot in slots] == [
        (3, 0, 8),
        (3, 1, 15),
        (10, 0, 8),
    ]


@given(
    first=st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    length=st.integers(0, 500),
    every=st.sampled_from([Every.WEEK, Every.TWO_WEEKS, Every.MONTH]),
    starts=st.times(),
    ends=st.times(),
)
def test_every_time_is_on_the_weekday_of_the_first_and_ends_after_it_starts(
    first: date, length: int, every: Every, starts: time, ends: time
) -> None:
    last = date.fromordinal(first.toordinal() + length)
    series = Pattern(first, starts, ends, every, last, on_holidays=True, in_school_breaks=True)
    slots = slots_of([series], {})
    assert slots
    assert slots[0].day == first
    assert {slot.day.weekday() for slot in slots} == {first.weekday()}
    assert all(first <= slot.day <= last and slot.starts_at < slot.ends_at for slot in slots)
    assert all(slot.starts_at.utcoffset() is not None for slot in slots)
    if every is Every.MONTH:
        months = [(slot.day.year, slot.day.month) for slot in slots]
        assert len(months) == len(set(months))
