"""Small numbers: whoever solves the sums of what is published learns no count under five."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from turvaverkko.indicators.small_numbers import Sum, hidden_cells, hides_share, is_small

Cell = tuple[str, str]
Sums = Sequence[Sum[Cell]]
AREAS = ("a", "b", "c")
MONTHS = ("1", "2", "3")


def solved(counts: Mapping[Cell, int], sums: Sums, hidden: Collection[Cell]) -> dict[Cell, Fraction]:
    """The hidden cells that the published ones give, by Gauss and Jordan in exact numbers."""
    unknown = sorted(hidden)
    rows = [_row(counts, one, unknown) for one in sums]
    pivots: list[int] = []
    for column in range(len(unknown)):
        at = len(pivots)
        found = next((row for row in range(at, len(rows)) if rows[row][column]), None)
        if found is None:
            continue
        rows[at], rows[found] = rows[found], rows[at]
        rows[at] = [value / rows[at][column] for value in rows[at]]
        for row in range(len(rows)):
            if row != at and rows[row][column]:
                by = rows[row][column]
                rows[row] = [value - by * lead for value, lead in zip(rows[row], rows[at], strict=True)]
        pivots.append(column)
    return {
        unknown[column]: row[-1]
        for column, row in zip(pivots, rows, strict=False)
        if sum(1 for value in row[:-1] if value) == 1
    }


def _row(counts: Mapping[Cell, int], one: Sum[Cell], unknown: Sequence[Cell]) -> list[Fraction]:
    signs = dict.fromkeys(one.left, 1) | dict.fromkeys(one.right, -1)
    known = sum(sign * counts[cell] for cell, sign in signs.items() if cell not in unknown)
    return [*(Fraction(signs.get(cell, 0)) for cell in unknown), Fraction(-known)]


def readings(
    counts: Mapping[Cell, int], sums: Sums, hidden: Collection[Cell], of: Cell, most: int
) -> set[int]:
    """Every value that a small cell can have, by trying all values of one and more in the hidden cells."""
    found: set[int] = set()
    others = sorted(set(hidden) - {of})

    def extend(values: dict[Cell, int], left: list[Cell]) -> bool:
        if not all(_can_hold(one, values, counts, hidden) for one in sums):
            return False
        if not left:
            return True
        return any(extend(values | {left[0]: number}, left[1:]) for number in range(1, most + 1))

    for number in range(1, most + 1):
        if extend({of: number}, others):
            found.add(number)
        if len(found) > 1:
            break
    return found


def _can_hold(
    one: Sum[Cell], values: Mapping[Cell, int], counts: Mapping[Cell, int], hidden: Collection[Cell]
) -> bool:
    low = high = 0
    for cells, sign in ((one.left, 1), (one.right, -1)):
        for cell in cells:
            known = values.get(cell) if cell in hidden else counts[cell]
            least, most = (known, known) if known is not None else (1, 99)
            low += sign * (least if sign > 0 else most)
            high += sign * (most if sign > 0 else least)
    return low <= 0 <= high


def month_table(numbers: Sequence[int]) -> tuple[dict[Cell, int], list[Sum[Cell]]]:
    """Areas by months with all totals; the quarter is the months' total, published as a table of its own."""
    counts = dict(zip(product(AREAS, MONTHS), numbers, strict=True))
    sums: list[Sum[Cell]] = []
    for month in MONTHS:
        counts["all", month] = sum(counts[area, month] for area in AREAS)
        sums.append(Sum(tuple((area, month) for area in AREAS), (("all", month),)))
    for area in (*AREAS, "all"):
        counts[area, "Q"] = sum(counts[area, month] for month in MONTHS)
        sums.append(Sum(tuple((area, month) for month in MONTHS), ((area, "Q"),)))
    sums.append(Sum(tuple((area, "Q") for area in AREAS), (("all", "Q"),)))
    return counts, sums


def small(counts: Mapping[Cell, int]) -> set[Cell]:
    return {cell for cell, number in counts.items() if is_small(number)}


def check(counts: Mapping[Cell, int], sums: Sums, hidden: Collection[Cell]) -> None:
    assert small(counts) <= set(hidden)
    assert not small(counts) & set(solved(counts, sums, hidden))
    assert all(counts[cell] for cell in hidden)


def test_the_solver_of_this_test_finds_what_is_hidden_alone() -> None:
    counts, sums = month_table([3, 9, 9, 9, 9, 9, 9, 9, 9])
    assert solved(counts, sums, small(counts)) == {("a", "1"): 3}
    assert readings(counts, sums, small(counts), ("a", "1"), 4) == {3}


def test_one_small_cell_takes_a_second_row_and_a_second_column() -> None:
    counts, sums = month_table([3, 9, 9, 9, 9, 9, 9, 9, 9])
    hidden = hidden_cells(counts, sums)
    check(counts, sums, hidden)
    assert len(hidden) == 4


