"""The tables and maps of the pages of figures. Rows come in; nothing here asks the database."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext

from turvaverkko.core.csv_files import Value
from turvaverkko.indicators import charts, words
from turvaverkko.indicators.charts import Drawing
from turvaverkko.indicators.counterparts import agree
from turvaverkko.indicators.models import Figure, Indicator, QualityNote, StatisticalArea
from turvaverkko.indicators.populations import Populations, population_of
from turvaverkko.indicators.presenting import Reading, dots_of, note_words, reading_of
from turvaverkko.indicators.presenting_standing import is_count
from turvaverkko.indicators.rules import Origin, PeriodKind, Status, per
from turvaverkko.looks.api import Cell, Table

ORIGINS: Final = (Origin.REPORTED, Origin.FETCHED, Origin.ENTERED, Origin.COMPUTED)
# Unit: of the view box, of the map of tiles.
TILE: Final = 64
GAP: Final = 4


def figures_table(figures: Sequence[Figure], populations: Populations) -> Table:
    """Return every figure: one row a time, area and group; those of different origin stand side by side."""
    indicator = figures[0].indicator
    origins = [one for one in ORIGINS if any(figure.origin == one for figure in figures)]
    related = is_count(indicator.unit_fi) and any(population_of(one, populations) for one in figures)
    head = [gettext("Aika"), gettext("Alue"), *(str(words.ORIGINS[one]) for one in origins)]
    if related:
        head += [gettext("1 000 asukasta kohden"), gettext("Asukasta kohden")]
    numeric = range(2, len(head))
    head.append(gettext("Huomautukset"))
    rows = [
        [
            Cell(words.period_words(row[0])),
            Cell(words.whose(row[0])),
            *(Cell(_of_origin(row, one), numeric=True) for one in origins),
            *(_related(row[0], populations) if related else ()),
            Cell(_remarks(row)),
        ]
        for row in _rows(figures)
    ]
    return Table(
        gettext("Kaikki luvut, %(unit)s") % {"unit": words.unit_words(indicator)},
        [Cell(text, numeric=place in numeric) for place, text in enumerate(head)],
        rows,
    )


def _rows(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Figures of the same time, area and group together; two of one origin have rows of their own."""
    rows: dict[tuple[int, str, str, int], list[Figure]] = {}
    seen: Counter[tuple[int, str, str, str]] = Counter()
    for one in figures:
        number = seen[one.area_id, one.period, one.group, one.origin]
        seen[one.area_id, one.period, one.group, one.origin] += 1
        rows.setdefault((one.area_id, one.period, one.group, number), []).append(one)
    return list(rows.values())


def _of_origin(row: Sequence[Figure], origin: Origin) -> str:
    return next((words.bare_words(one) for one in row if one.origin == origin), "")


def _related(figure: Figure, populations: Populations) -> tuple[Cell, Cell]:
    if figure.value is None or figure.group or figure.period_end is None:
        return Cell("", numeric=True), Cell("", numeric=True)
    number = population_of(figure, populations)
    if number is None:
        return Cell(gettext("väkiluku ei tiedossa")), Cell("", numeric=True)
    thousand, head = per(figure.value, number), per(figure.value, number, 1)
    return (
        Cell(words.small_words(thousand or Decimal(0)), numeric=True),
        Cell(words.small_words(head or Decimal(0)), numeric=True),
    )


def _remarks(row: Sequence[Figure]) -> str:
    said = []
    for one in row:
        if one.status != Status.FINAL:
            said.append(str(words.STATUSES[one.status]))
        if one.footnote_fi and not words.is_hidden(one):  # said once, under the table
            said.append(one.footnote_fi)
    values = [one.value for one in row if one.value is not None]
    if any(not agree(values[0], value, row[0].indicator.decimals) for value in values[1:]):
        said.append(gettext("eri lähteiden luvut poikkeavat toisistaan"))
    return "; ".join(dict.fromkeys(said))


def csv_of(figures: Iterable[Figure], populations: Populations) -> tuple[list[str], list[list[Value]]]:
    """Return the head and the rows of the file of an indicator's figures."""
    head = [
        gettext("Mittari"),
        gettext("Alue"),
        gettext("Alueen tunnus"),
        gettext("Aika"),
        gettext("Alkaa"),
        gettext("Päättyy"),
        gettext("Ryhmä"),
        gettext("Luku"),
        gettext("Tarkkuus"),
        gettext("Yksikkö"),
        gettext("Väestö"),
        gettext("Alkuperä"),
        gettext("Tila"),
        gettext("Huomautukset"),
    ]
    return head, [_csv_row(one, populations) for one in figures]


