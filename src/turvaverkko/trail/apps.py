"""Django app of `turvaverkko.trail`."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from turvaverkko.core import commands
from turvaverkko.trail import erasing


class TrailConfig(AppConfig):
    """Registers the app under its short label, and the trail as the writer of all commands."""

    name = "turvaverkko.trail"
    label = "trail"

    def ready(self) -> None:
        """Begin to write."""
        # Models can be imported only now, when every app is known.
        from turvaverkko.trail.writer import TrailWriter

        connection_created.connect(erasing.teach_connection, dispatch_uid="trail.erasing")
        commands.register_writer(TrailWriter())
