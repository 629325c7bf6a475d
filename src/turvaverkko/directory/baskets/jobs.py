"""Background job of baskets: what the retention rules make us forget."""

from datetime import time

from django_tasks import task

from turvaverkko.core.jobs import daily
from turvaverkko.directory.baskets import services


@task
def forget_old() -> None:
    """Delete links whose day has come, and baskets that nobody has touched for 30 days."""
    services.forget_old()


daily(time(3, 50), forget_old, name="baskets.forget_old")
