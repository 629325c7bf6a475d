"""`manage jobs list|retry|drop`: look after background jobs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from turvaverkko.core.jobs import dead_letters, drop, retry
from turvaverkko.core.models import Job, JobState
from turvaverkko.core.time_source import to_local

SHOWN = 200  # rows


class Command(BaseCommand):
    """Lists jobs, retries or drops dead letters."""

    help = "Luettelee taustatyöt; panee tekemättä jääneet uudelleen jonoon tai poistaa ne."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do, to which."""
        parser.add_argument("action", choices=["list", "retry", "drop"])
        parser.add_argument("ids", nargs="*", metavar="ID")
        parser.add_argument("--all", action="store_true", help="kaikki tekemättä jääneet")
        parser.add_argument("--state", choices=JobState.values, default=JobState.DEAD, help="luettelon tila")

    def handle(self, **options: Any) -> None:
        """Do it, and say how many.

        Raises:
            CommandError: neither an id nor --all was given.
        """
        if options["action"] == "list":
            self.stdout.write(_table(JobState(options["state"])))
            return
        if not options["ids"] and not options["all"]:
            raise CommandError(gettext("Anna työn tunnus tai --all."))
        ids = list(dead_letters().values_list("pk", flat=True)) if options["all"] else options["ids"]
        if options["action"] == "retry":
            self.stdout.write(gettext("Uudelleen jonoon: %(count)d") % {"count": retry(ids)})
        else:
            self.stdout.write(gettext("Poistettu: %(count)d") % {"count": drop(ids)})


def _table(state: JobState) -> str:
    rows = Job.objects.filter(state=state).order_by("-enqueued_at")
    lines = [f"{state.label}: {rows.count()}"]
    lines += [
        f"{job.pk}  {job.name}  {job.attempts}×  {to_local(job.enqueued_at):%d.%m.%Y %H:%M}  {job.last_error}"
        for job in rows[:SHOWN]
    ]
    return "\n".join(lines)
