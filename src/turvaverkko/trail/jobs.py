"""What the trail does by the clock."""

from datetime import time, timedelta

from django_tasks import TaskContext, task

from turvaverkko.core.jobs import daily, every
from turvaverkko.trail import services
from turvaverkko.trail.access_log import sealing


@task
def forget_old_keys() -> None:
    """Delete the keys of sendings that are too old to be sent again."""
    services.forget_old_keys()


daily(time(3, 20), forget_old_keys, name="trail.forget_old_keys")


# Outside: each seal is committed by itself before it is anchored, so no transaction may be around it.
@task(takes_context=True, outside=True)
def seal_access_log(context: TaskContext) -> None:  # noqa: ARG001 - a task outside the database takes it
    """Seal the rows of the last minute; a database that disagrees with the anchor becomes a dead letter."""
    sealing.seal()


every(timedelta(minutes=1), seal_access_log, name="trail.seal_access_log")