def _csv_row(figure: Figure, populations: Populations) -> list[Value]:
    return [
        figure.indicator.name,
        figure.area.name,
        figure.area.code,
        words.period_words(figure),
        figure.period_start.isoformat() if figure.period_start else "",
        figure.period_end.isoformat() if figure.period_end else "",
        words.group_words(figure.group),
        figure.value,
        words.qualified(figure.qualifier, "").strip(),
        words.unit_words(figure.indicator),
        population_of(figure, populations),
        str(words.ORIGINS[figure.origin]),
        str(words.STATUSES[figure.status]),
        figure.footnote_fi,
    ]


@dataclass(frozen=True, slots=True)
class Multiple:
    """One area of many on the same scale."""

    reading: Reading
    drawing: Drawing | None

    @property
    def name(self) -> str:
        """Whose it is."""
        return words.area_words(self.reading.area) if self.reading.area else ""

    @property
    def value(self) -> str:
        """The newest figure; the page tells the unit."""
        latest = self.reading.latest
        return words.bare_words(latest) if latest else gettext("ei lukua")

    @property
    def when(self) -> str:
        """Of what time the newest figure tells."""
        latest = self.reading.latest
        return words.period_words(latest) if latest else ""


def multiples(
    indicator: Indicator, figures: Sequence[Figure], notes: Sequence[QualityNote], *, is_drawn: bool
) -> list[Multiple]:
    """Return one small drawing an area, all on one scale, by name; none unless they are drawn."""
    areas = {one.area_id: one.area for one in figures}
    own: dict[int, list[Figure]] = {key: [] for key in areas}
    for one in figures:
        own[one.area_id].append(one)
    readings = [reading_of(indicator, area, own[key], notes) for key, area in areas.items()]
    if not is_drawn:
        return [Multiple(reading, None) for reading in readings]
    values = [float(one.value) for reading in readings for one in reading.figures if one.value is not None]
    if not values:
        return [Multiple(reading, None) for reading in readings]
    target = float(indicator.target) if indicator.target is not None else None
    reach = charts.bounds(values, target, share=indicator.unit_fi.startswith("%"))
    times = [dot.at for reading in readings for dot in dots_of(reading.figures)]
    return [Multiple(reading, reading.small(reach, (min(times), max(times)))) for reading in readings]


def areas_table(found: Sequence[Multiple], indicator: Indicator) -> Table:
    """Return the areas with their newest figure, its time and how it changed."""
    head = [gettext("Alue"), gettext("Luku"), gettext("Aika"), gettext("Muutos"), gettext("Tila")]
    return Table(
        gettext("Alueet lukuina, %(unit)s") % {"unit": words.unit_words(indicator)},
        [Cell(text, numeric=place in {1, 3}) for place, text in enumerate(head)],
        [
            [
                Cell(one.name),
                Cell(one.value, numeric=True),
                Cell(one.when),
                Cell(_change(one.reading), numeric=True),
                Cell(one.reading.light_words),
            ]
            for one in found
        ],
    )


def _change(reading: Reading) -> str:
    if reading.standing.is_broken:
        return gettext("ei verrata")
    change = reading.standing.change
    return "" if change is None else words.signed_words(change, reading.indicator.decimals)


@dataclass(frozen=True, slots=True)
class Tile:
    """One municipality on the map. `shade`: 1 to 5; 0 where there is no figure to show."""

    x: int
    y: int
    name: str
    value: str
    shade: int


@dataclass(frozen=True, slots=True)
class Shade:
    """One line of the legend."""

    shade: int
    label: str


@dataclass(frozen=True, slots=True)
class TileMap:
    """Municipalities as tiles, of one time."""

    width: int
    height: int
    tiles: Sequence[Tile]
    legend: Sequence[Shade]
    when: str
    has_hidden: bool


