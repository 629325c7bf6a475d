"""Django app of `turvaverkko.indicators`."""

from importlib import import_module

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Registers the app under its short label, and its sections of the packs."""

    name = "turvaverkko.indicators"
    label = "indicators"

    def ready(self) -> None:
        """Tell the pack registry what this app reads and writes; models exist only from here on."""
        import_module("turvaverkko.indicators.loading.sections").register()
