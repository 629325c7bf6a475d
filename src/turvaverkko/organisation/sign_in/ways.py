"""The way on after signing in: what travels through the steps, and where it leads."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from turvaverkko.organisation.models import Staff
from turvaverkko.organisation.sign_in import keeping


def carried(request: HttpRequest) -> dict[str, str]:
    """What travels through the steps: a path of ours to go to, or the key of what was kept."""
    given = request.POST if request.method == "POST" else request.GET
    return {
        "next": keeping.safe_path(given.get("next", "")),
        "paikka": keeping.read_key(given.get("paikka", "")),
    }


def way_on(request: HttpRequest, staff: Staff, way: dict[str, str] | None = None) -> str:
    """Where to go when everything is in order: back to what was interrupted, or home.

    Args:
        request: what carries the way, unless it was kept elsewhere.
        staff: who goes.
        way: as `carried` gave it earlier.
    """
    way = way or carried(request)
    kept = keeping.kept(way["paikka"], staff) if way["paikka"] else None
    if kept and kept.fields is not None:
        return f"{reverse('sign_in:resume')}?{urlencode({'paikka': kept.key})}"
    if kept:
        keeping.forget(kept.key, staff)
        if url_has_allowed_host_and_scheme(kept.path, allowed_hosts=None) and kept.path.startswith("/"):
            return kept.path
    return way["next"] or reverse(settings.STAFF_HOME)
