"""Whether the work goes: what is due and since when, and when a worker was last seen alive."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min

from turvaverkko.core import time_source
from turvaverkko.core.jobs import rules
from turvaverkko.core.models import Job, JobState


@dataclass(frozen=True, slots=True)
class Pulse:
    """How the work goes now.

    Attributes:
        due: how many jobs could run and have not begun.
        oldest_due: since when the first of them could run; None: nothing is due.
        seen_at: when a worker last ended a job or extended its lease; None: none is remembered.
    """

    due: int
    oldest_due: datetime | None
    seen_at: datetime | None


def pulse() -> Pulse:
    """Feel the pulse; three queries. Workers leave no row of their own: their jobs tell of them."""
    now = time_source.now()
    waiting = Job.objects.filter(state=JobState.WAITING, run_after__lte=now)
    due = waiting.aggregate(number=Count("pk"), oldest=Min("run_after"))
    return Pulse(due["number"], due["oldest"], _seen_at(now))


def _seen_at(now: datetime) -> datetime | None:
    lease: datetime | None = Job.objects.filter(state=JobState.RUNNING).aggregate(m=Max("lease_until"))["m"]
    ended: datetime | None = Job.objects.aggregate(m=Max("finished_at"))["m"]
    seen = [moment for moment in (ended, lease - rules.LEASE if lease else None) if moment]
    # A worker may have been told a longer lease than the usual one.
    return min(max(seen), now) if seen else None
