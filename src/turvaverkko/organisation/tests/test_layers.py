"""The nearest layer that says something on the day holds."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turvaverkko.organisation.layers import Layer, Path, nearest

DAY = date(2026, 11, 22)
HOME = Path(county=1, area=2, municipality=3, centre=4)


@dataclass(frozen=True)
class Said:
    value: str
    county_id: int | None = None
    area_id: int | None = None
    municipality_id: int | None = None
    family_centre_id: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None


NATION = Said("nation")
COUNTY = Said("county", county_id=1)
AREA = Said("area", area_id=2)
MUNICIPALITY = Said("municipality", municipality_id=3)
CENTRE = Said("centre", family_centre_id=4)
ALL = [COUNTY, CENTRE, NATION, MUNICIPALITY, AREA]


@pytest.mark.parametrize(
    ("path", "value", "layer"),
    [
        pytest.param(HOME, "centre", Layer.CENTRE, id="the centre's own"),
        pytest.param(Path(1, 2, 3), "municipality", Layer.MUNICIPALITY, id="no centre known"),
        pytest.param(Path(1, 2), "area", Layer.AREA, id="only the area known"),
        pytest.param(Path(1, None, 9), "county", Layer.COUNTY, id="area not in sources: on to the county"),
        pytest.param(Path(8), "nation", Layer.NATIONAL, id="another county"),
        pytest.param(Path(), "nation", Layer.NATIONAL, id="nothing known"),
    ],
)
def test_the_nearest_layer_holds(path: Path, value: str, layer: Layer) -> None:
    found = nearest(ALL, path, DAY)
    assert found is not None
    assert (found.row.value, found.layer) == (value, layer)


def test_what_it_covers_is_remembered_nearest_first() -> None:
    found = nearest(ALL, HOME, DAY)
    assert found is not None
    assert [row.value for _layer, row in found.passed_over] == ["municipality", "area", "county", "nation"]


def test_nobody_says_anything() -> None:
    assert nearest([Said("elsewhere", county_id=9)], HOME, DAY) is None
    assert nearest([], HOME, DAY) is None


@pytest.mark.parametrize(
    ("begins", "ends", "holds"),
    [
        pytest.param(None, None, True, id="for ever"),
        pytest.param(DAY, None, True, id="from today"),
        pytest.param(None, DAY, True, id="last day today"),
        pytest.param(date(2026, 11, 23), None, False, id="from tomorrow"),
        pytest.param(None, date(2026, 11, 21), False, id="ended yesterday"),
    ],
)
def test_days_include_both_ends(begins: date | None, ends: date | None, holds: bool) -> None:
    found = nearest([COUNTY, Said("new", area_id=2, valid_from=begins, valid_to=ends)], HOME, DAY)
    assert found is not None
    assert found.row.value == ("new" if holds else "county")


def test_of_one_layer_the_one_that_began_last_holds() -> None:
    old, new = Said("old", county_id=1), Said("new", county_id=1, valid_from=date(2026, 1, 1))
    for rows in ([old, new], [new, old]):
        found = nearest(rows, HOME, DAY)
        assert found is not None
        assert found.row is new
        assert found.passed_over == ()


@given(st.lists(st.sampled_from(ALL), unique=True, min_size=1))
def test_no_row_on_the_path_is_nearer_than_the_one_that_holds(rows: list[Said]) -> None:
    found = nearest(rows, HOME, DAY)
    assert found is not None
    assert all(found.layer > layer for layer, _row in found.passed_over)
    assert len(found.passed_over) == len(rows) - 1
