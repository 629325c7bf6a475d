"""Django app of `turvaverkko.directory.search`."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Registers the search index under the label `search`."""

    name = "turvaverkko.directory.search"
    label = "search"

    def ready(self) -> None:
        """Hear what changes; models exist only from here on."""
        from turvaverkko.core.announcements import When, subscribe
        from turvaverkko.directory.messages import ListingChanged
        from turvaverkko.directory.search.listening import index_anew

        subscribe(ListingChanged, index_anew, when=When.INSIDE)
