"""Who may work on a job: every statement that moves a job from one state to another.

A lease is taken in one statement: on PostgreSQL the row is locked and rows that others hold are passed by;
on SQLite a statement that writes is alone. Each lease has a higher fence than the one before, and every
later statement names the fence of its lease: who lost the lease changes nothing.
"""

import os
import socket
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import QuerySet

from turvaverkko.core import time_source
from turvaverkko.core.jobs import rules
from turvaverkko.core.models import Job, JobState

# The states stand in the text, not as parameters: only so does SQLite use an index on a part of the rows.
# PostgreSQL need not wait for the disk to keep a claim: were it lost in a crash, the job would only be given
# again, and of two results the second finds it done.
_CLAIM: Final = """
UPDATE core_job
SET state = 'running', attempts = attempts + 1, fence = fence + 1, lease_until = %s, worker = %s
WHERE id = (
    SELECT id FROM core_job
    WHERE state = 'waiting' AND run_after <= %s AND (%s = '' OR queue = %s)
    ORDER BY priority DESC, run_after LIMIT 1 FOR UPDATE SKIP LOCKED
) AND set_config('synchronous_commit', 'off', true) = 'off' RETURNING *
"""
_CLAIM_SQLITE: Final = _CLAIM.replace("FOR UPDATE SKIP LOCKED", "").replace(
    "AND set_config('synchronous_commit', 'off', true) = 'off'", ""
)
_EXPIRED: Final = "SELECT * FROM core_job WHERE state = 'running' AND lease_until < %s"


def worker_name() -> str:
    """Return the name of this process, for whoever looks after the workers."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def claim(worker: str, *, lease: timedelta = rules.LEASE, queue: str = "") -> Job | None:
    """Take the next job that may run now, or return None. Commits by itself unless in a transaction."""
    now = time_source.now()
    statement = _CLAIM if connection.vendor == "postgresql" else _CLAIM_SQLITE
    values = [_moment(now + lease), worker, _moment(now), queue, queue]
    return next(iter(list(Job.objects.raw(statement, values))), None)


def extend(job: Job, *, lease: timedelta = rules.LEASE) -> bool:
    """Extend the lease; tell whether it was still held."""
    return bool(_held(job).update(lease_until=time_source.now() + lease))


def finish(job: Job) -> bool:
    """Write "done", in the transaction of the effect; tell whether the lease was still held."""
    return _settle(job, JobState.DONE)


def set_back(job: Job, error: str, *, patience: timedelta, longest_wait: timedelta) -> JobState | None:
    """Have a failed job wait for its next attempt, or bury it. Return its new state, None without a lease."""
    now = time_source.now()
    give_up_at = job.give_up_at or now + patience
    again = rules.next_try(job.attempts, now, give_up_at, longest=longest_wait)
    if again is None:
        return JobState.DEAD if _settle(job, JobState.DEAD, last_error=error) else None
    fields = {"run_after": again, "give_up_at": give_up_at, "last_error": error}
    moved = _held(job).update(state=JobState.WAITING, lease_until=None, worker="", **fields)
    return JobState.WAITING if moved else None


def expired() -> list[Job]:
    """Return the jobs whose worker has not been heard of in time."""
    return list(Job.objects.raw(_EXPIRED, [_moment(time_source.now())]))


def _settle(job: Job, state: JobState, **fields: str) -> bool:
    moved = _held(job).update(state=state, lease_until=None, finished_at=time_source.now(), **fields)
    return bool(moved)


def _held(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, fence=job.fence, state=JobState.RUNNING)


def _moment(moment: datetime) -> str | datetime | None:
    written: str | datetime | None = connection.ops.adapt_datetimefield_value(moment)
    return written
