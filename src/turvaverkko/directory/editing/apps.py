"""Django app of `turvaverkko.directory.editing`."""

from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditingConfig(AppConfig):
    """Registers the app under the label `editing`, its pages of roles and where its letters lead."""

    name = "turvaverkko.directory.editing"
    label = "editing"

    def ready(self) -> None:
        """Say where things are; models exist only from here on."""
        from turvaverkko.directory.editing import links
        from turvaverkko.notices.api import Page, register_page
        from turvaverkko.organisation.sign_in.api import offer_page

        for role in ("partner", "content-editor"):
            offer_page("editing:listings", _("Tapahtumat"), role=role)
        offer_page("editing:reviews", _("Tarkistettavat"), role="content-editor")
        offer_page("editing:joins", _("Liittymiset"), role="content-editor")
        register_page(Page.LISTINGS, "editing:listings")
        register_page(Page.JOIN, "editing:join-status", partial(links.token_of, links.JOIN))
        register_page(Page.SIGN_IN, "editing:enter", partial(links.token_of, links.ENTERING))
