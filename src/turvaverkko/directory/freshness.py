"""What every reader of a page has in common: its version, worked out before the page is made.

A public page is the same for everybody who reads it in one language with one municipality chosen, until
content changes or the quarter of an hour turns ("open now" is worked out by quarters; `remembering`).
So an unchanged page costs one small query and a comparison.
"""

from collections.abc import Callable
from functools import cache, wraps
from hashlib import blake2b
from pathlib import Path
from typing import Concatenate, Final, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from turvaverkko.core import time_source
from turvaverkko.directory import remembering
from turvaverkko.directory.device import municipality_on
from turvaverkko.directory.remembering import content_version, quarter

P = ParamSpec("P")

_INTERFACE: Final = ("*.html", "*.mo")
_OK: Final = 200

# Unit: pages. Kept ready in each process; about 20 KB each. When full, all are dropped and made anew.
READY: Final = 300

_ready: dict[str, tuple[bytes, dict[str, str]]] = {}


def conditional(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Give a public page its ETag; answer 304 when the reader has it, and keep it ready for the next reader.

    A page with anything in its address after the path is made every time: nobody's words are kept.
    """

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        tag = _tag(request, quarter())
        if tag in request.headers.get("If-None-Match", ""):
            return _marked(HttpResponseNotModified(), tag)
        ready = _ready.get(tag)
        if ready is not None:
            content, headers = ready
            return HttpResponse(content, headers=headers)
        response = view(request, *args, **kwargs)
        if response.status_code != _OK or response.has_header("Cache-Control"):
            return response
        _marked(response, tag)
        if not request.META.get("QUERY_STRING"):
            _keep_ready(tag, response)
        return response

    return answer


def tag_of_day(request: HttpRequest, *_args: object, **_kwargs: object) -> str:
    """Return the ETag of what turns with the day and with its content: a calendar that programs ask for."""
    return _tag(request, time_source.today().isoformat())


def leave_no_trace(response: HttpResponse) -> HttpResponse:
    """Ask the browser to keep nothing of a sensitive page, and to tell its address to nobody."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def forget_pages() -> None:
    """Forget the pages that were kept ready, but not what they were made of; for measuring and tests."""
    _ready.clear()


def forget() -> None:
    """Forget everything remembered (tests, and after a database was replaced)."""
    forget_pages()
    remembering.forget()


def _keep_ready(tag: str, response: HttpResponse) -> None:
    if len(_ready) >= READY:
        _ready.clear()
    _ready[tag] = (response.content, dict(response.headers))


def _marked(response: HttpResponse, tag: str) -> HttpResponse:
    response.headers["ETag"] = tag
    # Kept, but asked for every time: a phone number that changed must not live on in a cache.
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Cookie"])
    return response


def _tag(request: HttpRequest, turn: str) -> str:
    seen = (
        request.get_full_path(),
        request.get_host(),
        get_language() or "",
        municipality_on(request),
        turn,
        content_version(),
        _interface_version(),
    )
    return f'W/"{blake2b(chr(0).join(seen).encode(errors="replace"), digest_size=12).hexdigest()}"'


@cache
def _interface_version() -> str:
    """What the pages look like: the same in every process that runs the same release."""
    digest = blake2b(digest_size=8)
    for pattern in _INTERFACE:
        for path in sorted(Path(settings.PACKAGE).rglob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()
