"""Django app of `turvaverkko.looks`."""

from django.apps import AppConfig


class LooksConfig(AppConfig):
    """Registers the app under its short label."""

    name = "turvaverkko.looks"
    label = "looks"
