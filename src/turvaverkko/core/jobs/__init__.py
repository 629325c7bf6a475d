"""Work in the background: `from django_tasks import task`, `.enqueue()`, and here what the house adds.

The path of a job: `backend` writes its row in the caller's transaction, `worker` takes a lease (`leases`),
`running` does it, `letters` keeps what failed for good, `watching` tells whether the work goes. What the
clock begins is declared with `every` and `daily` in the `jobs.py` of an app (`schedule`, `periods`). ADR 0013
tells why it is our own.
"""

from turvaverkko.core.jobs.backend import idempotency_key, keyed
from turvaverkko.core.jobs.letters import dead_kinds, dead_letters, drop, first_failed, retry
from turvaverkko.core.jobs.schedule import daily, every, schedules
from turvaverkko.core.jobs.watching import Pulse, pulse

__all__ = [
    "Pulse",
    "daily",
    "dead_kinds",
    "dead_letters",
    "drop",
    "every",
    "first_failed",
    "idempotency_key",
    "keyed",
    "pulse",
    "retry",
    "schedules",
]
