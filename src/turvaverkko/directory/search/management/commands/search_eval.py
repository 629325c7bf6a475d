"""`manage.py search_eval CORPUS QUERIES OUT [--light]`: a run file for the benchmark's scorer."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from turvaverkko.directory.search import benchmark
from turvaverkko.directory.search.analysis import active_mode
from turvaverkko.directory.search.municipalities import names_of_finland
from turvaverkko.directory.search.thesaurus import ThesaurusError


class Command(BaseCommand):
    """Search a corpus file with a query file through the product's own engine."""

    help = "Search a corpus (JSON lines) with queries (JSON lines); write {query id: [entry ids]}."

    def add_arguments(self, parser: CommandParser) -> None:
        """The three files and the mode."""
        parser.add_argument("corpus", type=Path)
        parser.add_argument("queries", type=Path)
        parser.add_argument("out", type=Path)
        parser.add_argument("--light", action="store_true", help="without libvoikko")
        parser.add_argument("--thesaurus", type=Path, default=settings.NATIONAL_PACK / "thesaurus")

    def handle(self, *_args: object, **options: Any) -> None:
        """Read, search, write."""
        mode = "light" if options["light"] else active_mode()
        try:
            corpus = [benchmark.document(raw) for raw in benchmark.lines(options["corpus"])]
            queries = list(benchmark.lines(options["queries"]))
            engine = benchmark.engine_for(corpus, options["thesaurus"], mode, names_of_finland())
            found = benchmark.run(engine, corpus, queries)
        except (OSError, ValueError, KeyError, ThesaurusError) as error:
            raise CommandError(str(error)) from error
        options["out"].write_text(json.dumps(found), encoding="utf-8")
        self.stdout.write(
            f"{len(corpus)} entries, {len(queries)} queries, analysis: {mode} → {options['out']}"
        )
