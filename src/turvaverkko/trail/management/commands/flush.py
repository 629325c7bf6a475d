"""Django's `flush`, with the trail: empties a test or demo database, refuses anywhere else."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.flush import Command as DjangoFlush

from turvaverkko.trail.erasing import erasing


class Command(DjangoFlush):
    """Empties the database including the log entries, which otherwise refuse to be deleted."""

    def handle(self, **options: Any) -> None:
        """Empty a test or demo database.

        Raises:
            CommandError: the installation is not a demo: its trail is kept.
        """
        if not settings.DEMO:
            message = "This installation is not a demo: its trail is never emptied."
            raise CommandError(message)
        with erasing(options["database"]):
            super().handle(**options)
