"""`manage apply_pack PATH`: check a county pack and make the database say what it says."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext

from turvaverkko.organisation.packs.applying import apply_pack
from turvaverkko.organisation.packs.errors import PackRefused
from turvaverkko.organisation.packs.syncing import Report


class Command(BaseCommand):
    """Applies a county pack and prints what changed."""

    help = (
        "Tarkistaa hyvinvointialueen paketin ja ottaa sen käyttöön. Virheellisestä paketista ei oteta mitään."
    )
    scope: Any = "county"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One optional argument: the folder."""
        parser.add_argument("path", nargs="?", type=Path, default=settings.COUNTY_PACK)

    def handle(self, **options: Any) -> None:
        """Apply, and print the report."""
        require_database()
        watched = options["verbosity"] > 1 or self.stdout.isatty()
        progress = self.stdout.write if watched else _quietly
        try:
            report = apply_pack(options["path"], self.scope, progress)
        except PackRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(table(report))


def require_database() -> None:
    """Say what to do when the tables are not there or are of another version.

    Raises:
        CommandError: a migration waits.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        text = gettext(
            "Tietokanta ei ole ajan tasalla. Aja ensin ./turvaverkko manage migrate "
            "ja sitten ./turvaverkko manage load_national."
        )
        raise CommandError(text)


def table(report: Report) -> str:
    """The report as lines of text, one for each kind."""
    heading = gettext("laji"), gettext("uusia"), gettext("muuttui"), gettext("ennallaan"), gettext("päättyi")
    rows = [heading] + [
        (kind, str(c.created), str(c.changed), str(c.unchanged), str(c.ended))
        for kind, c in report.kinds.items()
    ]
    lines = [f"{kind:<32}" + "".join(f"{cell:>11}" for cell in rest) for kind, *rest in rows]
    ending = gettext("Paketti otettiin käyttöön.") if report.changed else gettext("Mikään ei muuttunut.")
    return "\n".join([*lines, ending])


def _quietly(_text: str) -> None:
    """Say nothing."""
