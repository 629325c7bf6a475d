"""Scores of entries for a query that was understood. Pure arrays in, arrays out."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from turvaverkko.directory.search import indexing, weights
from turvaverkko.directory.search.index import EMPTY, Index, Postings, Vocabulary
from turvaverkko.directory.search.indexing import LEMMA, PART
from turvaverkko.directory.search.query import Group, Query, Variant
from turvaverkko.directory.search.thesaurus import Concept, Thesaurus

Scores = npt.NDArray[np.float32]


def rarity(vocabulary: Vocabulary, term: str) -> float:
    """Inverse document frequency of a term."""
    frequency = vocabulary.frequency.get(term, 0)
    return math.log(1 + (vocabulary.entries - frequency + 0.5) / (frequency + 0.5))


@dataclass(frozen=True, slots=True)
class Ranked:
    """Entry numbers by falling score.

    `confidence` tells which share of the query's meaning was found; `fetched` are the posting
    lists that were read, kept to explain single results.
    """

    numbers: npt.NDArray[np.int64]
    scores: Scores
    confidence: float
    fetched: Mapping[str, Postings]

    def sure(self) -> npt.NDArray[np.bool_]:
        """Which results are shown without "perhaps"."""
        if self.confidence < weights.CONFIDENT or not len(self.scores):
            return np.zeros(len(self.scores), bool)
        sure: npt.NDArray[np.bool_] = self.scores >= self.scores[0] * weights.NEAR_THE_BEST
        return sure


class ConceptPostings:
    """Which entries speak of a concept: computed from the index, kept while both stay the same."""

    def __init__(self, thesaurus: Thesaurus, vocabulary: Vocabulary) -> None:
        """Start empty; every concept is computed at its first use."""
        self._thesaurus = thesaurus
        self._vocabulary = vocabulary
        self._own: dict[str, Postings] = {}
        self._whole: dict[str, Postings] = {}
        self._plans: dict[str, list[Plan]] = {}

    def terms(self, codes: Iterable[str]) -> set[str]:
        """The index terms still needed for these concepts and their neighbours."""
        needed: set[str] = set()
        for code in self._with_neighbours(codes):
            if code not in self._own:
                needed.update(term for plan in self._plan(code) for term in plan.terms())
        return needed

    def get(self, code: str, fetched: Mapping[str, Postings]) -> Postings:
        """The concept's own entries and, more lightly, its neighbours'."""
        if code not in self._whole:
            self._whole[code] = self._joined(code, fetched)
        return self._whole[code]

    def _joined(self, code: str, fetched: Mapping[str, Postings]) -> Postings:
        best = np.zeros(self._vocabulary.size, np.float32)
        for other in self._with_neighbours([code]):
            share = 1.0 if other == code else weights.RELATED
            if other not in self._own:
                self._own[other] = self._compute(other, fetched)
            own = self._own[other]
            best[own.numbers] = np.maximum(best[own.numbers], own.weights * share)
        numbers = np.flatnonzero(best)
        return Postings(numbers.astype(np.uint32), best[numbers])

    def _with_neighbours(self, codes: Iterable[str]) -> list[str]:
        wanted: dict[str, None] = {}
        for code in codes:
            wanted[code] = None
            wanted.update(dict.fromkeys(self._thesaurus.concepts[code].related))
        return list(wanted)

    def _plan(self, code: str) -> list["Plan"]:
        if code not in self._plans:
            self._plans[code] = plans(self._thesaurus, self._thesaurus.concepts[code], self._vocabulary)
        return self._plans[code]

    def _compute(self, code: str, fetched: Mapping[str, Postings]) -> Postings:
        size = self._vocabulary.size
        best = np.zeros(size, np.float32)
        total = np.zeros(size, np.float32)
        for plan in self._plan(code):
            scored = plan.scores(fetched, size)
            np.maximum(best, scored, out=best)
            total += scored
        summed = best + weights.OTHER_VARIANTS * (total - best)
        numbers = np.flatnonzero(summed)
        return Postings(numbers.astype(np.uint32), summed[numbers])


@dataclass(frozen=True, slots=True)
class Plan:
    """One term of a concept: for every word of it, the index terms that will do. All must stand."""

    words: tuple[tuple[tuple[str, float], ...], ...]
    weight: float

    def terms(self) -> Iterable[str]:
        """Every index term this plan reads."""
        return (term for word in self.words for term, _ in word)

    def scores(self, fetched: Mapping[str, Postings], size: int) -> Scores:
        """The lightest word decides: an entry that lacks one word of the term gets nothing."""
        lowest: Scores | None = None
        for word in self.words:
            best = np.zeros(size, np.float32)
            for term, weight in word:
                found = fetched.get(term, EMPTY)
                best[found.numbers] = np.maximum(best[found.numbers], found.weights * weight)
            lowest = best if lowest is None else np.minimum(lowest, best)
        return (lowest if lowest is not None else np.zeros(size, np.float32)) * self.weight


# A lay word that an entry itself uses, against an official term.
LAY_IN_ENTRY = 0.35


def plans(thesaurus: Thesaurus, concept: Concept, vocabulary: Vocabulary) -> list[Plan]:
    """How the entries of a concept are found in this vocabulary."""
    official = {text for texts in concept.terms.values() for text in texts}
    made = []
    for phrase in thesaurus.phrases_of(concept.code):
        if phrase.text not in official and len(phrase.tokens) > 1:
            continue
        choices = []
        for token in phrase.tokens:
            choice = tuple(_entry_terms(token, vocabulary))
            if not choice:
                break
            choices.append(choice)
        else:
            rare = max(max(rarity(vocabulary, term) for term, _ in choice) for choice in choices)
            weight = rare * (1.0 if phrase.text in official else LAY_IN_ENTRY)
            made.append(Plan(tuple(choices), weight))
    return made


def _entry_terms(token: Mapping[str, float], vocabulary: Vocabulary) -> Iterable[tuple[str, float]]:
    for key in token:
        names: tuple[tuple[str, float], ...]
        if ":" in key:
            names = ((key, weights.OTHER_LANGUAGE),)
        else:
            names = ((LEMMA + key, weights.LEMMA), (PART + key, weights.IN_COMPOUND))
        yield from ((name, weight) for name, weight in names if name in vocabulary.frequency)


# Unit: results. The confidence of a query is that of its best results.
_LOOKED_AT = 10
# Unit: strength. A concept said this fully counts as understood even if no entry says it with the rest.
_SAID = 0.7


def _said_in_full(group: Group) -> bool:
    return any(variant.concept and sureness(variant) >= _SAID for variant in group.variants)


# Entries of the directory that are meant for others than families.
NOT_FOR_FAMILIES = f"{indexing.FACET}families=no"


# What a word weighs in the coverage: found through a concept, found nowhere. Scale: rarity.
_CONCEPT_MEANING = 8.0
_UNKNOWN_MEANING = 6.0


def rank(query: Query, index: Index, concepts: ConceptPostings, place: str | None) -> Ranked:
    """Score every entry that any group touches."""
    vocabulary = index.vocabulary
    wanted = _wanted_terms(query, place) | concepts.terms(
        variant.concept for group in query.groups for variant in group.variants if variant.concept
    )
    fetched = index.postings(sorted(wanted))
    scores = np.zeros(vocabulary.size, np.float32)
    covered = np.zeros(vocabulary.size, np.float32)
    whole = 0.0
    understood = 0.0
    for group in query.groups:
        summed, sure, weight = _group(group, vocabulary, fetched, concepts)
        scores += summed * group.importance
        covered += sure * weight
        whole += weight
        understood += weight if _said_in_full(group) else 0.0
    coverage = covered / whole if whole else covered
    scores *= weights.COVERAGE_FLOOR + (1 - weights.COVERAGE_FLOOR) * coverage
    scores *= _boosts(query, place, fetched, vocabulary.size)
    numbers = np.flatnonzero(scores)
    order = numbers[np.lexsort((numbers, -scores[numbers]))]
    best = float(coverage[order[:_LOOKED_AT]].max()) if len(order) else 0.0
    return Ranked(order, scores[order], max(best, understood / whole if whole else 0.0), fetched)


def _wanted_terms(query: Query, place: str | None) -> set[str]:
    wanted = {variant.term for group in query.groups for variant in group.variants if variant.term}
    if place:
        wanted |= {indexing.MUNICIPALITY + place, indexing.EVERYWHERE}
    wanted.add(NOT_FOR_FAMILIES)
    if query.age is not None:
        wanted |= {f"{indexing.AGE}{query.age}", indexing.ANY_AGE}
    return wanted


def _group(
    group: Group, vocabulary: Vocabulary, fetched: Mapping[str, Postings], concepts: ConceptPostings
) -> tuple[Scores, Scores, float]:
    best = np.zeros(vocabulary.size, np.float32)
    total = np.zeros(vocabulary.size, np.float32)
    sure = np.zeros(vocabulary.size, np.float32)
    meaning = 0.0
    for variant in group.variants:
        found, gain = _entries(variant, vocabulary, fetched, concepts)
        scored = found.weights * np.float32(variant.weight * gain)
        best[found.numbers] = np.maximum(best[found.numbers], scored)
        total[found.numbers] += scored
        sure[found.numbers] = np.maximum(sure[found.numbers], sureness(variant))
        meaning = max(meaning, gain if variant.term else _CONCEPT_MEANING)
    summed = best + weights.OTHER_VARIANTS * (total - best)
    if not group.variants:
        meaning = _UNKNOWN_MEANING
    return summed, sure, meaning * group.importance


def sureness(variant: Variant) -> float:
    """How surely a variant means the typed word: 1 for the word itself or a concept said in full."""
    return min(variant.weight / (weights.CONCEPT if variant.concept else weights.LEMMA), 1.0)


def _entries(
    variant: Variant, vocabulary: Vocabulary, fetched: Mapping[str, Postings], concepts: ConceptPostings
) -> tuple[Postings, float]:
    if variant.concept:
        return concepts.get(variant.concept, fetched), 1.0
    return fetched.get(variant.term, EMPTY), rarity(vocabulary, variant.term)


def _boosts(query: Query, place: str | None, fetched: Mapping[str, Postings], size: int) -> Scores:
    boost = np.ones(size, np.float32)
    boost[fetched.get(NOT_FOR_FAMILIES, EMPTY).numbers] = weights.NOT_FOR_FAMILIES
    if place:
        near = np.full(size, weights.OTHER_PLACE, np.float32)
        near[fetched.get(indexing.EVERYWHERE, EMPTY).numbers] = weights.WHOLE_COUNTY
        near[fetched.get(indexing.MUNICIPALITY + place, EMPTY).numbers] = weights.SAME_PLACE
        boost *= near
    if query.age is not None:
        aged = np.ones(size, np.float32)
        aged[fetched.get(indexing.ANY_AGE, EMPTY).numbers] = weights.AGE_MISSES
        aged[fetched.get(f"{indexing.AGE}{query.age}", EMPTY).numbers] = weights.AGE_FITS
        boost *= aged
    return boost
