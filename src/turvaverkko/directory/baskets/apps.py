"""Django app of `turvaverkko.directory.baskets`."""

from django.apps import AppConfig


class BasketsConfig(AppConfig):
    """Registers the baskets under the label `baskets`."""

    name = "turvaverkko.directory.baskets"
    label = "baskets"
