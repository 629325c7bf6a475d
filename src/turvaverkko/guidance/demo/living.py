"""The story is lived: every step at its moment, in the order of time, by the commands that people use.

A life is a generator: it does something, then gives the moment of its next step. One queue holds the next
step of every life, so that ids, log entries and times agree across requests. Nothing happens after the
present: what was still to come is what is open now.
"""

import heapq
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from itertools import count
from typing import Final

from django.conf import settings
from django.db import transaction

from turvaverkko.core import time_source
from turvaverkko.core.jobs import leases, schedules
from turvaverkko.core.jobs.running import run
from turvaverkko.core.time_source import HELSINKI
from turvaverkko.guidance.demo import queries
from turvaverkko.guidance.demo.arrivals import CLOSES, Office
from turvaverkko.guidance.demo.cast import Cast
from turvaverkko.guidance.demo.content import content
from turvaverkko.guidance.demo.life import Life
from turvaverkko.guidance.demo.story import LASTS, NAME, SEED, Story, tell
from turvaverkko.organisation.api import active_units, host_county, local_days, municipalities, path_of_county

Moments = Iterator[datetime]

NIGHT: Final = time(3, 20)
# What the clock did meanwhile; the other schedules have nothing to do with requests, or seal the real log.
AT_NIGHT: Final = (
    "trail.forget_old_keys",
    "work.end_agreed_pauses",
    "guidance.forget_drafts",
    "guidance.purge_contact_details",
    "notices.forget_old",
)
AFTER_CLOSING: Final = ("work.write_down_misses",)
# Mail is held for ten seconds and then sent.
POST: Final = timedelta(seconds=15)
WORKER: Final = "demo"
LOG: Final = logging.getLogger("turvaverkko")
NOWHERE: Final = "django.core.mail.backends.dummy.EmailBackend"
ONE_DAY: Final = timedelta(days=1)


class NotEmpty(RuntimeError):
    """There are requests already: example data never stand among those of others."""


@transaction.atomic
def live(*, requests: int, seed: int = SEED, name: str = NAME) -> int:
    """Make the example requests, all or none; return how many.

    Raises:
        NotEmpty: there are requests already.
        TimeStays: this is no demo.
    """
    if not queries.is_empty():
        raise NotEmpty
    present = time_source.local_now()
    county = host_county()
    office = Office(present, local_days(path_of_county(county)).closed)
    places = {place.slug: place.population or 0 for place in municipalities(county).order_by("slug")}
    stories = tell(content(), office, places, count=requests, seed=seed, name=name)
    cast = Cast(active_units(present.date()))
    lives = [*(_begun(story, office, cast) for story in stories), *_clock(present)]
    with _quietly():
        _run(lives, present)
    return len(stories)


def _begun(story: Story, office: Office, cast: Cast) -> tuple[datetime, Moments]:
    return story.received, Life(story, office, cast, content()).steps()


def _clock(present: datetime) -> list[tuple[datetime, Moments]]:
    first = (present - LASTS).date()
    night = datetime.combine(first, NIGHT, tzinfo=HELSINKI)
    evening = datetime.combine(first, CLOSES, tzinfo=HELSINKI) + timedelta(minutes=4)
    return [(night, _daily(night, AT_NIGHT)), (evening, _daily(evening, AFTER_CLOSING))]


def _daily(first: datetime, names: tuple[str, ...]) -> Moments:
    known = schedules()
    day = first
    while True:
        for name in names:
            known[name].task.func()
        day += ONE_DAY  # the same time on the wall, also when the clocks are changed
        yield day


def _run(lives: list[tuple[datetime, Moments]], present: datetime) -> None:
    """Do the earliest step of all until the present has come; after each, mail is sent that it caused."""
    numbers = count()  # two lives with a step at the same moment: the earlier told goes first
    waiting: list[tuple[datetime, int, Moments | None]] = []
    for moment, life in lives:
        heapq.heappush(waiting, (moment, next(numbers), life))
    while waiting and waiting[0][0] <= present:
        moment, number, step = heapq.heappop(waiting)
        with time_source.moved_to(moment):
            if step is None:
                _send_letters()
                continue
            following = next(step, None)
        if following is not None:
            heapq.heappush(waiting, (max(following, moment), number, step))
        heapq.heappush(waiting, (moment + POST, next(numbers), None))


def _send_letters() -> None:
    """Deliver what is due, as a worker does. What is due after the present waits for the real one."""
    while job := leases.claim(WORKER, queue="delivery"):
        run(job)


@contextmanager
def _quietly() -> Iterator[None]:
    """Letters of the past go nowhere, and their lines are not printed among those of a start."""
    backend, level = settings.EMAIL_BACKEND, LOG.level
    settings.EMAIL_BACKEND = NOWHERE
    LOG.setLevel(logging.WARNING)
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = backend
        LOG.setLevel(level)
