"""What happens by the clock: declared in the `jobs.py` of an app, enqueued by the workers.

A period is one row: its key is the schedule's name and the moment the period began, so that several
workers make one job of it. After an outage only the present period is made up for. While the job of an
earlier period is not finished, no other begins.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, Final, cast

from django.utils.module_loading import autodiscover_modules
from django_tasks.base import Task

from turvaverkko.core import time_source
from turvaverkko.core.jobs.backend import JobTask
from turvaverkko.core.jobs.periods import Daily, Every, Rhythm
from turvaverkko.core.models import Job


@dataclass(frozen=True, slots=True)
class Schedule:
    """A task and its rhythm."""

    name: str
    rhythm: Rhythm
    task: JobTask[Any, Any]


_schedules: Final[dict[str, Schedule]] = {}


def every(length: timedelta, task: Task[[], Any], *, name: str) -> None:
    """Run the task every so often, also soon after the first start.

    Raises:
        ValueError: the name is taken, or the length is under a second or over 28 days.
    """
    _enter(Schedule(name, Every(length), cast("JobTask[Any, Any]", task)))


def daily(at: time, task: Task[[], Any], *, name: str) -> None:
    """Run the task every day at a Finnish time, also soon after the first start.

    Raises:
        ValueError: the name is taken.
    """
    _enter(Schedule(name, Daily(at), cast("JobTask[Any, Any]", task)))


def forget(name: str) -> None:
    """Take a schedule away (for tests)."""
    _schedules.pop(name, None)


def schedules() -> Mapping[str, Schedule]:
    """Return every schedule by its name, after reading the `jobs.py` of every app."""
    autodiscover_modules("jobs")
    return dict(sorted(_schedules.items()))


def period_of(name: str) -> timedelta | None:
    """Return the length of a schedule's period; None when there is no such schedule."""
    return _schedules[name].rhythm.length if name in _schedules else None


class Scheduler:
    """Enqueues what is due; remembers what it has seen, so that most looks cost no query."""

    def __init__(self) -> None:
        self._schedules = schedules()
        self._seen: dict[str, datetime] = {}

    def enqueue_due(self) -> None:
        """Make a job of every period that has begun and has none yet."""
        now = time_source.now()
        for name, schedule in self._schedules.items():
            began = schedule.rhythm.latest(now)
            if self._seen.get(name) != began and _enqueue(schedule, began):
                self._seen[name] = began


def _enqueue(schedule: Schedule, began: datetime) -> bool:
    """Tell whether the period has its job now; it waits while one of an earlier period is unfinished."""
    key = f"{schedule.name}@{began.isoformat()}"
    if not Job.objects.filter(unique_key=key).exists():
        replace(schedule.task, unique_key=key, schedule=schedule.name).enqueue()
    return Job.objects.filter(unique_key=key).exists()


def _enter(schedule: Schedule) -> None:
    present = _schedules.setdefault(schedule.name, schedule)
    if present != schedule:
        message = f"There are two schedules named {schedule.name}."
        raise ValueError(message)
