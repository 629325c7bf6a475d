"""Dead letters: jobs that failed for good. They stay until a person retries or drops them."""

from collections.abc import Collection
from datetime import datetime, time

from django.db.models import Count, Min, QuerySet
from django_tasks import task

from turvaverkko.core import time_source
from turvaverkko.core.jobs import rules
from turvaverkko.core.jobs.backend import patience_of
from turvaverkko.core.jobs.schedule import daily
from turvaverkko.core.models import Job, JobState


def dead_letters() -> QuerySet[Job]:
    """Return the jobs that failed for good, the latest first."""
    return Job.objects.filter(state=JobState.DEAD).order_by("-finished_at")


def dead_kinds() -> list[tuple[str, int, datetime]]:
    """Return of which tasks jobs failed for good: name, how many, when the first of them gave up."""
    grouped = dead_letters().order_by("name").values("name")
    counted = grouped.annotate(number=Count("pk"), oldest=Min("finished_at"))
    return list(counted.values_list("name", "number", "oldest"))


def first_failed(job: Job) -> datetime | None:
    """Return when a dead letter failed for the first time since it was enqueued or retried.

    What is written down is until when it was tried, which is counted from that failure. One that nobody was
    to try again has failed once.
    """
    return job.give_up_at - patience_of(job) if job.give_up_at else job.finished_at


def retry(ids: Collection[str]) -> int:
    """Have dead letters wait for a worker again, with new patience; return how many there were.

    One of a schedule is from now on a job by itself: the schedule may have gone on.
    """
    again = {"run_after": time_source.now(), "give_up_at": None, "finished_at": None, "schedule": ""}
    return dead_letters().filter(pk__in=ids).order_by().update(state=JobState.WAITING, attempts=0, **again)


def drop(ids: Collection[str]) -> int:
    """Delete dead letters; return how many there were."""
    return dead_letters().filter(pk__in=ids).delete()[0]


@task
def forget_done_jobs() -> None:
    """Delete the jobs that were done over 30 days ago."""
    old = time_source.now() - rules.DONE_KEPT
    Job.objects.filter(state=JobState.DONE, finished_at__lt=old).delete()


daily(time(3, 40), forget_done_jobs, name="core.forget_done_jobs")
