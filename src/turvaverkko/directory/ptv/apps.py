"""Django app of `turvaverkko.directory.ptv`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PtvConfig(AppConfig):
    """Registers the room under the label `ptv`, and offers its page to those who look after it."""

    name = "turvaverkko.directory.ptv"
    label = "ptv"

    def ready(self) -> None:
        """Offer the page to everybody who may see it."""
        from turvaverkko.directory.ptv.policies import READERS
        from turvaverkko.organisation.sign_in.api import offer_page

        for role in sorted(READERS):
            offer_page("ptv:runs", _("Palvelutietovaranto"), role=role)
