"""`manage.py rebuild_search`: the thesaurus from its files, then the whole index."""

from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from turvaverkko.directory.search import api
from turvaverkko.directory.search.thesaurus import ThesaurusError


class Command(BaseCommand):
    """Load the thesaurus and build the next index; the one in force serves until it is replaced."""

    help = "Load the thesaurus, index everything that is published, put the new index in force."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder of the thesaurus."""
        parser.add_argument("--thesaurus", type=Path, default=settings.NATIONAL_PACK / "thesaurus")

    def handle(self, *_args: object, **options: Any) -> None:
        """Load, build, say what was done."""
        begun = perf_counter()
        try:
            words = api.load_thesaurus(options["thesaurus"])
        except ThesaurusError as error:
            raise CommandError(str(error)) from error
        built = api.rebuild()
        self.stdout.write(
            f"{words.concepts} concepts, {built.entries} entries, {built.terms} terms, "
            f"analysis {built.mode}: {perf_counter() - begun:.1f} s"
        )
