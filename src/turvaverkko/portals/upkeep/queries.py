"""Reads of upkeep: what has stopped, by kind and one page of it.

No address, no matter and no argument of a job is read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, QuerySet, Value

from turvaverkko.core.jobs import dead_kinds as dead_kinds_of_jobs
from turvaverkko.core.jobs import dead_letters as dead_jobs
from turvaverkko.core.jobs import first_failed as job_first_failed
from turvaverkko.core.models import Job
from turvaverkko.notices import api as notices
from turvaverkko.portals.upkeep import rules
from turvaverkko.portals.upkeep.rules import Source

# What is read of a letter: nothing that tells whom it is for.
_OF_NOTICE = ("public_id", "template", "channel", "because", "attempts", "give_up_at", "ended_at")
_OF_JOB = ("id", "name", "last_error", "attempts", "give_up_at", "finished_at")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of what has stopped: jobs of one task, or letters of one template."""

    source: Source
    name: str

    def __str__(self) -> str:
        return f"{self.source}:{self.name}"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of a kind have stopped, and when the first of them gave up."""

    kind: Kind
    number: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """One stopped job or letter.

    Attributes:
        kind: of which kind.
        id: its public id.
        began: when it failed for the first time.
        ended: when it was given up.
        attempts: how many times it was tried.
        cause: class name of a job's error or class of a letter's failure; empty or "other" when not known.
        channel: code of a letter's channel; empty for a job.
    """

    kind: Kind
    id: str
    began: datetime
    ended: datetime
    attempts: int
    cause: str
    channel: str = ""


def kinds() -> list[Counted]:
    """Return every kind of which something has stopped, the most frequent first; two queries."""
    jobs = [Counted(Kind(Source.JOB, name), number, oldest) for name, number, oldest in dead_kinds_of_jobs()]
    letters = [
        Counted(Kind(Source.NOTICE, name), number, oldest) for name, number, oldest in notices.dead_kinds()
    ]
    return sorted([*jobs, *letters], key=lambda one: (-one.number, str(one.kind)))


def stopped(kind: Kind | None, page: int) -> list[Letter]:
    """Return a page of what has stopped, the latest first, of one kind or of all; at most three queries."""
    first = (page - 1) * rules.PAGE
    keys = list(_keys(kind)[first : first + rules.PAGE])
    found = {
        **_jobs([key for source, key, _ended in keys if source == Source.JOB]),
        **_notices([key for source, key, _ended in keys if source == Source.NOTICE]),
    }
    # Somebody else may have handled one between the queries.
    return [found[source, key] for source, key, _ended in keys if (source, key) in found]


def _keys(kind: Kind | None) -> QuerySet[Any, Any]:
    jobs, letters = dead_jobs().order_by(), notices.dead_letters().order_by()
    if kind is not None:
        jobs = jobs.filter(name=kind.name) if kind.source is Source.JOB else jobs.none()
        letters = letters.filter(template=kind.name) if kind.source is Source.NOTICE else letters.none()
    named = _named(jobs, Source.JOB, "pk", "finished_at")
    both: QuerySet[Any, Any] = named.union(
        _named(letters, Source.NOTICE, "public_id", "ended_at"), all=True
    ).order_by("-ended", "letter")
    return both


def _named(rows: QuerySet[Any], source: Source, key: str, ended: str) -> QuerySet[Any, Any]:
    told = {"source": Value(source.value, CharField()), "letter": F(key), "ended": F(ended)}
    named: QuerySet[Any, Any] = rows.annotate(**told).values_list("source", "letter", "ended")
    return named


def _jobs(keys: Sequence[str]) -> dict[tuple[str, str], Letter]:
    if not keys:
        return {}
    return {
        (Source.JOB, job.pk): Letter(
            kind=Kind(Source.JOB, job.name),
            id=job.pk,
            began=job_first_failed(job) or job.enqueued_at,
            ended=job.finished_at or job.enqueued_at,
            attempts=job.attempts,
            cause=rules.error_class(job.last_error),
        )
        for job in dead_jobs().filter(pk__in=keys).only(*_OF_JOB, "enqueued_at")
    }


def _notices(keys: Sequence[str]) -> dict[tuple[str, str], Letter]:
    if not keys:
        return {}
    return {
        (Source.NOTICE, one.public_id): Letter(
            kind=Kind(Source.NOTICE, one.template),
            id=one.public_id,
            began=notices.first_failed(one) or one.posted_at,
            ended=one.ended_at or one.posted_at,
            attempts=one.attempts,
            cause=rules.reason_class(one.because),
            channel=one.channel,
        )
        for one in notices.dead_letters().filter(public_id__in=keys).only(*_OF_NOTICE, "posted_at")
    }


def dead_job(key: str) -> Job | None:
    """Return a job that has stopped; None when it has not, or not any more."""
    return dead_jobs().filter(pk=key).first()


def dead_notice(key: str) -> notices.Notice | None:
    """Return a letter that has stopped; None when it has not, or not any more."""
    return notices.dead_letters().filter(public_id=key).first()
