"""`manage run_jobs [--once] [--workers N]`: do what waits, until SIGTERM."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from turvaverkko.core.jobs import rules
from turvaverkko.core.jobs.worker import Options, work_alone, work_together


class Command(BaseCommand):
    """Works on background jobs and on the schedule."""

    help = "Tekee taustatyöt ja ajastetut työt, kunnes se pysäytetään (kesken oleva tehdään loppuun)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many workers, for how long, of which queue."""
        parser.add_argument("--once", action="store_true", help="lopeta, kun mikään ei odota")
        parser.add_argument("--workers", type=int, default=1, metavar="N", help="montako prosessia")
        parser.add_argument("--queue", default="", help="vain tämän jonon työt")
        parser.add_argument(
            "--lease",
            type=float,
            default=rules.LEASE.total_seconds(),
            metavar="S",
            help="montako sekuntia kuollut prosessi pitää työtään",
        )
        parser.add_argument(
            "--stop-with", type=int, default=0, metavar="PID", help="lopeta, kun tämä emoprosessi loppuu"
        )

    def handle(self, **options: Any) -> None:
        """Work."""
        lease = timedelta(seconds=options["lease"])
        chosen = Options(options["once"], options["queue"], lease, options["stop_with"])
        if options["workers"] > 1:
            work_together(options["workers"], chosen)
        else:
            work_alone(chosen)
