"""Django app of `turvaverkko.access`."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Registers the app under its short label."""

    name = "turvaverkko.access"
    label = "access"
