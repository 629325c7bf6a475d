"""The pages of figures as they are first written, to compare with: the plain ORM, the newest figure found in Python.

Areas are joined, or every figure would cost a query more. Through the same middleware and session as the product;
the template is a bare list without the frame, which is in their favour.
"""

from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from turvaverkko.config.urls import urlpatterns as product
from turvaverkko.evaluation.models import Goal, Round
from turvaverkko.indicators.models import Figure, Indicator, StatisticalArea

ON_PAGE = 40
PAGE = Engine().from_string(
    "<!doctype html><html lang=fi><title>rows</title><table>{% for row in rows %}<tr>"
    "{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table></html>"
)


def _drawn(rows: list[tuple[Any, ...]]) -> HttpResponse:
    return HttpResponse(PAGE.render(Context({"rows": rows})))


def _newest(figures: list[Figure]) -> Figure | None:
    shown = [one for one in figures if one.status != "replaced" and one.period_end and one.value is not None]
    return max(shown, key=lambda one: str(one.period_end), default=None)


def _line(one: Indicator) -> tuple[Any, ...]:
    figures = list(one.figures.select_related("area"))
    newest = _newest([figure for figure in figures if figure.area.code == "county:1"])
    return one.name_fi, newest.value if newest else "", newest.period if newest else "", one.notes.count()


def front(_request: HttpRequest) -> HttpResponse:
    """The newest figures, and of every indicator when its newest figure ends."""
    every = list(Indicator.objects.all())
    ends = [(one.name_fi, max(str(figure.period_end) for figure in one.figures.all())) for one in every]
    return _drawn([*(_line(one) for one in every[:8]), *ends])


def listing(_request: HttpRequest) -> HttpResponse:
    """Forty lines; each asks for its figures."""
    return _drawn([_line(one) for one in Indicator.objects.all()[:ON_PAGE]])


def one(_request: HttpRequest, code: str) -> HttpResponse:
    """Every figure of an indicator with its area."""
    figures = Indicator.objects.get(code=code).figures.select_related("area")
    return _drawn([(one.area.name_fi, one.period, one.value, one.origin) for one in figures])


def areas(_request: HttpRequest) -> HttpResponse:
    """In how many areas each indicator has figures."""
    every = Indicator.objects.all()
    return _drawn([(one.name_fi, len({figure.area_id for figure in one.figures.all()})) for one in every])


def compared(_request: HttpRequest, code: str) -> HttpResponse:
    """Every municipality with its newest figure."""
    figures = list(Indicator.objects.get(code=code).figures.all())
    rows = []
    for place in StatisticalArea.objects.filter(kind="municipality"):
        newest = _newest([figure for figure in figures if figure.area_id == place.pk])
        rows.append((place.name_fi, newest.value if newest else "", newest.period if newest else ""))
    return _drawn(rows)


def quality(_request: HttpRequest) -> HttpResponse:
    """Every note, and what has no value."""
    rows: list[tuple[Any, ...]] = []
    for one in Indicator.objects.all():
        rows += [(one.name_fi, note.text_fi) for note in one.notes.all()]
        rows += [
            (one.name_fi, figure.area.name_fi, figure.period)
            for figure in one.figures.select_related("area")
            if figure.value is None and figure.area.kind != "municipality"
        ]
    return _drawn(rows)


def goal(_request: HttpRequest, code: str) -> HttpResponse:
    """The indicators of a goal."""
    links = Goal.objects.get(code=code).indicator_links.all()
    return _drawn([_line(link.indicator) for link in links])


def round_of_goals(_request: HttpRequest, code: str) -> HttpResponse:
    """Every goal with its indicators."""
    county = Round.objects.get(code=code).county
    goals = Goal.objects.filter(county=county)
    return _drawn([_line(link.indicator) for goal in goals for link in goal.indicator_links.all()])


def _report() -> list[tuple[Any, ...]]:
    """Every goal with each indicator, the newest figure and the one before it of every area that it has."""
    rows: list[tuple[Any, ...]] = []
    own = StatisticalArea.objects.filter(kind="service-area") | StatisticalArea.objects.filter(
        code__in=("county:1", "region:1")
    )
    for goal in Goal.objects.all():
        for link in goal.indicator_links.all():
            for area in own:
                figures = list(link.indicator.figures.filter(area=area))
                newest = _newest(figures)
                before = _newest(
                    [one for one in figures if newest and str(one.period_end) < str(newest.period_end)]
                )
                told = [one.value if one else "" for one in (newest, before)]
                rows.append((goal.name_fi, link.indicator.name_fi, area.name_fi, *told))
    return rows


def report(_request: HttpRequest) -> HttpResponse:
    """The rows of the report, without sentences and drawings."""
    return _drawn(_report())


def report_pdf(_request: HttpRequest) -> HttpResponse:
    """The rows as a PDF without tags, from the same library."""
    from weasyprint import HTML  # type: ignore[import-untyped]  # noqa: PLC0415

    return HttpResponse(HTML(string=PAGE.render(Context({"rows": _report()}))).write_pdf())


def report_xlsx(_request: HttpRequest) -> HttpResponse:
    """The rows as a sheet, from the same library."""
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in _report():
        sheet.append(row)
    file = BytesIO()
    book.save(file)
    return HttpResponse(file.getvalue())


urlpatterns = [
    path("bench/koordinaatio/raportit/raportti/", report),
    path("bench/koordinaatio/raportit/raportti.pdf", report_pdf),
    path("bench/koordinaatio/raportit/raportti.xlsx", report_xlsx),
    path("bench/koordinaatio/", front),
    path("bench/koordinaatio/mittarit/", listing),
    path("bench/koordinaatio/mittarit/<slug:code>/", one),
    path("bench/koordinaatio/alueet/", areas),
    path("bench/koordinaatio/alueet/<slug:code>/", compared),
    path("bench/koordinaatio/laatu/", quality),
    path("bench/koordinaatio/tavoitteet/<slug:code>/", goal),
    path("bench/koordinaatio/kierrokset/<slug:code>/", round_of_goals),
    *product,
]
