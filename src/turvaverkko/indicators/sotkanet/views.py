"""Pages of Sotkanet: search its catalogue, pick, check. What they show was fetched before, by a job."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from turvaverkko.access.api import actor_of
from turvaverkko.core.safe_text import QUERY_LENGTH, strip_controls
from turvaverkko.indicators.models import Indicator
from turvaverkko.indicators.rules import Direction
from turvaverkko.indicators.sotkanet import jobs, page, policies, queries, services
from turvaverkko.indicators.sotkanet.models import SotkanetIndicator
from turvaverkko.indicators.views.frame import draw, for_readers
from turvaverkko.looks.api import FieldError, page_links
from turvaverkko.organisation.sign_in.api import StaffRequest, staff_only

HOME: Final = "indicators:sotkanet"
# Its place in the header: under the indicators.
UNDER: Final = "indicators:list"
ONE: Final = "indicators:sotkanet-one"
# Unit: results on one page.
ON_PAGE: Final = 20
# The largest number that the database holds.
LARGEST: Final = 2_147_483_647
REFUSED: Final = 400
SEE_OTHER: Final = 303


@for_readers
def search(request: StaffRequest) -> HttpResponse:
    """GET koordinaatio/mittarit/sotkanet/ : `q` searches the catalogue, `sivu` turns; what is linked."""
    asked = " ".join(strip_controls(request.GET.get("q", ""))[:QUERY_LENGTH].split())
    found, is_exact = queries.search(asked)
    total = found.count()
    last = max(1, -(-total // ON_PAGE))
    number = min(_number(request.GET.get("sivu", "")), last)
    results = list(found[(number - 1) * ON_PAGE : number * ON_PAGE])

    def address(of: int) -> str:
        return f"{reverse(HOME)}?{urlencode({'q': asked, 'sivu': str(of)})}"

    context = {
        "day_of": page.day_of,
        "asked": asked,
        "results": page.rows(results, reverse(ONE, args=[0])),
        "total": total,
        "is_exact": is_exact,
        "pages": page_links(number, last, address) if last > 1 else None,
        "fetched_at": queries.catalogue_fetched_at(),
        "linked": page.linked(list(queries.linked()), actor_of(request)),
    }
    return draw(request, "indicators/sotkanet.html", UNDER, context)


@for_readers
def one(request: StaffRequest, number: int) -> HttpResponse:
    """GET koordinaatio/mittarit/sotkanet/<number>/ : one indicator of the source, its links and reports."""
    return _page(request, _found(number))


@staff_only
@require_POST
def link(request: StaffRequest, number: int) -> HttpResponseBase:
    """POST …/<number>/kytke/ : `mittari` of ours is this one of the source's."""
    actor, listed = _linker(request), _found(number)
    indicator = _indicator(request)
    if indicator is None:
        return _page(request, listed, errors={"mittari": gettext("Valitse mittari luettelosta.")})
    try:
        made = services.link(actor, indicator, listed)
    except services.CannotLink:
        return _page(request, listed, problem=gettext("Mittaria ei voi kytkeä näin."))
    return _fetched_soon(listed, made)


@staff_only
@require_POST
def add(request: StaffRequest, number: int) -> HttpResponseBase:
    """POST …/<number>/lisaa/ : a new indicator of ours is made of this one."""
    actor, listed = _linker(request), _found(number)
    typed = {name: strip_controls(request.POST.get(name, "")).strip() for name in ("nimi", "yksikko")}
    typed["suunta"] = request.POST.get("suunta", "")
    errors = {}
    if not 0 < len(typed["nimi"]) <= 200:
        errors["nimi"] = gettext("Kirjoita nimi, enintään 200 merkkiä.")
    if not 0 < len(typed["yksikko"]) <= 60:
        errors["yksikko"] = gettext("Kirjoita yksikkö, enintään 60 merkkiä.")
    if typed["suunta"] not in set(Direction):
        errors["suunta"] = gettext("Valitse, kumpi suunta on parempi.")
    if errors:
        return _page(request, listed, typed=typed, errors=errors)
    try:
        made = services.add_indicator(
            actor,
            listed,
            name=typed["nimi"],
            unit=typed["yksikko"],
            direction=Direction(typed["suunta"]),
        )
    except services.CannotLink:
        return _page(request, listed, problem=gettext("Tästä on jo tehty mittari."))
    return _fetched_soon(listed, made)


@staff_only
@require_POST
def verify(request: StaffRequest, number: int) -> HttpResponseBase:
    """POST …/<number>/tarkista/ : another person checks that it is the indicator that is meant."""
    actor, listed = actor_of(request), _found(number)
    if not policies.may_verify(actor, None):
        raise PermissionDenied
    indicator = _indicator(request)
    if indicator is None or indicator.sotkanet_id != listed.pk:
        return _page(request, listed, problem=gettext("Mittaria ei ole kytketty tähän."))
    try:
        services.verify(actor, indicator)
    except services.CannotLink:
        return _page(request, listed, problem=gettext("Otsikko on muuttunut. Kytke mittari uudelleen."))
    return _back(listed)


def _page(
    request: StaffRequest,
    listed: SotkanetIndicator,
    *,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    problem: str = "",
) -> HttpResponse:
    actor = actor_of(request)
    indicators = list(queries.linked(listed.pk))
    reports = queries.latest_fetches(indicators)
    may_link = policies.may_link(actor, None) and listed.gone_at is None
    typed = typed or {"nimi": listed.title_fi[:200], "yksikko": "", "suunta": Direction.NEITHER.value}
    context: dict[str, Any] = {
        "day_of": page.day_of,
        "listed": listed,
        "titles": page.titles(listed),
        "regions": page.regions_of(listed),
        "sexes": page.sexes_of(listed),
        "former": list(listed.former_titles.all()),
        "linked": [
            (
                row,
                [
                    (fetch, page.trouble_of(fetch), page.report(fetch))
                    for fetch in reports.get(row.key, [])[:1]
                ],
            )
            for row in page.linked(indicators, actor)
        ],
        "may_link": may_link,
        "to_link": page.to_link(None) if may_link else [],
        "typed": typed,
        "directions": page.directions(typed["suunta"]),
        "field_errors": errors or {},
        "errors": [FieldError(field, said) for field, said in (errors or {}).items()],
        "problem": problem,
    }
    status = REFUSED if errors or problem else 200
    return draw(request, "indicators/sotkanet_one.html", UNDER, context, status=status)


def _fetched_soon(listed: SotkanetIndicator, made: Indicator) -> HttpResponse:
    """Have a job fetch the figures of what was just linked; should it be lost, the daily one does."""
    jobs.refresh_one.enqueue(made.pk)
    return _back(listed)


def _back(listed: SotkanetIndicator) -> HttpResponse:
    response = HttpResponseRedirect(reverse(ONE, args=[listed.pk]))
    response.status_code = SEE_OTHER
    return response


def _linker(request: StaffRequest) -> object:
    actor = actor_of(request)
    if not policies.may_link(actor, None):
        raise PermissionDenied
    return actor


def _found(number: int) -> SotkanetIndicator:
    listed = queries.with_former_titles(number) if number <= LARGEST else None
    if listed is None:
        raise Http404
    return listed


def _indicator(request: StaffRequest) -> Indicator | None:
    return queries.indicator(request.POST.get("mittari", ""))


def _number(said: str) -> int:
    return max(1, int(said)) if said.isdecimal() and len(said) < 6 else 1
