"""Django app of `turvaverkko.organisation`."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Registers the app under its short label."""

    name = "turvaverkko.organisation"
    label = "organisation"
