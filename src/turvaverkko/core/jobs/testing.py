"""For tests: do what waits, now and in this process, through the same claim as a worker."""

from turvaverkko.core.jobs import leases
from turvaverkko.core.jobs.running import Outcome, run


def drain(*, expect_failures: bool = False) -> list[Outcome]:
    """Run every job that is due, also those that the jobs enqueue; return how each attempt ended.

    A job that is to be retried later is not due: move the time source on and drain again.

    Raises:
        Exception: what a task raised, unless `expect_failures`.
    """
    outcomes = []
    while job := leases.claim("test"):
        outcomes.append(run(job))
        if outcomes[-1].error and not expect_failures:
            raise outcomes[-1].error
    return outcomes
