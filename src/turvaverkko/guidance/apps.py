"""Django app of `turvaverkko.guidance`."""

from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    """Registers the app under its short label."""

    name = "turvaverkko.guidance"
    label = "guidance"

    def ready(self) -> None:
        """Say where notices lead, and declare what is counted of daily work."""
        from turvaverkko.guidance.indicators import TOPIC
        from turvaverkko.indicators.computed_api import register
        from turvaverkko.notices.api import Page, register_page

        register(TOPIC)
        register_page(Page.STATUS, "guidance:status")
