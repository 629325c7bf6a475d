"""Django app of `turvaverkko.core`."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers the app under its short label."""

    name = "turvaverkko.core"
    label = "core"
