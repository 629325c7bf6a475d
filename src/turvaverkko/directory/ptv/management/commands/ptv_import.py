"""`manage ptv_import`: bring the catalogue from the interface or a folder, and say what came of it."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from turvaverkko.core.asking import Asker, NoAnswer
from turvaverkko.directory.ptv import running, services
from turvaverkko.directory.ptv.client import PtvClient
from turvaverkko.directory.ptv.folder import FolderSource
from turvaverkko.directory.ptv.models import Run
from turvaverkko.directory.ptv.services import SYSTEM, Busy, LostRun
from turvaverkko.directory.ptv.source import Source
from turvaverkko.directory.ptv.states import ASKS, FAILED
from turvaverkko.directory.ptv.world import World, areas_asked, host_scope


class Command(BaseCommand):
    """Brings the catalogue now."""

    help = "Tuo Palvelutietovarannon tiedot rajapinnasta tai kansiosta."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """From where, what kind of run, and whether what is for the whole country or for all is taken too."""
        parser.add_argument("--kind", choices=[kind.value for kind in Run.Kind], default="full")
        parser.add_argument("--from-folder", type=Path, help="kansio, jossa on tallennettuja vastauksia")
        parser.add_argument("--url", default=settings.PTV_URL, help="rajapinnan osoite")
        parser.add_argument("--everywhere", action="store_true", help="myös koko maan palvelut")
        parser.add_argument("--everyone", action="store_true", help="myös muut kuin perheiden palvelut")

    def handle(
        self,
        *,
        kind: str,
        from_folder: Path | None,
        url: str,
        everywhere: bool,
        everyone: bool,
        **_options: Any,
    ) -> None:
        """Bring it.

        Raises:
            CommandError: there is no source, another run is going on, or the source did not answer.
        """
        world = World.read(host_scope(everywhere=everywhere, everyone=everyone))
        try:
            source = self._source(from_folder, url, world)
            run = running.go_on(services.begin(SYSTEM, kind), source, world)
        except NoAnswer as fault:
            message = f"PTV: {fault.trouble.value}; nothing was changed."
            raise CommandError(message) from fault
        except (Busy, LostRun) as fault:
            message = "PTV: another run is going on or waits for approval."
            raise CommandError(message) from fault
        self._say(run)

    def _source(self, folder: Path | None, url: str, world: World) -> Source:
        if folder is not None:
            if not folder.is_dir():
                message = f"{folder} is no folder."
                raise CommandError(message)
            return FolderSource(folder)
        if not url:
            message = "Set TURVAVERKKO_PTV_URL, or give --url or --from-folder."
            raise CommandError(message)
        return PtvClient(Asker(url), areas_asked(world.scope), everywhere=world.scope.everywhere)

    def _say(self, run: Run) -> None:
        for name, number in sorted(run.counters.items()):
            self.stdout.write(f"{name} {number}")
        codes = Counter((row.kind, row.code) for row in run.rows.all())
        for (kind, code), number in codes.most_common():
            self.stdout.write(f"  {kind} {code}: {number}")
        if run.state == ASKS:
            message = f"PTV: would archive {run.going} of {run.standing}; approve it on the page."
            raise CommandError(message)
        if run.state == FAILED:
            message = f"PTV: {run.reason}; what was brought stands, the run can be resumed."
            raise CommandError(message)
