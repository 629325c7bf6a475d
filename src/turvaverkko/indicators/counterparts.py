"""What was reported beside what its source says: the same, another number, or why there is nothing. Pure."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from turvaverkko.indicators.rules import PeriodKind


class Found(StrEnum):
    """What stands beside a reported figure."""

    SAME = "same"
    DIFFERS = "differs"
    TARGET = "target"  # what is aimed at: no source tells that
    NO_TIME = "no-time"
    NO_LINK = "no-link"
    NO_AREA = "no-area"  # the source has no such area
    UNVERIFIED = "unverified"  # nobody has checked that the source's indicator is the one
    NOT_IN_SOURCE = "not-in-source"


@dataclass(frozen=True, slots=True)
class Reported:
    """What decides about a reported figure.

    Attributes:
        decimals: with how many the indicator is told; further ones make no difference.
        other: what the source says of the same area, time and group; None for nothing.
        is_linked: whether the indicator has a source that can be asked.
        is_verified: whether somebody has checked that link.
        is_area_known: whether the source knows the area.
    """

    value: Decimal | None
    other: Decimal | None
    period_kind: PeriodKind
    has_time: bool
    decimals: int
    is_linked: bool
    is_verified: bool
    is_area_known: bool


def agree(one: Decimal, other: Decimal, decimals: int) -> bool:
    """Tell whether two figures are the same as they are printed.

    Examples:
        >>> agree(Decimal("683.9"), Decimal("683.87"), 1), agree(Decimal("683.9"), Decimal("683.1"), 1)
        (True, False)
    """
    unit = Decimal(1).scaleb(-decimals)
    return one.quantize(unit, ROUND_HALF_UP) == other.quantize(unit, ROUND_HALF_UP)


def found(of: Reported) -> Found:
    """Tell what stands beside a reported figure; where several things hinder, the one to mend first."""
    if of.value is not None and of.other is not None:
        return Found.SAME if agree(of.value, of.other, of.decimals) else Found.DIFFERS
    reasons = (
        (of.period_kind is PeriodKind.TARGET, Found.TARGET),
        (not of.has_time, Found.NO_TIME),
        (not of.is_linked, Found.NO_LINK),
        (not of.is_area_known, Found.NO_AREA),
        (not of.is_verified, Found.UNVERIFIED),
    )
    return next((reason for holds, reason in reasons if holds), Found.NOT_IN_SOURCE)
