"""What the example requests are made of: texts by language and shares, read from the data files beside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from turvaverkko.guidance.rules import Asker, Kind, Urgency

HERE: Final = Path(__file__).parent
Weights = Mapping[Any, int]


@dataclass(frozen=True, slots=True)
class Words:
    """What a family writes.

    Attributes:
        text: the words themselves.
        topic: code of a life situation.
        ages: codes of the ages that the words fit.
        askers: who may have written them.
        danger: codes of danger that the words tell of.
        kind: what it is in law, as a guide finds out.
        urgency: how urgent the writer says it is; None when it varies.
    """

    text: str
    topic: str
    ages: tuple[str, ...]
    askers: tuple[Asker, ...] = (Asker.PARENT,)
    danger: tuple[str, ...] = ()
    kind: Kind = Kind.ADVICE
    urgency: Urgency | None = None


@dataclass(frozen=True, slots=True)
class Language:
    """Everything that is written in one language: by families, and to them."""

    words: Sequence[Words]
    endings: Sequence[str]
    answers: Sequence[str]
    follow_ups: Sequence[str]
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Content:
    """All data files together."""

    languages: Mapping[str, Language]
    shares: Mapping[str, Any]


@cache
def content() -> Content:
    """Read the data files."""
    shares = _read(HERE / "shares.yaml")
    languages = {code: _language(_read(HERE / "texts" / f"{code}.yaml")) for code in shares["languages"]}
    return Content(languages, shares)


def _read(path: Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def _language(raw: Mapping[str, Any]) -> Language:
    return Language(
        words=[_words(entry) for entry in raw["words"]],
        endings=raw["endings"],
        answers=raw["answers"],
        follow_ups=raw["follow_ups"],
        notes=raw["notes"],
    )


def _words(raw: Mapping[str, Any]) -> Words:
    return Words(
        text=raw["text"],
        topic=raw["topic"],
        ages=tuple(raw["ages"]),
        askers=tuple(map(Asker, raw.get("askers", ["parent"]))),
        danger=tuple(raw.get("danger", ())),
        kind=Kind(raw.get("kind", Kind.ADVICE)),
        urgency=Urgency(raw["urgency"]) if "urgency" in raw else None,
    )
