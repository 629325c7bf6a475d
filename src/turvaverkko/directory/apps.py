"""Django app of `turvaverkko.directory`."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DirectoryConfig(AppConfig):
    """Registers the app under its short label, and its sections of the packs."""

    name = "turvaverkko.directory"
    label = "directory"

    def ready(self) -> None:
        """Tell the pack registry what this app reads and writes; models exist only from here on."""
        import_module("turvaverkko.directory.loading.sections").register()
        import_module("turvaverkko.directory.remembering").watch_requests()
        triggers = import_module("turvaverkko.directory.content_triggers")
        # Sent when every app has been migrated, so all tables stand.
        post_migrate.connect(triggers.set_up, sender=self, dispatch_uid="directory.content_triggers")
