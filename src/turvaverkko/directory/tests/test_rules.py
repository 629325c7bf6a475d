"""Confirmation, ages and the life of a listing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turvaverkko.core.states import IllegalMove
from turvaverkko.directory import rules
from turvaverkko.directory.coordinates import EASTING, NORTHING, OutsideFinland, to_wgs84
from turvaverkko.directory.models import Listing
from turvaverkko.directory.states import LISTING


@pytest.mark.parametrize(
    ("confirmed", "by", "last_day"),
    [
        pytest.param("2026-08-22", "meeting-place", "2026-11-22", id="meeting place: three months"),
        pytest.param("2026-11-30", "meeting-place", "2027-02-28", id="the month is shorter"),
        pytest.param("2026-05-22", "ngo", "2026-11-22", id="ngo: six months"),
        pytest.param("2025-11-22", "public", "2026-11-22", id="public: a year"),
        pytest.param("2024-02-29", "public", "2025-02-28", id="leap day"),
    ],
)
def test_confirmation(confirmed: str, by: rules.Confirmer, last_day: str) -> None:
    day, last = date.fromisoformat(confirmed), date.fromisoformat(last_day)
    assert rules.confirmation_due(day, by) == last
    assert not rules.is_stale(day, by, last)
    assert rules.is_stale(day, by, date.fromordinal(last.toordinal() + 1))


def test_what_was_never_confirmed_is_stale() -> None:
    assert rules.is_stale(None, "public", date(2026, 11, 22))


@pytest.mark.parametrize(
    ("kind", "by"),
    [("ngo", "ngo"), ("parish", "ngo"), ("county", "public"), ("company", "public"), ("", "public")],
)
def test_whose_word_ages_how_fast(kind: str, by: str) -> None:
    assert rules.confirmer(kind) == by


AGES = st.none() | st.integers(0, 99)


@given(AGES, AGES, AGES, AGES)
def test_two_ranges_meet_exactly_when_somebody_is_in_both(
    low: int | None, high: int | None, from_age: int | None, to_age: int | None
) -> None:
    in_both = any(
        rules.suits_age(age, low, high) and rules.suits_age(age, from_age, to_age) for age in range(201)
    )
    # Ranges in the wrong order hold nobody and are refused when they are written.
    in_order = (low or 0) <= (high if high is not None else 200) and (from_age or 0) <= (
        to_age if to_age is not None else 200
    )
    if in_order:
        assert rules.ages_meet(low, high, from_age, to_age) == in_both


def test_the_table_of_a_listing_is_sound_and_names_the_states_of_the_model() -> None:
    assert LISTING.faults() == ()
    assert set(LISTING.states) == set(Listing.State.values)


def test_a_draft_is_not_published_without_review() -> None:
    with pytest.raises(IllegalMove):
        LISTING.after("draft", "publish")
    assert LISTING.after("in-review", "publish") == "published"


def test_finland_from_corner_to_corner() -> None:
    tornio, hanko = to_wgs84(366_000, 7_302_000), to_wgs84(280_000, 6_640_000)
    assert (round(tornio.latitude, 1), round(tornio.longitude, 1)) == (65.8, 24.1)
    assert (round(hanko.latitude, 1), round(hanko.longitude, 1)) == (59.8, 23.1)


@pytest.mark.parametrize(
    ("easting", "northing"),
    [
        pytest.param(65.01, 25.47, id="degrees"),
        pytest.param(7_210_887, 427_853, id="swapped"),
        pytest.param(427_853, 6_000_000, id="in the Baltic states"),
        pytest.param(float("nan"), 7_000_000, id="not a number"),
    ],
)
def test_what_is_not_in_finland_is_refused(easting: float, northing: float) -> None:
    with pytest.raises(OutsideFinland):
        to_wgs84(easting, northing)


@given(st.floats(*EASTING), st.floats(*NORTHING))
def test_everything_in_range_comes_out_near_finland(easting: float, northing: float) -> None:
    found = to_wgs84(easting, northing)
    assert 58 < found.latitude < 71
    assert 15 < found.longitude < 36
