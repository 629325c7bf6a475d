"""What may be said of a goal: on target, closer, further, or that it cannot be told and why."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turvaverkko.evaluation.rules import (
    Measure,
    Point,
    Reason,
    Told,
    Verdict,
    month_of,
    name_of,
    tell,
    together,
)
from turvaverkko.indicators.rules import Direction

UP, DOWN, NEITHER = Direction.UP, Direction.DOWN, Direction.NEITHER
HUNDRED = Decimal(100)


def of(year: int, value: str | None) -> Point:
    return Point(date(year, 1, 1), date(year, 12, 31), None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("measure", "earlier", "latest", "verdict", "reasons"),
    [
        (Measure(UP, HUNDRED), of(2021, "90"), of(2022, "100"), Verdict.ON_TARGET, ()),
        (Measure(UP, HUNDRED), None, of(2022, "100"), Verdict.ON_TARGET, ()),
        (Measure(UP, HUNDRED), of(2021, "60"), of(2022, "80"), Verdict.CLOSER, ()),
        (Measure(UP, HUNDRED), of(2021, "80"), of(2022, "60"), Verdict.FURTHER, ()),
        (Measure(UP, HUNDRED), of(2021, "80"), of(2022, "80"), Verdict.NO_CHANGE, ()),
        (Measure(DOWN, Decimal(7)), of(2021, "9"), of(2022, "8"), Verdict.CLOSER, ()),
        (Measure(DOWN, Decimal(7)), of(2021, "8"), of(2022, "7"), Verdict.ON_TARGET, ()),
        (Measure(UP, HUNDRED), None, of(2022, "80"), Verdict.UNTOLD, (Reason.NO_EARLIER,)),
        (Measure(UP, HUNDRED), of(2021, None), of(2022, "80"), Verdict.UNTOLD, (Reason.NO_EARLIER,)),
        (Measure(UP, HUNDRED), of(2021, "60"), None, Verdict.UNTOLD, (Reason.NO_FIGURE,)),
        (Measure(UP, HUNDRED), of(2021, "60"), of(2022, None), Verdict.UNTOLD, (Reason.NO_FIGURE,)),
        (Measure(UP), of(2021, "60"), of(2022, "80"), Verdict.UNTOLD, (Reason.NO_TARGET,)),
        (Measure(NEITHER), of(2021, "60"), of(2022, "80"), Verdict.UNTOLD, (Reason.NO_DIRECTION,)),
        (
            Measure(UP, HUNDRED, lacks_denominator=True),
            of(2021, "60"),
            of(2022, "100"),
            Verdict.UNTOLD,
            (Reason.NO_DENOMINATOR,),
        ),
    ],
)
def test_one_indicator(
    measure: Measure,
    earlier: Point | None,
    latest: Point | None,
    verdict: Verdict,
    reasons: tuple[Reason, ...],
) -> None:
    told = tell(measure, earlier, latest)
    assert (told.verdict, told.reasons) == (verdict, reasons)


@pytest.mark.parametrize("at", [date(2022, 1, 1), date(2021, 7, 1), date(2022, 7, 1), None])
def test_a_break_between_two_figures_gives_no_light(at: date | None) -> None:
    told = tell(Measure(UP, HUNDRED, (at,)), of(2021, "60"), of(2022, "100"))
    assert told == Told(Verdict.UNTOLD, (Reason.BREAK,), None)


def test_a_break_before_both_figures_parts_nothing() -> None:
    assert tell(Measure(UP, HUNDRED, (date(2021, 1, 1),)), of(2021, "60"), of(2022, "80")).verdict == "closer"
    assert tell(Measure(UP, HUNDRED, (date(2023, 1, 1),)), of(2021, "60"), of(2022, "80")).verdict == "closer"


@given(
    st.sampled_from(list(Direction)),
    st.decimals(-1000, 1000, places=2),
    st.decimals(-1000, 1000, places=2),
    st.decimals(-1000, 1000, places=2),
    st.dates(date(2021, 1, 2), date(2022, 12, 31)),
)
def test_never_a_light_over_a_break(
    direction: Direction, target: Decimal, before: Decimal, now: Decimal, at: date
) -> None:
    told = tell(Measure(direction, target, (at,)), of(2021, str(before)), of(2022, str(now)))
    assert told.verdict is Verdict.UNTOLD
    assert told.better is None


def test_the_way_of_a_change_is_told_where_the_target_has_no_number() -> None:
    assert tell(Measure(DOWN), of(2021, "5.1"), of(2023, "5.7")).better is False
    assert tell(Measure(DOWN), of(2021, "5.7"), of(2023, "5.1")).better is True


def told(*verdicts: Verdict) -> list[Told]:
    return [Told(one, (Reason.NO_FIGURE,)) if one is Verdict.UNTOLD else Told(one) for one in verdicts]


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([Verdict.ON_TARGET, Verdict.ON_TARGET], Verdict.ON_TARGET),
        ([Verdict.ON_TARGET, Verdict.UNTOLD], Verdict.UNTOLD),
        ([Verdict.ON_TARGET, Verdict.CLOSER, Verdict.UNTOLD], Verdict.CLOSER),
        ([Verdict.ON_TARGET, Verdict.FURTHER], Verdict.MIXED),
        ([Verdict.CLOSER, Verdict.FURTHER], Verdict.MIXED),
        ([Verdict.MIXED, Verdict.CLOSER], Verdict.MIXED),
        ([Verdict.FURTHER, Verdict.NO_CHANGE], Verdict.FURTHER),
        ([Verdict.ON_TARGET, Verdict.NO_CHANGE], Verdict.NO_CHANGE),
        ([Verdict.UNTOLD], Verdict.UNTOLD),
        ([], Verdict.UNTOLD),
    ],
)
def test_a_goal_of_several_indicators(verdicts: list[Verdict], expected: Verdict) -> None:
    assert together(told(*verdicts)).verdict is expected


def test_a_goal_says_why_it_cannot_be_told() -> None:
    assert together([]).reasons == (Reason.NO_INDICATOR,)
    assert together(told(Verdict.ON_TARGET, Verdict.UNTOLD)).reasons == (Reason.PARTIAL, Reason.NO_FIGURE)
    both = [Told(Verdict.UNTOLD, (Reason.NO_TARGET,), False), Told(Verdict.UNTOLD, (Reason.NO_FIGURE,))]
    assert together(both) == Told(Verdict.UNTOLD, (Reason.NO_FIGURE, Reason.NO_TARGET), False)
    both.append(Told(Verdict.UNTOLD, (Reason.NO_TARGET,), True))
    assert together(both).better is None


def test_the_month_of_a_round() -> None:
    assert month_of("2021-05").end == date(2021, 5, 31)
    assert name_of("2021-05") == "5/2021"
    for wrong in ("2021-5", "2021-13", "5/2021", "2021-05-01", "", "٢٠٢١-٠٥"):
        with pytest.raises(ValueError, match="^" + wrong + "$"):
            month_of(wrong)
