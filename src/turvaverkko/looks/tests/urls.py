"""Addresses for the tests of the looks: the names that the frame of a page links to, and the gallery."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(_request: HttpRequest, **_parts: str) -> HttpResponse:
    """Answer in place of a page that a higher floor owns."""
    return HttpResponse("")


FAMILY = {
    "front": "",
    "crisis": "kiireellinen-apu/",
    "centres": "perhekeskukset/",
    "accessibility": "saavutettavuus/",
    "privacy": "tietosuoja/",
    "cookies": "evasteet/",
    "open-data": "avoin-data/",
    "about": "tietoa/",
    "set-municipality": "kunta/",
}
DIRECTORY = {
    "services": "palvelut/",
    "places": "paikat/",
    "happenings": "tapahtumat/",
    "suggest": "palvelut/ehdota/",
}
GUIDANCE = {"leave": "poistu/", "basket": "tyo/kori/"}
BASKETS = {"basket": "kori/", "add": "kori/lisaa/"}

urlpatterns = [
    *i18n_patterns(
        path("", include(([path(route, nothing, name=name) for name, route in FAMILY.items()], "family"))),
        path(
            "", include(([path(route, nothing, name=name) for name, route in DIRECTORY.items()], "directory"))
        ),
        path(
            "", include(([path(route, nothing, name=name) for name, route in GUIDANCE.items()], "guidance"))
        ),
        path("", include(([path(route, nothing, name=name) for name, route in BASKETS.items()], "baskets"))),
        path("", include("turvaverkko.looks.urls")),
        prefix_default_language=False,
    ),
]
