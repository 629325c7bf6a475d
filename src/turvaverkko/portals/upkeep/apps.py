"""Django app of `turvaverkko.portals.upkeep`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UpkeepPortalConfig(AppConfig):
    """Registers the administrator's pages; the app has no models."""

    name = "turvaverkko.portals.upkeep"
    label = "upkeep_portal"

    def ready(self) -> None:
        """Offer the page of what has stopped to the technical administrator."""
        from turvaverkko.organisation.sign_in.api import offer_page
        from turvaverkko.portals.upkeep.rules import ROLE

        offer_page("upkeep:stopped", _("Pysähtyneet työt ja lähetykset"), role=ROLE)
