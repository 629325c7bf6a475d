"""Rules of reports. Pure: what may be chosen for whom, and what stands in for a choice that cannot be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# Unit: choices of one kind. No county has as many goals or areas; a longer list is no choice but a mistake.
MOST_CHOSEN: Final = 40
# Unit: figures. A PDF of more would keep a worker for longer than a reader waits.
MOST_ON_PAPER: Final = 1500
# Unit: seconds that a PDF waits for another one that is being made. Source: design QUALITY ("≤ 5 s").
PATIENCE: Final = 5


class Audience(StrEnum):
    """For whom a report is; the value stands in its address."""

    TEAM = "tyoryhma"  # everything, with the names of those who wrote and judged
    BOARD = "paattajat"  # short: where the goals stand, and the figures
    PUBLIC = "julkinen"  # what may be published: frozen rounds, nobody's name


class Fault(StrEnum):
    """What was wrong with a choice. The report is made without it, and says so."""

    GOAL = "goal"
    AREA = "area"
    ROUND = "round"
    EARLIER = "earlier"  # it is no round, or not an earlier one
    AUDIENCE = "audience"
    NOT_FROZEN = "not-frozen"  # an open round is a draft, and drafts are not published
    TOO_MANY = "too-many"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for, as it stands there."""

    goals: Sequence[str] = ()
    areas: Sequence[str] = ()
    round: str = ""
    earlier: str = ""
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be chosen.

    Attributes:
        rounds: whether it is frozen, by code; oldest first.
    """

    goals: frozenset[str]
    areas: frozenset[str]
    rounds: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a report is made of.

    Attributes:
        goals: empty for all.
        areas: empty for all.
        round: empty when there is none to report.
        earlier: the round to compare with; empty for none.
    """

    goals: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    round: str = ""
    earlier: str = ""
    audience: Audience = Audience.TEAM
    faults: tuple[Fault, ...] = ()

    @property
    def is_short(self) -> bool:
        """Whether details stay out."""
        return self.audience is Audience.BOARD

    @property
    def is_public(self) -> bool:
        """Whether nothing may stand in it that is a draft or names a person."""
        return self.audience is Audience.PUBLIC


def choose(asked: Asked, offer: Offer) -> Choice:
    """Return what can be reported of what was asked; what cannot is left out and told in `faults`.

    Examples:
        >>> offer = Offer(frozenset({"a"}), frozenset(), {"2021-05": True, "2022-09": False})
        >>> choose(Asked(), offer).round, choose(Asked(audience="julkinen"), offer).round
        ('2022-09', '2021-05')
        >>> choose(Asked(goals=["a", "x"], round="1999-01"), offer).faults
        (<Fault.GOAL: 'goal'>, <Fault.ROUND: 'round'>)
    """
    faults: list[Fault] = []
    goals = _known(asked.goals, offer.goals, Fault.GOAL, faults)
    areas = _known(asked.areas, offer.areas, Fault.AREA, faults)
    audience = _audience(asked.audience, faults)
    code = _round(asked.round, offer.rounds, audience, faults)
    earlier = _earlier(asked.earlier, code, offer.rounds, audience, faults)
    return Choice(goals, areas, code, earlier, audience, tuple(dict.fromkeys(faults)))


def _known(
    asked: Sequence[str], offered: frozenset[str], fault: Fault, faults: list[Fault]
) -> frozenset[str]:
    if len(asked) > MOST_CHOSEN:
        faults.append(Fault.TOO_MANY)
    wanted = frozenset(one for one in asked[:MOST_CHOSEN] if one)
    if wanted - offered:
        faults.append(fault)
    return wanted & offered


def _audience(asked: str, faults: list[Fault]) -> Audience:
    if asked and asked not in set(Audience):
        faults.append(Fault.AUDIENCE)
        return Audience.TEAM
    return Audience(asked) if asked else Audience.TEAM


def _round(asked: str, rounds: Mapping[str, bool], audience: Audience, faults: list[Fault]) -> str:
    allowed = _allowed(rounds, audience)
    if asked in allowed:
        return asked
    if asked:
        faults.append(Fault.NOT_FROZEN if asked in rounds else Fault.ROUND)
    return allowed[-1] if allowed else ""


def _earlier(
    asked: str, code: str, rounds: Mapping[str, bool], audience: Audience, faults: list[Fault]
) -> str:
    if not asked:
        return ""
    allowed = _allowed(rounds, audience)
    # Codes are years and months: their order is that of time.
    if asked in allowed and asked < code:
        return asked
    faults.append(Fault.NOT_FROZEN if asked in rounds and asked not in allowed else Fault.EARLIER)
    return ""


def _allowed(rounds: Mapping[str, bool], audience: Audience) -> list[str]:
    return [code for code, is_frozen in rounds.items() if is_frozen or audience is not Audience.PUBLIC]
