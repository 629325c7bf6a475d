"""Django app of `turvaverkko.portals.outreach`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutreachPortalConfig(AppConfig):
    """Registers the page of outreach visits; the app has no models."""

    name = "turvaverkko.portals.outreach"
    label = "outreach_portal"

    def ready(self) -> None:
        """Add the page to those of figures: who reads them reads this."""
        from turvaverkko.indicators.page_api import add_page

        add_page("outreach:visits", _("Jalkautuminen"), 50)
