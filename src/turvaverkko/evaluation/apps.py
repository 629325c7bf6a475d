"""Django app of `turvaverkko.evaluation`."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Registers the app under its short label."""

    name = "turvaverkko.evaluation"
    label = "evaluation"
