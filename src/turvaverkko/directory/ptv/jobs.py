"""What is brought from the catalogue by the clock: changes hourly, ids nightly, everything weekly."""

from datetime import time, timedelta
from typing import Final

from django_tasks import TaskContext, task

from turvaverkko.core.jobs import daily, every
from turvaverkko.directory.ptv import queries, running, services
from turvaverkko.directory.ptv.models import Run
from turvaverkko.directory.ptv.services import SYSTEM, Busy

HOUR: Final = timedelta(hours=1)
WEEK: Final = timedelta(days=7)


# Outside: the source is asked without a transaction around; each command has its own.
@task(takes_context=True, outside=True, queue_name="delivery")
def poll(context: TaskContext) -> None:  # noqa: ARG001 - a task outside the database takes it
    """Bring what has changed in the catalogue since the last time."""
    _bring(Run.Kind.INCREMENTAL)


@task(takes_context=True, outside=True, queue_name="delivery")
def reconcile(context: TaskContext) -> None:  # noqa: ARG001 - as above
    """Compare which services and channels are there; what is gone is archived."""
    _bring(Run.Kind.RECONCILE)


@task(takes_context=True, outside=True, queue_name="delivery")
def refresh(context: TaskContext) -> None:  # noqa: ARG001 - as above
    """Bring every document anew: a connection that has changed moves no date of its service."""
    _bring(Run.Kind.FULL)


@task(takes_context=True, outside=True, queue_name="delivery")
def go_on(context: TaskContext, public_id: str) -> None:  # noqa: ARG001 - as above
    """Do what is left of a run that a person began, approved or took up."""
    run = queries.run(public_id)
    if run is not None and run.state == Run.State.RUNNING:
        running.go_on(run)


def _bring(kind: str) -> None:
    """Begin a run and do it; another that is going on or waits for a person is left alone."""
    if not running.is_on():
        return
    try:
        run = services.begin(SYSTEM, kind)
    except Busy:
        return
    running.go_on(run)


every(HOUR, poll, name="ptv.poll")
daily(time(2, 40), reconcile, name="ptv.reconcile")
every(WEEK, refresh, name="ptv.refresh")
