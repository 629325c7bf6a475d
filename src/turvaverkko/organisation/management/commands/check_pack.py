"""`manage check_pack PATH`: name every fault of a pack; nothing is written. Exit code 1 when there is one."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from turvaverkko.organisation.management.commands.apply_pack import require_database
from turvaverkko.organisation.packs.applying import read_pack
from turvaverkko.organisation.packs.errors import PackRefused


class Command(BaseCommand):
    """Checks a pack."""

    help = "Tarkistaa paketin ja luettelee kaikki virheet. Mitään ei oteta käyttöön."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, and whether it is the national pack."""
        parser.add_argument("path", nargs="?", type=Path, default=settings.COUNTY_PACK)
        parser.add_argument("--national", action="store_true", help="Paketti on valtakunnallinen.")

    def handle(self, **options: Any) -> None:
        """Check, and print the faults."""
        require_database()
        pack, _contents = read_pack(options["path"], "national" if options["national"] else "county")
        for warning in pack.warnings:
            self.stdout.write(gettext("Huomaa: %(warning)s") % {"warning": warning})
        if pack.errors:
            raise CommandError(str(PackRefused(pack.errors)), returncode=1)
        self.stdout.write(gettext("Paketissa ei ole virheitä."))
