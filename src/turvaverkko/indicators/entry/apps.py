"""Django app of `turvaverkko.indicators.entry`."""

from django.apps import AppConfig


class EntryConfig(AppConfig):
    """Registers the room under the label `entry`."""

    name = "turvaverkko.indicators.entry"
    label = "entry"
