"""Addresses. Finnish without a prefix, every other language under its own."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    *i18n_patterns(
        path("", include("turvaverkko.portals.family.urls")),
        path("", include("turvaverkko.directory.urls")),
        prefix_default_language=False,
    ),
]
