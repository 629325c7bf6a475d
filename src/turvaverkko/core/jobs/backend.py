"""The backend under the interface of django-tasks: a task enqueued is a row, in the caller's transaction.

Beside what django-tasks knows, `@task(…)` takes `outside` and `patience` (see `JobTask`).
"""

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final, ParamSpec, TypeVar, cast

from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskContext, TaskResult, TaskResultStatus
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist
from django_tasks.utils import normalize_json

from turvaverkko.core import time_source
from turvaverkko.core.jobs import rules
from turvaverkko.core.models import Job, JobState

P = ParamSpec("P")
T = TypeVar("T")

# An id, a code or a kind of row; a day or a moment. No space, @ or capital: no sentence, address or name.
ID_OR_CODE: Final = re.compile(r"[a-z0-9_:./-]{0,100}|\d{4}-\d{2}-\d{2}T[\d:.]{5,15}(Z|[+-]\d{2}:\d{2})?")
STATUS: Final = {
    JobState.WAITING: TaskResultStatus.READY,
    JobState.RUNNING: TaskResultStatus.RUNNING,
    JobState.DONE: TaskResultStatus.SUCCESSFUL,
    JobState.DEAD: TaskResultStatus.FAILED,
}


class FreeText(ValueError):
    """An argument is neither an id nor a code: text of people does not belong into a job."""


@dataclass(frozen=True, kw_only=True)
class JobTask(Task[P, T]):
    """A task of the house.

    Attributes:
        outside: the effect is outside the database (mail, another system). The task runs outside a
            transaction and at least once, so it gives the provider a key that stays the same: that of its
            own row, or `idempotency_key(context)`.
        patience: for how long after the first failure it is tried again; nought: never.
        unique_key: set by `keyed`.
        schedule: set by the scheduler.
    """

    outside: bool = False
    patience: timedelta = rules.PATIENCE
    unique_key: str = ""
    schedule: str = ""


class LeaseBackend(BaseTaskBackend):
    """Jobs are rows with a lease (`core.jobs.leases`). What a task returns is not kept."""

    task_class = JobTask
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[P, T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> TaskResult[T]:
        """Write the row; with a key that was used before, return what was enqueued then.

        Raises:
            FreeText: an argument is neither an id nor a code.
        """
        self.validate_task(task)
        job_task = cast("JobTask[P, T]", task)
        now = time_source.now()
        job = Job(
            name=task.module_path,
            arguments=only_ids({"args": args, "kwargs": kwargs}),
            queue=task.queue_name,
            priority=task.priority,
            run_after=task.run_after or now,
            unique_key=job_task.unique_key,
            schedule=job_task.schedule,
            enqueued_at=now,
        )
        if job.unique_key:
            Job.objects.bulk_create([job], ignore_conflicts=True)
            job = Job.objects.filter(unique_key=job.unique_key).first() or job
        else:
            job.save(force_insert=True)
        return result_of(job, task)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """Return what is known of a job.

        Raises:
            TaskResultDoesNotExist: there is none, or it was forgotten after its time.
        """
        job = Job.objects.filter(pk=result_id).first()
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return result_of(job, task_of(job))


def keyed(task: Task[P, T], key: str) -> Task[P, T]:
    """Return the task under a key: enqueued again with it, nothing happens (for 30 days after it is done).

    Say in the key what is done to what: "notices.reminder:3kd81:2026-11-24".
    """
    return replace(cast("JobTask[P, T]", task), unique_key=key)


def idempotency_key(context: TaskContext) -> str:
    """Return the key of a job for another system: the same in every attempt, another for every job."""
    return context.task_result.id


def task_of(job: Job) -> JobTask[Any, Any]:
    """Return the task of a job.

    Raises:
        ImportError: it is gone or has another name.
        InvalidTaskError: the name is of something else.
    """
    found = import_string(job.name)
    if not isinstance(found, JobTask):
        raise InvalidTaskError(job.name)
    return found


def patience_of(job: Job) -> timedelta:
    """Return for how long after its first failure a job is tried again."""
    try:
        return task_of(job).patience
    except Exception:  # the task is gone, or its module does not load: that is why it failed
        return rules.PATIENCE


def result_of(job: Job, task: Task[Any, T]) -> TaskResult[T]:
    """Return the job in the words of django-tasks."""
    return TaskResult(
        task=task,
        id=job.pk,
        status=STATUS[JobState(job.state)],
        enqueued_at=job.enqueued_at,
        started_at=None,
        finished_at=job.finished_at,
        last_attempted_at=None,
        args=job.arguments["args"],
        kwargs=job.arguments["kwargs"],
        backend=task.backend,
        errors=[],
        worker_ids=[job.worker] * job.attempts,
    )


def only_ids(arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments as JSON keeps them.

    Raises:
        FreeText: one is neither an id nor a code; the error does not repeat it.
        TypeError: one is of a type that JSON does not have.
    """
    plain: dict[str, Any] = normalize_json(arguments)
    _refuse_text(plain)
    return plain


def _refuse_text(value: object) -> None:
    if isinstance(value, dict):
        _refuse_text(list(value.values()))
    elif isinstance(value, list):
        for one in value:
            _refuse_text(one)
    elif isinstance(value, str) and not ID_OR_CODE.fullmatch(value):
        message = "A job takes ids and codes; what people wrote is read from its row when the job runs."
        raise FreeText(message)
