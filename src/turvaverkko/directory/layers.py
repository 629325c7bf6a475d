"""Which text stands: national → county → area → municipality. Pure.

Texts of one kind are laid on one another from the widest layer to the narrowest. Each layer says its
text in one of three modes:

* **replace**: what the wider layers say does not hold here; this does.
* **add**: what they say holds, and this besides.
* **hide**: what they say is not shown; with a value, only that line of it is not.

The reader's language is looked for layer by layer, Finnish stands in for it. A layer that replaces says
what is true: its Finnish text goes before a wider layer's text in the reader's own language.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final, Literal

Outcome = Literal["shown", "partly", "replaced", "hidden", "other-language", "hides"]

SOURCE_LANGUAGE: Final = "fi"
LEVELS: Final = {"national": 0, "county": 1, "area": 2, "municipality": 3}
REPLACE: Final = "replace"
ADD: Final = "add"
HIDE: Final = "hide"
# Kinds whose value is a JSON list: of sentences, of words, or of {"title", "text"}.
LIST_KINDS: Final = frozenset({"steps", "good-to-know", "first-visit", "accessibility", "keywords"})


@dataclass(frozen=True, slots=True)
class LayerText:
    """One stored text and the layer that says it.

    Attributes:
        rank: inside a layer, 0 for the text of the national base and 1 for the service's own: what a
            service says about itself goes over what its layer says about the base.
        layer_name: the name of the county, area or municipality, for people.
    """

    kind: str
    language: str
    value: str
    mode: str = REPLACE
    layer: str = "national"
    rank: int = 0
    layer_name: str = ""
    source: str = ""
    translation_state: str = "original"

    @property
    def lines(self) -> tuple[str, ...]:
        """The parts that can be hidden one by one: list items or paragraphs."""
        return lines_of(self.kind, self.value)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one text: whether it is shown, and if not, why.

    Attributes:
        lines: what is shown of it.
        by: the text that replaced or hid it.
    """

    text: LayerText
    outcome: Outcome
    lines: tuple[str, ...] = ()
    by: LayerText | None = None


@dataclass(slots=True)
class _Fold:
    """The state of laying texts on one another."""

    language: str
    done: list[Verdict] = field(default_factory=list)
    standing: list[Verdict] = field(default_factory=list)

    def lay(self, texts: Sequence[LayerText]) -> None:
        hides = [text for text in texts if text.mode == HIDE]
        if hides:
            self._hide(hides)
        said = [text for text in texts if text.mode != HIDE]
        chosen = _in_language(said, self.language)
        self.done += [Verdict(text, "other-language") for text in said if text is not chosen]
        if chosen is None:
            return
        if chosen.mode != ADD:
            self._end("replaced", chosen)
        self.standing.append(Verdict(chosen, "shown", chosen.lines))

    def _hide(self, hides: Sequence[LayerText]) -> None:
        self.done += [Verdict(text, "hides") for text in hides]
        whole = next((text for text in hides if not text.value), None)
        if whole:
            self._end("hidden", whole)
            return
        for hide in hides:
            self.standing = [self._without(verdict, hide) for verdict in self.standing]
        self.done += [verdict for verdict in self.standing if not verdict.lines]
        self.standing = [verdict for verdict in self.standing if verdict.lines]

    @staticmethod
    def _without(verdict: Verdict, hide: LayerText) -> Verdict:
        if verdict.text.language != hide.language:
            return verdict
        hidden = {plain(line) for line in hide.lines}
        left = tuple(line for line in verdict.lines if plain(line) not in hidden)
        if left == verdict.lines:
            return verdict
        return replace(verdict, outcome="partly" if left else "hidden", lines=left, by=hide)

    def _end(self, outcome: Outcome, by: LayerText) -> None:
        self.done += [replace(verdict, outcome=outcome, lines=(), by=by) for verdict in self.standing]
        self.standing = []


def explain(texts: Iterable[LayerText], language: str) -> list[Verdict]:
    """Say of every text of one kind whether it is shown in `language`, in the order of the layers."""
    ordered = sorted(texts, key=_place)
    fold = _Fold(language)
    for _place_of_all, together in groupby(ordered, key=_place):
        fold.lay(list(together))
    order = {id(text): n for n, text in enumerate(ordered)}
    return sorted([*fold.done, *fold.standing], key=lambda verdict: order[id(verdict.text)])


def standing(texts: Iterable[LayerText], language: str) -> list[Verdict]:
    """Return only what is shown, in the order of the layers."""
    texts = list(texts)
    if _is_simple(texts):
        chosen = _in_language(texts, language)
        return [Verdict(chosen, "shown", lines)] if chosen and (lines := chosen.lines) else []
    return [verdict for verdict in explain(texts, language) if verdict.lines]


def _is_simple(texts: Sequence[LayerText]) -> bool:
    """Tell whether one layer says everything, and hides nothing: then only the language has to be chosen."""
    return all(text.mode != HIDE and _place(text) == _place(texts[0]) for text in texts)


def lines_of(kind: str, value: str) -> tuple[str, ...]:
    """Return a stored value as its lines: the items of a list kind, the paragraphs of the others."""
    if kind not in LIST_KINDS:
        return tuple(paragraph.strip() for paragraph in value.split("\n\n") if paragraph.strip())
    return tuple(_items(value))


def plain(line: str) -> str:
    """Return what makes a line the same line: its words (of a step its title)."""
    if line.startswith("{"):
        line = str(json.loads(line)["title"])
    return " ".join(line.split()).casefold()


def _items(value: str) -> Iterator[str]:
    if not value.startswith("["):
        # A hidden line of a list kind is written as plain text.
        yield from (part for part in (value.strip(),) if part)
        return
    for item in json.loads(value):
        yield item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)


def _place(text: LayerText) -> tuple[int, int]:
    return LEVELS[text.layer], text.rank


def _in_language(texts: Sequence[LayerText], language: str) -> LayerText | None:
    by_language = {text.language: text for text in texts}
    return by_language.get(language) or by_language.get(SOURCE_LANGUAGE)
