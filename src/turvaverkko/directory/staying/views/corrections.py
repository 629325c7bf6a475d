"""The list of corrections that organisations have asked for, and closing one."""

from typing import Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from turvaverkko.access.api import actor_of
from turvaverkko.core.paging import page_of
from turvaverkko.core.states import IllegalMove
from turvaverkko.directory.staying import policies, queries
from turvaverkko.directory.staying.models import Correction
from turvaverkko.directory.staying.services.correcting import finish as finish_it
from turvaverkko.directory.staying.views.frame import draw, for_readers
from turvaverkko.looks.api import page_links
from turvaverkko.organisation.sign_in.api import StaffRequest

# Unit: corrections on one page.
ON_PAGE: Final = 20
SEE_OTHER: Final = 303


@for_readers
@require_safe
def corrections(request: StaffRequest) -> HttpResponse:
    """GET tyo/sisallot/korjaukset/ : what organisations say has changed, the earliest due first."""
    actor = actor_of(request)
    if not policies.may_correct(actor, None):
        raise PermissionDenied
    found = queries.open_corrections()
    total = found.count()
    number, last = page_of(request, total, ON_PAGE)
    done = {
        "korjattu": gettext("Korjaus on merkitty tehdyksi."),
        "ei-enaa": gettext("Joku ehti ensin. Mikään ei muuttunut."),
    }
    context = {
        "total": total,
        "waiting": queries.waiting(found[(number - 1) * ON_PAGE : number * ON_PAGE]),
        "said": done.get(request.GET.get("tehty", ""), ""),
        "pages": page_links(number, last, lambda page: f"?sivu={page}") if last > 1 else None,
    }
    return draw(request, "staying/corrections.html", "staying:corrections", context)


@for_readers
@require_POST
def finish(request: StaffRequest, public_id: str) -> HttpResponse:
    """POST tyo/sisallot/korjaukset/<id>/ : it is done; `nayta` publishes again what the answer had hidden."""
    correction = Correction.objects.filter(public_id=public_id).first()
    if correction is None:
        raise Http404
    try:
        finish_it(actor_of(request), correction, show_again=bool(request.POST.get("nayta")))
    except IllegalMove:
        return _back("ei-enaa")
    return _back("korjattu")


def _back(done: str) -> HttpResponse:
    response = HttpResponseRedirect(f"{reverse('staying:corrections')}?tehty={done}")
    response.status_code = SEE_OTHER
    return response
