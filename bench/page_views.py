"""Views that the product's pages are compared with: bare, naive ORM, prefetching ORM."""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from turvaverkko.config.urls import urlpatterns as product
from turvaverkko.directory.models import Service, Text

ROWS = 20  # as many as a page of results
ROW = Engine().from_string(
    "<!doctype html><html lang=fi><title>rows</title><ol>{% for row in rows %}<li><h2><a href='/palvelut/{{ row.slug }}/'>"
    "{{ row.name }}</a></h2><p>{{ row.summary }}</p><p>{{ row.organisation }} · {{ row.where }} · {{ row.phone }}</p>"
    "<p>{{ row.terms }}</p></li>{% endfor %}</ol></html>"
)


def bare(_request: HttpRequest) -> HttpResponse:
    """What Django itself costs, middleware included."""
    return HttpResponse("<!doctype html><html lang=fi><title>bare</title><p>bare</p></html>")


def _row(service: Service, texts: dict[str, str]) -> dict[str, object]:
    phones = [link.channel.number for link in service.connections.all() if link.channel.number]
    return {
        "slug": service.slug,
        "name": texts.get("name", ""),
        "summary": texts.get("summary", ""),
        "organisation": service.organisation.name_fi if service.organisation else "",
        "where": ", ".join(
            layer.name_fi
            for one in service.coverage.all()
            if (layer := one.municipality or one.area or one.county)
        ),
        "phone": phones[0] if phones else "",
        "terms": ", ".join(term.code for term in service.terms.all()),
    }


def naive(_request: HttpRequest) -> HttpResponse:
    """The list as it is first written: every row asks for what it shows."""
    rows = []
    for service in Service.objects.filter(state="published").exclude(level="national")[:ROWS]:
        texts = {
            kind: getattr(Text.objects.filter(service=service, kind=kind, language="fi").first(), "value", "")
            for kind in ("name", "summary")
        }
        rows.append(_row(service, texts))
    return HttpResponse(ROW.render(Context({"rows": rows})))


def prefetching(_request: HttpRequest) -> HttpResponse:
    """The same list with everything fetched ahead as model instances."""
    services = (
        Service.objects.filter(state="published")
        .exclude(level="national")
        .select_related("organisation")
        .prefetch_related(
            "texts",
            "connections__channel",
            "terms",
            "coverage__municipality",
            "coverage__area",
            "coverage__county",
        )[:ROWS]
    )
    rows = [
        _row(service, {text.kind: text.value for text in service.texts.all() if text.language == "fi"})
        for service in services
    ]
    return HttpResponse(ROW.render(Context({"rows": rows})))


urlpatterns = [
    path("bench/bare/", bare),
    path("bench/naive/", naive),
    path("bench/prefetching/", prefetching),
    *product,
]
