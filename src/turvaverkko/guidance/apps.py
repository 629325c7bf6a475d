"""Django app of `turvaverkko.guidance`."""

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    """Registers the app under its short label."""

    name = "turvaverkko.guidance"
    label = "guidance"

    def ready(self) -> None:
        """Say where notices lead."""
        from turvaverkko.notices.api import Page, register_page

        register_page(Page.STATUS, "guidance:status")
