"""The index as the engine reads it, and its in-memory form.

A posting list is two arrays of one length: entry numbers and weights. Both stores (memory and
database) hold the same arrays, so the ranking cannot differ between them.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from turvaverkko.directory.search import indexing
from turvaverkko.directory.search.analysis import (
    Analysis,
    Analyzer,
    CachedAnalyzer,
    Mode,
    light_stem,
    make_analyzer,
)
from turvaverkko.directory.search.document import Document

Numbers = npt.NDArray[np.uint32]
Weights = npt.NDArray[np.float32]


class Postings(NamedTuple):
    """The entries in which a term stands, and how heavily."""

    numbers: Numbers
    weights: Weights


EMPTY = Postings(np.empty(0, np.uint32), np.empty(0, np.float32))


def weight_of(postings: Postings, number: int) -> float:
    """The weight of one entry in a posting list, or nothing."""
    place = int(np.searchsorted(postings.numbers, number))
    if place < len(postings.numbers) and postings.numbers[place] == number:
        return float(postings.weights[place])
    return 0.0


@dataclass(frozen=True)
class Vocabulary:
    """The words of the index: how many entries have each term, and which forms were read."""

    frequency: Mapping[str, int]
    forms: Mapping[str, Analysis]
    entries: int
    # One more than the largest entry number: the length of the arrays that scores are summed in.
    size: int

    @cached_property
    def facets(self) -> dict[str, dict[str, str]]:
        """Name of a facet -> value -> the term under which its entries are listed."""
        found: dict[str, dict[str, str]] = {}
        for term in self.frequency:
            if term.startswith(indexing.FACET):
                name, _, value = term.removeprefix(indexing.FACET).partition("=")
                found.setdefault(name, {})[value] = term
        return found


class Index(Protocol):
    """What the engine asks of a store."""

    revision: tuple[int, int]
    vocabulary: Vocabulary
    analyzer: Analyzer

    def postings(self, terms: Sequence[str]) -> Mapping[str, Postings]:
        """The posting lists of `terms`; a term without entries is left out."""
        ...


class MemoryIndex:
    """An index held in memory: for the benchmark, and the measure of the database store."""

    revision = (1, 1)

    def __init__(self, documents: Sequence[Document], mode: Mode) -> None:
        """Index `documents`; the place of each in the sequence is its number."""
        built = build(list(enumerate(documents)), mode)
        self.keys = [document.key for document in documents]
        self.analyzer: Analyzer = built.analyzer
        self._postings = built.postings()
        self.vocabulary = Vocabulary(
            {term: len(posting.numbers) for term, posting in self._postings.items()},
            built.forms,
            len(documents),
            len(documents),
        )

    def postings(self, terms: Sequence[str]) -> Mapping[str, Postings]:
        """The posting lists of `terms`."""
        return {term: self._postings[term] for term in terms if term in self._postings}


@dataclass(frozen=True, slots=True)
class Built:
    """A catalogue analysed and measured, ready to be weighed for a store."""

    documents: Sequence[tuple[int, Document]]
    analyzer: CachedAnalyzer
    lengths: indexing.Lengths
    forms: dict[str, Analysis]

    def postings(self, each: Callable[[int, Iterable[str]], None] | None = None) -> dict[str, Postings]:
        """Every posting list. `each` is told the terms of every entry on the way."""
        gathered: dict[str, tuple[array[int], array[float]]] = {}
        weigher = indexing.Weigher(self.analyzer, self.lengths)
        for number, document in sorted(self.documents, key=itemgetter(0)):
            weighed = weigher.terms(document)
            if each is not None:
                each(number, weighed)
            for term, weight in weighed.items():
                lists = gathered.get(term)
                if lists is None:
                    lists = gathered[term] = (array("I"), array("f"))
                lists[0].append(number)
                lists[1].append(weight)
        return {
            term: Postings(np.array(numbers, np.uint32), np.array(found, np.float32))
            for term, (numbers, found) in gathered.items()
        }


def finnish_words(documents: Iterable[Document]) -> set[str]:
    """Every Finnish word form of `documents`."""
    found: set[str] = set()
    for document in documents:
        for language, _, field_text in indexing.field_words(document):
            if language not in indexing.FOREIGN:
                found.update(field_text)
    return found


def build(numbered: Sequence[tuple[int, Document]], mode: Mode) -> Built:
    """Analyse and weigh `numbered` documents."""
    documents = [document for _, document in numbered]
    forms = finnish_words(documents)
    analyzer = make_analyzer(mode, {light_stem(form) for form in forms} if mode == "light" else ())
    readings = {form: analyzer.analyse(form) for form in forms}
    return Built(numbered, CachedAnalyzer(analyzer, readings), indexing.measure(documents), readings)
