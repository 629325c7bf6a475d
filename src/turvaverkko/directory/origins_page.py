"""GET palvelut/<slug>/alkupera/ : for editors, where each text of a service comes from."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from turvaverkko.directory import api
from turvaverkko.directory.choice import chosen
from turvaverkko.looks.api import Link


@require_safe
def origins(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every text of a service layer by layer. Nothing here is secret: all of it is published text."""
    choice = chosen(request)
    page = api.provenance(slug, choice.slug or None, get_language() or "fi")
    if page is None:
        raise Http404
    context = {
        "nav": "services",
        "noindex": True,
        "page": page,
        "crumbs": [
            Link(gettext("Palvelut"), reverse("directory:services")),
            Link(page.name, reverse("directory:service", args=(slug,))),
        ],
    }
    return render(request, "directory/provenance.html", context)
