"""Background jobs of guidance: what the retention rules make us forget."""

from datetime import time, timedelta

from django_tasks import task

from turvaverkko.core import limits
from turvaverkko.core.jobs import daily, every
from turvaverkko.guidance.services import purging


@task
def purge_contact_details() -> None:
    """Delete the contact details of anonymous requests closed over 90 days ago."""
    purging.purge_contacts()


@task
def forget_drafts() -> None:
    """Delete drafts of families and staff that nobody has touched for seven days, and copies of sent ones."""
    purging.forget_drafts()


@task
def forget_address_counts() -> None:
    """Delete the counts of tries and sendings whose window is over."""
    limits.forget_old()


every(timedelta(hours=1), forget_address_counts, name="guidance.forget_address_counts")
daily(time(3, 20), purge_contact_details, name="guidance.purge_contact_details")
daily(time(3, 40), forget_drafts, name="guidance.forget_drafts")
