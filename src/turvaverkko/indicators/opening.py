"""Which area a list opens an indicator with: only its figures are read, however many areas have some."""

from collections.abc import Sequence

from turvaverkko.indicators import queries
from turvaverkko.indicators.models import Figure, Indicator, StatisticalArea
from turvaverkko.indicators.presenting import main_area
from turvaverkko.indicators.rules import PeriodKind


def figures_opened(of: Sequence[Indicator], host: str) -> dict[int, list[Figure]]:
    """Return the shown figures of everybody in the area that each indicator opens with. At most four queries.

    Args:
        of: the indicators.
        host: code of the host county's area, which goes before every other.
    """
    areas = queries.large_areas()
    own = [key for key, area in areas.items() if area.code == host]
    found = queries.figures_in(own, of) if own else {one.pk: [] for one in of}
    rest = [one for one in of if all(figure.period_kind == PeriodKind.TARGET for figure in found[one.pk])]
    if rest:
        found |= _of_main_areas(rest, areas, host)
    for figures in found.values():
        for figure in figures:
            figure.area = areas[figure.area_id]
    return found


def _of_main_areas(
    of: Sequence[Indicator], areas: dict[int, StatisticalArea], host: str
) -> dict[int, list[Figure]]:
    chosen: dict[int, int] = {}
    for key, told in queries.told_where(areas, of).items():
        for one in told:
            one.area = areas[one.area_id]
        if area := main_area(told, host):
            chosen[key] = area.pk
    read = queries.figures_in(set(chosen.values()), of)
    return {key: [one for one in figures if one.area_id == chosen.get(key)] for key, figures in read.items()}
