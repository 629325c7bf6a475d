"""What the clock begins: forgetting the contact details of answered asks to join."""

from datetime import time

from django_tasks import task

from turvaverkko.core.actors import SystemActor
from turvaverkko.core.jobs import daily
from turvaverkko.directory.editing.services import joining

CLOCK = SystemActor("editing-retention")


@task
def forget_joins() -> None:
    """Delete the e-mail and role of who asked to join, 90 days after the answer."""
    joining.forget(CLOCK, None)


daily(time(3, 50), forget_joins, name="editing.forget_joins")
