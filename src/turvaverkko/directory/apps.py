"""Django app of `turvaverkko.directory`."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Registers the app under its short label."""

    name = "turvaverkko.directory"
    label = "directory"
