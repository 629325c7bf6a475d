"""What a public service owes its readers: accessibility, privacy, cookies, sources, who is behind it."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from turvaverkko.directory import page_api as pages
from turvaverkko.guidance.api import DEVICE_COOKIE
from turvaverkko.looks.api import Cell, Table
from turvaverkko.portals.family.statement import FEEDBACK_EMAIL, statement

# Unit: calendar days. Source: laki digitaalisten palvelujen tarjoamisesta 306/2019.
ANSWER_FEEDBACK_WITHIN: Final = 14


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask about the service itself."""

    name: str
    phone: str = ""
    email: str = ""


@require_safe
@pages.conditional
def accessibility(request: HttpRequest) -> HttpResponse:
    """GET saavutettavuus/ : the statement that act 306/2019 asks for."""
    found = {
        "statement": statement(_language()),
        "answer_days": ANSWER_FEEDBACK_WITHIN,
        "contact": _contact(),
    }
    return _page(request, "accessibility", found)


@require_safe
@pages.conditional
def privacy(request: HttpRequest) -> HttpResponse:
    """GET tietosuoja/ : what is kept of a reader."""
    return _page(request, "privacy", {"contact": _contact()})


@require_safe
@pages.conditional
def cookies(request: HttpRequest) -> HttpResponse:
    """GET evasteet/ : the two cookies, and the form that sets and removes the first."""
    choice = pages.chosen(request)
    table = Table(
        caption=gettext("Palvelun evästeet"),
        columns=[Cell(gettext("Nimi")), Cell(gettext("Mitä varten")), Cell(gettext("Kuinka kauan"))],
        rows=[
            [
                Cell(pages.DIRECTORY_COOKIE),
                Cell(
                    gettext("Muistaa kunnan, jonka valitsit, jotta näet ensin sen palvelut, ja avaa korisi")
                ),
                Cell(gettext("kunta 1 vuosi, kori 30 päivää")),
            ],
            [
                Cell(DEVICE_COOKIE),
                Cell(gettext("Muistaa kesken jääneen avunpyyntösi ja pitää avaamasi pyynnön auki")),
                Cell(gettext("kunnes suljet selaimen")),
            ],
        ],
    )
    found = {"table": table, "municipality": choice, "options": choice.options(), "next": request.path}
    return _page(request, "cookies", found)


@require_safe
@pages.conditional
def open_data(request: HttpRequest) -> HttpResponse:
    """GET avoin-data/ : whose data the service stands on, and under which licences."""
    return _page(request, "open_data", {"table": _sources()})


@require_safe
@pages.conditional
def about(request: HttpRequest) -> HttpResponse:
    """GET tietoa/ : who keeps the service and for whom it is."""
    return _page(request, "about", {})


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"family/{name}.html", context)


def _contact() -> Contact:
    card = pages.help_card(_language())
    return Contact(gettext("Perhekeskuksen palveluohjaus"), card.phone if card else "", FEEDBACK_EMAIL)


def _sources() -> Table:
    free = "CC BY 4.0"
    return Table(
        caption=gettext("Tietolähteet"),
        columns=[Cell(gettext("Mitä")), Cell(gettext("Kenen")), Cell(gettext("Lupa"))],
        rows=[
            [
                Cell(gettext("Palvelujen pohjakuvaukset ja luokitukset")),
                Cell(gettext("Suomen palvelutietovaranto, Digi- ja väestötietovirasto")),
                Cell(free),
            ],
            [Cell(gettext("Kunnat ja hyvinvointialueet")), Cell(gettext("Tilastokeskus")), Cell(free)],
            [
                Cell(gettext("Väestö ja hyvinvointia kuvaavat luvut")),
                Cell(gettext("THL, Tilasto- ja indikaattoripankki Sotkanet")),
                Cell(free),
            ],
            [Cell(gettext("Postinumerot")), Cell("Posti"), Cell(gettext("Postin palveluehdot"))],
            [
                Cell(gettext("Paikallisten palvelujen tekstit")),
                Cell(gettext("Palvelun pitäjä, joka mainitaan sivulla")),
                Cell(free),
            ],
        ],
    )


def _language() -> str:
    return get_language() or "fi"
