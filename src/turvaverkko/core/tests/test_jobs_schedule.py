"""The clock: periods, the two nights of daylight saving, outages, and one job of a period."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from turvaverkko.core.jobs import every, schedule, schedules
from turvaverkko.core.jobs.periods import Daily, Every
from turvaverkko.core.jobs.schedule import Scheduler, daily
from turvaverkko.core.jobs.testing import drain
from turvaverkko.core.models import Job
from turvaverkko.core.tests import job_tasks
from turvaverkko.core.time_source import HELSINKI, local_day

NOON = datetime(2026, 11, 23, 10, 0, 30, tzinfo=UTC)
MOMENTS = st.datetimes(
    min_value=datetime(2024, 1, 1),  # noqa: DTZ001 - hypothesis puts the zone on
    max_value=datetime(2030, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@pytest.mark.parametrize(
    ("at", "now", "began"),
    [
        pytest.param("08:00", "2026-11-23T08:00+02:00", "2026-11-23T08:00+02:00", id="on the minute"),
        pytest.param("08:00", "2026-11-23T07:59+02:00", "2026-11-22T08:00+02:00", id="not yet: yesterday"),
        pytest.param(
            "00:00", "2026-11-23T00:30+02:00", "2026-11-23T00:00+02:00", id="midnight in Finland, not UTC"
        ),
        pytest.param(
            "08:00", "2026-03-29T09:00+03:00", "2026-03-29T08:00+03:00", id="the day of the spring night"
        ),
        pytest.param(
            "08:00", "2026-10-25T09:00+02:00", "2026-10-25T08:00+02:00", id="the day of the autumn night"
        ),
        pytest.param(
            "03:30", "2026-03-29T04:29+03:00", "2026-03-28T03:30+02:00", id="left out in spring: not before"
        ),
        pytest.param(
            "03:30",
            "2026-03-29T04:30+03:00",
            "2026-03-29T04:30+03:00",
            id="left out in spring: an hour later",
        ),
        pytest.param(
            "03:30", "2026-10-25T03:30+03:00", "2026-10-25T03:30+03:00", id="twice in autumn: the first"
        ),
        pytest.param(
            "03:30", "2026-10-25T03:10+02:00", "2026-10-25T03:30+03:00", id="twice in autumn: still the first"
        ),
        pytest.param(
            "03:30", "2026-10-25T03:30+02:00", "2026-10-25T03:30+03:00", id="twice in autumn: not the second"
        ),
    ],
)
def test_a_daily_period_begins_by_the_wall(at: str, now: str, began: str) -> None:
    rhythm = Daily(time.fromisoformat(at))
    assert rhythm.latest(datetime.fromisoformat(now)) == datetime.fromisoformat(began).astimezone(UTC)
    assert rhythm.latest(datetime.fromisoformat(now).astimezone(HELSINKI)).tzinfo is UTC


@pytest.mark.parametrize("night", [date(2026, 3, 29), date(2026, 10, 25)], ids=["spring", "autumn"])
@pytest.mark.parametrize("at", ["02:59", "03:00", "03:30", "03:59", "04:00"])
def test_minute_by_minute_through_the_night_each_day_begins_once(night: date, at: str) -> None:
    rhythm = Daily(time.fromisoformat(at))
    noon_before = datetime.combine(night, time(12), HELSINKI).astimezone(UTC) - timedelta(days=1)
    began = [rhythm.latest(noon_before + timedelta(minutes=minute)) for minute in range(2 * 24 * 60)]
    assert began == sorted(began)
    days = Counter(local_day(moment) for moment in set(began))
    assert days[night] == 1
    assert set(days.values()) == {1}


@given(MOMENTS, st.times())
def test_a_day_is_never_in_the_future_and_never_over_25_hours_old(now: datetime, at: time) -> None:
    assert timedelta(0) <= now - Daily(at).latest(now) <= timedelta(hours=25)


@given(MOMENTS, st.integers(1, 28 * 24 * 3600))
def test_a_period_holds_its_moment_and_is_the_same_for_all_of_it(now: datetime, seconds: int) -> None:
    rhythm = Every(timedelta(seconds=seconds))
    began = rhythm.latest(now)
    assert timedelta(0) <= now - began < rhythm.length
    assert rhythm.latest(began) == began
    assert rhythm.latest(began - timedelta(microseconds=1)) == began - rhythm.length


@pytest.mark.parametrize("length", [timedelta(0), timedelta(days=28, seconds=1), timedelta(seconds=-1)])
def test_a_period_that_cannot_be_remembered_is_refused(length: timedelta) -> None:
    with pytest.raises(ValueError, match="28 days"):
        Every(length)


# The scheduler


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def minutely(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(schedule, "_schedules", {})
    monkeypatch.setattr(schedule, "autodiscover_modules", lambda _name: None)
    every(timedelta(minutes=1), job_tasks.nothing, name="tests.minutely")
    return "tests.minutely"


def enqueued() -> list[str]:
    Scheduler().enqueue_due()
    return sorted(Job.objects.values_list("unique_key", flat=True))


@pytest.mark.django_db
def test_several_workers_make_one_job_of_a_period(minutely: str, clock: time_machine.Traveller) -> None:
    for _ in range(3):
        assert enqueued() == [f"{minutely}@2026-11-23T10:00:00+00:00"]
        drain()
    clock.shift(60)
    assert len(enqueued()) == 2


@pytest.mark.django_db
def test_one_worker_looks_at_the_database_once_a_period(
    minutely: str, clock: time_machine.Traveller, django_assert_num_queries: object
) -> None:
    scheduler = Scheduler()
    scheduler.enqueue_due()
    clock.shift(20)
    with django_assert_num_queries(0):  # type: ignore[operator]
        scheduler.enqueue_due()


@pytest.mark.django_db
def test_after_an_outage_a_period_runs_once_not_a_hundred_times(
    minutely: str, clock: time_machine.Traveller
) -> None:
    enqueued()
    drain()
    clock.shift(timedelta(minutes=100))
    assert enqueued()[1:] == [f"{minutely}@2026-11-23T11:40:00+00:00"]
    assert len(drain()) == 1


@pytest.mark.django_db
def test_a_period_waits_for_the_job_of_the_one_before(minutely: str, clock: time_machine.Traveller) -> None:
    enqueued()
    clock.shift(timedelta(minutes=5))
    assert len(enqueued()) == 1, "nobody worked: the first still waits"
    drain()
    assert len(enqueued()) == 2


@pytest.mark.django_db
def test_a_schedule_that_fails_is_tried_every_period_and_makes_one_dead_letter(
    minutely: str, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    enqueued()
    Job.objects.update(
        name="turvaverkko.core.tests.job_tasks.mark_and_fail", arguments={"args": ["a"], "kwargs": {}}
    )
    tries = 0
    for _ in range(60):
        clock.shift(60)
        enqueued()
        tries += len(drain(expect_failures=True))
    assert tries >= 60
    (job,) = Job.objects.all()
    assert job.run_after <= NOON + timedelta(minutes=61)


@pytest.mark.django_db
def test_a_clock_that_jumps_back_repeats_nothing(minutely: str, clock: time_machine.Traveller) -> None:
    enqueued()
    drain()
    clock.shift(60)
    enqueued()
    drain()
    clock.shift(-60)
    assert len(enqueued()) == 2
    assert drain() == []


def test_two_schedules_of_one_name_are_refused(minutely: str) -> None:
    every(timedelta(minutes=1), job_tasks.nothing, name=minutely)  # the same again: a module read twice
    with pytest.raises(ValueError, match=minutely):
        daily(time(3), job_tasks.nothing, name=minutely)


def test_the_schedules_of_the_house() -> None:
    assert {"core.forget_done_jobs", "trail.forget_old_keys"} <= set(schedules())
