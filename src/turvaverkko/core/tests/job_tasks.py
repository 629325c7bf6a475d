"""Tasks for the tests of jobs. Their effect is a row, so that rolled back is not the same as done."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django_tasks import TaskContext, task

from turvaverkko.core.jobs import idempotency_key

APP = "jobs_test"
SENT: list[str] = []  # what "another system" received


class Hiccup(RuntimeError):
    pass


def effects() -> list[str]:
    return sorted(ContentType.objects.filter(app_label=APP).values_list("model", flat=True))


@task
def mark(name: str) -> None:
    """Leave a row."""
    ContentType.objects.create(app_label=APP, model=name)


@task
def nothing() -> None:
    """Do nothing."""


@task
def mark_and_fail(name: str) -> None:
    ContentType.objects.create(app_label=APP, model=name)
    message = "Aino Esimerkki, 040 000 000"  # a message may carry anything
    raise Hiccup(message)


@task(patience=timedelta(0))
def fail_once_for_all() -> None:
    raise Hiccup


@task
def rename(old: str, new: str) -> None:
    """Take a mark and give it another name: done twice, it fails."""
    ContentType.objects.get(app_label=APP, model=old).delete()
    ContentType.objects.create(app_label=APP, model=new)


@task
def mark_and_enqueue(name: str) -> None:
    """Leave a row, and a job that leaves another."""
    ContentType.objects.create(app_label=APP, model=name)
    mark.enqueue(f"{name}-next")


@task(takes_context=True, outside=True, queue_name="delivery")
def send(context: TaskContext, fails: int) -> None:
    """Tell "another system", and fail the first times after it was told."""
    SENT.append(idempotency_key(context))
    if context.attempt <= fails:
        raise Hiccup
