"""Django app of `turvaverkko.access`."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from turvaverkko.core import commands


class AccessConfig(AppConfig):
    """Registers the app under its short label, the matrices of all apps, and the second wall of commands."""

    name = "turvaverkko.access"
    label = "access"

    def ready(self) -> None:
        """Close the wall."""
        # Models can be imported only now, when every app is known.
        from turvaverkko.access.wall import SecondWall

        # A kind that nobody declared is a no: a matrix must not depend on which page was opened first.
        autodiscover_modules("policies")
        commands.register_gate(SecondWall())
