"""What the components of staff pages eat."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

DueLight = Literal["late", "running", "later", "quiet"]


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of a queue: deadline, owner, the family's own words, what else decides.

    Attributes:
        due: the deadline in words; safe text.
        light: "late" (triangle), "running" (hourglass), "later" (clock) or "quiet" (nothing runs).
        owner: who has it; empty when nobody has.
        lang: the language of the family's words, if it is known.
        meta: place, age, channel.
    """

    key: str
    url: str
    due: str
    light: DueLight
    words: str
    owner: str = ""
    is_mine: bool = False
    lang: str = ""
    meta: Sequence[str] = ()
    current: bool = False


@dataclass(frozen=True, slots=True)
class QueueGroup:
    """Lines of one promise, with how many there are in all.

    Attributes:
        part: what of them is here when some are on other pages ("12 / 31, jatkuu …"); empty when all are.
    """

    title: str
    total: int
    rows: Sequence[QueueRow]
    late: bool = False
    part: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the bar of what is due when. Unit of `start` and `width`: thousandths of the bar."""

    kind: str
    label: str
    number: int
    start: int
    width: int


def segments(parts: Sequence[tuple[str, str, int]]) -> list[Segment]:
    """Lay (kind, label, number) side by side; what has none has no segment.

    Examples:
        >>> bar = segments([("late", "x", 1), ("today", "y", 0), ("later", "z", 3)])
        >>> [(one.kind, one.start, one.width) for one in bar]
        [('late', 0, 250), ('later', 250, 750)]
    """
    total = sum(number for _kind, _label, number in parts)
    laid: list[Segment] = []
    before = 0
    for kind, label, number in parts:
        if number:
            start, end = before * 1000 // total, (before + number) * 1000 // total
            laid.append(Segment(kind, label, number, start, end - start))
        before += number
    return laid
