"""What every reader of a page has in common: its version, worked out before the page is made.

A public page is the same for everybody who reads it in one language with one municipality chosen, until
content changes or the quarter of an hour turns ("open now" is worked out by quarters). So an unchanged
page costs a comparison, and lists that stand on many pages are read once for all of them.
"""

import time
from collections.abc import Callable
from functools import cache, wraps
from hashlib import blake2b
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from turvaverkko.core import time_source
from turvaverkko.directory import queries

P = ParamSpec("P")
T = TypeVar("T")

# Unit: minutes. Hours of services are given by quarters.
QUARTER: Final = 15
# Unit: seconds. How long a process trusts the content version it read: a new text shows within this time.
TRUSTED: Final = 5
MUNICIPALITY_COOKIE: Final = "kunta"
_INTERFACE: Final = ("*.html", "*.mo")
_OK: Final = 200

# Unit: pages. Kept ready in each process; about 20 KB each. When full, all are dropped and made anew.
READY: Final = 300

_version_read: list[tuple[float, str]] = []
_ready: dict[str, tuple[bytes, dict[str, str]]] = {}
_memories: list[dict[tuple[object, ...], object]] = []


def conditional(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Give a public page its ETag; answer 304 when the reader has it, and keep it ready for the next reader.

    A page with anything in its address after the path is made every time: nobody's words are kept.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        tag = _tag(request)
        if tag in request.headers.get("If-None-Match", ""):
            return _marked(HttpResponseNotModified(), tag)
        if tag in _ready:
            content, headers = _ready[tag]
            return HttpResponse(content, headers=headers)
        response = view(request, *args, **kwargs)
        if response.status_code != _OK or response.has_header("Cache-Control"):
            return response
        _marked(response, tag)
        if not request.META.get("QUERY_STRING"):
            _keep_ready(tag, response)
        return response

    return answer


def remembered(read: Callable[P, T]) -> Callable[P, T]:
    """Remember what `read` returned until content changes or the quarter of an hour turns.

    For short lists that stand on many pages. The arguments must be few: languages, a slug.
    """
    memory: dict[tuple[object, ...], T] = {}
    _memories.append(memory)  # type: ignore[arg-type]  # only ever cleared from there

    @wraps(read)
    def recall(*args: P.args, **kwargs: P.kwargs) -> T:
        now = (content_version(), quarter())
        key = (*now, *args, *sorted(kwargs.items()))
        if key not in memory:
            if any(known[:2] != now for known in memory):
                memory.clear()
            memory[key] = read(*args, **kwargs)
        return memory[key]

    return recall


def leave_no_trace(response: HttpResponse) -> HttpResponse:
    """Ask the browser to keep nothing of a sensitive page, and to tell its address to nobody."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def content_version() -> str:
    """Return the version of the directory's content, at most `TRUSTED` seconds old."""
    now = time.monotonic()
    if not _version_read or now - _version_read[0][0] > TRUSTED:
        _version_read[:] = [(now, queries.content_version())]
    return _version_read[0][1]


def quarter() -> str:
    """Return the present quarter of an hour in Finland."""
    moment = time_source.local_now()
    return f"{moment:%Y%m%d%H}{moment.minute // QUARTER}"


def forget_pages() -> None:
    """Forget the pages that were kept ready, but not what they were made of; for measuring and tests."""
    _ready.clear()


def forget() -> None:
    """Forget everything remembered; for tests, whose content changes faster than `TRUSTED`."""
    _version_read.clear()
    forget_pages()
    for memory in _memories:
        memory.clear()


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


def _tag(request: HttpRequest) -> str:
    seen = (
        request.get_full_path(),
        request.get_host(),
        get_language() or "",
        request.COOKIES.get(MUNICIPALITY_COOKIE, "")[:80],
        quarter(),
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
