"""Drawing and judging: pure, so every case is a value."""

from datetime import date
from decimal import Decimal

import pytest

from turvaverkko.indicators import charts
from turvaverkko.indicators.charts import Dot, Frame, Tick
from turvaverkko.indicators.presenting_standing import Light, Point, Standing, is_stale, standing
from turvaverkko.indicators.rules import Direction, PeriodKind

FRAME = Frame(400, 200, left=40, right=20, top=20, bottom=40)


def years(*pairs: tuple[int, float | None]) -> list[Dot]:
    return [Dot(year * 365.0, value, step="year") for year, value in pairs]


def drawn(dots: list[Dot], **more: object) -> charts.Drawing:
    drawing = charts.line_chart(dots, FRAME, say=lambda value: f"{value:g}", **more)  # type: ignore[arg-type]
    assert drawing is not None
    return drawing


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 100, [0, 25, 50, 75, 100]),
        (384.5, 711.9, [300, 400, 500, 600, 700, 800]),
        (0, 0.031, [0, 0.01, 0.02, 0.03, 0.04]),
        (-3, 5, [-4, -2, 0, 2, 4, 6]),
        (1_225_000, 1_225_000, [1_000_000, 1_225_000, 1_450_000]),
    ],
)
def test_ticks_hold_both_ends(low: float, high: float, expected: list[float]) -> None:
    ticks = charts.nice_ticks(low, high)
    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert len(ticks) <= 6
    if low != high:
        assert ticks == expected


def test_a_line_ends_at_a_break_and_at_a_missing_year() -> None:
    dots = years((2018, 1), (2019, 2), (2021, 3), (2022, 4), (2023, 5))
    assert [len(run) for run in charts.runs(dots)] == [2, 3]
    broken = charts.runs(dots, breaks=[2022 * 365.0])
    assert [[dot.value for dot in run] for run in broken] == [[1, 2], [3], [4, 5]]


def test_a_hidden_figure_breaks_the_line_and_has_no_mark() -> None:
    drawing = drawn(years((2020, 1), (2021, None), (2022, 3), (2023, 4)))
    assert len(drawing.lines) == 1
    assert len(drawing.marks) == 3


def test_a_survey_of_every_other_year_is_one_line() -> None:
    assert len(charts.runs(years((2019, 1), (2021, 2), (2023, 3)))) == 1


def test_rounds_and_years_are_not_joined() -> None:
    dots = [
        Dot(1, 1, step="year"),
        Dot(2, 2, step="year"),
        Dot(3, 3, step="round"),
        Dot(400, 4, step="round"),
    ]
    assert [len(run) for run in charts.runs(dots)] == [2, 2]


def test_everything_lies_on_the_field() -> None:
    drawing = drawn(years((2019, 12.0), (2020, 88.0), (2021, 40.0)), target=100.0, breaks=[2020.5 * 365])
    assert all(drawing.left <= mark.x <= drawing.right for mark in drawing.marks)
    assert all(drawing.top <= mark.y <= drawing.bottom for mark in drawing.marks)
    assert drawing.target_y is not None
    assert drawing.top <= drawing.target_y <= drawing.bottom
    assert len(drawing.breaks) == 1
    assert drawing.lines == [
        charts.path([(drawing.marks[0].x, drawing.marks[0].y), (drawing.marks[1].x, drawing.marks[1].y)])
    ]


def test_more_is_higher() -> None:
    low, high = drawn(years((2019, 10.0), (2020, 20.0))).marks
    assert high.y < low.y
    assert (low.last, high.last) == (False, True)


def test_one_figure_is_drawn_and_none_is_not() -> None:
    assert len(drawn(years((2020, 5.0))).marks) == 1
    assert charts.line_chart(years((2020, None)), FRAME, say=str) is None
    assert charts.line_chart([], FRAME, say=str) is None


def test_small_multiples_share_a_scale() -> None:
    one = drawn(years((2020, 10.0), (2021, 20.0)), reach=(0, 100))
    other = drawn(years((2020, 90.0), (2021, 20.0)), reach=(0, 100))
    assert one.marks[1].y == other.marks[1].y


def test_a_share_of_a_hundred_never_reaches_over_it() -> None:
    assert charts.bounds([93.0, 100.0], 100.0, share=True)[1] == 100


def test_labels_of_time_keep_apart_and_the_last_stays() -> None:
    kept = charts.apart([Tick(at, str(at)) for at in (10, 40, 80, 120)], 0, 200)
    assert [tick.at for tick in kept] == [40, 120]


def test_a_zigzag_runs_from_top_to_bottom() -> None:
    drawn_path = charts.zigzag(100, 20, 160)
    assert drawn_path.startswith("M100,20 ")
    assert drawn_path.endswith("L100,160")


def year_point(number: int, value: str | None) -> Point:
    return Point(
        Decimal(value) if value is not None else None,
        PeriodKind.YEAR,
        date(number, 1, 1),
        date(number, 12, 31),
    )


def judged(
    *points: Point, target: str | None = None, breaks: tuple[date | None, ...] = (), **more: Direction
) -> Standing:
    return standing(
        points,
        direction=more.get("direction", Direction.DOWN),
        target=Decimal(target) if target else None,
        breaks=breaks,
    )


def test_a_target_that_is_met_and_one_that_is_not() -> None:
    met = judged(year_point(2021, "5"), year_point(2022, "3"), target="4")
    assert (met.light, met.change, met.short_of) == (Light.MET, Decimal(-2), Decimal(0))
    behind = judged(year_point(2022, "6"), target="4")
    assert (behind.light, behind.change, behind.short_of) == (Light.BEHIND, None, Decimal(2))


@pytest.mark.parametrize("at", [date(2022, 1, 1), date(2021, 6, 1), None])
def test_never_a_green_light_over_a_break(at: date | None) -> None:
    found = judged(year_point(2021, "683.9"), year_point(2022, "384.5"), target="700", breaks=(at,))
    assert (found.light, found.change, found.short_of, found.is_broken) == (Light.BROKEN, None, None, True)


def test_a_break_long_ago_says_nothing_of_today() -> None:
    points = (year_point(2019, "9"), year_point(2021, "5"), year_point(2022, "4"))
    assert judged(*points, breaks=(date(2020, 1, 1),)).light is Light.BETTER


def test_without_a_target_the_direction_tells() -> None:
    pair = (year_point(2021, "5"), year_point(2022, "6"))
    assert judged(*pair).light is Light.WORSE
    assert judged(*pair, direction=Direction.UP).light is Light.BETTER
    assert judged(*pair, direction=Direction.NEITHER).light is Light.UNJUDGED
    assert judged(year_point(2021, "5"), year_point(2022, "5")).light is Light.SAME
    assert judged(year_point(2022, "5")).light is Light.UNJUDGED
    assert judged(year_point(2022, None)).light is Light.MISSING
    assert judged().light is Light.MISSING


def test_a_round_is_not_compared_with_a_year() -> None:
    mixed = judged(
        year_point(2021, "5"), Point(Decimal(6), PeriodKind.ROUND, date(2022, 9, 1), date(2022, 9, 30))
    )
    assert (mixed.before, mixed.change) == (None, None)


def test_old_is_told_by_days() -> None:
    today = date(2026, 11, 22)
    assert is_stale(date(2023, 12, 31), today)
    assert not is_stale(date(2025, 12, 31), today)
    assert not is_stale(None, today)
