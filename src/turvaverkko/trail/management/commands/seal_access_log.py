"""`manage seal_access_log`: one round of sealing; a job does it every minute."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from turvaverkko.trail.access_log.sealing import AnchorDisagrees, seal


class Command(BaseCommand):
    """Seals what is not yet sealed."""

    help = "Sinetöi käyttölokin sinetöimättömät rivit ja vie sinetin myös tietokannan ulkopuolelle."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The declaration that another end of the chain is known and accepted."""
        parser.add_argument(
            "--after-restore",
            action="store_true",
            help="Varmuuskopio on palautettu tai ankkuri kadonnut: merkitse se ankkuriin ja jatka.",
        )

    def handle(self, **options: Any) -> None:
        """Seal.

        Raises:
            CommandError: database and anchor tell different ends of the chain.
        """
        try:
            done = seal(accept_other_end=options["after_restore"])
        except AnchorDisagrees as error:
            message = gettext("Ketju ja ankkuri eivät täsmää, mitään ei sinetöity. Aja verify_access_log.")
            raise CommandError(f"{message} ({error})", returncode=1) from error
        if done.held_back:
            self.stdout.write(
                gettext("Keskeneräinen tapahtuma viivästyttää sinetöintiä; yritetään uudelleen.")
            )
        self.stdout.write(
            gettext("Sinettejä %(seals)d, rivejä %(rows)d.") % {"seals": done.seals, "rows": done.rows}
        )