def tile_map(
    places: Sequence[StatisticalArea], figures: Sequence[Figure], indicator: Indicator
) -> TileMap | None:
    """Return the map of the time of which most municipalities tell, the newest of equals."""
    period = _fullest(figures)
    if period is None or not places:
        return None
    of_time = {one.area_id: one for one in figures if one.period == period}
    values = [float(one.value) for one in of_time.values() if one.value is not None]
    edges = charts.edges_of(values)
    columns = [place.tile_column or 0 for place in places]
    rows = [place.tile_row or 0 for place in places]
    tiles = []
    for place, column, row in zip(places, columns, rows, strict=True):
        held = of_time.get(place.pk)
        value = held.value if held else None
        tiles.append(
            Tile(
                (column - min(columns)) * (TILE + GAP),
                (row - min(rows)) * (TILE + GAP),
                charts.short(place.name),
                words.number_words(value, indicator.decimals) if value is not None else "",
                charts.shade_of(float(value), edges) if value is not None else 0,
            )
        )
    return TileMap(
        (max(columns) - min(columns) + 1) * (TILE + GAP) - GAP,
        (max(rows) - min(rows) + 1) * (TILE + GAP) - GAP,
        tiles,
        _legend(edges, indicator),
        words.period_words(next(iter(of_time.values()))),
        any(tile.shade == 0 for tile in tiles),
    )


def _fullest(figures: Sequence[Figure]) -> str | None:
    told = Counter(one.period for one in figures if one.value is not None and one.period_end is not None)
    ends = {one.period: one.period_end for one in figures if one.period_end is not None}
    return max(told, key=lambda period: (told[period], ends[period]), default=None)


def _legend(edges: Sequence[float], indicator: Indicator) -> list[Shade]:
    def say(edge: float) -> str:
        return words.number_words(Decimal(str(edge)), indicator.decimals)

    if not edges:
        return [Shade(1, gettext("kaikilla sama"))]
    first = Shade(1, gettext("alle %(number)s") % {"number": say(edges[0])})
    between = [
        Shade(
            number,
            gettext("%(low)s – alle %(high)s")
            % {"low": say(edges[number - 2]), "high": say(edges[number - 1])},
        )
        for number in range(2, len(edges) + 1)
    ]
    return [
        first,
        *between,
        Shade(len(edges) + 1, gettext("%(number)s tai yli") % {"number": say(edges[-1])}),
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator in a list. `only_by_area`: its figures are of municipalities alone."""

    reading: Reading
    url: str
    source: str
    notes: int = 0
    only_by_area: bool = False

    @property
    def name(self) -> str:
        """What it measures."""
        return self.reading.indicator.name

    @property
    def value(self) -> str:
        """The newest figure with its unit."""
        latest = self.reading.latest
        if latest is not None:
            return words.figure_words(latest)
        return gettext("luvut kunnittain") if self.only_by_area else gettext("ei lukuja")

    @property
    def where_when(self) -> str:
        """Of what area and time the newest figure tells."""
        latest = self.reading.latest
        if latest is None or self.reading.area is None:
            return ""
        return f"{words.area_words(self.reading.area)}, {words.period_words(latest)}"

    @property
    def target(self) -> str:
        """What is aimed at; empty where nothing is."""
        indicator = self.reading.indicator
        if indicator.target is None and not indicator.target_fi:
            return ""
        return gettext("tavoite %(target)s") % {"target": words.target_words(indicator)}


def line_of(reading: Reading, *, only_by_area: bool = False) -> Line:
    """Return an indicator as a line of a list."""
    indicator = reading.indicator
    return Line(
        reading,
        reverse("indicators:indicator", args=[indicator.code]),
        str(words.SOURCES[indicator.source]),
        len(reading.notes),
        only_by_area,
    )


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One note on quality, with whose it is."""

    kind: str
    text: str
    name: str = ""
    url: str = ""
    at: str = ""


def note_line(note: QualityNote, indicator: Indicator | None = None) -> NoteLine:
    """Return a note as it is listed; with its indicator where it stands among others'."""
    return NoteLine(
        str(words.NOTES[note.kind]),
        note_words(note),
        indicator.name if indicator else "",
        reverse("indicators:indicator", args=[indicator.code]) if indicator else "",
        words.day_words(note.at) if note.at else "",
    )


def has_time(figure: Figure) -> bool:
    """Tell whether a figure is of a time, not a target."""
    return figure.period_kind != PeriodKind.TARGET
