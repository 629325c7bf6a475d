"""Small numbers: which counts of persons and families are hidden before anything is published. Pure.

Source: design RULES, "Reporting" (live counts of families and persons under five are hidden, with
complementary suppression inside every table and between month and total).

* **Small** is 1 to 4. Zero is shown: the rule guards families and persons, and zero counts none.
* A reader knows every shown number, every sum that holds between numbers, and that what is hidden is a whole
  number of at least one. All hidden cells bear the same words, so that nobody sees which of them is small.
* A small cell is safe when a **second reading** exists: other whole numbers in hidden cells, at least one
  each, with which all sums still hold and that cell is another. So it can be neither worked out nor narrowed
  to one value. A reading found is a proof; where none is found, more is hidden.
"""

import heapq
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Final, Generic, TypeVar

C = TypeVar("C", bound=Hashable)

# Unit: persons or families. Source: design RULES ("under five").
LEAST_SHOWN: Final = 5
# Unit: steps of one search for a second reading, before everything linked with the cell is hidden instead.
PATIENCE: Final = 20000


@dataclass(frozen=True, slots=True)
class Sum(Generic[C]):
    """What a reader can add up: the left cells together are as many as the right ones together."""

    left: tuple[C, ...]
    right: tuple[C, ...]


def is_small(number: int) -> bool:
    """Tell whether a count must not be known.

    Examples:
        >>> [is_small(number) for number in (0, 1, 4, 5)]
        [False, True, True, False]
    """
    return 0 < number < LEAST_SHOWN


def hides_share(part: int, whole: int) -> bool:
    """Tell whether a share must be hidden: it would tell of a small part, or of a small rest.

    Examples:
        >>> hides_share(17, 20), hides_share(20, 20), hides_share(15, 20), hides_share(2, 2)
        (True, False, False, True)
    """
    return is_small(part) or is_small(whole - part) or is_small(whole)


def hidden_cells(
    counts: Mapping[C, int],
    sums: Iterable[Sum[C]],
    *,
    shown: Collection[C] = (),
    hidden: Collection[C] = (),
    weight: Callable[[C], int] | None = None,
) -> frozenset[C]:
    """Return the cells that are hidden when everything else is published together.

    Args:
        counts: every cell, zero or more; also those that are never published (name them in `hidden`).
        sums: what adds up to what, over all tables that are published together or were before.
        shown: cells that readers know already. They are not hidden for the sake of others.
        hidden: cells that are hidden in any case.
        weight: how much is lost when a cell is hidden for the sake of others (1 or more).

    Examples:
        >>> row = {"a": 3, "b": 9, "c": 12, "total": 24}
        >>> sorted(hidden_cells(row, [Sum(("a", "b", "c"), ("total",))]))
        ['a', 'b']
    """
    table = _Table(counts, tuple(sums), frozenset(shown), weight or (lambda _cell: 1))
    table.hidden = {cell for cell, number in counts.items() if is_small(number)} | set(hidden)
    for cell in sorted(table.small, key=lambda one: (-len(table.sums_of.get(one, ())), repr(one))):
        if cell not in table.proof:
            _protect(table, cell)
    _bring_back(table, kept=frozenset(hidden))
    return frozenset(table.hidden)


