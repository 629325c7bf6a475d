"""Which family centre is mine, and the list of all of them."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from turvaverkko.core import time_source
from turvaverkko.directory import page_api as pages
from turvaverkko.looks.api import Cell, Centre, Link, Table
from turvaverkko.looks.words import phone_link
from turvaverkko.organisation import api as organisation

ASKED: Final = "mista"
_MISUNDERSTOOD: Final = frozenset(
    {
        organisation.Outcome.WRONG_POSTAL_CODE,
        organisation.Outcome.UNKNOWN_POSTAL_CODE,
        organisation.Outcome.UNKNOWN_PLACE,
    }
)


@require_safe
@pages.conditional
def centres(request: HttpRequest) -> HttpResponse:
    """GET perhekeskukset/?mista=… : the family centre of a postal code or a place. Nothing is kept."""
    typed = request.GET.get(ASKED, "")
    context: dict[str, object] = {
        "nav": "centres",
        "noindex": bool(request.GET),
        "areas": _areas(get_language() or "fi"),
        "help": pages.help_card(get_language() or "fi"),
        "value": "",
        "error": "",
        "sentences": [],
        "found": [],
        "suggestions": [],
    }
    if ASKED in request.GET:
        context |= _answer(typed)
    return render(request, "family/centres.html", context)


def _answer(typed: str) -> dict[str, object]:
    answer = organisation.find_family_centre(typed)
    sentences = organisation.finder_sentences(answer)
    is_error = answer.outcome in _MISUNDERSTOOD or answer.outcome is organisation.Outcome.NOTHING_ASKED
    why = sentences[0] if answer.centres and sentences else ""
    return {
        "value": answer.asked,
        "error": " ".join(sentences) if is_error else "",
        "sentences": [] if is_error else sentences[1 if why else 0 :],
        "found": [_found(centre, answer.area, why) for centre in answer.centres],
        "suggestions": [
            Link(name, f"{reverse('family:centres')}?{ASKED}={name}") for name in answer.suggestions
        ],
    }


def _found(centre: organisation.FamilyCentre, area: str, why: str) -> Centre:
    return Centre(
        name=centre.name,
        area=area,
        lang="fi",  # names and streets of centres have no translation
        url=reverse("directory:municipality", args=(centre.municipality.slug,)),
        phone=centre.phone,
        sign=pages.pack_sign(centre.hours, time_source.now()),
        address=pages.address(centre.street, centre.postal_code, centre.municipality.name),
        why=why,
    )


@pages.remembered
def _areas(language: str) -> tuple[Table, ...]:  # noqa: ARG001 - what is remembered is in one language
    """Every family centre by service area; those that no source places in an area come last."""
    try:
        county = organisation.host_county()
    except LookupError:  # nothing is loaded yet: the page still opens
        return ()
    rows = sorted(organisation.family_centres(county), key=_order)
    by_area = groupby(rows, key=lambda centre: centre.area.name if centre.area else _elsewhere())
    return tuple(_table(name, list(group)) for name, group in by_area)


def _order(centre: organisation.FamilyCentre) -> tuple[bool, int, str, str]:
    if centre.area is None:
        return (True, 0, "", centre.name)
    return (False, centre.area.order, centre.area.name, centre.name)


def _elsewhere() -> str:
    return gettext("Palvelualue ei ole tiedossa")


def _reached(centre: organisation.FamilyCentre) -> str:
    if centre.status != organisation.FamilyCentre.Status.OPERATING:
        return gettext("Valmisteilla")
    return phone_link(centre.phone) if centre.phone else ""


def _table(name: str, centres: Sequence[organisation.FamilyCentre]) -> Table:
    return Table(
        caption=name,
        columns=[Cell(gettext("Perhekeskus")), Cell(gettext("Kunta")), Cell(gettext("Puhelin"))],
        rows=[
            [
                Cell(centre.name),
                Cell(centre.municipality.name),
                Cell(_reached(centre)),
            ]
            for centre in centres
        ],
    )
