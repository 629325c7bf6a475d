"""National pack: areas of statistics and how many live in them.

`statistical_areas.csv` tells codes, parents, numbers in Sotkanet and dates. The names of counties and of the
municipalities of today are those of the organisation's own tables. `populations.csv` has a municipality on
a row and a year in a column; counties and the country are summed from it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext

from turvaverkko.indicators.loading.names import AREA_NAMES
from turvaverkko.indicators.loading.shapes import AREA, POPULATION, YEARS
from turvaverkko.indicators.models import Population, StatisticalArea
from turvaverkko.indicators.rules import AreaKind
from turvaverkko.organisation.api import Applying, County, Entry, Municipality, Pack

COUNTRY: Final = "country:fi"
# A parent comes before its parts: country, then what it consists of, then municipalities.
RANKS: Final = {
    AreaKind.COUNTRY: 0,
    AreaKind.COUNTY: 1,
    AreaKind.REGION: 1,
    AreaKind.HOSPITAL_DISTRICT: 1,
    AreaKind.MUNICIPALITY: 2,
}
SUM_OF: Final = "Summa kuntien väkiluvuista, kunnat uusimman jäsenyyden mukaan. Kunnat: {source}"
# Unit: rows in one statement.
BATCH: Final = 500

Values = Mapping[str, Any]


def _kind(code: str) -> AreaKind:
    return AreaKind(code.partition(":")[0])


def read_areas(pack: Pack) -> list[Entry]:
    """Read the areas: each once, under a parent above it, with a Sotkanet number of its own."""
    entries = pack.csv_rows("statistical_areas.csv", AREA, needed=False)
    numbers: dict[str, Entry] = {}
    for entry in entries:
        pack.declare(AREA_NAMES, entry)
        pack.refer(entry, "parent", AREA_NAMES)
        _check_name(pack, entry)
        _check_parent(pack, entry)
        _check_dates(pack, entry)
        for field in ("sotkanet_id", "former_sotkanet_id"):
            first = numbers.setdefault(entry.get(field, ""), entry) if field in entry.data else entry
            if first is not entry:
                text = gettext("Sotkanet-numero on jo alueella %(code)s. Korjaa toinen.")
                pack.fault(entry, field, text % {"code": first["code"]})
    return entries


def _check_name(pack: Pack, entry: Entry) -> None:
    kind, _colon, number = entry["code"].partition(":")
    if "name_fi" in entry.data:
        return
    if kind in {AreaKind.COUNTY, AreaKind.MUNICIPALITY}:
        pack.refer(entry, "code", kind, names=number)
    else:
        pack.fault(entry, "name_fi", gettext("Solu on tyhjä. Täytä se."))


def _check_parent(pack: Pack, entry: Entry) -> None:
    parent = entry.get("parent")
    if parent and RANKS[_kind(parent)] >= RANKS[_kind(entry["code"])]:
        text = gettext("Alue %(parent)s ei voi olla alueen %(code)s yläalue. Kirjoita ylempi alue.")
        pack.fault(entry, "parent", text % {"parent": parent, "code": entry["code"]})


def _check_dates(pack: Pack, entry: Entry) -> None:
    first, last = entry.day("valid_from"), entry.day("valid_to")
    if first and last and first > last:
        pack.fault(entry, "valid_to", gettext("Loppupäivä on ennen alkupäivää. Korjaa päivät."))


def apply_areas(entries: list[Entry], applying: Applying) -> None:
    """Write the areas, parents first; one that left the pack ends and keeps its figures."""
    known = _known_names()
    ordered = sorted(entries, key=lambda entry: RANKS[_kind(entry["code"])])
    applying.sync(
        "statistical-areas",
        StatisticalArea,
        {entry["code"]: _area(entry, known) for entry in ordered},
        stored=StatisticalArea.objects.filter(pack=""),
        key=lambda row: row.code,
        end=applying.end_kept,
    )


def _known_names() -> dict[str, Values]:
    counties = {
        f"county:{row.code}": {"name_fi": row.name_fi, "name_sv": row.name_sv, "name_en": row.name_en}
        for row in County.objects.all()
    }
    return counties | {
        f"municipality:{row.code}": {"name_fi": row.name_fi, "name_sv": row.name_sv, "valid_to": row.valid_to}
        for row in Municipality.objects.all()
    }


def _area(entry: Entry, known: Mapping[str, Values]) -> Callable[[Mapping[Any, StatisticalArea]], Values]:
    def values(made: Mapping[Any, StatisticalArea]) -> Values:
        names = known.get(entry["code"], {})
        return {
            "code": entry["code"],
            "kind": _kind(entry["code"]),
            "name_fi": entry.get("name_fi") or names["name_fi"],
            "name_sv": entry.get("name_sv") or names.get("name_sv", ""),
            "name_en": entry.get("name_en") or names.get("name_en", ""),
            "parent": made.get(entry.get("parent")),
            "sotkanet_id": _number(entry, "sotkanet_id"),
            "former_sotkanet_id": _number(entry, "former_sotkanet_id"),
            "valid_from": entry.day("valid_from"),
            "valid_to": entry.day("valid_to") or names.get("valid_to"),
            "pack": "",
        }

    return values


def _number(entry: Entry, field: str) -> int | None:
    return int(entry[field]) if field in entry.data else None


def read_populations(pack: Pack) -> list[Entry]:
    """Read the populations: a municipality stands once."""
    entries = pack.csv_rows("populations.csv", POPULATION, needed=False)
    seen: dict[str, Entry] = {}
    for entry in entries:
        pack.refer(entry, "municipality", AREA_NAMES)
        first = seen.setdefault(entry["municipality"], entry)
        if first is not entry:
            text = gettext("Kunta on jo kohdassa %(place)s. Poista toinen.")
            pack.fault(entry, "municipality", text % {"place": first.place})
    return entries


Row = tuple[str, int]


def apply_populations(entries: list[Entry], applying: Applying) -> None:
    """Write what differs. The table has thousands of rows: they are compared first, then written together."""
    areas = {area.code: area for area in StatisticalArea.objects.filter(pack="").select_related("parent")}
    wanted = _of_municipalities(entries)
    wanted |= _sums(wanted, [areas[entry["municipality"]] for entry in entries])
    rows = Population.objects.filter(area__pack="", ages="").select_related("area")
    stored = {(row.area.code, row.year): row for row in rows}
    new = [
        Population(area=areas[code], year=year, number=number, source=source)
        for (code, year), (number, source) in wanted.items()
        if (code, year) not in stored
    ]
    changed = [
        row for key, row in stored.items() if key in wanted and wanted[key] != (row.number, row.source)
    ]
    for row in changed:
        row.number, row.source = wanted[row.area.code, row.year]
    gone = [row.pk for key, row in stored.items() if key not in wanted]
    Population.objects.bulk_create(new, batch_size=BATCH)
    Population.objects.bulk_update(changed, ["number", "source"], batch_size=BATCH)
    for start in range(0, len(gone), BATCH):
        # A number of statistics has no end: one that was wrong is not true of any time.
        Population.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    counts = applying.report.counts("populations")
    counts.created, counts.changed, counts.ended = len(new), len(changed), len(gone)
    counts.unchanged = len(wanted) - len(new) - len(changed)
    applying.progress("populations")


def _of_municipalities(entries: Iterable[Entry]) -> dict[Row, tuple[int, str]]:
    return {
        (entry["municipality"], year): (int(entry[str(year)]), entry["source"])
        for entry in entries
        for year in YEARS
        if str(year) in entry.data
    }


def _sums(numbers: Mapping[Row, tuple[int, str]], areas: list[StatisticalArea]) -> dict[Row, tuple[int, str]]:
    """Return the sums of counties and the country, of the years in which no part is missing."""
    parts: dict[str, list[StatisticalArea]] = defaultdict(list)
    for area in areas:
        parts[COUNTRY].append(area)
        if area.parent and area.parent.kind == AreaKind.COUNTY:
            parts[area.parent.code].append(area)
    sums: dict[Row, tuple[int, str]] = {}
    for whole, of in parts.items():
        for year in sorted({year for _code, year in numbers}):
            told = [numbers.get((area.code, year)) for area in of if _lived_in(area, year)]
            if told and all(told):
                source = SUM_OF.format(source=next(one[1] for one in told if one))
                sums[whole, year] = (sum(one[0] for one in told if one), source)
    return sums


def _lived_in(area: StatisticalArea, year: int) -> bool:
    """Whether the area was there at the end of the year, when people are counted."""
    return area.valid_to is None or area.valid_to >= date(year, 12, 31)
