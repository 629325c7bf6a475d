"""`manage load_national`: counties, municipalities and what other apps know of the whole country."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings

from turvaverkko.organisation.management.commands.apply_pack import Command as ApplyPack


class Command(ApplyPack):
    """Applies the national pack."""

    help = "Lataa valtakunnalliset tiedot: hyvinvointialueet, kunnat ja muiden osien yhteiset tiedot."
    scope = "national"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One optional argument: the folder."""
        parser.add_argument("path", nargs="?", type=Path, default=settings.NATIONAL_PACK)
