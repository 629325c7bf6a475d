"""`manage erase_access_log --before YYYY-MM-DD`: retention. Without `--erase` it only tells what would go."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from turvaverkko.core.actors import SystemActor
from turvaverkko.core.time_source import HELSINKI
from turvaverkko.trail.access_log.erasure import erase_before


class Command(BaseCommand):
    """Erases old rows by whole seals and leaves a certificate."""

    help = "Poistaa käyttölokin rivit, joiden säilytysaika on päättynyt, ja jättää todistuksen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The limit, and whether it is meant."""
        parser.add_argument("--before", required=True, help="Päivä (VVVV-KK-PP), jota vanhemmat poistetaan.")
        parser.add_argument(
            "--erase", action="store_true", help="Poista; muuten vain kerrotaan, mitä poistettaisiin."
        )

    def handle(self, **options: Any) -> None:
        """Erase, or tell what would be erased.

        Raises:
            CommandError: the day is not a day, or too young.
        """
        try:
            limit = datetime.strptime(options["before"], "%Y-%m-%d").replace(tzinfo=HELSINKI)
            done = erase_before(limit, actor=SystemActor("retention"), dry_run=not options["erase"])
        except ValueError as error:
            raise CommandError(str(error), returncode=1) from error
        self.stdout.write(
            gettext("Rivejä %(rows)d, sinettejä sinettiin %(through)d asti.")
            % {"rows": done.rows, "through": done.through}
        )
        if done.certificate:
            self.stdout.write(gettext("Todistus: sinetti %(number)d.") % {"number": done.certificate})
