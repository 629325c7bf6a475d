"""From the metres of Finnish maps to the degrees of the world. Pure.

The national catalogue calls its EPSG:3067 metres "latitude" and "longitude". Taken at their word they
put a service into the ocean, so everything passes here and is looked at first.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from pyproj import Transformer

# Unit: metres, ETRS-TM35FIN (EPSG:3067). Source: the ranges that PTV v12 states for Finland.
EASTING: Final = (43_500.0, 765_000.0)
NORTHING: Final = (6_522_000.0, 7_796_000.0)
# Unit: decimals of a degree; six are about ten centimetres.
PRECISION: Final = 6


class OutsideFinland(ValueError):
    """The coordinates are not metres of EPSG:3067 in Finland: swapped, in degrees, or wrong."""


@dataclass(frozen=True, slots=True)
class Position:
    """A point in WGS84 degrees (EPSG:4326)."""

    latitude: float
    longitude: float


def to_wgs84(easting: float, northing: float) -> Position:
    """Return the position of a point given in EPSG:3067 metres.

    Raises:
        OutsideFinland: the numbers are outside Finland's range.

    Examples:
        >>> to_wgs84(427_853, 7_210_887)  # near the market square of Oulu
        Position(latitude=65.013986, longitude=25.46914)
        >>> to_wgs84(65.01, 25.47)
        Traceback (most recent call last):
        ...
        turvaverkko.directory.coordinates.OutsideFinland: E 65.01, N 25.47 is not in Finland
    """
    if not (EASTING[0] <= easting <= EASTING[1] and NORTHING[0] <= northing <= NORTHING[1]):
        message = f"E {easting}, N {northing} is not in Finland"
        raise OutsideFinland(message)
    longitude, latitude = _transformer().transform(easting, northing)
    return Position(round(latitude, PRECISION), round(longitude, PRECISION))


@cache
def _transformer() -> Transformer:
    return Transformer.from_crs("EPSG:3067", "EPSG:4326", always_xy=True)
