"""The thesaurus: what families say, what services call it. Pure: files in, lookups out.

A concept has official terms (what the catalogue writes) and lay words (what people type), in six
languages. A query is laid against all phrases of all concepts; a phrase counts by the share of its
meaning that the query says, so that "poika polttaa pilveä" still finds "nuori polttaa kannabista".
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import yaml

from turvaverkko.directory.search import stems
from turvaverkko.directory.search.analysis import Analyzer
from turvaverkko.directory.search.stop_words import DECIDING, GENERIC, NEGATIONS, STOP_WORDS
from turvaverkko.directory.search.text import pieces, words

LANGUAGES: Final = ("fi", "sv", "en", "ru", "uk", "ar")
NEGATION: Final = "!no"
_LAY: Final = {"fi": "lay", **{language: f"lay_{language}" for language in LANGUAGES[1:]}}
_LISTS: Final = (*LANGUAGES, *_LAY.values(), "related", "situations")
_KNOWN: Final = frozenset({*_LISTS, "code", "urgent"})


class ThesaurusError(ValueError):
    """The files do not hold: one line per fault, with file and entry number."""

    def __init__(self, faults: Sequence[str]) -> None:
        """Keep the faults for the reader of the message."""
        super().__init__("\n".join(faults))
        self.faults = list(faults)


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that a family may need, in everybody's words.

    `terms` are official terms by language: what entries say. `lay` is what people say: it leads to
    the concept, but is hardly looked for in entries.
    """

    code: str
    terms: Mapping[str, Sequence[str]]
    lay: Mapping[str, Sequence[str]] = field(default_factory=dict)
    related: Sequence[str] = ()
    situations: Sequence[str] = ()
    urgent: bool = False

    def label(self, language: str) -> str:
        """The concept's first term in `language`, or in Finnish."""
        own = self.terms.get(language) or self.terms.get("fi") or (self.code,)
        return own[0]


def read(folder: Path) -> list[Concept]:
    """Read every YAML file of `folder` in the order of their names.

    Raises:
        ThesaurusError: with every fault found, each with file and entry number.
    """
    faults: list[str] = []
    concepts: dict[str, Concept] = {}
    for path in sorted(folder.glob("*.yaml")):
        for number, raw in enumerate(_entries(path, faults), start=1):
            where = f"{path.name}, entry {number}"
            found = _faults(raw)
            faults.extend(f"{where}: {fault}" for fault in found)
            if found or not isinstance(raw, dict):
                continue
            if raw["code"] in concepts:
                faults.append(f"{where}: the code {raw['code']!r} is already taken")
            concepts.setdefault(raw["code"], _concept(raw))
    faults.extend(_broken_relations(concepts))
    if faults:
        raise ThesaurusError(faults)
    return list(concepts.values())


def _entries(path: Path, faults: list[str]) -> list[object]:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        faults.append(f"{path.name}: not readable as YAML ({error})".replace("\n", " "))
        return []
    if not isinstance(raw, list):
        faults.append(f"{path.name}: expected a list of concepts")
        return []
    return raw


def _faults(raw: object) -> list[str]:
    if not isinstance(raw, dict):
        return ["expected a concept with fields"]
    faults = [f"unknown field {name!r}" for name in raw if name not in _KNOWN]
    code = raw.get("code")
    if not isinstance(code, str) or not code:
        faults.append("the code is missing")
    for name in _LISTS:
        value = raw.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            faults.append(f"{name!r} must be a list of texts")
    if not raw.get("fi"):
        faults.append("at least one Finnish term is needed")
    if not isinstance(raw.get("urgent", False), bool):
        faults.append("'urgent' is true or false")
    return faults


def _concept(raw: Mapping[str, list[str]]) -> Concept:
    return Concept(
        code=str(raw["code"]),
        terms={language: tuple(raw[language]) for language in LANGUAGES if raw.get(language)},
        lay={language: tuple(raw[name]) for language, name in _LAY.items() if raw.get(name)},
        related=tuple(raw.get("related", ())),
        situations=tuple(raw.get("situations", ())),
        urgent=bool(raw.get("urgent", False)),
    )


def _broken_relations(concepts: Mapping[str, Concept]) -> Iterator[str]:
    for concept in concepts.values():
        for code in concept.related:
            if code not in concepts:
                yield f"concept {concept.code!r}: related to {code!r}, which does not exist"


