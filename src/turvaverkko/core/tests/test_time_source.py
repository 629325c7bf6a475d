from datetime import UTC, date, datetime

import pytest
import time_machine

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
