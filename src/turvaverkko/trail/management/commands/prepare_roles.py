"""`manage prepare_roles --web NAME --worker NAME`: the roles of a county's PostgreSQL."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext

from turvaverkko.trail.access_log.roles import RoleRefused, prepare_roles


class Command(BaseCommand):
    """Makes the roles of web and worker and gives them their rights."""

    help = "Tekee verkkosivujen ja taustatöiden tietokantaroolit. Aja omistajana joka migraation jälkeen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The names of the roles."""
        parser.add_argument("--web", default="turvaverkko_web")
        parser.add_argument("--worker", default="turvaverkko_worker")

    def handle(self, **options: Any) -> None:
        """Prepare.

        Raises:
            CommandError: SQLite has no roles, or a role is too mighty.
        """
        if connection.vendor != "postgresql":
            raise CommandError(gettext("Rooleja on vain PostgreSQL:ssä."), returncode=1)
        try:
            prepare_roles(web=options["web"], worker=options["worker"])
        except RoleRefused as error:
            message = gettext("Rooli on taulujen omistaja tai pääkäyttäjä; valitse toinen: %(role)s")
            raise CommandError(message % {"role": error}, returncode=1) from error
