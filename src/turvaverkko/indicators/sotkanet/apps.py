"""Django app of `turvaverkko.indicators.sotkanet`."""

from django.apps import AppConfig


class SotkanetConfig(AppConfig):
    """Registers the room under the label `sotkanet`."""

    name = "turvaverkko.indicators.sotkanet"
    label = "sotkanet"
