"""How many lived in the area of a figure at the end of its time, or of the year before it.

What statistics tell of an area itself comes first. A service area is summed from the municipalities that it
had on the last day of the figure's time; where one of them lacks a number, nothing is known.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from turvaverkko.indicators.models import Figure, Population
from turvaverkko.indicators.rules import AreaKind
from turvaverkko.organisation.api import AreaMembership, memberships_of

# Key of an area and the last day of a figure's time → persons.
Populations = Mapping[tuple[int, date], int]
Numbers = Mapping[int, int]


def populations(figures: Collection[Figure]) -> dict[tuple[int, date], int]:
    """Return how many lived in the areas of some figures. One query; with service areas three."""
    told: dict[int, dict[int, int]] = defaultdict(dict)
    for row in Population.objects.filter(area__in={one.area_id for one in figures}, ages=""):
        told[row.area_id][row.year] = row.number
    found: dict[tuple[int, date], int] = {}
    wanted = {(one.area_id, one.period_end): one.area for one in figures if one.period_end is not None}
    for key, end in wanted:
        if number := at(told.get(key, {}), end):
            found[key, end] = number
    summed = {
        place: area.code.partition(":")[2]
        for place, area in wanted.items()
        if area.kind == AreaKind.SERVICE_AREA and place not in found
    }
    if summed:
        found |= _of_service_areas(summed)
    return found


def population_of(figure: Figure, known: Populations) -> int | None:
    """Return how many lived in the area of a figure; None where it is not known or the figure has no time."""
    return None if figure.period_end is None else known.get((figure.area_id, figure.period_end))


def at(numbers: Numbers, end: date) -> int | None:
    """Return the number by year at the end of a time, or of the year before it; people are counted 31.12."""
    return numbers.get(end.year) or numbers.get(end.year - 1)


def total(members: Collection[Numbers], end: date) -> int | None:
    """Return how many lived in all members, each counted in the same year; None where one lacks a number.

    Examples:
        >>> total([{2022: 10, 2023: 11}, {2022: 5}], date(2023, 12, 31))
        15
        >>> total([{2022: 10}, {}], date(2023, 12, 31))
    """
    for year in (end.year, end.year - 1):
        if members and all(year in numbers for numbers in members):
            return sum(numbers[year] for numbers in members)
    return None


def _of_service_areas(wanted: Mapping[tuple[int, date], str]) -> dict[tuple[int, date], int]:
    members: dict[str, list[AreaMembership]] = defaultdict(list)
    for row in memberships_of(wanted.values()):
        if row.area is not None:
            members[row.area.slug].append(row)
    codes = {f"{AreaKind.MUNICIPALITY}:{row.municipality.code}" for rows in members.values() for row in rows}
    told: dict[str, dict[int, int]] = defaultdict(dict)
    rows = Population.objects.filter(area__code__in=codes, ages="")
    for code, year, number in rows.values_list("area__code", "year", "number"):
        told[code][year] = number
    found = {}
    for (key, end), slug in wanted.items():
        there = {row.municipality.code for row in members[slug] if _holds(row, end)}
        numbers = [told.get(f"{AreaKind.MUNICIPALITY}:{code}", {}) for code in there]
        if persons := total(numbers, end):
            found[key, end] = persons
    return found


def _holds(row: AreaMembership, day: date) -> bool:
    begun = row.valid_from is None or row.valid_from <= day
    return begun and (row.valid_to is None or row.valid_to >= day)
