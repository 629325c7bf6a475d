"""Django app of `turvaverkko.directory.search`."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Registers the search index under the label `search`."""

    name = "turvaverkko.directory.search"
    label = "search"
