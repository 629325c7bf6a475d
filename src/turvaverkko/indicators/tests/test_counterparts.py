"""What stands beside a reported figure, by rule."""

from dataclasses import replace
from decimal import Decimal

import pytest

from turvaverkko.indicators.counterparts import Found, Reported, agree, found
from turvaverkko.indicators.rules import PeriodKind

WHOLE = Reported(
    value=Decimal("683.9"),
    other=None,
    period_kind=PeriodKind.YEAR,
    has_time=True,
    decimals=1,
    is_linked=True,
    is_verified=True,
    is_area_known=True,
)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"other": Decimal("683.87")}, Found.SAME),
        ({"other": Decimal("683.1")}, Found.DIFFERS),
        ({"other": Decimal("683.1"), "is_verified": False}, Found.DIFFERS),
        ({"period_kind": PeriodKind.TARGET, "has_time": False}, Found.TARGET),
        ({"has_time": False, "is_linked": False}, Found.NO_TIME),
        ({"is_linked": False, "is_area_known": False}, Found.NO_LINK),
        ({"is_area_known": False, "is_verified": False}, Found.NO_AREA),
        ({"is_verified": False}, Found.UNVERIFIED),
        ({}, Found.NOT_IN_SOURCE),
        ({"value": None, "other": Decimal(1)}, Found.NOT_IN_SOURCE),
    ],
)
def test_what_stands_beside(change: dict[str, object], expected: Found) -> None:
    assert found(replace(WHOLE, **change)) is expected  # type: ignore[arg-type]


def test_half_of_the_last_digit_is_no_difference() -> None:
    assert agree(Decimal("5"), Decimal("4.5"), 0)
    assert not agree(Decimal("5"), Decimal("4.49"), 0)
