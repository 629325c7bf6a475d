"""Django app of `turvaverkko.indicators.sotkanet`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SotkanetConfig(AppConfig):
    """Registers the room under the label `sotkanet`."""

    name = "turvaverkko.indicators.sotkanet"
    label = "sotkanet"

    def ready(self) -> None:
        """Give the pages of figures their link to the catalogue."""
        from turvaverkko.indicators.views.frame import add_page

        add_page("indicators:sotkanet", _("Sotkanet"), 60)
