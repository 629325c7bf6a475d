"""The months somebody typed."""

from datetime import date

import pytest

from turvaverkko.portals.outreach.period import period_of

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("begins", "ends", "first", "last"),
    [
        pytest.param("", "", "2026-01-01", "2026-12-31", id="nothing asked: this year"),
        pytest.param("2026-02", "2026-02", "2026-02-01", "2026-02-28", id="one month"),
        pytest.param("2024-02", "2027-01", "2024-02-01", "2027-01-31", id="three years are the most"),
        pytest.param("2026-10", "", "2026-10-01", "2026-12-31", id="an open end"),
    ],
)
def test_months(begins: str, ends: str, first: str, last: str) -> None:
    period = period_of(begins, ends, TODAY)
    assert (period.first.isoformat(), period.last.isoformat(), period.is_wrong) == (first, last, False)


@pytest.mark.parametrize(
    ("begins", "ends"),
    [("2026-12", "2026-11"), ("2026-13", ""), ("marraskuu", ""), ("2023-01", "2026-01"), ("2026-01-01", "")],
)
def test_what_is_no_period_is_kept_and_told(begins: str, ends: str) -> None:
    period = period_of(begins, ends, TODAY)
    assert period.is_wrong
    assert period.typed[0] == begins
    assert (period.first, period.last) == (date(2026, 1, 1), date(2026, 12, 31))
