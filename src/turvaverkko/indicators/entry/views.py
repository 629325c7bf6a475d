"""Pages of entered figures: bring, look at what would change, send; another person looks and decides."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from turvaverkko.access.api import actor_of
from turvaverkko.core import time_source
from turvaverkko.core.actors import id_of
from turvaverkko.core.safe_text import clean_query, strip_controls
from turvaverkko.core.states import IllegalMove
from turvaverkko.indicators import words
from turvaverkko.indicators.entry import blank, page, policies, queries, services
from turvaverkko.indicators.entry.files import CONTENT_TYPES, TABLES, BadFile, FileFault, ending_of
from turvaverkko.indicators.entry.models import Proposal
from turvaverkko.indicators.entry.queries import Change, Compared
from turvaverkko.indicators.entry.rules import LONGEST_TEXT, Cell, Column, Row, check
from turvaverkko.indicators.entry.states import APPROVED, WAITING
from turvaverkko.indicators.entry.tables import MOST_ROWS
from turvaverkko.indicators.loading.periods import period_of
from turvaverkko.indicators.models import Indicator, SourceFile
from turvaverkko.indicators.queries import host_area_code, indicator_by_code
from turvaverkko.indicators.rules import AreaKind
from turvaverkko.indicators.views.frame import draw, for_readers
from turvaverkko.looks.api import FieldError, Link, Option, page_links
from turvaverkko.organisation.api import names_of_staff
from turvaverkko.organisation.sign_in.api import StaffRequest, staff_only

HOME: Final = "indicators:entry"
ONE: Final = "indicators:entry-one"
# Its place in the header: under the indicators.
UNDER: Final = "indicators:list"
# Unit: proposals on one page; rows of a comparison on one page; faults shown at once.
ON_PAGE: Final = 20
ROWS_ON_PAGE: Final = 200
MOST_FAULTS: Final = 100
REFUSED: Final = 400
CHANGED: Final = 409
SEE_OTHER: Final = 303
FILE: Final = "tiedosto"
KINDS: Final = (AreaKind.MUNICIPALITY, AreaKind.SERVICE_AREA, AreaKind.COUNTY, AreaKind.NETWORK)


@for_readers
def listing(request: StaffRequest) -> HttpResponse:
    """GET koordinaatio/mittarit/syotto/ : proposals, newest first (`sivu` turns); bringing a spreadsheet."""
    return _listing(request)


@for_readers
def template(request: StaffRequest) -> HttpResponse:
    """GET …/syotto/pohja.xlsx : `mittari` (many), `laji` of areas and `aika` → a spreadsheet to be filled."""
    _proposer(request)
    chosen = set(request.GET.getlist("mittari"))
    period = clean_query(request.GET.get("aika", ""), 30)
    indicators = [one for one in queries.to_enter() if one.code in chosen]
    kind = request.GET.get("laji", "")
    areas = [one for one in queries.areas_to_enter(host_area_code()) if one.kind == kind]
    errors = {}
    if not indicators:
        errors["mittari"] = gettext("Valitse vähintään yksi mittari.")
    if not areas:
        errors["laji"] = gettext("Tällaisia alueita ei ole. Valitse toiset alueet.")
    if len(indicators) * len(areas) > MOST_ROWS:
        text = gettext("Riveistä tulisi yli %(most)s. Valitse vähemmän mittareita.")
        errors["mittari"] = text % {"most": MOST_ROWS}
    if not _is_period(period):
        errors["aika"] = gettext("Kirjoita aika, esimerkiksi 2026, 2026-Q1 tai 2026-05.")
    if errors:
        return _listing(request, errors=errors, typed={"aika": period, "laji": kind}, chosen=chosen)
    return _download("mittarit.xlsx", blank.workbook(indicators, areas, period))


@staff_only
@require_POST
def bring(request: StaffRequest) -> HttpResponseBase:
    """POST …/syotto/tuo/ : a spreadsheet, to be looked at before anything of it is sent."""
    actor = _proposer(request)
    try:
        name, content = _sent(request)
        if ending_of(name) not in TABLES:
            raise BadFile(FileFault.NOT_A_TABLE)
        file = services.bring_file(actor, name, content)
    except BadFile as bad:
        return _listing(request, errors={FILE: page.file_words(bad.kind, bad.sheet, bad.more)})
    return _go(reverse("indicators:entry-preview", args=[file.pk]))


@for_readers
def preview(request: StaffRequest, number: int) -> HttpResponse:
    """GET …/syotto/tiedosto/<number>/ : what one's own file would bring. Nothing of it is sent yet."""
    _proposer(request)
    return _preview(request, number)