def test_two_ones_beside_their_sum_are_narrowed_to_one_value_and_so_more_is_hidden() -> None:
    counts: dict[Cell, int] = {("a", "1"): 1, ("b", "1"): 1, ("c", "1"): 6, ("all", "1"): 8}
    sums = [Sum((("a", "1"), ("b", "1"), ("c", "1")), (("all", "1"),))]
    assert not solved(counts, sums, small(counts))
    assert readings(counts, sums, small(counts), ("a", "1"), 4) == {1}
    hidden = hidden_cells(counts, sums)
    assert len(hidden) == 3
    assert len(readings(counts, sums, hidden, ("a", "1"), 8)) > 1


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=9, max_size=9))
def test_areas_by_month_and_quarter_together_give_no_small_number(numbers: list[int]) -> None:
    counts, sums = month_table(numbers)
    hidden = hidden_cells(counts, sums)
    check(counts, sums, hidden)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 7), min_size=4, max_size=4))
def test_no_small_number_is_narrowed_to_one_value(numbers: list[int]) -> None:
    a, b, c, d = numbers
    counts: dict[Cell, int] = {("a", "1"): a, ("a", "2"): b, ("b", "1"): c, ("b", "2"): d}
    counts |= {("a", "Q"): a + b, ("b", "Q"): c + d, ("all", "1"): a + c, ("all", "2"): b + d}
    counts |= {("all", "Q"): a + b + c + d}
    sums = [
        Sum((("a", "1"), ("a", "2")), (("a", "Q"),)),
        Sum((("b", "1"), ("b", "2")), (("b", "Q"),)),
        Sum((("a", "1"), ("b", "1")), (("all", "1"),)),
        Sum((("a", "2"), ("b", "2")), (("all", "2"),)),
        Sum((("a", "Q"), ("b", "Q")), (("all", "Q"),)),
    ]
    hidden = hidden_cells(counts, sums)
    check(counts, sums, hidden)
    for cell in small(counts):
        assert len(readings(counts, sums, hidden, cell, 2 * sum(numbers) + 1)) > 1, (counts, hidden)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=9, max_size=9))
def test_what_readers_know_already_stays_shown_and_still_gives_nothing(numbers: list[int]) -> None:
    """Two months stood published; with the third come its quarter and its totals."""
    counts, sums = month_table(numbers)
    before = {cell: number for cell, number in counts.items() if cell[1] in {"1", "2"}}
    first = hidden_cells(before, sums[:2])
    known = {cell for cell in before if cell not in first}
    hidden = hidden_cells(counts, sums, shown=known, hidden=first)
    assert not known & hidden
    check(counts, sums, hidden)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=12, max_size=12))
def test_tables_of_parts_that_share_a_total_guard_each_other(numbers: list[int]) -> None:
    """How requests ended and what came of them are two tables of the same requests, in two areas."""
    kinds, outcomes = ("advised", "booked", "referred"), ("helped", "not")
    counts: dict[Cell, int] = {}
    sums: list[Sum[Cell]] = []
    for at, area in enumerate(("a", "b")):
        ended = numbers[6 * at : 6 * at + 3]
        counts |= {(area, kind): number for kind, number in zip(kinds, ended, strict=True)}
        helped = min(numbers[6 * at + 3], sum(ended))
        counts |= {(area, "helped"): helped, (area, "not"): sum(ended) - helped}
        sums.append(Sum(tuple((area, k) for k in kinds), tuple((area, o) for o in outcomes)))
    for part in (*kinds, *outcomes):
        counts["all", part] = counts["a", part] + counts["b", part]
        sums.append(Sum((("a", part), ("b", part)), (("all", part),)))
    check(counts, sums, hidden_cells(counts, sums))


def test_the_lighter_cell_is_hidden_for_the_sake_of_another() -> None:
    counts: dict[Cell, int] = {("a", "1"): 3, ("b", "1"): 9, ("c", "1"): 9, ("all", "1"): 21}
    sums = [Sum((("a", "1"), ("b", "1"), ("c", "1")), (("all", "1"),))]
    light = hidden_cells(counts, sums, weight=lambda cell: 1 if cell == ("c", "1") else 9)
    assert light == {("a", "1"), ("c", "1")}


@pytest.mark.parametrize(
    ("part", "whole", "hides"),
    [(0, 9, False), (3, 9, True), (6, 9, True), (5, 10, False), (9, 9, False), (4, 4, True), (0, 3, True)],
)
def test_a_share_tells_of_no_small_part_and_no_small_rest(part: int, whole: int, hides: bool) -> None:
    assert hides_share(part, whole) is hides
