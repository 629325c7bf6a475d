"""What notices do by the clock."""

from datetime import time

from django_tasks import task

from turvaverkko.core.jobs import daily, every
from turvaverkko.notices import services
from turvaverkko.notices.rules import LATE


@task
def forget_old() -> None:
    """Erase addresses after their time, and rows after theirs."""
    services.forget_old()


@task
def find_late() -> None:
    """Give what has lost its job another."""
    services.find_late()


daily(time(3, 50), forget_old, name="notices.forget_old")
every(LATE, find_late, name="notices.find_late")