@staff_only
@require_POST
def propose(request: StaffRequest, number: int) -> HttpResponseBase:
    """POST …/tiedosto/<number>/laheta/ : send the figures; `varma`: those that jump are right."""
    actor = _proposer(request)
    file = _own_file(request, number)
    if file is None:
        return _preview(request, number)
    try:
        made = services.propose(actor, file, is_sure=bool(request.POST.get("varma")))
    except services.NotAcknowledged:
        text = gettext("Tarkista paljon poikkeavat luvut ja merkitse, että ne ovat oikein.")
        return _preview(request, number, errors={"varma": text})
    # The file is read anew: what has changed meanwhile is told by the page itself.
    except (services.Refused, services.NothingNew, BadFile):
        return _preview(request, number, status=CHANGED)
    return _go(reverse(ONE, args=[made.public_id]), "lahetetty")


@for_readers
def one(request: StaffRequest, public_id: str) -> HttpResponse:
    """GET …/syotto/<public_id>/ : a proposal, its figures beside what holds, and who did what."""
    return _one(request, _found(public_id))


@for_readers
def source(_request: StaffRequest, public_id: str) -> HttpResponse:
    """GET …/syotto/<public_id>/tiedosto/ : the file from which the figures are."""
    file = queries.file_of_proposal(public_id)
    if file is None:
        raise Http404
    return _download(file.name, bytes(file.content))


