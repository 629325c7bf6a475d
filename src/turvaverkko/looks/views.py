"""The gallery: every component in its states, and whole pages put together from them."""

import re
from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from turvaverkko.looks import examples, examples_desk

# Address of an example page and which link of the header is current on it.
PAGES = {
    "etusivu": "",
    "haku": "services",
    "palvelu": "services",
    "paikka": "places",
    "loydin": "centres",
    "kiireellinen": "",
    "tyhja": "services",
}
SPRITE = Path(__file__).parent / "static" / "looks" / "icons.svg"


@cache
def icon_names() -> list[str]:
    """Return the names of the icons in the sprite, in its order."""
    return re.findall(r'<symbol id="([\w-]+)"', SPRITE.read_text())


def gallery(request: HttpRequest) -> HttpResponse:
    """GET tyyli/ : the components."""
    context = examples.content(get_language() or "") | examples_desk.content()
    context |= {"icons": icon_names(), "example_pages": PAGES, "noindex": True}
    return render(request, "gallery/components.html", context)


def example(request: HttpRequest, page: str) -> HttpResponse:
    """GET tyyli/<page>/ : an example of a whole page."""
    if page not in PAGES:
        raise Http404
    context = examples.content(get_language() or "") | {"nav": PAGES[page], "noindex": True}
    return render(request, f"gallery/{page}.html", context)
