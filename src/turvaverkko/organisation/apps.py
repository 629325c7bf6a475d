"""Django app of `turvaverkko.organisation`."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Registers the app under its short label, and its sections of the packs."""

    name = "turvaverkko.organisation"
    label = "organisation"

    def ready(self) -> None:
        """Make the sections known before anybody reads a pack."""
        from turvaverkko.organisation.packs.sections import register_all

        register_all()
