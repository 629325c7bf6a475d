"""The page of the catalogue: runs and what they told, what waits for approval, what differs."""

from typing import Final

from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from turvaverkko.access.api import Role, actor_of
from turvaverkko.core.states import IllegalMove
from turvaverkko.directory.ptv import jobs, page, policies, queries, running, services
from turvaverkko.directory.ptv.models import Run
from turvaverkko.directory.ptv.services import Busy, NothingToSettle
from turvaverkko.directory.ptv.shapes import Refused
from turvaverkko.organisation.sign_in.api import StaffRequest, frame_of, staff_only

HOME: Final = "ptv:runs"
SEE_OTHER: Final = 303
# The largest number that the database holds.
LARGEST: Final = 2_147_483_647


@staff_only
@require_safe
def runs(request: StaffRequest) -> HttpResponseBase:
    """GET tyo/yllapito/ptv/ : the last runs, what waits, what differs; `tehty` says what was just done."""
    actor = _reader(request)
    return _draw(request, "ptv/runs.html", page.front(actor))


@staff_only
@require_safe
def run(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """GET ajo/<public_id>/ : one run and what it told."""
    actor = _reader(request)
    return _draw(request, "ptv/run.html", page.one(_found(public_id), actor))


@staff_only
@require_POST
def begin(request: StaffRequest) -> HttpResponseBase:
    """POST aloita/ : `laji` is begun now; a job does it."""
    actor = _reader(request)
    kind = request.POST.get("laji", "")
    if kind not in Run.Kind.values or not running.is_on():
        return _back("ei-voi")
    try:
        begun = services.begin(actor, kind)
    except Busy:
        return _back("kesken")
    jobs.go_on.enqueue(begun.public_id)
    return _back("aloitettu")


@staff_only
@require_POST
def decide(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """POST ajo/<public_id>/paata/ : `paatos` is approve, refuse or resume."""
    actor = _reader(request)
    found = _found(public_id)
    acts = {"approve": services.approve, "refuse": services.refuse, "resume": services.resume}
    act = acts.get(request.POST.get("paatos", ""))
    if act is None:
        return _back("ei-voi")
    try:
        decided = act(actor, found)
    except (IllegalMove, Busy):
        return _back("ei-enaa")
    if decided.state == Run.State.RUNNING:
        jobs.go_on.enqueue(decided.public_id)
    return _back("paatetty")


@staff_only
@require_POST
def settle(request: StaffRequest, pk: int) -> HttpResponseBase:
    """POST ero/<pk>/ : `kumpi` is adopt (the source's) or keep (ours)."""
    actor = _reader(request)
    record = queries.record(pk) if pk <= LARGEST else None
    if record is None:
        raise Http404
    acts = {"adopt": services.adopt, "keep": services.keep_ours}
    act = acts.get(request.POST.get("kumpi", ""))
    if act is None:
        return _back("ei-voi")
    try:
        act(actor, record)
    except (NothingToSettle, Refused):
        return _back("ei-enaa")
    return _back("valittu")


def _reader(request: StaffRequest) -> object:
    """Return who asks.

    Raises:
        Http404: it is somebody who does not look after the catalogue; that there is a page is not told.
    """
    actor = actor_of(request)
    if not policies.may_read(actor):
        raise Http404
    return actor


def _found(public_id: str) -> Run:
    found = queries.run(public_id)
    if found is None:
        raise Http404
    return found


def _back(done: str) -> HttpResponseRedirect:
    response = HttpResponseRedirect(f"{reverse(HOME)}?tehty={done}")
    response.status_code = SEE_OTHER
    return response


def _said(code: str) -> str:
    told = {
        "aloitettu": gettext("Tuonti aloitettiin. Se etenee taustalla."),
        "kesken": gettext("Toinen tuonti on käynnissä tai odottaa hyväksyntää. Uutta ei aloitettu."),
        "paatetty": gettext("Päätös kirjattiin."),
        "valittu": gettext("Valinta tallennettiin."),
        "ei-enaa": gettext("Tämä oli jo hoidettu. Mitään ei muuttunut."),
        "ei-voi": gettext("Tätä ei voi tehdä. Tarkista valinta ja Palvelutietovarannon osoite asetuksista."),
    }
    return told.get(code, "")


def _draw(request: StaffRequest, template: str, context: dict[str, object]) -> HttpResponse:
    held = {role.role for role in request.roles}
    frame = {
        **frame_of(request, current=HOME),
        "leads": Role.UNIT_LEAD in held,
        "said": _said(request.GET.get("tehty", "")),
    }
    return render(request, template, {**frame, **context})
