"""Django app of `turvaverkko.notices`."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Registers the app under its short label."""

    name = "turvaverkko.notices"
    label = "notices"
