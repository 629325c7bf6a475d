"""Django app of `turvaverkko.directory`."""

from importlib import import_module

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Registers the app under its short label, and its sections of the packs."""

    name = "turvaverkko.directory"
    label = "directory"

    def ready(self) -> None:
        """Tell the pack registry what this app reads and writes; models exist only from here on."""
        import_module("turvaverkko.directory.loading.sections").register()
