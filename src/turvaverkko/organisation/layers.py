"""Layers: national → county → area → municipality → family centre, each with its days. Pure.

The nearest layer that says something on the day holds; what the wider layers say is passed over, and
remembered, so that an editor can be told where a value comes from.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any, Final, Generic, TypeVar

Row = TypeVar("Row")


class Layer(IntEnum):
    """How near a layer is; nearer is greater."""

    NATIONAL = 0
    COUNTY = 1
    AREA = 2
    MUNICIPALITY = 3
    CENTRE = 4


# The column in which a row names the owner of its layer; none set means national.
COLUMNS: Final = {
    Layer.CENTRE: "family_centre_id",
    Layer.MUNICIPALITY: "municipality_id",
    Layer.AREA: "area_id",
    Layer.COUNTY: "county_id",
}
Owner = tuple[Layer, int | None]


@dataclass(frozen=True, slots=True)
class Path:
    """Where somebody stands: the ids of their county, area, municipality and family centre.

    What is not known is None, and its layer is passed by: a municipality whose area no source names
    goes straight on to the county.
    """

    county: int | None = None
    area: int | None = None
    municipality: int | None = None
    centre: int | None = None

    def has(self, owner: Owner) -> bool:
        """Tell whether a layer with this owner lies on the path."""
        layer, key = owner
        owners = {
            Layer.COUNTY: self.county,
            Layer.AREA: self.area,
            Layer.MUNICIPALITY: self.municipality,
            Layer.CENTRE: self.centre,
        }
        return layer is Layer.NATIONAL or (key is not None and owners[layer] == key)


@dataclass(frozen=True, slots=True)
class Found(Generic[Row]):
    """The row that holds, its layer, and the rows of wider layers that it covers (nearest first)."""

    row: Row
    layer: Layer
    passed_over: tuple[tuple[Layer, Row], ...] = ()


def owner_of(row: object) -> Owner:
    """The layer of a row and the id of its owner, read from the columns of the layers.

    Examples:
        >>> from types import SimpleNamespace
        >>> owner_of(SimpleNamespace(county_id=None, area_id=7, municipality_id=None))
        (<Layer.AREA: 2>, 7)
        >>> owner_of(SimpleNamespace(county_id=None))
        (<Layer.NATIONAL: 0>, None)
    """
    for layer, column in COLUMNS.items():
        key = getattr(row, column, None)
        if key is not None:
            return layer, key
    return Layer.NATIONAL, None


def holds_on(row: Any, day: date) -> bool:  # noqa: ANN401 - anything with the two columns of `Dated`
    """Tell whether a dated row holds on a day; both ends are included, an open end holds on.

    Examples:
        >>> from types import SimpleNamespace
        >>> holds_on(SimpleNamespace(valid_from=date(2026, 1, 1), valid_to=None), date(2026, 1, 1))
        True
        >>> holds_on(SimpleNamespace(valid_from=None, valid_to=date(2026, 1, 1)), date(2026, 1, 2))
        False
    """
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day <= row.valid_to)


def nearest(
    rows: Iterable[Row], path: Path, day: date, *, owner: Callable[[Row], Owner] = owner_of
) -> Found[Row] | None:
    """Return the row of the nearest layer on the path that holds on the day, or None.

    Of several rows of one layer the one that began last holds.

    Args:
        rows: rows of one key, of any layers and days, with `valid_from` and `valid_to`.
        path: where the reader stands.
        day: the day asked about.
        owner: reads the layer and its owner from a row; for rows with the usual columns leave it out.
    """
    held = [(owner(row), row) for row in rows if holds_on(row, day)]
    on_path = [(layer, row) for (layer, key), row in held if path.has((layer, key))]
    if not on_path:
        return None
    ordered = sorted(on_path, key=lambda pair: (pair[0], _begins(pair[1])), reverse=True)
    (layer, row), *others = ordered
    return Found(row, layer, tuple((other, wide) for other, wide in others if other != layer))


def _begins(row: Any) -> date:  # noqa: ANN401 - anything with the column `valid_from`
    begins: date | None = row.valid_from
    return begins or date.min
