"""`manage make_partitions`: the coming months of the access log; monthly, as the owner of the tables."""

from typing import Any

from django.core.management.base import BaseCommand

from turvaverkko.trail.access_log.partitions import make_partitions


class Command(BaseCommand):
    """Makes the partitions that are missing."""

    help = "Tekee käyttölokille tulevien kuukausien osiot (PostgreSQL, taulujen omistajana)."

    def handle(self, **_options: Any) -> None:
        """Make them, and name them."""
        for name in make_partitions():
            self.stdout.write(name)
