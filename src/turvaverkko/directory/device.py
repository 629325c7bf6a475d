"""What a visitor's device remembers of the directory: the municipality that comes first, and a basket's key.

Both stand in one cookie. A visitor is promised at most two before signing in, and the other is that of
asking for help. It is written only when something is chosen or collected.
"""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse

from turvaverkko.directory.rules import BASKET_KEPT

COOKIE: Final = "kunta"
# As the cookies page says.
MUNICIPALITY_KEPT: Final = timedelta(days=365)
# In no slug and in no key.
_BETWEEN: Final = "."
# Unit: signs. Longer than any municipality and key of ours.
_LONGEST: Final = 120


def municipality_on(request: HttpRequest) -> str:
    """Return the municipality that was chosen on this device, as the cookie says it; "" without one."""
    return _read(request)[0]


def basket_key_on(request: HttpRequest) -> str:
    """Return the key of the basket of this device; "" without one."""
    return _read(request)[1]


def remember_municipality(request: HttpRequest, response: HttpResponse, slug: str) -> None:
    """Keep a municipality on the device; "" forgets it."""
    _write(request, response, slug, basket_key_on(request))


def remember_basket(request: HttpRequest, response: HttpResponse, key: str) -> None:
    """Keep the key of a basket on the device; "" forgets it."""
    _write(request, response, municipality_on(request), key)


def _read(request: HttpRequest) -> tuple[str, str]:
    municipality, _between, key = request.COOKIES.get(COOKIE, "")[:_LONGEST].partition(_BETWEEN)
    return municipality, key


def _write(request: HttpRequest, response: HttpResponse, municipality: str, key: str) -> None:
    if not municipality and not key:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    kept = MUNICIPALITY_KEPT if municipality else BASKET_KEPT
    response.set_cookie(
        COOKIE,
        f"{municipality}{_BETWEEN}{key}" if key else municipality,
        max_age=int(kept.total_seconds()),
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
