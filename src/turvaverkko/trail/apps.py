"""Django app of `turvaverkko.trail`."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """Registers the app under its short label."""

    name = "turvaverkko.trail"
    label = "trail"
