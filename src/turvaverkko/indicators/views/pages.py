"""The pages of figures: what is new, the list, one indicator, its areas, what is wrong with the figures."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from turvaverkko.access.api import actor_of
from turvaverkko.core import time_source
from turvaverkko.core.csv_files import csv_response
from turvaverkko.core.paging import page_of
from turvaverkko.core.safe_text import QUERY_LENGTH, strip_controls
from turvaverkko.indicators import presenting_pages as shown
from turvaverkko.indicators import queries, words
from turvaverkko.indicators.entry import page as entry_page
from turvaverkko.indicators.entry import policies as entry_policies
from turvaverkko.indicators.entry import queries as entry_queries
from turvaverkko.indicators.models import Figure, Indicator, QualityNote
from turvaverkko.indicators.opening import figures_opened
from turvaverkko.indicators.populations import populations
from turvaverkko.indicators.presenting import main_area, reading_of
from turvaverkko.indicators.presenting_standing import is_stale
from turvaverkko.indicators.rules import AreaKind, Origin
from turvaverkko.indicators.views.frame import draw, for_readers, parts_of
from turvaverkko.looks.api import Link, Option, page_links
from turvaverkko.organisation.api import host_county, names_of_staff
from turvaverkko.organisation.sign_in.api import StaffRequest

# Unit: indicators on one page of the list.
ON_PAGE: Final = 40
# Unit: lines on the front page.
ON_FRONT: Final = 8
# Unit: lines of one part of the page of quality.
MOST_LINES: Final = 200
# Kinds of areas worth a drawing each, the county's own first.
COMPARED: Final = (
    AreaKind.SERVICE_AREA,
    AreaKind.COUNTY,
    AreaKind.REGION,
    AreaKind.HOSPITAL_DISTRICT,
    AreaKind.NETWORK,
    AreaKind.MUNICIPALITY,
)
# Unit: figures in the table of one indicator; its file has all.
MOST_ROWS: Final = 100
# Unit: municipalities with a figure. More than these push what is told of the county out of one table.
FEW_MUNICIPALITIES: Final = 12
# Unit: lines of entered figures on the page of an indicator; the file of figures has all.
MOST_ENTERED: Final = 60
# Unit: areas. More small drawings than this are told by the map and the table alone.
MOST_MULTIPLES: Final = 24


@for_readers
def front(request: StaffRequest) -> HttpResponse:
    """GET koordinaatio/ : how work goes, what came last, what is old, what has notes; parts of upper apps."""
    every = queries.indicators()
    ends, notes = queries.newest_ends(every), queries.notes_of(every)
    old = _old(every, ends)
    noted = [one for one in every if notes[one.pk]]
    from_work = [one for one in every if one.computed]
    lines = _lines([*from_work, *queries.newest_written(ON_FRONT)], notes)
    context = {
        "from_work": [line for line in lines[: len(from_work)] if line.reading.latest],
        "lines": lines[len(from_work) :],
        "parts": parts_of(host_county()),
        "total": len(every),
        "old": old[:ON_FRONT],
        "old_total": len(old),
        "noted": [(one, len(notes[one.pk])) for one in noted[:ON_FRONT]],
        "noted_total": len(noted),
        "empty_total": sum(1 for one in every if one.pk not in ends),
        "waiting": entry_queries.waiting_count(),
    }
    return draw(request, "indicators/front.html", "indicators:front", context)


@for_readers
def listing(request: StaffRequest) -> HttpResponse:
    """GET koordinaatio/mittarit/ : `q`, `lahde`, `tavoite`, `huomautus` narrow, `sivu` turns."""
    chosen = _chosen(request.GET)
    found = queries.matching(
        chosen["q"], source=chosen["lahde"], target=bool(chosen["tavoite"]), notes=bool(chosen["huomautus"])
    )
    total = found.count()
    number, last = page_of(request, total, ON_PAGE)
    on_page = list(found[(number - 1) * ON_PAGE : number * ON_PAGE])
    context = {
        "lines": _lines(on_page, queries.notes_of(on_page)),
        "total": total,
        "chosen": chosen,
        "is_narrowed": any(chosen.values()),
        "sources": [
            Option("", gettext("Kaikki lähteet")),
            *(
                Option(code, str(label), checked=chosen["lahde"] == code)
                for code, label in words.SOURCES.items()
            ),
        ],
        "pages": page_links(number, last, lambda page: _address(chosen, page)) if last > 1 else None,
        "may_enter": entry_policies.may_propose(actor_of(request)),
    }
    return draw(request, "indicators/list.html", "indicators:list", context)


@for_readers
def one(request: StaffRequest, code: str) -> HttpResponse:
    """GET koordinaatio/mittarit/<code>/ : one indicator; `alue` opens another area's series."""
    indicator = _found(code)
    kinds = queries.kinds_of_areas(indicator)
    notes = queries.notes_of([indicator])[indicator.pk]
    # What is told of a few towns only stands here among the rest; of many there is a page of its own.
    is_local = kinds.get(AreaKind.MUNICIPALITY, 0) <= FEW_MUNICIPALITIES
    areas = {one.code: one for one in queries.areas_of(indicator, is_local=is_local)}
    opened = figures_opened([indicator], queries.host_area_code())[indicator.pk]
    first = opened[0].area if opened else next(iter(areas.values()), None)
    area = areas.get(request.GET.get("alue", "")) or first
    figures = queries.figures_listed(indicator, area, MOST_ROWS + 1, is_local=is_local)
    people = populations(figures)
    entered = entry_queries.entered(indicator, MOST_ENTERED)
    names = names_of_staff({one.entered_by for one in entered} | {one.approved_by for one in entered})
    context = {
        "indicator": indicator,
        "hides": any(words.is_hidden(figure) for figure in figures[:MOST_ROWS]),
        "entered": entry_page.entered_lines(entered, names),
        "may_enter": not indicator.computed and entry_policies.may_propose(actor_of(request)),
        "crumbs": [Link(gettext("Mittarit"), reverse("indicators:list"))],
        "unit": words.unit_words(indicator),
        "reading": reading_of(indicator, area, queries.shown_figures(indicator, area) if area else [], notes),
        "areas": [
            Option(key, words.area_words(one), checked=area is not None and key == area.code)
            for key, one in sorted(areas.items(), key=lambda entry: entry[1].name)
        ],
        "table": shown.figures_table(figures[:MOST_ROWS], people) if figures else None,
        "is_cut": len(figures) > MOST_ROWS,
        "notes": [shown.note_line(note) for note in notes],
        "source": words.source_words(indicator),
        "read_on": _read_on(figures),
        "target": words.target_words(indicator),
        "by_area": sum(kinds.values()) > 1,
        "municipalities": kinds.get(AreaKind.MUNICIPALITY, 0),
        "csv_url": reverse("indicators:csv", args=[code]),
        "sources_url": _sources(code) if any(one.origin == Origin.REPORTED for one in figures) else "",
    }
    return draw(request, "indicators/indicator.html", "indicators:list", context)


