from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import override_settings

from turvaverkko.core import time_source


@time_machine.travel(datetime(2026, 11, 22, 22, 30, tzinfo=UTC), tick=False)
def test_after_midnight_in_finland_the_day_has_changed_although_utc_says_yesterday() -> None:
    assert time_source.today() == date(2026, 11, 23)
    assert time_source.now() == datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
    assert time_source.local_now().isoformat() == "2026-11-23T00:30:00+02:00"


@pytest.mark.parametrize(
    ("utc", "finnish"),
    [
        pytest.param("2026-03-29T00:59:00+00:00", "2026-03-29T02:59:00+02:00", id="before the spring jump"),
        pytest.param("2026-03-29T01:00:00+00:00", "2026-03-29T04:00:00+03:00", id="after the spring jump"),
        pytest.param("2026-10-25T00:30:00+00:00", "2026-10-25T03:30:00+03:00", id="first 03:30 of autumn"),
        pytest.param("2026-10-25T01:30:00+00:00", "2026-10-25T03:30:00+02:00", id="second 03:30 of autumn"),
    ],
)
def test_moments_keep_their_order_when_the_clocks_are_moved(utc: str, finnish: str) -> None:
    assert time_source.to_local(datetime.fromisoformat(utc)).isoformat() == finnish


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        time_source.to_local(datetime(2026, 1, 1, 12))  # noqa: DTZ001 - what is refused


PAST = datetime(2025, 9, 1, 12, tzinfo=time_source.HELSINKI)


def test_a_demo_moves_time_back_and_it_comes_forward_again() -> None:
    before = time_source.now()
    with time_source.moved_to(PAST):
        assert time_source.now() == PAST
        assert time_source.now().tzinfo is UTC
        with time_source.moved_to(PAST + timedelta(days=1)):
            assert time_source.today() == date(2025, 9, 2)
        assert time_source.today() == date(2025, 9, 1)
    assert time_source.now() >= before


def test_time_comes_forward_also_after_a_failure() -> None:
    before = time_source.now()
    with pytest.raises(LookupError), time_source.moved_to(PAST):
        raise LookupError
    assert time_source.now() >= before


def test_where_real_families_are_time_stays() -> None:
    with (
        override_settings(DEMO=False),
        pytest.raises(time_source.TimeStays),
        time_source.moved_to(PAST),
    ):
        pass


def test_nothing_is_dated_into_the_future() -> None:
    later = time_source.now() + timedelta(minutes=1)
    with pytest.raises(time_source.TimeStays), time_source.moved_to(later):
        pass
    with pytest.raises(ValueError, match="time zone"), time_source.moved_to(datetime(2025, 1, 1)):  # noqa: DTZ001
        pass
