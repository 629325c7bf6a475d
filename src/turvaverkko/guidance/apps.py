"""Django app of `turvaverkko.guidance`."""

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    """Registers the app under its short label."""

    name = "turvaverkko.guidance"
    label = "guidance"