@for_readers
def one_csv(_request: StaffRequest, code: str) -> HttpResponse:
    """GET koordinaatio/mittarit/<code>/luvut.csv : every figure that may be shown, of municipalities too."""
    indicator = _found(code)
    figures = queries.shown_figures(indicator)
    head, rows = shown.csv_of(figures, populations(figures))
    return csv_response(indicator.code, head, rows)


@for_readers
def areas(request: StaffRequest) -> HttpResponse:
    """GET koordinaatio/alueet/ : the indicators whose areas can be compared; `sivu` turns."""
    found = queries.in_several_areas()
    number, last = page_of(request, found.count(), ON_PAGE)
    context = {
        "found": list(found[(number - 1) * ON_PAGE : number * ON_PAGE]),
        "pages": page_links(number, last, lambda page: f"?sivu={page}") if last > 1 else None,
    }
    return draw(request, "indicators/areas.html", "indicators:areas", context)


@for_readers
def compared(request: StaffRequest, code: str) -> HttpResponse:
    """GET koordinaatio/alueet/<code>/ : the areas of an indicator on one scale; `laji` chooses their kind."""
    indicator = _found(code)
    kinds = queries.kinds_of_areas(indicator)
    kind = _kind(request.GET.get("laji", ""), kinds)
    is_drawn = kinds.get(kind, 0) <= MOST_MULTIPLES
    figures = (queries.figures_of_kind if is_drawn else queries.newest_of_kind)(indicator, kind)
    notes = queries.notes_of([indicator])[indicator.pk]
    found = shown.multiples(indicator, figures, notes, is_drawn=is_drawn)
    on_map = shown.tile_map(queries.tiles(), figures, indicator) if kind is AreaKind.MUNICIPALITY else None
    context = {
        "indicator": indicator,
        "crumbs": [
            Link(gettext("Alueet"), reverse("indicators:areas")),
            Link(indicator.name, reverse("indicators:indicator", args=[code])),
        ],
        "unit": words.unit_words(indicator),
        "kind": str(words.AREAS[kind]),
        "kinds": [
            Link(str(words.AREAS[one]), f"?laji={one.value}", current=one is kind)
            for one in COMPARED
            if kinds.get(one)
        ],
        "multiples": found if is_drawn else [],
        "scale": _scale(found),
        "map": on_map,
        "table": shown.areas_table(found, indicator) if found else None,
        "notes": [shown.note_line(note) for note in notes],
        "source": words.source_words(indicator),
        "read_on": _read_on(figures),
        "csv_url": f"{reverse('indicators:areas-csv', args=[code])}?laji={kind.value}",
    }
    return draw(request, "indicators/compared.html", "indicators:areas", context)


