"""Reports: what is chosen, the page of a choice, the same as files, and frozen figures as open data."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from turvaverkko.core import time_source
from turvaverkko.evaluation.models import Round
from turvaverkko.evaluation.presenting import staff_of, state_words
from turvaverkko.evaluation.reports import open_data as files
from turvaverkko.evaluation.reports import pdf, queries, words
from turvaverkko.evaluation.reports.columns import COLUMNS
from turvaverkko.evaluation.reports.presenting import Report, report_of
from turvaverkko.evaluation.reports.queries import Choices, Material
from turvaverkko.evaluation.reports.rules import MOST_CHOSEN, MOST_ON_PAPER, Asked, Choice, choose
from turvaverkko.evaluation.reports.xlsx import MEDIA_TYPE, xlsx_of
from turvaverkko.indicators.page_api import csv_response, draw, for_readers
from turvaverkko.indicators.words import AREAS
from turvaverkko.looks.api import Cell, Link, Option, Table
from turvaverkko.organisation.api import host_county, names_of_staff
from turvaverkko.organisation.sign_in.api import StaffRequest

# Their place in the header: under the goals.
LIST: Final = "evaluation:goals"
REFUSED: Final = 400
UNAVAILABLE: Final = 503
# Unit: seconds after which a reader may try again.
RETRY: Final = "10"
# Unit: seconds that anybody may keep a file of open data. A round that is opened again is gone after it.
KEPT: Final = 300


@dataclass(frozen=True, slots=True)
class Wanted:
    """One request for a report: what can be chosen, what was, and what it tells."""

    choices: Choices
    choice: Choice
    material: Material | None

    @property
    def faults(self) -> list[str]:
        """What was wrong with the choice, in words."""
        return [str(words.FAULTS[fault]) for fault in self.choice.faults]

    @property
    def query(self) -> str:
        """The choice as the query of an address, each part of it known to be good."""
        chosen = self.choice
        pairs = [
            *(("tavoite", one) for one in sorted(chosen.goals)),
            *(("alue", one) for one in sorted(chosen.areas)),
            ("kierros", chosen.round),
            ("aiempi", chosen.earlier),
            ("kenelle", chosen.audience.value),
        ]
        return urlencode([pair for pair in pairs if pair[1]])


@for_readers
def builder(request: StaffRequest) -> HttpResponse:
    """GET koordinaatio/raportit/ : the form of choices; what an address already chose is chosen."""
    return _builder(request, _wanted(request, is_form=True))


@for_readers
def page(request: StaffRequest) -> HttpResponse:
    """GET koordinaatio/raportit/raportti/ : `tavoite`, `alue`, `kierros`, `aiempi`, `kenelle` choose."""
    wanted = _wanted(request)
    found = wanted.material
    context: dict[str, Any] = {
        "faults": wanted.faults,
        "report": _report(found) if found else None,
        "choice": wanted.choice,
        "draft": bool(found and found.round.is_open),
        "made": time_source.today(),
        "crumbs": [Link(gettext("Tee raportti"), reverse("evaluation:reports"))],
        "again_url": _address("reports", wanted),
        "pdf_url": _address("report-pdf", wanted) if pdf.is_possible() else "",
        "no_pdf": str(words.NO_LAYOUT),
        "xlsx_url": _address("report-xlsx", wanted),
        "csv_url": _address("report-csv", wanted),
        "json_url": _address("report-json", wanted),
    }
    return draw(request, "evaluation/report.html", LIST, context)


@for_readers
def as_pdf(request: StaffRequest) -> HttpResponse:
    """GET …/raportti.pdf : the page as a tagged PDF."""

    def made(found: Material) -> HttpResponse:
        if sum(len(line.standings) for line in found.lines) > MOST_ON_PAPER:
            return _refuse(
                request,
                gettext(
                    "Raportissa on liikaa lukuja PDF-tiedostoon. Valitse vähemmän tavoitteita tai alueita."
                ),
                REFUSED,
            )
        context = {
            "report": _report(found, on_paper=True),
            "choice": found.choice,
            "county": found.county.name,
            "draft": found.round.is_open,
            "made": time_source.today(),
        }
        try:
            content = pdf.pdf_of(render_to_string("evaluation/report_print.html", context, request))
        except pdf.NotPossible:
            return _refuse(request, str(words.NO_LAYOUT))
        except pdf.Busy:
            return _refuse(request, gettext("Toinen raportti on tekeillä. Yritä hetken kuluttua uudelleen."))
        return _file(content, "application/pdf", found, "pdf")

    return _of_choice(request, made)


@for_readers
def as_xlsx(request: StaffRequest) -> HttpResponse:
    """GET …/raportti.xlsx : goals, figures, quality and sources as sheets."""

    def made(found: Material) -> HttpResponse:
        content = xlsx_of(_report(found), found.lines, made=time_source.local_now())
        return _file(content, MEDIA_TYPE, found, "xlsx")

    return _of_choice(request, made)


@for_readers
def as_csv(request: StaffRequest) -> HttpResponse:
    """GET …/raportti.csv : the figures."""
    return _of_choice(request, lambda found: csv_response(_name(found), *files.csv_of(found.lines)))


@for_readers
def as_json(request: StaffRequest) -> HttpResponse:
    """GET …/raportti.json : the figures with their description."""
    return _of_choice(request, lambda found: _json(found, _name(found)))


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """GET avoin-data/arviointi/ : the rounds whose figures anybody may take, and what the columns tell."""
    context = {
        "rounds": [
            (
                one,
                reverse("evaluation:open-csv", args=[one.code]),
                reverse("evaluation:open-json", args=[one.code]),
            )
            for one in queries.frozen_rounds(host_county())
        ],
        "crumbs": [Link(gettext("Avoin data"), reverse("family:open-data"))],
        "columns": Table(
            gettext("Sarakkeet"),
            [Cell(gettext("Nimi")), Cell(gettext("Mitä"))],
            [[Cell(column.name), Cell(str(column.title))] for column in COLUMNS],
        ),
    }
    return render(request, "evaluation/open_data.html", context)


@require_safe
def open_csv(_request: HttpRequest, code: str) -> HttpResponse:
    """GET avoin-data/arviointi/<code>/luvut.csv : the figures of a frozen round."""
    found = _published(code)
    return _for_anybody(csv_response(_name(found), *files.csv_of(found.lines)))


@require_safe
def open_json(_request: HttpRequest, code: str) -> HttpResponse:
    """GET avoin-data/arviointi/<code>/luvut.json : the same with their description."""
    found = _published(code)
    return _for_anybody(_json(found, _name(found)))


def _wanted(request: HttpRequest, *, is_form: bool = False) -> Wanted:
    query = request.GET
    choices = queries.choices(host_county())
    # One more than may be chosen: the rule tells too many from enough.
    asked = Asked(
        goals=query.getlist("tavoite")[: MOST_CHOSEN + 1],
        areas=query.getlist("alue")[: MOST_CHOSEN + 1],
        round=query.get("kierros", ""),
        earlier=query.get("aiempi", ""),
        audience=query.get("kenelle", ""),
    )
    choice = choose(asked, choices.offer)
    return Wanted(choices, choice, None if is_form else queries.material(choices, choice))


def _of_choice(request: StaffRequest, made: Callable[[Material], HttpResponse]) -> HttpResponse:
    """Make a file of a choice without fault: a file cannot tell what was left out of it."""
    wanted = _wanted(request)
    if wanted.choice.faults or wanted.material is None:
        return _builder(request, wanted, REFUSED)
    return made(wanted.material)


def _builder(request: StaffRequest, wanted: Wanted, status: int = 200, problem: str = "") -> HttpResponse:
    found, choice = wanted.choices, wanted.choice
    newest_first = list(reversed(found.rounds))
    context = {
        "crumbs": [
            Link(gettext("Tavoitteet"), reverse(LIST)),
            Link(gettext("Kierrokset"), reverse("evaluation:rounds")),
        ],
        "faults": [*wanted.faults, *([problem] if problem else [])],
        "rounds": [Option(one.code, _label(one), checked=one.code == choice.round) for one in newest_first],
        "earlier": [
            Option("", gettext("Ei vertailua"), checked=not choice.earlier),
            *(Option(one.code, _label(one), checked=one.code == choice.earlier) for one in newest_first[1:]),
        ],
        "audiences": [
            Option(code, str(label), checked=code == choice.audience)
            for code, label in words.AUDIENCES.items()
        ],
        "hints": {code: str(hint) for code, hint in words.AUDIENCE_HINTS.items()},
        "goals": [
            Option(one.code, one.name, checked=one.code in choice.goals)
            for one in found.goals
            if not one.is_archived or one.code in choice.goals
        ],
        "kinds": {one.code: str(AREAS[one.kind]) for one in found.areas},
        "areas": [Option(one.code, one.name, checked=one.code in choice.areas) for one in found.areas],
    }
    return draw(request, "evaluation/reports.html", LIST, context, status)


def _refuse(request: StaffRequest, problem: str, status: int = UNAVAILABLE) -> HttpResponse:
    response = _builder(request, _wanted(request, is_form=True), status, problem)
    if status == UNAVAILABLE:
        response["Retry-After"] = RETRY
    return response


def _label(one: Round) -> str:
    return f"{one.name} ({state_words(one)})"


def _report(found: Material, *, on_paper: bool = False) -> Report:
    names = names_of_staff(staff_of([*found.lines, *found.earlier_lines.values()]))
    return report_of(found, names, on_paper=on_paper)


def _address(name: str, wanted: Wanted) -> str:
    return f"{reverse(f'evaluation:{name}')}?{wanted.query}"


def _name(found: Material) -> str:
    return f"arviointi-{found.round.code}"


def _file(content: bytes, media_type: str, found: Material, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{_name(found)}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _json(found: Material, name: str) -> HttpResponse:
    title = gettext("Arvioinnin luvut, kierros %(round)s") % {"round": found.round.name}
    package = files.package_of(found, made=time_source.local_now(), title=title)
    response = JsonResponse(package, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response


def _published(code: str) -> Material:
    """Everything of a frozen round, as the public may read it.

    Raises:
        Http404: there is no such round, or it is open.
    """
    choices = queries.choices(host_county())
    choice = choose(Asked(round=code, audience="julkinen"), choices.offer)
    found = queries.material(choices, choice) if choice.round == code else None
    if found is None:
        raise Http404
    return found


def _for_anybody(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = f"public, max-age={KEPT}"
    response["Access-Control-Allow-Origin"] = "*"
    return response
