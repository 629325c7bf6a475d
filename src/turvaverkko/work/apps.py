"""Django app of `turvaverkko.work`."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Registers the app under its short label."""

    name = "turvaverkko.work"
    label = "work"
