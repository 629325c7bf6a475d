"""Addresses. Finnish without a prefix, every other language under its own."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

# The gallery of components is for those who build, not for families: the demo and the tests show it.
gallery = [path("", include("turvaverkko.looks.urls"))] if settings.DEMO else []

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("turvaverkko.portals.family.plain_urls")),
    *i18n_patterns(
        path("", include("turvaverkko.portals.family.urls")),
        path("", include("turvaverkko.directory.urls")),
        path("", include("turvaverkko.directory.baskets.urls")),
        path("", include("turvaverkko.directory.editing.urls")),
        path("", include("turvaverkko.directory.staying.urls")),
        path("", include("turvaverkko.directory.ptv.urls")),
        path("", include("turvaverkko.guidance.urls")),
        path("", include("turvaverkko.indicators.urls")),
        path("", include("turvaverkko.evaluation.urls")),
        path("", include("turvaverkko.organisation.sign_in.urls")),
        path("", include("turvaverkko.portals.outreach.urls")),
        path("", include("turvaverkko.portals.upkeep.urls")),
        *gallery,
        prefix_default_language=False,
    ),
]

handler404 = "turvaverkko.portals.family.views.errors.not_found"
