"""From where a request comes, for counting tries. Never stored or logged as it is."""

import re

from django.conf import settings
from django.http import HttpRequest

LONGEST = 64  # signs


def address_of(request: HttpRequest) -> str:
    """The address of the net that a request comes from; of IPv6 the half that a household shares.

    Behind proxies the address stands in a header that anybody may write, so only as many entries from its
    end are believed as there are proxies of ours (`PROXIES`).
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.PROXIES:
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")
        address = forwarded[-min(settings.PROXIES, len(forwarded))].strip() or address
    if ":" in address:
        address = ":".join(re.split(":", address)[:4])
    return address[:LONGEST]
