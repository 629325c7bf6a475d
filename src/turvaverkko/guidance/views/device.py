"""What a device remembers of a family that has not signed in: one cookie, for its draft and its thread.

The cookie is signed, so nobody makes one up; it holds a random key and the public id of a matter, nothing
that anybody wrote. It ends with the browser.
"""

from typing import Final

from django.core import signing
from django.http import HttpRequest, HttpResponse

from turvaverkko.access.api import FamilyActor
from turvaverkko.core import time_source
from turvaverkko.guidance.models import Draft
from turvaverkko.guidance.queries import draft_by_key
from turvaverkko.guidance.rules import DEVICE_COOKIE, THREAD_OPEN

_SALT: Final = "guidance.device"


def _read(request: HttpRequest) -> dict[str, object]:
    try:
        found = signing.loads(request.COOKIES.get(DEVICE_COOKIE, ""), salt=_SALT)
    except signing.BadSignature:
        return {}
    return found if isinstance(found, dict) else {}


def draft_of(request: HttpRequest) -> Draft | None:
    """Return the draft that was typed on this device."""
    key = _read(request).get("draft")
    return draft_by_key(key) if isinstance(key, str) else None


def family_of(request: HttpRequest) -> FamilyActor | None:
    """Return the family whose code was given on this device lately."""
    found = _read(request)
    matter, used = found.get("matter"), found.get("used")
    if not (isinstance(matter, str) and isinstance(used, int | float)):
        return None
    is_fresh = time_source.now().timestamp() - used <= THREAD_OPEN.total_seconds()
    return FamilyActor(matter) if is_fresh else None


def remember_draft(request: HttpRequest, response: HttpResponse, key: str) -> None:
    """Keep the key of a draft on the device."""
    _write(request, response, _read(request) | {"draft": key})


def remember_family(request: HttpRequest, response: HttpResponse, family: FamilyActor) -> None:
    """Keep a thread open on the device, from now on for `THREAD_OPEN`."""
    opened = {"matter": family.matter, "used": time_source.now().timestamp()}
    kept = {name: value for name, value in _read(request).items() if name != "said"}
    _write(request, response, kept | opened)


def say(request: HttpRequest, response: HttpResponse, code: str) -> None:
    """Have the next page say something once, by its code."""
    _write(request, response, _read(request) | {"said": code})


def said_on(request: HttpRequest) -> str:
    """Return the code of what this page says, or ""."""
    found = _read(request).get("said")
    return found if isinstance(found, str) else ""


def forget_everything(response: HttpResponse) -> None:
    """Leave nothing on the device."""
    response.delete_cookie(DEVICE_COOKIE, samesite="Lax")


def _write(request: HttpRequest, response: HttpResponse, content: dict[str, object]) -> None:
    response.set_cookie(
        DEVICE_COOKIE,
        signing.dumps(content, salt=_SALT),
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
