"""Tasks whose effects can be counted: a row in a table without keys, so that a second effect shows."""

import time

from django.db import connection
from django_tasks import task

CREATE = "CREATE TABLE fault_effect (job integer NOT NULL, finished integer NOT NULL)"
PAUSE = 0.05  # seconds between the two writes: time to be killed in


def _two_writes(number: int, pause: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO fault_effect (job, finished) VALUES (%s, 0)", [number])
        if pause:
            time.sleep(pause)
        cursor.execute("UPDATE fault_effect SET finished = 1 WHERE job = %s", [number])


@task
def effect(number: int) -> None:
    """Two writes with a pause between them."""
    _two_writes(number, PAUSE)


@task
def quick_effect(number: int) -> None:
    """Two writes."""
    _two_writes(number, 0)


def counts(jobs: int) -> dict[str, int]:
    """How many of the jobs 0 … have no effect, more than one, or half of one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT job, count(*), min(finished) FROM fault_effect GROUP BY job")
        found = {number: (times, whole) for number, times, whole in cursor.fetchall()}
    return {
        "lost": sum(number not in found for number in range(jobs)),
        "doubled": sum(times > 1 for times, _ in found.values()),
        "torn": sum(not whole for _, whole in found.values()),
    }
