"""The page that stands where no page is. A fault of ours has its own page, which needs nothing."""

import re
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from turvaverkko.core.safe_text import clean_query

# Words of addresses that say what kind of page it was, not what it was about.
_ROUTE_WORDS: Final = frozenset(
    ["palvelut", "aiheet", "ika", "kunnat", "paikat", "tyyli", "index", "html", "php"]
)
# Letters and digits in one run: a code, or somebody's identity code. No word of its part is repeated.
_CODE: Final = re.compile(r"\d[^\W\d_]|[^\W\d_]\d")
# Unit: words. More would make a poor search out of a long address.
_WORDS: Final = 6


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django hands it over
    """Help on from an address that leads nowhere: its own words become a search."""
    context = {"words": words_of(request.path), "noindex": True}
    response = render(request, "family/not_found.html", context, status=404)
    response.headers["Cache-Control"] = "no-store"
    return response


def words_of(path: str) -> str:
    """Return what an address was about, in words for the search box.

    Examples:
        >>> words_of("/sv/palvelut/perheohjaus-kotiin-2/")
        'perheohjaus kotiin'
        >>> words_of("/pyyda-apua/tila/7K3M9-QTR2K/")  # a code is nobody's search
        'pyyda apua tila'
    """
    languages = {code for code, _ in settings.LANGUAGES}
    parts = path.strip("/").split("/")
    if parts[0] in languages:
        parts = parts[1:]
    about = " ".join(part for part in parts if not _CODE.search(part))
    words = re.findall(r"[^\W\d_]{2,}", clean_query(about))
    return " ".join([word for word in words if word.lower() not in _ROUTE_WORDS][:_WORDS])
