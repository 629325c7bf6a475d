"""Django app of `turvaverkko.work`."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Registers the app under its short label, and its section of the packs."""

    name = "turvaverkko.work"
    label = "work"

    def ready(self) -> None:
        """Make the routes of a county pack known; models exist only from here on."""
        from turvaverkko.work.routes_section import register

        register()
