"""Forms that work without a sign-in and without a cookie of their own for it.

A form of a visitor who has not signed in is accepted from our own pages only: the browser itself says
where a sending began. What the sending acts on is opened by a cookie that other sites' forms do not carry
(`SameSite`). So no page has to set a cookie beforehand, and every visitor gets the same page.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from turvaverkko.core.typed import repeat_typed

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponse)


def own_forms_only(
    view: Callable[Concatenate[HttpRequest, P], R],
) -> Callable[Concatenate[HttpRequest, P], R]:
    """Let a view receive forms of our own pages only, in place of Django's token.

    The wrapped view raises PermissionDenied for a sending that began on another site.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> R:
        if request.method not in {"GET", "HEAD", "OPTIONS"} and not began_here(request):
            message = "the form began on another site"
            raise PermissionDenied(message)
        repeat_typed(request)
        return view(request, *args, **kwargs)

    exempt: Any = csrf_exempt(guarded)
    return exempt  # type: ignore[no-any-return]  # Django's decorator keeps the signature


def began_here(request: HttpRequest) -> bool:
    """Tell whether the browser says that a sending began on this site, or is too old to say anything."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in {"same-origin", "none"}
    if origin := request.headers.get("Origin"):
        return urlsplit(origin).netloc == request.get_host()
    return True
