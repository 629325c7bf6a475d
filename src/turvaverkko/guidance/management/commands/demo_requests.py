"""`manage demo_requests`: fill the empty queue of a demo with example requests."""

import os
from argparse import ArgumentParser
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from turvaverkko.guidance.demo import living
from turvaverkko.guidance.demo.story import SEED

# Unit: requests. Source: the task of the demo. The variable is for starts that must be short.
COUNT: Final = int(os.environ.get("TURVAVERKKO_DEMO_REQUESTS", "400"))


class Command(BaseCommand):
    """Makes the example requests once."""

    help = "Kirjoittaa esimerkkipyynnöt tyhjään jonoon. Vain esimerkkiasennuksessa."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, and which story."""
        parser.add_argument("--count", type=int, default=COUNT, help="montako pyyntöä")
        parser.add_argument("--seed", type=int, default=SEED, help="toinen luku on toinen tarina")

    def handle(self, *, count: int, seed: int, **_options: Any) -> None:
        """Live the story, then seal the access log, whose rows are older than a seal may be late."""
        if not settings.DEMO:
            message = "Example requests are for a demo only."
            raise CommandError(message)
        try:
            made = living.live(requests=count, seed=seed)
        except living.NotEmpty:
            self.stdout.write("jonossa on jo pyyntöjä: mitään ei kirjoitettu")
            return
        call_command("seal_access_log", stdout=self.stdout)
        self.stdout.write(f"{made} esimerkkipyyntöä")
