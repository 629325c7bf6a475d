"""The pages of a basket for visitors: collecting, one's own, the sheet for paper, what a link opens.

Nothing of them stays in a browser or in an address; of notes nothing is logged.
"""

from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from turvaverkko.access.api import StaffActor
from turvaverkko.core import time_source
from turvaverkko.core.clients import address_of
from turvaverkko.core.limits import is_full, take
from turvaverkko.core.safe_text import without_hidden_signs
from turvaverkko.core.same_origin import own_forms_only
from turvaverkko.directory.baskets import entries, page, queries, services
from turvaverkko.directory.baskets.acting import act
from turvaverkko.directory.baskets.holding import Holder, TooMany, begun, holder_of
from turvaverkko.directory.baskets.limits import GUESSING
from turvaverkko.directory.baskets.models import Share
from turvaverkko.directory.baskets.rules import Full, Item, Kind, added, joined, read
from turvaverkko.directory.device import remember_basket
from turvaverkko.directory.freshness import leave_no_trace

# Unit: signs. A longer address is no page that we go back to.
_LONGEST: Final = 2000


@own_forms_only
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """POST kori/lisaa/ : put one thing into the basket, then back to where it was found."""
    item = _item(request.POST.get("mika", ""))
    holder = holder_of(request)
    try:
        services.change(begun(request, holder), lambda content: added(content, item))
    except Full:
        return _see(request, holder, "taynna")
    except TooMany:
        return _see(request, holder, "odota")
    back = _way_back(request, item)
    if not back:
        return _see(request, holder, "lisatty")
    return _kept(request, holder, HttpResponseRedirect(f"{back}#korissa-{item.kind}-{item.slug}"))


@own_forms_only
@require_http_methods(["GET", "HEAD", "POST"])
def basket(request: HttpRequest) -> HttpResponse:
    """GET, POST kori/ : what one has collected. Staff have theirs at the desk."""
    holder = holder_of(request)
    if isinstance(holder.actor, StaffActor):
        return _see(request, holder, request.GET.get("tehty", "")[:20])
    if request.method != "POST":
        return _drawn(request, "baskets/basket.html", page.context(request, holder))
    done = act(holder, request.POST)
    if done.refused is None:
        return _see(request, holder, done.code)
    context = page.context(request, holder, done.refused)
    return _drawn(request, "baskets/basket.html", context, HTTPStatus.BAD_REQUEST)


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """GET kori/tulosta/ : the basket for paper, with a QR code to each page."""
    content = holder_of(request).content
    if not content.items:
        raise Http404
    return _drawn(
        request,
        "baskets/sheet.html",
        _sheet(request, page.shown(request, content, for_paper=True), content.note),
    )


@own_forms_only
@require_http_methods(["GET", "HEAD", "POST"])
def shared(request: HttpRequest, code: str) -> HttpResponse:
    """GET, POST kori/<code>/ : what somebody handed on; a post copies it into one's own basket."""
    address = address_of(request)
    if is_full(GUESSING, address):
        return _drawn(request, "baskets/gone.html", {"is_full": True}, HTTPStatus.TOO_MANY_REQUESTS)
    link = queries.share_by_code(code)
    if link is None:
        take(GUESSING, address)
        return _drawn(request, "baskets/gone.html", {"is_full": False}, HTTPStatus.NOT_FOUND)
    if request.method == "POST":
        return _copied(request, link)
    content = read(link.content)
    context = _sheet(request, page.shown(request, content, for_paper=True), content.note)
    return _drawn(request, "baskets/shared.html", context | {"expires_at": link.expires_at})


def _copied(request: HttpRequest, link: Share) -> HttpResponse:
    holder = holder_of(request)
    content = read(link.content)
    try:
        services.change(begun(request, holder), lambda own: joined(own, content))
    except Full:
        return _see(request, holder, "taynna")
    except TooMany:
        return _see(request, holder, "odota")
    return _see(request, holder, "lisatty")


def _item(key: str) -> Item:
    """Return the thing that a button names.

    Raises:
        Http404: there is no such thing to be seen.
    """
    kind, _slash, slug = without_hidden_signs(key).text[:_LONGEST].partition("/")
    if kind not in set(Kind):
        raise Http404
    item = Item(Kind(kind), slug)
    if not entries.exists(item, get_language() or "fi"):
        raise Http404
    return item


def _way_back(request: HttpRequest, item: Item) -> str:
    """The page the button was on, if it is ours; otherwise the page of the thing."""
    path = request.POST.get("paluu", "")
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours and len(path) <= _LONGEST else entries.address_of(item.kind, item.slug)


def _see(request: HttpRequest, holder: Holder, code: str) -> HttpResponse:
    query = f"?{urlencode({'tehty': code})}" if code else ""
    response = HttpResponseRedirect(f"{holder.url}{query}")
    response.status_code = HTTPStatus.SEE_OTHER
    return _kept(request, holder, leave_no_trace(response))


def _kept(request: HttpRequest, holder: Holder, response: HttpResponse) -> HttpResponse:
    """Give the device the key of a basket that was begun just now."""
    if holder.key:
        remember_basket(request, response, holder.key)
    response.status_code = HTTPStatus.SEE_OTHER
    return response


def _sheet(request: HttpRequest, shown: list[entries.Entry], note: str) -> dict[str, Any]:
    return {
        "entries": shown,
        "note": note,
        "today": time_source.today(),
        "home": request.build_absolute_uri(reverse("family:front")),
        "is_sensitive": any(entry.sensitive for entry in shown),
    }


def _drawn(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = HTTPStatus.OK
) -> HttpResponse:
    frame = {"nav": "basket", "noindex": True}
    return leave_no_trace(render(request, template, {**frame, **context}, status=status))
