"""The lead's view: how much each one has, and which promises were missed and why."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from turvaverkko.access.api import StaffActor, Verb, actor_of
from turvaverkko.guidance.desk import rights, saying, team_page
from turvaverkko.guidance.views.desk import draw
from turvaverkko.organisation.sign_in.api import StaffRequest, staff_only
from turvaverkko.work.api import BreachReason, explain_breach, item_for

REFUSED = 400
SEE_OTHER = 303


@staff_only
@require_safe
def team(request: StaffRequest) -> HttpResponseBase:
    """GET tyo/tiimi/ : load and breaches of the units that one leads."""
    return _page(request, _lead(request))


@staff_only
@require_POST
def explain(request: StaffRequest) -> HttpResponseBase:
    """POST tyo/tiimi/syy/ : why a promise was missed. That it was is a fact and stays."""
    actor = _lead(request)
    item = item_for(actor, request.POST.get("asia", "")[:20], Verb.ASSIGN)
    if item is None:
        raise Http404
    reason = request.POST.get("syy", "")
    if reason not in set(BreachReason):
        return _page(request, actor, gettext("Valitse ylityksen syy luettelosta."), status=REFUSED)
    try:
        explain_breach(actor, item, policy=request.POST.get("lupaus", "")[:60], reason=BreachReason(reason))
    except ValueError:
        return _page(request, actor, gettext("Tällä pyynnöllä ei ole ylitystä."), status=REFUSED)
    response = HttpResponseRedirect(reverse("guidance:team"))
    response.status_code = SEE_OTHER
    saying.say(request, response, "explain", "")
    return response


def _page(request: HttpRequest, actor: StaffActor, problem: str = "", status: int = 200) -> HttpResponse:
    context = {"nav": "team", "problem_words": problem, **team_page.context(actor, "guidance:team")}
    return draw(request, "guidance/desk/team.html", context, status=status)


def _lead(request: HttpRequest) -> StaffActor:
    actor = actor_of(request)
    if not (isinstance(actor, StaffActor) and rights.leads(actor)):
        raise Http404
    return actor
