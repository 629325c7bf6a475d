"""What Sotkanet does by the clock and after a link was made."""

from datetime import time

from django_tasks import TaskContext, task

from turvaverkko.core.jobs import daily
from turvaverkko.indicators.sotkanet import queries, refreshing


# Outside: the source is asked without a transaction around; each command has its own.
@task(takes_context=True, outside=True, queue_name="delivery")
def refresh(context: TaskContext) -> None:  # noqa: ARG001 - a task outside the database takes it
    """Fetch the linked indicators whose figures are a month old or were never fetched."""
    refreshing.refresh_due()


@task(takes_context=True, outside=True, queue_name="delivery")
def refresh_one(context: TaskContext, pk: int) -> None:  # noqa: ARG001 - as above
    """Fetch one indicator that was just linked."""
    indicator = queries.indicator(pk)
    if indicator is not None and indicator.sotkanet_id is not None and refreshing.is_on():
        refreshing.fetch_figures(indicator)


daily(time(4, 10), refresh, name="sotkanet.refresh")
