"""The desk of guides: the day, the queue, one request. What is shown is logged, and no browser keeps it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from turvaverkko.access.api import StaffActor, actor_of
from turvaverkko.guidance.desk import case_page, filtering, queries, queue_page, rights, saying
from turvaverkko.guidance.desk.case_page import NOTHING_TYPED, Typed
from turvaverkko.guidance.models import ContactRequest
from turvaverkko.indicators.api import leads_by_figures
from turvaverkko.organisation.sign_in.api import StaffRequest, staff_only

# A script that puts one request beside the queue asks for that part alone.
PART_HEADER = "X-Osa"
STAMP_HEADER = "X-Leima"
NOTHING_NEW = 204


@staff_only
@require_safe
def today(request: StaffRequest) -> HttpResponseBase:
    """GET tyo/ : what is mine, what must be done today, what waits. Others go elsewhere."""
    actor = actor_of(request)
    if not (isinstance(actor, StaffActor) and rights.works_at_desk(actor)):
        leading = leads_by_figures(role.role for role in request.roles)
        return HttpResponseRedirect(reverse("indicators:front" if leading else "sign_in:account"))
    context = queue_page.today(actor, "guidance:today")
    return draw(request, "guidance/desk/today.html", {"nav": "today", **context})


@staff_only
@require_safe
def queue(request: StaffRequest) -> HttpResponseBase:
    """GET tyo/jono/ : the queue; `valittu` puts one request beside it. A poll of the same list is a 204."""
    actor = actor_at_desk(request)
    selection = filtering.read(request.GET)
    found = queue_page.listed(actor, selection)
    if request.headers.get(STAMP_HEADER) == found.stamp:
        return HttpResponse(status=NOTHING_NEW)
    chosen = (
        queries.for_page(actor, request.GET.get("valittu", "")[:20]) if "valittu" in request.GET else None
    )
    key = chosen.public_id if chosen else ""
    context = queue_page.context(actor, selection, found, "guidance:queue", key)
    if chosen is not None:
        context["case"] = case_page.context(actor, chosen, "guidance:desk-request")
    units = {role.unit.name for role in request.roles if role.unit is not None}
    title = units.pop() if len(units) == 1 else ""
    context |= {"nav": "queue", "unit_title": title, "chosen": chosen is not None}
    return draw(request, "guidance/desk/queue.html", context)


@staff_only
@require_safe
def show(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """GET tyo/pyynnot/<id>/ : one request."""
    actor = actor_at_desk(request)
    return draw_case(request, actor, found_or_404(actor, public_id))


def draw_case(
    request: HttpRequest,
    actor: StaffActor,
    found: ContactRequest,
    typed: Typed = NOTHING_TYPED,
    status: int = 200,
) -> HttpResponse:
    """Draw one request: a page of its own, or the part that a script puts beside the queue."""
    context = {"case": case_page.context(actor, found, "guidance:desk-request", typed)}
    part = request.headers.get(PART_HEADER) == "pyynto"
    template = "guidance/desk/part.html" if part else "guidance/desk/request.html"
    return draw(request, template, {"nav": "queue", **context}, status=status)


def draw(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Draw a page of the desk in its frame, with what it says once."""
    actor = actor_of(request)
    said = saying.said_on(request)
    get_token(request)
    frame = {
        "noindex": True,
        "user_name": getattr(request.user, "display_name", ""),
        "leads": rights.leads(actor),
        "desk": rights.works_at_desk(actor),
        "said": said,
    }
    response = HttpResponse(render_to_string(template, {**frame, **context}, request), status=status)
    response.headers["Vary"] = f"{PART_HEADER}, {STAMP_HEADER}"
    saying.forget(request, response)
    return response


def actor_at_desk(request: HttpRequest) -> StaffActor:
    """Return who is at the desk.

    Raises:
        Http404: none of their roles meets requests; that there is a desk is not told.
    """
    actor = actor_of(request)
    if not (isinstance(actor, StaffActor) and rights.works_at_desk(actor)):
        raise Http404
    return actor


def found_or_404(actor: StaffActor, public_id: str) -> ContactRequest:
    """Return a request that the actor may see.

    Raises:
        Http404: there is none, or it is a stranger's: the two look the same.
    """
    found = queries.for_page(actor, public_id)
    if found is None:
        raise Http404
    return found
