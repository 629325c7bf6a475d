"""What a verification tells: findings are tampering or loss, remarks are lawful and shown all the same."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

# Unit: findings kept with their place; the others are only counted, so that memory stays bounded.
MOST_SHOWN: Final = 1000


class Fault(StrEnum):
    """What was found. The texts are in the command that prints them."""

    ROW_CHANGED = "row-changed"
    ROW_MISSING = "row-missing"
    ROW_ADDED = "row-added"
    ROW_MOVED = "row-moved"
    ROWS_DIFFER = "rows-differ"
    SEAL_CHANGED = "seal-changed"
    SEAL_MISSING = "seal-missing"
    CHAIN_BROKEN = "chain-broken"
    TAIL_CUT = "tail-cut"
    ANCHOR_DIFFERS = "anchor-differs"
    ANCHOR_LACKS = "anchor-lacks"
    ERASED_TOO_EARLY = "erased-too-early"


class Remark(StrEnum):
    """What is no fault but belongs to the truth."""

    UNSEALED = "unsealed"
    UNSEALED_SINCE = "unsealed-since"
    NOT_YET_ANCHORED = "not-yet-anchored"
    TORN_LINES = "torn-lines"
    RESUMED = "resumed"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault and where it is.

    Attributes:
        fault: what.
        seals: first and last number of the seals concerned; None when it is before or after all.
        row: id of the row, when it can be known.
    """

    fault: Fault
    seals: tuple[int, int] | None = None
    row: int | None = None


@dataclass(slots=True)
class Report:
    """The outcome of a verification."""

    seals: int = 0
    rows: int = 0
    faults: int = 0
    findings: list[Finding] = field(default_factory=list)
    remarks: list[tuple[Remark, str]] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether nothing was tampered with or lost."""
        return self.faults == 0

    def found(
        self, fault: Fault, first: int | None = None, last: int | None = None, *, row: int | None = None
    ) -> None:
        """Add a finding."""
        self.faults += 1
        if len(self.findings) < MOST_SHOWN:
            seals = None if first is None else (first, first if last is None else last)
            self.findings.append(Finding(fault, seals, row))

    def remark(self, remark: Remark, about: object) -> None:
        """Add a remark."""
        self.remarks.append((remark, str(about)))
