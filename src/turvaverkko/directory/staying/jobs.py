"""What staying true does by the clock."""

from datetime import time

from django_tasks import TaskContext, task

from turvaverkko.core.jobs import daily
from turvaverkko.directory.staying.services import asking, checking, correcting


@task
def ask_for_confirmation() -> None:
    """Ask the organisations whose listings are due, and remind those that did not answer."""
    asking.ask_all()


@task
def forget_words() -> None:
    """Erase what was written in corrections after its time."""
    correcting.forget_words()


# Outside: other sites are asked without a transaction around; each answer is written by itself.
@task(takes_context=True, outside=True, queue_name="delivery")
def check_addresses(context: TaskContext) -> None:  # noqa: ARG001 - a task outside the database takes it
    """Look at the addresses of the web that are due for it, and go on in another job while there are more."""
    if checking.check_some():
        check_addresses.enqueue()


daily(time(6, 30), ask_for_confirmation, name="staying.ask_for_confirmation")
daily(time(3, 55), forget_words, name="staying.forget_words")
daily(time(2, 20), check_addresses, name="staying.check_addresses")
