"""Django app of `turvaverkko.directory.staying`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StayingConfig(AppConfig):
    """Registers the room under the label `staying`, its sections of packs, and where its pages are."""

    name = "turvaverkko.directory.staying"
    label = "staying"

    def ready(self) -> None:
        """Tell the lower floors what this room adds; models exist only from here on."""
        from turvaverkko.directory.staying import loading, policies, tokens
        from turvaverkko.notices.api import Page, register_page
        from turvaverkko.organisation.sign_in.api import offer_page

        loading.register()
        register_page(Page.CONFIRM, "staying:listings", tokens.token_of)
        for role in sorted(policies.READERS):
            offer_page("staying:quality", _("Sisältöjen laatu"), role=role)
        for role in sorted(policies.EDITORS):
            offer_page("staying:corrections", _("Korjaukset"), role=role)
