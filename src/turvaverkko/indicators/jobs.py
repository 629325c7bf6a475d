"""Background jobs of indicators: the figures of daily work."""

from datetime import time

from django_tasks import task

from turvaverkko.core.jobs import daily
from turvaverkko.indicators.services.refreshing import REFRESHER, refresh


@task
def refresh_computed() -> None:
    """Count the figures of daily work for each month and quarter that has ended, and hide small numbers."""
    refresh(REFRESHER)


daily(time(4, 10), refresh_computed, name="indicators.refresh_computed")
