"""What the administrator does with stopped jobs. Letters have their own commands (`notices.api`)."""

from django.utils.translation import gettext_lazy as _

from turvaverkko.core import jobs
from turvaverkko.core.commands import Subject, command, note
from turvaverkko.core.models import Job
from turvaverkko.core.rows import kind_of
from turvaverkko.core.states import IllegalMove
from turvaverkko.notices.api import may_tend_letters
from turvaverkko.portals.upkeep import rules


@command("upkeep.run_again", allow=may_tend_letters, sentence=_("Pysähtynyt työ pantiin uudelleen jonoon"))
def run_again(_actor: object, job: Job) -> None:
    """Have a stopped job wait for a worker again, with new patience.

    Raises:
        IllegalMove: it has not stopped, or not any more.
    """
    _tell(job)
    if not jobs.retry([job.pk]):
        raise IllegalMove(job.state, "retry")


@command(
    "upkeep.run_kind_again",
    allow=may_tend_letters,
    sentence=_("Samanlaiset pysähtyneet työt pantiin uudelleen jonoon"),
)
def run_kind_again(_actor: object, name: str) -> int:
    """Have all stopped jobs of one task wait for a worker again; return how many."""
    keys = list(jobs.dead_letters().filter(name=name).values_list("pk", flat=True))
    number = jobs.retry(keys)
    note(task=rules.code_of(name) or None, number=number)
    return number


@command("upkeep.put_aside", allow=may_tend_letters, sentence=_("Pysähtynyt työ siirrettiin sivuun"))
def put_aside(_actor: object, job: Job, *, reason: str) -> None:
    """Give a stopped job up for good; its row goes, the log keeps what it was and why.

    Args:
        _actor: who does.
        job: which.
        reason: one of `rules.REASONS`.

    Raises:
        IllegalMove: it has not stopped, or not any more.
        ValueError: there is no such reason.
    """
    if reason not in rules.REASONS:
        message = "no such reason"
        raise ValueError(message)
    _tell(job)
    note(reason=reason)
    if not jobs.drop([job.pk]):
        raise IllegalMove(job.state, "drop")


def _tell(job: Job) -> None:
    """Write into the log which job it is: its row may be gone tomorrow."""
    note(subject=Subject(kind_of(job), job.pk), task=rules.code_of(job.name) or None)
