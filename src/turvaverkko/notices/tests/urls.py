"""A status page for the tests: the real one lives on a floor above."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import path


def status(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = i18n_patterns(
    path("pyyda-apua/tila/", status, name="test-status"), prefix_default_language=False
)
