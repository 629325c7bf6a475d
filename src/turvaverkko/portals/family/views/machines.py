"""What machines read: which pages there are, which to leave alone, and whether all is well."""

from collections.abc import Iterator
from dataclasses import asdict
from http import HTTPStatus
from typing import Final
from xml.sax.saxutils import escape

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from turvaverkko.directory import page_api as pages
from turvaverkko.directory.search import api as search

_PAGES: Final = (
    "family:front",
    "directory:services",
    "directory:places",
    "directory:happenings",
    "family:centres",
    "family:crisis",
    "family:accessibility",
    "family:privacy",
    "family:cookies",
    "family:open-data",
    "family:about",
)
_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
# Unit: seconds. Search engines ask seldom; an hour saves them from asking in vain.
_KEEP: Final = 3600


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """GET robots.txt : everything may be read except what families typed."""
    lines = ["User-agent: *"]
    for code, _ in settings.LANGUAGES:
        prefix = "" if code == settings.LANGUAGE_CODE else f"/{code}"
        lines += [f"Disallow: {prefix}/palvelut/?", f"Disallow: {prefix}/palvelut/ehdota/"]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return _kept(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """GET sitemap.xml : every public page in every language. Sensitive topics are not listed."""
    root = request.build_absolute_uri("/").rstrip("/")
    with translation.override(settings.LANGUAGE_CODE):
        entries = "".join(_entry(root, path, changed) for path, changed in _addresses())
    return _kept(HttpResponse(f"{_HEAD}{entries}</urlset>\n", content_type="application/xml"))


@require_safe
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view takes it
    """GET terveys/ : whether the parts work, for those who watch over the service."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        found = {"status": "ok", "database": connection.vendor, "search": asdict(search.health())}
        status = HTTPStatus.OK
    except DatabaseError:
        found, status = {"status": "broken", "database": "unreachable"}, HTTPStatus.SERVICE_UNAVAILABLE
    response = JsonResponse(found, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _addresses() -> Iterator[tuple[str, str]]:
    for name in _PAGES:
        yield reverse(name), ""
    for municipality in pages.municipalities(settings.LANGUAGE_CODE):
        yield reverse("directory:municipality", args=(municipality.slug,)), ""
    for page in pages.public_addresses():
        yield reverse(page.route, args=(page.slug,)), f"{page.changed_at:%Y-%m-%d}" if page.changed_at else ""


def _entry(root: str, path: str, changed: str) -> str:
    versions = [
        (code, escape(f"{root}{'' if code == settings.LANGUAGE_CODE else '/' + code}{path}"))
        for code, _ in settings.LANGUAGES
    ]
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>' for code, address in versions
    )
    day = f"<lastmod>{changed}</lastmod>" if changed else ""
    return "".join(f"<url><loc>{address}</loc>{day}{links}</url>\n" for _, address in versions)


def _kept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = f"public, max-age={_KEEP}"
    return response
