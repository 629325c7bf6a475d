"""What the clock does to work: strays come home, agreed pauses end, misses are written down."""

import logging
from datetime import timedelta
from typing import Final

from django_tasks import task

from turvaverkko.core.actors import SystemActor
from turvaverkko.core.jobs import every
from turvaverkko.core.rows import locked
from turvaverkko.work import queries, services

log: Final = logging.getLogger("turvaverkko.work")

HERDER: Final = SystemActor("work-herder")
# Unit: items. A job is one transaction: the rest waits for the next period.
AT_ONCE: Final = 200
# Source: own default. A stray item is seen again, and a miss known, while the day goes on.
OFTEN: Final = timedelta(minutes=5)


@task
def bring_strays_home() -> None:
    """Move the open items that nobody would see to the county's duty unit, or the nearest that works."""
    able = queries.able_units()
    left = 0
    for item in queries.stray_items(able)[:AT_ONCE]:
        home = queries.home_of(item, able)
        if home is None:
            left += 1
            continue
        services.bring_home(HERDER, item, unit=home.unit, duty=home.duty)
        if not home.duty:
            log.warning("stray item=%s unit=%s reason=duty-unit-unstaffed", item.public_id, home.unit.slug)
    if left:
        log.error("stray items=%d left where they are: no unit on their routes works", left)


@task
def end_agreed_pauses() -> None:
    """Let the deadlines go on whose pause was agreed until a day that has come."""
    for item in queries.items_to_wake()[:AT_ONCE]:
        services.wake(services.WATCH, item)


@task
def write_down_misses() -> None:
    """Write into the trail which deadlines were missed, once each; the reason is asked of the unit."""
    for deadline in queries.missed_unnoted()[:AT_ONCE]:
        item = locked(deadline.item)
        still = queries.open_deadline(item, deadline.policy)
        if still and still.breached_at is None and queries.is_late(still) and still.paused_at is None:
            services.note_breach(services.WATCH, item, policy=deadline.policy)


every(OFTEN, bring_strays_home, name="work.bring_strays_home")
every(OFTEN, end_agreed_pauses, name="work.end_agreed_pauses")
every(OFTEN, write_down_misses, name="work.write_down_misses")
