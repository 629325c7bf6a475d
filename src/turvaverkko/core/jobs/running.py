"""One attempt at one job: the effect and "done" are committed together, or neither is."""

import logging
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django_tasks.base import TaskContext

from turvaverkko.core.jobs import leases, rules
from turvaverkko.core.jobs.backend import JobTask, patience_of, result_of, task_of
from turvaverkko.core.jobs.schedule import period_of
from turvaverkko.core.models import Job, JobState

log: Final = logging.getLogger("turvaverkko.jobs")

_WORDS: Final = {JobState.WAITING: "retry", JobState.DEAD: "dead", None: "lost"}


class LeaseLost(RuntimeError):
    """Another worker holds the job by now: what this one did is rolled back."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended: "done", "retry", "dead", or "lost" (another worker has the job)."""

    job: Job
    what: str
    error: Exception | None = None


def run(job: Job) -> Outcome:
    """Make one attempt at a claimed job and log one line of it, without its arguments."""
    started = time.perf_counter()
    try:
        _do(job, task_of(job))
        outcome = Outcome(job, "done")
    except LeaseLost:
        outcome = Outcome(job, "lost")
    except Exception as error:  # whatever a task raises: it is retried, and the worker goes on
        outcome = Outcome(job, _failed(job, place_of(error)), error)
    seconds = time.perf_counter() - started
    cause = place_of(outcome.error) if outcome.error else "-"
    log.info(
        "job name=%s id=%s attempt=%d seconds=%.3f outcome=%s error=%s",
        *(job.name, job.pk, job.attempts, seconds, outcome.what, cause),
    )
    return outcome


def release_expired() -> int:
    """Give the jobs of workers that died back; return how many."""
    released = [(job, _failed(job, "turvaverkko.core.jobs.LeaseExpired")) for job in leases.expired()]
    for job, what in released:
        log.warning(
            "job name=%s id=%s attempt=%d outcome=expired then=%s", job.name, job.pk, job.attempts, what
        )
    return len(released)


def place_of(error: BaseException) -> str:
    """Return class and place of an error, never its message, which may carry what people wrote."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__module__}.{type(error).__qualname__}{place}"[:300]


def _do(job: Job, task: JobTask[Any, Any]) -> None:
    if task.outside:
        _call(job, task)
        _finish(job)
    else:
        with transaction.atomic():
            _call(job, task)
            _finish(job)


def _call(job: Job, task: JobTask[Any, Any]) -> None:
    context = [TaskContext(task_result=result_of(job, task))] if task.takes_context else []
    task.call(*context, *job.arguments["args"], **job.arguments["kwargs"])


def _finish(job: Job) -> None:
    if not leases.finish(job):
        raise LeaseLost


def _failed(job: Job, error: str) -> str:
    patience = patience_of(job)
    # A schedule is tried again at the latest when its next period begins.
    longest = period_of(job.schedule) or rules.LONGEST_WAIT
    return _WORDS[leases.set_back(job, error, patience=patience, longest_wait=longest)]
