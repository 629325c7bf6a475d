"""The family's own page behind its code: what happens, the thread, identifying, withdrawing."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from turvaverkko.access.api import FamilyActor, seen
from turvaverkko.core.clients import address_of
from turvaverkko.core.limits import is_full, take
from turvaverkko.core.same_origin import own_forms_only
from turvaverkko.core.states import IllegalMove
from turvaverkko.directory import page_api as pages
from turvaverkko.guidance import forms, presenting, queries
from turvaverkko.guidance.limits import GUESSING
from turvaverkko.guidance.models import ContactRequest
from turvaverkko.guidance.rules import Way
from turvaverkko.guidance.services.asking import Contact, identify, withdraw
from turvaverkko.guidance.services.thread import mark_read, write
from turvaverkko.guidance.views import device
from turvaverkko.trail.api import Look


@own_forms_only
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """GET, POST pyyda-apua/tila/ : ask for the code, then show the request. A wrong code tells nothing."""
    if request.method == "POST":
        return _open(request)
    family = device.family_of(request)
    found = queries.request_of_family(family) if family else None
    if family is None or found is None:
        return _ask_code(request, {})
    seen(family, [found], Look.READ, "guidance:status")
    response = _page(request, found, forms.Step({}))
    device.remember_family(request, response, family)
    return response


@own_forms_only
@require_POST
def reply(request: HttpRequest) -> HttpResponse:
    """POST pyyda-apua/tila/vastaa/ : write in the thread."""
    family, found = _open_request(request)
    step = forms.message(request.POST)
    if step.errors:
        return _page(request, found, step)
    try:
        write.once(_key(request), family, found, text=step.values["text"])
    except IllegalMove:
        step.errors["text"] = gettext(
            "Pyyntö on jo päättynyt. Tekstisi on tallessa tässä; lähetä uusi pyyntö."
        )
        return _page(request, found, step)
    return _done(request, "written")


@own_forms_only
@require_POST
def tell_who(request: HttpRequest) -> HttpResponse:
    """POST pyyda-apua/tila/kerro/ : tell one's name and telephone in the same thread."""
    family, found = _open_request(request)
    step = forms.contact(request.POST, needs_name=True)
    if step.errors:
        return _page(request, found, step)
    values = step.values
    told = Contact(
        way=Way(values["way"]),
        name=values["name"],
        phone=values["phone"],
        email=values["email"],
        call_hours=tuple(values["call_hours"]),
        may_leave_message=values["may_leave_message"],
    )
    try:
        identify(family, found, told)
    except IllegalMove:
        return _done(request, "ended")
    return _done(request, "told")


@own_forms_only
@require_POST
def take_away(request: HttpRequest) -> HttpResponse:
    """POST pyyda-apua/tila/peru/ : withdraw the request. Nobody contacts the family after it."""
    family, found = _open_request(request)
    try:
        withdraw(family, found)
    except IllegalMove:
        return _done(request, "ended")
    return _done(request, "withdrawn" if found.item.closed_at else "kept")


@own_forms_only
@require_POST
def close(_request: HttpRequest) -> HttpResponse:
    """POST pyyda-apua/tila/sulje/ : close the thread on this device, and the receipt with its code."""
    response = HttpResponseRedirect(reverse("guidance:status"))
    device.forget_everything(response)
    return pages.leave_no_trace(response)


def _open(request: HttpRequest) -> HttpResponse:
    address = address_of(request)
    if is_full(GUESSING, address):
        wait = gettext("Koodia on yritetty monta kertaa. Odota vartti ja yritä uudelleen.")
        return _ask_code(request, {"code": wait}, status=429)
    family = queries.family_behind(request.POST.get("code", ""))
    if family is None:
        take(GUESSING, address)
        wrong = gettext("Koodi ei avaa mitään. Tarkista merkit: koodissa ei ole kirjaimia I, L eikä O.")
        return _ask_code(request, {"code": wrong})
    response = pages.leave_no_trace(HttpResponseRedirect(reverse("guidance:status")))
    device.remember_family(request, response, family)
    return response


def _open_request(request: HttpRequest) -> tuple[FamilyActor, ContactRequest]:
    family = device.family_of(request)
    found = queries.request_of_family(family) if family else None
    if family is None or found is None:
        raise Http404
    return family, found


def _page(request: HttpRequest, found: ContactRequest, step: forms.Step) -> HttpResponse:
    context = presenting.status(found, step, presenting.said(device.said_on(request)))
    if not step.errors:
        mark_read(found, by_family=True)
    return pages.leave_no_trace(render(request, "guidance/status.html", context))


def _ask_code(request: HttpRequest, errors: dict[str, str], *, status: int = 200) -> HttpResponse:
    typed = request.POST.get("code", "")[:40] if errors else ""
    step = forms.Step({"code": typed}, errors)
    context = {
        "noindex": True,
        "values": step.values,
        "error_of": errors,
        "errors": presenting.field_errors(step),
        "help": presenting.county_telephone(),
    }
    return pages.leave_no_trace(render(request, "guidance/code.html", context, status=status))


def _done(request: HttpRequest, code: str) -> HttpResponse:
    response = pages.leave_no_trace(HttpResponseRedirect(reverse("guidance:status")))
    device.say(request, response, code)
    return response


def _key(request: HttpRequest) -> str:
    """The key of this form's sending, so that a second press sends nothing more."""
    return request.POST.get("avain", "")