@for_readers
def compared_csv(request: StaffRequest, code: str) -> HttpResponse:
    """GET koordinaatio/alueet/<code>/luvut.csv : the figures of one kind of areas."""
    indicator = _found(code)
    kind = _kind(request.GET.get("laji", ""), queries.kinds_of_areas(indicator))
    figures = queries.figures_of_kind(indicator, kind)
    head, rows = shown.csv_of(figures, populations(figures))
    return csv_response(f"{indicator.code}-{kind.value}", head, rows)


@for_readers
def quality(request: StaffRequest) -> HttpResponse:
    """GET koordinaatio/laatu/ : every note, what is missing, unverified ids, old figures."""
    every = queries.indicators()
    ends, notes = queries.newest_ends(every), queries.notes_of(every)
    hidden = queries.without_value(MOST_LINES)
    context = {
        "total": len(every),
        "notes": [shown.note_line(note, one) for one in every for note in notes[one.pk]],
        "empty": [one for one in every if one.pk not in ends],
        "hidden": [
            (figure.indicator, figure.area.name, words.period_words(figure), figure.footnote_fi)
            for figure in hidden
        ],
        "unverified": [one for one in every if one.sotkanet_id and not one.sotkanet_verified],
        "old": _old(every, ends),
        "aimless": [one for one in every if one.target is None and one.target_fi],
    }
    return draw(request, "indicators/quality.html", "indicators:quality", context)


def _found(code: str) -> Indicator:
    found = queries.indicator_by_code(code)
    if found is None:
        raise Http404
    return found


def _lines(of: Sequence[Indicator], notes: dict[int, list[QualityNote]]) -> list[shown.Line]:
    host = queries.host_area_code()
    figures = figures_opened(of, host)
    told = queries.newest_ends(of)
    lines = []
    for one in of:
        reading = reading_of(one, main_area(figures[one.pk], host), figures[one.pk], notes[one.pk])
        lines.append(shown.line_of(reading, only_by_area=one.pk in told and not figures[one.pk]))
    return lines


def _old(every: Sequence[Indicator], ends: dict[int, date | None]) -> list[tuple[Indicator, str]]:
    today = time_source.today()
    dated = [(one, ends.get(one.pk)) for one in every]
    old = [(end, one) for one, end in dated if end is not None and is_stale(end, today)]
    return [(one, words.day_words(end)) for end, one in sorted(old, key=lambda pair: pair[0])]


def _chosen(query: QueryDict) -> dict[str, str]:
    source = query.get("lahde", "")
    return {
        "q": " ".join(strip_controls(query.get("q", ""))[:QUERY_LENGTH].split()),
        "lahde": source if source in words.SOURCES else "",
        "tavoite": "1" if query.get("tavoite") else "",
        "huomautus": "1" if query.get("huomautus") else "",
    }


def _address(chosen: dict[str, str], page: int) -> str:
    query = QueryDict(mutable=True)
    query.update({key: value for key, value in chosen.items() if value})
    if page > 1:
        query["sivu"] = str(page)
    return f"?{query.urlencode()}" if query else "?"


def _kind(text: str, kinds: dict[str, int]) -> AreaKind:
    wanted = next((one for one in COMPARED if one.value == text and kinds.get(one)), None)
    several = next((one for one in COMPARED if kinds.get(one, 0) > 1), None)
    return wanted or several or next((one for one in COMPARED if kinds.get(one)), AreaKind.COUNTRY)


def _sources(code: str) -> str:
    return f"{reverse('indicators:sources')}?{urlencode({'mittari': code})}"


def _read_on(figures: Sequence[Figure]) -> str:
    newest = max((one.written_at for one in figures), default=None)
    return words.day_words(time_source.to_local(newest).date()) if newest else ""


def _scale(found: Sequence[shown.Multiple]) -> str:
    rows = next((one.drawing.rows for one in found if one.drawing), ())
    return f"{rows[0].label}–{rows[-1].label}" if rows else ""
