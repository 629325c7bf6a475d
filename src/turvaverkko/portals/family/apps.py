"""Django app of `turvaverkko.portals.family`."""

from django.apps import AppConfig


class FamilyPortalConfig(AppConfig):
    """Registers the family's pages; the app has no models."""

    name = "turvaverkko.portals.family"
    label = "family_portal"
