"""Django app of `turvaverkko.organisation`."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Registers the app under its short label, and its sections of the packs."""

    name = "turvaverkko.organisation"
    label = "organisation"

    def ready(self) -> None:
        """Make the sections of packs known, and the county's name to the frame of pages."""
        from turvaverkko.looks.api import name_the_site
        from turvaverkko.organisation.packs.sections import register_all
        from turvaverkko.organisation.site_names import site_names

        register_all()
        name_the_site(site_names)
