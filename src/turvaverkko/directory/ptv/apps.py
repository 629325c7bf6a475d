"""Django app of `turvaverkko.directory.ptv`."""

from django.apps import AppConfig


class PtvConfig(AppConfig):
    """Registers the room under the label `ptv`."""

    name = "turvaverkko.directory.ptv"
    label = "ptv"
