"""The page of what has stopped, and what the technical administrator does there: one POST each.

Every act can be sent twice: what somebody has handled already stays as it is, and the page says so.
"""

from typing import Final, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from turvaverkko.core.states import IllegalMove
from turvaverkko.notices import api as notices
from turvaverkko.organisation.sign_in.api import StaffRequest, pages_of, staff_only
from turvaverkko.portals.upkeep import page, queries, rules, services
from turvaverkko.portals.upkeep.page import Asked
from turvaverkko.portals.upkeep.queries import Kind
from turvaverkko.portals.upkeep.rules import Source

Row = TypeVar("Row", bound=Model)
REFUSED: Final = 400
SEE_OTHER: Final = 303
# Unit: signs. The longest name of a task with its source.
LONGEST: Final = 220


class Handled(Exception):
    """Somebody was faster, or the same button was pressed before."""


@staff_only
@require_safe
def stopped(request: StaffRequest) -> HttpResponseBase:
    """GET tyo/yllapito/pysahtyneet/ : jobs and letters that wait for a person, and whether the work goes."""
    _check(request)
    number = request.GET.get("maara", "")
    return _draw(
        request,
        Asked(
            kind=request.GET.get("laji", "")[:LONGEST],
            page=rules.page_number(request.GET.get("sivu", "")),
            done=request.GET.get("tehty", ""),
            number=rules.page_number(number),
        ),
    )


@staff_only
@require_POST
def again(request: StaffRequest) -> HttpResponseBase:
    """POST uudelleen/ : one job or letter once more."""
    _check(request)
    source, key = _which(request)
    try:
        if source is Source.JOB:
            services.run_again(request.user, _found(queries.dead_job(key)))
        else:
            notices.retry(request.user, _found(queries.dead_notice(key)))
    except (Handled, IllegalMove, ObjectDoesNotExist):
        return _go(request, tehty="ei-enaa")
    return _go(request, tehty="uudelleen")


@staff_only
@require_POST
def kind_again(request: StaffRequest) -> HttpResponseBase:
    """POST kaikki-uudelleen/ : all of one kind once more; of letters as many as one press may."""
    _check(request)
    asked = request.POST.get("mika", "")[:LONGEST]
    kind = next((one.kind for one in queries.kinds() if str(one.kind) == asked), None)
    if kind is None:
        return _go(request, tehty="ei-enaa")
    return _go(request, tehty="kaikki", maara=str(_again(request, kind)))


@staff_only
@require_POST
def put_aside(request: StaffRequest) -> HttpResponseBase:
    """POST sivuun/ : one job or letter is given up for good, with a reason for the log."""
    _check(request)
    source, key = _which(request)
    reason = request.POST.get("syy", "")
    if reason not in rules.REASONS:
        return _draw(request, _asked_in(request, fault=key), status=REFUSED)
    try:
        if source is Source.JOB:
            services.put_aside(request.user, _found(queries.dead_job(key)), reason=reason)
        else:
            notices.drop(request.user, _found(queries.dead_notice(key)), reason=reason)
    except (Handled, IllegalMove, ObjectDoesNotExist):
        return _go(request, tehty="ei-enaa")
    return _go(request, tehty="sivuun")


def _found(row: Row | None) -> Row:
    if row is None:
        raise Handled
    return row


def _again(request: StaffRequest, kind: Kind) -> int:
    if kind.source is Source.JOB:
        return services.run_kind_again(request.user, kind.name)
    return notices.retry_kind(request.user, kind.name)


def _check(request: StaffRequest) -> None:
    """Let the technical administrator in.

    Raises:
        Http404: it is somebody else; that there is such a page is not told.
    """
    if not notices.may_tend_letters(request.user, None):
        raise Http404


def _which(request: StaffRequest) -> tuple[Source, str]:
    """Return what a form is about.

    Raises:
        Http404: it is about neither a job nor a letter.
    """
    source, key = request.POST.get("laatu", ""), request.POST.get("tunnus", "")[:20]
    if source not in set(Source):
        raise Http404
    return Source(source), key


def _asked_in(request: StaffRequest, *, fault: str = "") -> Asked:
    page_of_list = rules.page_number(request.POST.get("sivu", ""))
    return Asked(kind=request.POST.get("laji", "")[:LONGEST], page=page_of_list, fault=fault)


def _go(request: StaffRequest, **told: str) -> HttpResponseRedirect:
    response = HttpResponseRedirect(_asked_in(request).url(**told))
    response.status_code = SEE_OTHER
    return response


def _draw(request: StaffRequest, asked: Asked, status: int = 200) -> HttpResponse:
    frame = {
        "noindex": True,
        "user_name": request.user.display_name,
        "leads": False,
        "desk": False,
        "role_pages": pages_of(request.roles, current=page.ADDRESS),
    }
    return render(request, "upkeep/stopped.html", {**frame, **page.context(asked)}, status=status)