@staff_only
@require_POST
def approve(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """POST …/hyvaksy/ : the figures hold from now on."""
    actor, found = actor_of(request), _found(public_id)
    seen = request.POST.get("nahty", "")[:40]
    return _do(request, found, lambda: services.approve(actor, found, seen=seen), "hyvaksytty")


@staff_only
@require_POST
def send_back(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """POST …/palauta/ : to who brought it, with `syy`."""
    actor, found, reason = actor_of(request), _found(public_id), _said(request, "syy")
    return _do(request, found, lambda: services.send_back(actor, found, reason=reason), "palautettu")


@staff_only
@require_POST
def withdraw(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """POST …/peru/ : who brought it takes it away."""
    actor, found = actor_of(request), _found(public_id)
    return _do(request, found, lambda: services.withdraw(actor, found), "peruttu")


@staff_only
@require_POST
def take_back(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """POST …/ota-takaisin/ : the approved figures hold no more, for a reason (`syy`)."""
    actor, found, reason = actor_of(request), _found(public_id), _said(request, "syy")
    return _do(request, found, lambda: services.take_back(actor, found, reason=reason), "otettu-takaisin")


@for_readers
def form(request: StaffRequest, code: str) -> HttpResponse:
    """GET koordinaatio/mittarit/<code>/syota/ : one figure by hand; `korjaa` fills in a returned one."""
    actor, indicator = _proposer(request), _indicator(code)
    line = queries.figure_to_mend(request.GET.get("korjaa", "")[:20], id_of(actor))
    if line is None or line.figure.indicator_id != indicator.pk:
        return _form(request, indicator, {"alue": request.GET.get("alue", "")[:60]})
    figure = line.figure
    typed = {
        "alue": figure.area.code,
        "aika": figure.period,
        "ryhma": words.group_words(figure.group),
        "luku": words.number_words(figure.value, indicator.decimals) if figure.value is not None else "",
        "osoittaja": _part_words(figure.numerator),
        "nimittaja": _part_words(figure.denominator),
        "huomautus": figure.footnote_fi,
        "katkos": line.break_fi,
    }
    return _form(request, indicator, typed)


@staff_only
@require_POST
def send(request: StaffRequest, code: str) -> HttpResponseBase:
    """POST …/<code>/syota/laheta/ : one figure with its source (`tiedosto`, or `liite` kept from before)."""
    actor, indicator = _proposer(request), _indicator(code)
    typed = {name: _said(request, name) for name in page.FIELDS.values()}
    row = Row("", 1, {Column.INDICATOR: Cell(code), **_cells(typed)})
    errors: dict[str, str] = {}
    for fault in check([row], queries.known()).faults:
        errors.setdefault(page.FIELDS.get(fault.column, ""), page.form_fault_words(fault))
    problem = errors.pop("", "")
    file = _kept_file(request)
    try:
        if file is None or FILE in request.FILES:
            file = services.bring_file(actor, *_sent(request))
    except BadFile as bad:
        errors[FILE] = page.file_words(bad.kind, bad.sheet, bad.more)
    if file is None or errors or problem:
        return _form(request, indicator, typed, file=file, errors=errors, problem=problem)
    try:
        made = services.propose(actor, file, rows=[row], is_sure=bool(request.POST.get("varma")))
    except services.NotAcknowledged:
        _checked, found = services.read(file, [row])
        text = gettext("Luku poikkeaa paljon edellisestä. Tarkista se ja merkitse, että se on oikein.")
        return _form(request, indicator, typed, file=file, errors={"varma": text}, jump=found[0])
    except services.NothingNew:
        problem = gettext("Sama luku on jo voimassa.")
        return _form(request, indicator, typed, file=file, problem=problem)
    except services.Refused:
        problem = gettext("Samasta luvusta lähetettiin juuri ehdotus.")
        return _form(request, indicator, typed, file=file, problem=problem)
    return _go(reverse(ONE, args=[made.public_id]), "lahetetty")


def _listing(
    request: StaffRequest,
    *,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    chosen: set[str] | None = None,
) -> HttpResponse:
    may_propose = policies.may_propose(actor_of(request))
    every = queries.proposals()
    total = every.count()
    last = max(1, -(-total // ON_PAGE))
    number = min(_number(request.GET.get("sivu", "")), last)
    found = list(every[(number - 1) * ON_PAGE : number * ON_PAGE])
    typed = typed or {"aika": str(time_source.today().year), "laji": AreaKind.MUNICIPALITY.value}
    context: dict[str, Any] = {
        "may_propose": may_propose,
        "rows": page.proposal_rows(found, names_of_staff({one.made_by for one in found})),
        "waiting": queries.waiting_count(),
        "pages": page_links(number, last, lambda of: f"{reverse(HOME)}?sivu={of}") if last > 1 else None,
        "typed": typed,
        "kinds": [Option(one, str(words.AREAS[one]), checked=typed["laji"] == one) for one in KINDS],
        "indicators": [
            Option(one.code, one.name, checked=one.code in (chosen or set()))
            for one in (queries.to_enter() if may_propose else [])
        ],
        **_errors(errors),
    }
    return draw(request, "indicators/entry.html", UNDER, context, REFUSED if errors else 200)


def _preview(
    request: StaffRequest, number: int, *, errors: Mapping[str, str] | None = None, status: int = 200
) -> HttpResponse:
    file = _own_file(request, number)
    if file is None:
        return draw(request, "indicators/entry_gone.html", UNDER, {}, 404)
    context: dict[str, Any] = {"file": file, "bad": "", "faults": None, "total_faults": 0, "table": None}
    context |= {"counts": page.counts([]), "pages": None, **_errors(errors)}
    try:
        checked, found = services.read(file)
    except BadFile as bad:
        context["bad"] = page.file_words(bad.kind, bad.sheet, bad.more)
    else:
        address = reverse("indicators:entry-preview", args=[file.pk])
        if checked.faults:
            context["faults"] = page.faults_table(checked.faults[:MOST_FAULTS])
        context |= {"total_faults": len(checked.faults), "counts": page.counts(found)}
        context |= _table(request, found, address)
    return draw(request, "indicators/entry_preview.html", UNDER, context, REFUSED if errors else status)


def _one(request: StaffRequest, found: Proposal, *, problem: str = "", status: int = 200) -> HttpResponse:
    actor, lines = actor_of(request), queries.lines_of(found)
    is_waiting = found.state == WAITING
    compared = queries.compared_lines(lines) if is_waiting else [queries.as_decided(line) for line in lines]
    names = names_of_staff({found.made_by, found.decided_by, found.taken_back_by})
    is_own = found.made_by == id_of(actor)
    alone = lines[0].figure.indicator.code if len(lines) == 1 else ""
    context: dict[str, Any] = {
        "proposal": found,
        "state": str(page.STATES[found.state]),
        "facts": page.facts(found, names),
        "counts": page.counts(compared),
        "seen": queries.seen(compared),
        "may_decide": is_waiting and policies.may_decide(actor, found),
        "may_withdraw": is_waiting and policies.may_withdraw(actor, found),
        "may_take_back": found.state == APPROVED and policies.may_take_back(actor, found),
        "may_mend": is_own and policies.may_propose(actor) and found.state == "returned",
        "mend_url": f"{reverse('indicators:entry-figure', args=[alone])}?korjaa={found.public_id}"
        if alone
        else reverse(HOME),
        "is_own": is_own and is_waiting,
        "typed": _said(request, "syy"),
        "done": "" if problem else str(page.DONE.get(request.GET.get("tehty", ""), "")),
        "problem": problem,
        **_table(request, compared, reverse(ONE, args=[found.public_id])),
    }
    return draw(request, "indicators/entry_one.html", UNDER, context, status)


def _form(
    request: StaffRequest,
    indicator: Indicator,
    typed: Mapping[str, str],
    *,
    file: SourceFile | None = None,
    errors: Mapping[str, str] | None = None,
    problem: str = "",
    jump: Compared | None = None,
) -> HttpResponse:
    host = host_area_code()
    values = {name: typed.get(name, "") for name in page.FIELDS.values()}
    context: dict[str, Any] = {
        "indicator": indicator,
        "crumbs": [
            Link(gettext("Mittarit"), reverse("indicators:list")),
            Link(indicator.name, reverse("indicators:indicator", args=[indicator.code])),
        ],
        "unit": words.unit_words(indicator),
        "typed": values,
        "areas": page.area_options(queries.areas_to_enter(host), values["alue"] or host),
        "file": file,
        "jump": page.comparison([jump]) if jump else None,
        "problem": problem,
        **_errors(errors),
    }
    return draw(
        request, "indicators/entry_figure.html", UNDER, context, REFUSED if errors or problem else 200
    )


def _do(request: StaffRequest, found: Proposal, act: Callable[[], object], done: str) -> HttpResponseBase:
    """Do it, or draw the page again with what was typed and what to do."""
    try:
        act()
    except services.ReasonMissing:
        return _one(request, found, problem=gettext("Kirjoita syy."), status=REFUSED)
    except services.ChangedMeanwhile:
        problem = gettext("Voimassa olevat luvut ovat muuttuneet tällä välin. Katso vertailu uudelleen.")
        return _one(request, found, problem=problem, status=CHANGED)
    except IllegalMove:
        problem = gettext("Joku muu ehti ensin. Alla näet nykyisen tilanteen.")
        return _one(request, _found(found.public_id), problem=problem, status=CHANGED)
    return _go(reverse(ONE, args=[found.public_id]), done)


def _table(request: StaffRequest, found: list[Compared], address: str) -> dict[str, Any]:
    """The comparison, a page of it at a time; what holds already is only counted."""
    told = [one for one in page.in_order(found) if one.change is not Change.SAME]
    last = max(1, -(-len(told) // ROWS_ON_PAGE))
    number = min(_number(request.GET.get("sivu", "")), last)
    shown = told[(number - 1) * ROWS_ON_PAGE : number * ROWS_ON_PAGE]
    pages = page_links(number, last, lambda of: f"{address}?sivu={of}") if last > 1 else None
    return {"table": page.comparison(shown) if shown else None, "pages": pages}


def _errors(errors: Mapping[str, str] | None) -> dict[str, Any]:
    told = errors or {}
    return {
        "field_errors": told,
        "errors": [FieldError(name, said) for name, said in told.items()],
        "sure": [Option("1", gettext("Tarkistin luvut, ja ne ovat oikein."))],
    }


def _sent(request: HttpRequest) -> tuple[str, bytes]:
    """Return name and content of the file of a form.

    Raises:
        BadFile: none was chosen.
    """
    sent = request.FILES.get(FILE)
    if sent is None:
        raise BadFile(FileFault.MISSING)
    return strip_controls(sent.name or ""), sent.read()


def _kept_file(request: StaffRequest) -> SourceFile | None:
    number = request.POST.get("liite", "")
    return _own_file(request, _number(number)) if number else None


def _own_file(request: StaffRequest, number: int) -> SourceFile | None:
    return queries.unused_file(number, id_of(actor_of(request)))


def _cells(typed: Mapping[str, str]) -> dict[Column, Cell]:
    return {Column(column): Cell(typed[name]) for column, name in page.FIELDS.items()}


def _part_words(number: Any) -> str:  # noqa: ANN401 - a decimal or none
    return "" if number is None else words.number_words(number, 2 if number % 1 else 0)


def _download(name: str, content: bytes) -> HttpResponse:
    kind = CONTENT_TYPES.get(ending_of(name), "application/octet-stream")
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _go(address: str, done: str = "") -> HttpResponse:
    response = HttpResponseRedirect(f"{address}?{urlencode({'tehty': done})}" if done else address)
    response.status_code = SEE_OTHER
    return response


def _proposer(request: StaffRequest) -> object:
    actor = actor_of(request)
    if not policies.may_propose(actor):
        raise PermissionDenied
    return actor


def _found(public_id: str) -> Proposal:
    found = queries.proposal(public_id)
    if found is None:
        raise Http404
    return found


def _indicator(code: str) -> Indicator:
    found = indicator_by_code(code)
    if found is None or found.computed:
        raise Http404
    return found


def _is_period(text: str) -> bool:
    try:
        return period_of(text).start is not None
    except ValueError:
        return False


def _said(request: StaffRequest, name: str) -> str:
    return strip_controls(request.POST.get(name, "")[: LONGEST_TEXT + 1]).strip()


def _number(said: str) -> int:
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 10 else 1
