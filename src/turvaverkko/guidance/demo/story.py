"""The story of the example requests: who writes when about what, and how it goes. Pure, no database.

The same name, seed, present and places give the same story.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Final, TypeVar

from turvaverkko.guidance.demo import arrivals
from turvaverkko.guidance.demo.arrivals import Office
from turvaverkko.guidance.demo.content import Content, Language, Weights, Words
from turvaverkko.guidance.rules import Asker, Kind, Urgency, Way

NAME: Final = "pohjoinen"
SEED: Final = 1
# Unit: days. Source: the task of the demo ("400 requests over 18 months").
LASTS: Final = timedelta(days=548)
HUNDRED: Final = 100
SAYS_NO_PLACE: Final = 4
SAYS_NO_AGE: Final = 15
GIVES_NAME: Final = 35
CALLS_US: Final = 20  # of those who want a call and write while we are open
INTERPRETED: Final[Mapping[str, int]] = {"ar": 75, "ru": 60, "uk": 60, "en": 15}
T = TypeVar("T")


class Fate(StrEnum):
    """How a request stands at the end of the story."""

    CLOSED = "closed"
    LATE = "late"
    DUE = "due"  # the promise still runs
    WAITING = "waiting"
    AGREED = "agreed"
    CONTACT = "contact"
    WROTE = "wrote"  # the family has answered and waits for us


@dataclass(frozen=True, slots=True)
class Story:
    """One request, before it is lived.

    Attributes:
        seed: of the dice that are thrown while it is lived.
        end: code of its resolution, or "withdrawn"; empty when it stays open.
        received: when the family presses "send".
    """

    seed: str
    received: datetime
    fate: Fate
    end: str
    outcome: str
    words: Words
    text: str
    language: str
    municipality: str
    child_age: str
    asker: Asker
    urgency: Urgency
    way: Way
    name: str
    phone: str
    email: str
    interpreter: bool
    channel: str


def tell(
    content: Content,
    office: Office,
    places: Mapping[str, int],
    *,
    count: int,
    seed: int = SEED,
    name: str = NAME,
) -> list[Story]:
    """Return the stories of `count` requests, the earliest first.

    Args:
        content: texts and shares.
        office: the present, and on which days the offices are open.
        places: inhabitants by the slug of the municipality.
        count: how many.
        seed: another number, another story.
        name: of the story.
    """
    dice = Random(f"{name}:{seed}")  # noqa: S311 - a story, not a secret
    fates = _fates(dice, content.shares, count)
    made = []
    for number, (fate, nth) in enumerate(fates):
        own = f"{name}:{seed}:{number}"
        received = _received(Random(own), content.shares, office, fate, nth)  # noqa: S311
        made.append(_story(own, content, office, places, fate=fate, received=received, number=number))
    return sorted(made, key=lambda story: story.received)


def chosen(dice: Random, weights: Weights) -> str:
    """Throw the dice over weighted codes."""
    return str(dice.choices(list(weights), weights=list(weights.values()))[0])


def happens(dice: Random, per_cent: int) -> bool:
    """Tell whether something happens that happens so often."""
    return dice.randrange(HUNDRED) < per_cent


def _fates(dice: Random, shares: Mapping[str, Weights], count: int) -> list[tuple[Fate, int]]:
    """Who is open and how: exact shares, so that a small demo shows every kind too."""
    opened = round(count * int(str(shares["open_share"])) / HUNDRED)
    total = sum(shares["open"].values())
    fates: list[tuple[Fate, int]] = []
    for code, weight in shares["open"].items():
        kind, _, nth = code.partition("_")
        fates += [(Fate(kind), int(nth or 0))] * round(opened * weight / total)
    fates += [(Fate.CLOSED, 0)] * (count - len(fates))
    dice.shuffle(fates)
    return fates[:count]


def _received(
    dice: Random, shares: Mapping[str, Sequence[int] | Weights], office: Office, fate: Fate, nth: int
) -> datetime:
    if fate is Fate.DUE:
        return arrivals.due_on(dice, shares, office, office.closings()[nth - 1])
    if fate is Fate.LATE:
        return arrivals.due_on(dice, shares, office, dice.choice(office.past_closings()))
    days = {Fate.CLOSED: (6, LASTS.days), Fate.WROTE: (6, 14)}.get(fate, (5, 25))
    return arrivals.between(dice, shares, office, *days)


def _story(
    seed: str,
    content: Content,
    office: Office,
    places: Mapping[str, int],
    *,
    fate: Fate,
    received: datetime,
    number: int,
) -> Story:
    dice = Random(f"{seed}:who")  # noqa: S311
    shares = content.shares
    code = chosen(dice, shares["languages"])
    language: Language = content.languages[code]
    words = dice.choice(language.words)
    asker = dice.choice(words.askers)
    way = _way(dice, shares, words, asker)
    end = _end(dice, shares, words, way) if fate is Fate.CLOSED else ""
    gives_name = way is not Way.CODE and happens(dice, GIVES_NAME)
    return Story(
        seed=seed,
        received=received,
        fate=fate,
        end=end,
        outcome=chosen(dice, shares["outcomes"][end]) if end in shares["outcomes"] else "",
        words=words,
        text=" ".join(filter(None, (words.text, dice.choice(language.endings)))),
        language=code,
        municipality="" if happens(dice, SAYS_NO_PLACE) else chosen(dice, places),
        child_age="" if happens(dice, SAYS_NO_AGE) else dice.choice(words.ages),
        asker=asker,
        urgency=words.urgency or Urgency(chosen(dice, shares["urgencies"])),
        way=way,
        name=f"{dice.choice(shares['names'])} Esimerkki" if gives_name else "",
        phone=f"000 {dice.randrange(100, 1000)} {dice.randrange(1000, 10_000)}",
        email=f"perhe{number + 1}@example.invalid",
        interpreter=happens(dice, INTERPRETED.get(code, 0)),
        channel="phone"
        if way is Way.CALL and office.is_at_work(received) and happens(dice, CALLS_US)
        else "web",
    )


def _way(dice: Random, shares: Mapping[str, Weights], words: Words, asker: Asker) -> Way:
    """Whom it may be dangerous to call often leaves nothing but the code."""
    if (words.danger or asker is Asker.YOUTH) and happens(dice, 60):
        return Way.CODE
    return Way(chosen(dice, shares["ways"]))


def _end(dice: Random, shares: Mapping[str, Weights], words: Words, way: Way) -> str:
    if words.kind is not Kind.ADVICE:
        return str(shares["legal_ends"][words.kind.value])
    end = chosen(dice, shares["ends"])
    return "advised" if end == "unreachable" and way is Way.CODE else end
