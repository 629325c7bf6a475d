"""Django app of `turvaverkko.indicators`."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Registers the app under its short label."""

    name = "turvaverkko.indicators"
    label = "indicators"