@dataclass(slots=True)
class _Table(Generic[C]):
    """What is hidden so far, and for each small cell the reading that proves it safe."""

    counts: Mapping[C, int]
    sums: tuple[Sum[C], ...]
    fixed: frozenset[C]
    weight: Callable[[C], int]
    hidden: set[C] = field(default_factory=set)
    # By small cell: the other reading, as what is added to each cell of it.
    proof: dict[C, Mapping[C, int]] = field(default_factory=dict)
    signs: list[dict[C, int]] = field(default_factory=list)
    sums_of: dict[C, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, one in enumerate(self.sums):
            signs = dict.fromkeys(one.left, 1) | dict.fromkeys(one.right, -1)
            self.signs.append({cell: sign for cell, sign in signs.items() if self.may_move(cell)})
            for cell in self.signs[-1]:
                self.sums_of.setdefault(cell, []).append(number)

    @property
    def small(self) -> list[C]:
        """The cells that must not be known."""
        return [cell for cell, number in self.counts.items() if is_small(number)]

    def may_move(self, cell: C) -> bool:
        """Zero is shown, and what is known stays known; all else can be hidden."""
        number = self.counts[cell]
        return number > 0 and (cell not in self.fixed or is_small(number))

    def cost(self, cell: C) -> int:
        """What it costs that a cell takes part in a second reading: nothing when it is hidden anyway."""
        return 0 if cell in self.hidden else self.weight(cell)

    def linked(self, cell: C) -> set[C]:
        """Every cell that some chain of sums connects with a cell."""
        found, waiting = {cell}, [cell]
        while waiting:
            for number in self.sums_of.get(waiting.pop(), ()):
                new = set(self.signs[number]) - found
                found |= new
                waiting += new
        return found


def _protect(table: _Table[C], cell: C) -> None:
    """Hide so much that a small cell has a second reading."""
    reading = _second_reading(table, cell)
    if reading is None:
        # Twice as many of everything is a second reading of whatever is linked only with itself.
        linked = table.linked(cell)
        reading = {one: table.counts[one] for one in linked}
    table.hidden |= set(reading)
    for one in reading:
        if is_small(table.counts[one]):
            table.proof.setdefault(one, reading)


def _second_reading(table: _Table[C], cell: C, *, only_hidden: bool = False) -> dict[C, int] | None:
    """Return what may be added to cells so that all sums hold and this one is another; the cheapest found.

    One is added to or taken from each cell of it. The search goes from one sum that does not hold to the
    next, the cheaper way first and among those the longer one, and gives up after `PATIENCE` steps.
    """
    order = count()
    ways: list[tuple[int, int, int, dict[C, int], dict[int, int]]] = []
    for step in (1, -1):
        if table.counts[cell] + step > 0:
            way = {cell: step}
            heapq.heappush(ways, (table.cost(cell), -1, next(order), way, _off(table, {}, cell, step)))
    for _step in range(PATIENCE):
        if not ways:
            return None
        cost, _length, _number, way, off = heapq.heappop(ways)
        if not off:
            return way
        for other, step in _mending(table, way, off):
            more = table.cost(other)
            if not (more and only_hidden):
                longer = way | {other: step}
                rest = _off(table, off, other, step)
                heapq.heappush(ways, (cost + more, -len(longer), next(order), longer, rest))
    return None


def _mending(table: _Table[C], way: Mapping[C, int], off: Mapping[int, int]) -> list[tuple[C, int]]:
    """Return the steps that bring one sum that is off nearer to holding: that with the fewest such steps."""
    best: list[tuple[C, int]] | None = None
    for number, by in off.items():
        steps = [
            (cell, -sign if by > 0 else sign)
            for cell, sign in table.signs[number].items()
            if cell not in way and table.counts[cell] + (-sign if by > 0 else sign) > 0
        ]
        if best is None or len(steps) < len(best):
            best = steps
    return best or []


def _off(table: _Table[C], off: Mapping[int, int], cell: C, step: int) -> dict[int, int]:
    """Return by how much sums are off after a step."""
    after = dict(off)
    for number in table.sums_of.get(cell, ()):
        by = after.pop(number, 0) + step * table.signs[number][cell]
        if by:
            after[number] = by
    return after


def _bring_back(table: _Table[C], kept: frozenset[C]) -> None:
    """Show again what was hidden for others and is no longer needed, the dearest first."""
    extra = [cell for cell in table.hidden if cell not in kept and not is_small(table.counts[cell])]
    for cell in sorted(extra, key=lambda one: (-table.weight(one), -table.counts[one], repr(one))):
        leaning = [one for one, reading in table.proof.items() if cell in reading]
        table.hidden.discard(cell)
        found: dict[C, Mapping[C, int]] = {}
        for one in leaning:
            reading = None if one in found else _second_reading(table, one, only_hidden=True)
            if one not in found and reading is None:
                table.hidden.add(cell)
                break
            found |= {other: reading for other in reading or () if other in leaning and reading}
        else:
            table.proof |= found
