"""Django app of `turvaverkko.evaluation`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    """Registers the app under its short label, its section of the packs and its link of the header."""

    name = "turvaverkko.evaluation"
    label = "evaluation"

    def ready(self) -> None:
        """Make the goals and rounds of a county pack known; models exist only from here on."""
        from turvaverkko.evaluation import front_part, pack_section
        from turvaverkko.indicators.page_api import add_page, add_part

        pack_section.register()
        add_page("evaluation:goals", _("Tavoitteet"), 20)
        add_part("evaluation/front_part.html", front_part.context, 10)
