"""Outreach visits by area and specialty, as a table and as a file."""

from collections.abc import Sequence
from typing import Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext

from turvaverkko.core import time_source
from turvaverkko.directory import api as directory
from turvaverkko.directory import page_api
from turvaverkko.indicators.page_api import csv_response, draw, for_readers
from turvaverkko.looks.api import Cell, Table
from turvaverkko.organisation.sign_in.api import StaffRequest
from turvaverkko.portals.outreach.period import Period, period_of

# Unit: characters of a month, "2026-11", with room for a slip of the finger.
LONGEST: Final = 12


@for_readers
def visits(request: StaffRequest) -> HttpResponse:
    """GET koordinaatio/jalkautuminen/?alku=2026-01&loppu=2026-12 : who came to families, where, how often."""
    period = _period(request)
    found = _visits(period)
    months = urlencode({"alku": f"{period.first:%Y-%m}", "loppu": f"{period.last:%Y-%m}"})
    context = {
        "period": period,
        "error": gettext("Kirjoita kuukaudet muodossa 2026-11, enintään kolme vuotta.")
        if period.is_wrong
        else "",
        "table": _table(found) if found else None,
        "held": sum(one.held for one in found),
        "coming": sum(one.coming for one in found),
        "cancelled": sum(one.cancelled for one in found),
        "csv_url": f"{reverse('outreach:visits-csv')}?{months}",
    }
    return draw(request, "outreach/visits.html", "outreach:visits", context)


@for_readers
def visits_csv(request: StaffRequest) -> HttpResponse:
    """GET koordinaatio/jalkautuminen/kaynnit.csv : the same, a row for each area and specialty."""
    head = (
        gettext("Alue"),
        gettext("Ammattilainen"),
        gettext("Käyty"),
        gettext("Tulossa"),
        gettext("Peruttu"),
    )
    rows = [
        (_area(one), page_api.kind_words("outreach", one.specialty), one.held, one.coming, one.cancelled)
        for one in _visits(_period(request))
    ]
    return csv_response(gettext("jalkautuminen"), head, rows)


def _period(request: StaffRequest) -> Period:
    begins, ends = (request.GET.get(name, "")[:LONGEST].strip() for name in ("alku", "loppu"))
    return period_of(begins, ends, time_source.today())


def _visits(period: Period) -> list[page_api.Visits]:
    return directory.outreach_visits(period.first, period.last, get_language() or "fi")


def _table(found: Sequence[page_api.Visits]) -> Table:
    """Areas across, specialties down: there are few areas and many specialties."""
    areas = {one.area: _area(one) for one in found}
    held = {(one.area, one.specialty): one.held for one in found}
    specialties = [code for code in page_api.SPECIALTIES if any(one.specialty == code for one in found)]

    def cells(counts: Sequence[int]) -> list[Cell]:
        return [Cell(str(count), numeric=True) for count in (*counts, sum(counts))]

    return Table(
        caption=gettext("Käynnit alueittain ja ammattilaisittain"),
        columns=[
            Cell(gettext("Ammattilainen")),
            *(Cell(name, numeric=True) for name in (*areas.values(), gettext("Yhteensä"))),
        ],
        rows=[
            [
                Cell(page_api.kind_words("outreach", code)),
                *cells([held.get((area, code), 0) for area in areas]),
            ]
            for code in specialties
        ],
        total=[
            Cell(gettext("Yhteensä")),
            *cells([sum(one.held for one in found if one.area == area) for area in areas]),
        ],
    )


def _area(one: page_api.Visits) -> str:
    return one.area_name.text or gettext("Alue ei tiedossa")
