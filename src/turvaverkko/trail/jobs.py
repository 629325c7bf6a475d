"""What the trail does by the clock."""

from datetime import time

from django_tasks import task

from turvaverkko.core.jobs import daily
from turvaverkko.trail import services


@task
def forget_old_keys() -> None:
    """Delete the keys of sendings that are too old to be sent again."""
    services.forget_old_keys()


daily(time(3, 20), forget_old_keys, name="trail.forget_old_keys")