# The same words in the other languages, as their keys.
GENERIC_STEMS: Final = frozenset(
    f"{language}:{stems.stem(word, language)}" for word in GENERIC for language in stems.languages_of(word)
)

# A token of a phrase or a query: every key it may be known by, with how surely.
Keys = Mapping[str, float]


def keys_of(word: str, language: str, analyzer: Analyzer) -> dict[str, float]:
    """The keys of one word: Finnish lemmas, or the stem in another language."""
    if word in NEGATIONS:
        return {NEGATION: 1.0}
    if language == "fi":
        return dict.fromkeys(analyzer.analyse(word).lemmas, 1.0)
    return {f"{language}:{stems.stem(word, language)}": 1.0}


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of a concept, cut into tokens."""

    concept: str
    text: str
    tokens: tuple[Keys, ...]
    # Words that rank nothing, but that must be said before the phrase is said in full.
    deciding: tuple[Keys, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A concept found in a query: how strongly, by which words, through which phrase."""

    concept: str
    strength: float
    words: frozenset[int]
    phrase: str
    # How much of the phrase the query says, whatever else the query says.
    share: float
    # The same for the best phrase of which every word is said, family words and "want" too; 0 for none.
    in_full: float = 0.0


# A token that stands in one phrase of five hundred says more than one that stands in fifty.
PART_OF_COMPOUND = 0.7
_SHORTEST_SHARE = 0.55
# What a query must say of a phrase when it has only words in common that everybody says.
_WHOLE_SHARE = 0.95
_GENERIC_WEIGHT = 1.0
# A phrase that explains nothing else of the query keeps this share of its strength.
_UNEXPLAINED = 0.4
# Concepts weaker than this share of the strongest one are noise.
_WEAKEST = 0.5


@dataclass
class Thesaurus:
    """The concepts, cut and counted for one analyser."""

    concepts: Mapping[str, Concept]
    # The keys of words that everybody says.
    generic: frozenset[str] = frozenset()
    phrases: list[Phrase] = field(default_factory=list)
    vocabulary: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _of_concept: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _by_key: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    _weight: dict[str, float] = field(default_factory=dict)

    @classmethod
    def compiled(cls, concepts: Iterable[Concept], analyzer: Analyzer) -> "Thesaurus":
        """Cut every term and lay phrase once."""
        made = cls({concept.code: concept for concept in concepts}, generic_keys(analyzer))
        for concept in made.concepts.values():
            for language, texts in concept.terms.items():
                made._add(concept.code, language, texts, analyzer)
            for language, texts in concept.lay.items():
                made._add(concept.code, language, texts, analyzer)
        made._count()
        return made

    def _add(self, code: str, language: str, texts: Iterable[str], analyzer: Analyzer) -> None:
        for text in texts:
            found = self._content(words(text), language, analyzer)
            tokens = tuple(keys_of(word, language, analyzer) for word in found)
            for word in found:
                self.vocabulary.setdefault(word, tuple(keys_of(word, language, analyzer)))
            if tokens:
                self._of_concept[code].append(len(self.phrases))
                self.phrases.append(Phrase(code, text, tokens, _deciding(text, found, language, analyzer)))

    def _is_generic(self, word: str, language: str, analyzer: Analyzer) -> bool:
        if word in NEGATIONS or word in STOP_WORDS[language]:
            return True
        return not self.generic.isdisjoint(keys_of(word, language, analyzer))

    def _content(self, found: list[str], language: str, analyzer: Analyzer) -> list[str]:
        """Without stop words, unless only words that everybody says were left."""
        kept = content(found, language)
        if all(self._is_generic(word, language, analyzer) for word in kept):
            return found
        return kept

    def _count(self) -> None:
        for number, phrase in enumerate(self.phrases):
            for place, token in enumerate(phrase.tokens):
                for key in token:
                    self._by_key[key].append((number, place))
        total = len(self.phrases)
        for key, places in self._by_key.items():
            concepts = {self.phrases[number].concept for number, _ in places}
            self._weight[key] = math.log(1 + total / (4 * len(concepts)))
        for key in (NEGATION, *self.generic):
            if key in self._weight:
                self._weight[key] = min(self._weight[key], _GENERIC_WEIGHT)
        # Asked for every phrase that a word of a query touches: thousands a query.
        self._weights = [tuple(map(self.token_weight, phrase.tokens)) for phrase in self.phrases]

    def phrases_of(self, code: str) -> Iterator[Phrase]:
        """The phrases of one concept."""
        return (self.phrases[number] for number in self._of_concept[code])

    def knows(self, key: str) -> bool:
        """Whether any phrase has this key."""
        return key in self._by_key

    def token_weight(self, token: Keys) -> float:
        """How much meaning a token carries."""
        weight = max((self._weight.get(key, 0.0) for key in token), default=0.0)
        is_generic = any(sure >= 1 and key in self.generic for key, sure in token.items())
        return min(weight, _GENERIC_WEIGHT) if is_generic else weight

    def match(self, query: Sequence[Keys]) -> list[Match]:
        """The concepts that the query's words speak of, strongest first."""
        touched: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
        for word_number, token in enumerate(query):
            for key, sureness in token.items():
                for phrase_number, place in self._by_key.get(key, ()):
                    seen = touched[phrase_number].get(place)
                    if seen is None or seen[0] < sureness:
                        touched[phrase_number][place] = (sureness, word_number)
        spoken = frozenset(key for token in query for key in token)
        best: dict[str, Match] = {}
        for phrase_number, places in touched.items():
            found = self._judge(phrase_number, places, spoken)
            if found:
                best[found.concept] = _better(best.get(found.concept), found)
        return self._weighed(best.values(), query)

    def _weighed(self, found: Iterable[Match], query: Sequence[Keys]) -> list[Match]:
        """A phrase that explains more of the query counts more.

        Much weaker ones are dropped, except urgent ones: those are at least suggested.
        """
        heard = [self.token_weight(token) for token in query]
        whole = sum(heard) or 1.0
        weighed = [
            (
                one.strength
                * (_UNEXPLAINED + (1 - _UNEXPLAINED) * sum(heard[word] for word in one.words) / whole),
                one,
            )
            for one in found
        ]
        best = max((strength for strength, _ in weighed), default=1.0)
        kept = [
            replace(one, strength=one.strength * (strength / best) ** 2)
            for strength, one in weighed
            if strength >= _WEAKEST * best or self.concepts[one.concept].urgent
        ]
        return sorted(kept, key=lambda one: (-one.strength, one.concept))

    def _judge(
        self, number: int, places: Mapping[int, tuple[float, int]], spoken: Collection[str]
    ) -> Match | None:
        phrase, weights = self.phrases[number], self._weights[number]
        whole = sum(weights)
        said = sum(weights[place] * sure for place, (sure, _) in places.items())
        share = said / whole if whole else 0.0
        meant = any(weights[place] > _GENERIC_WEIGHT for place in places)
        if share < (_SHORTEST_SHARE if meant else _WHOLE_SHARE):
            return None
        used = frozenset(word for _, word in places.values())
        said_in_full = len(places) == len(phrase.tokens) and all(
            any(key in spoken for key in token) for token in phrase.deciding
        )
        return Match(phrase.concept, share, used, phrase.text, share, share if said_in_full else 0.0)


