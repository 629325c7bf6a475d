"""Keeping what somebody was doing when the lock, the end of a day or the step-up came between.

What was typed lies encrypted in the database under a key of chance; only the key travels in an address.
"""

import json
import re
import secrets
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from turvaverkko.core import time_source
from turvaverkko.core.safe_text import strip_controls
from turvaverkko.organisation.models import KeptRequest, Staff
from turvaverkko.organisation.sign_in.rules import KEPT

# Unit: signs of everything typed. Longer than any text of a form; a file is not kept.
MOST: Final = 500_000
# Unit: rows. More open pages than anybody has; the oldest go first.
MOST_KEPT: Final = 30
CSRF: Final = "csrfmiddlewaretoken"
# The name under which a page that sends on what was kept says so, and a form with such a field is not kept.
KEY: Final = "kept_request"
NEVER_KEPT: Final = frozenset({"password", "new_password", "new_password_again", "code"})


@dataclass(frozen=True, slots=True)
class Kept:
    """A request that was interrupted.

    Attributes:
        key: its name.
        path: where it went, with its query.
        fields: what it sent; None when it only asked for a page.
    """

    key: str
    path: str
    fields: list[tuple[str, str]] | None


def keep(request: HttpRequest, staff: Staff) -> str:
    """Keep the request for the same account; return its key."""
    content = {"path": _place(request), "fields": _fields(request)}
    key = secrets.token_urlsafe(24)
    KeptRequest.objects.create(key=key, staff=staff, content=json.dumps(content), kept_at=time_source.now())
    mine = KeptRequest.objects.filter(staff=staff).order_by("-kept_at", "-pk")
    too_many = list(mine.values_list("pk", flat=True)[MOST_KEPT:])
    KeptRequest.objects.filter(pk__in=too_many).delete()
    return key


def kept(key: str, staff: Staff) -> Kept | None:
    """What was kept under a key for this account, if it is not too old."""
    since = time_source.now() - KEPT
    row = KeptRequest.objects.filter(key=key[:40], staff=staff, kept_at__gte=since).first()
    if row is None:
        return None
    content = json.loads(row.content)
    fields = content["fields"]
    return Kept(row.key, content["path"], fields and [(name, value) for name, value in fields])


def forget(key: str, staff: Staff) -> None:
    """Delete what was kept under a key: it was sent on, or the person said no."""
    KeptRequest.objects.filter(key=key[:40], staff=staff).delete()


def read_key(typed: str) -> str:
    """A key as we make them, or an empty text."""
    return typed if re.fullmatch(r"[A-Za-z0-9_-]{32}", typed) else ""


def safe_path(path: str) -> str:
    """A path of this site without its query, or an empty text.

    The query is left out because it may hold words of somebody's search.
    """
    path = re.split("[?#]", path[:500], maxsplit=1)[0]
    is_clean = strip_controls(path) == path
    is_ours = is_clean and path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours else ""


def _place(request: HttpRequest) -> str:
    """Where to come back to: for a fragment the page it belongs to."""
    htmx = getattr(request, "htmx", None)
    if htmx and request.method == "GET":
        return str(htmx.current_url_abs_path or "/")
    return request.get_full_path()


def _fields(request: HttpRequest) -> list[tuple[str, str]] | None:
    if request.method != "POST":
        return None
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name != CSRF]
    names = {name for name, _ in fields}
    length = sum(len(name) + len(str(value)) for name, value in fields)
    if names & NEVER_KEPT or length > MOST:
        return None
    return [(name, str(value)) for name, value in fields if name != KEY]
