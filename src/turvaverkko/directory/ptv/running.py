"""Beginning a run with the source of the settings: what jobs, the page and the terminal share."""

from django.conf import settings

from turvaverkko.core.asking import Asker
from turvaverkko.directory.ptv.client import PtvClient
from turvaverkko.directory.ptv.importing import Importer
from turvaverkko.directory.ptv.models import Run
from turvaverkko.directory.ptv.source import Source
from turvaverkko.directory.ptv.world import World, areas_asked


def is_on() -> bool:
    """Tell whether the settings name a source."""
    return bool(settings.PTV_URL)


def source_of_settings(world: World) -> Source:
    """Return the interface that the settings name."""
    return PtvClient(Asker(settings.PTV_URL), areas_asked(world.scope), everywhere=world.scope.everywhere)


def go_on(run: Run, source: Source | None = None, world: World | None = None) -> Run:
    """Do what is left of a run that this process has begun or taken up.

    Raises:
        LostRun: another process has taken it up.
    """
    ground = world or World.read()
    return Importer(run, source or source_of_settings(ground), ground).go()