def _better(known: Match | None, found: Match) -> Match:
    """The stronger of a concept's two matches, remembering what either says in full."""
    if known is None:
        return found
    stronger = found if found.strength > known.strength else known
    return replace(stronger, in_full=max(known.in_full, found.in_full))


def _deciding(text: str, kept: Collection[str], language: str, analyzer: Analyzer) -> tuple[Keys, ...]:
    left_out = (word for word in words(text) if word in DECIDING[language] and word not in kept)
    return tuple(keys_of(word, language, analyzer) for word in left_out)


def generic_keys(analyzer: Analyzer) -> frozenset[str]:
    """The keys, in every language, of the words that everybody says."""
    finnish = {lemma for word in GENERIC for lemma in analyzer.analyse(word).lemmas}
    return frozenset(finnish | GENERIC_STEMS)


def content(found: Sequence[str], language: str) -> list[str]:
    """The words that carry meaning; a phrase of stop words only stays whole."""
    stop = STOP_WORDS[language]
    kept = [word for word in found if word not in stop or word in NEGATIONS]
    if all(word in NEGATIONS for word in kept):
        return list(found)
    return kept


def part_keys(word: str, analyzer: Analyzer, generic: Collection[str] = ()) -> dict[str, float]:
    """The keys of a compound's parts that carry meaning, less sure than the word itself."""
    parts = (part for part in analyzer.analyse(word).parts if part not in generic)
    found = dict.fromkeys(parts, PART_OF_COMPOUND)
    for piece in pieces(word):
        if piece != word:
            found.update(dict.fromkeys(analyzer.analyse(piece).lemmas, PART_OF_COMPOUND))
    return found
