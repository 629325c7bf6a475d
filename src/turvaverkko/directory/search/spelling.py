"""Mistyped words, against the catalogue's own words: faster and better than a dictionary.

A dictionary would offer words that find nothing. Here every suggestion is a word of the catalogue
or of the thesaurus. ä and a, ö and o count as the same letter.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from turvaverkko.directory.search.text import fold
from turvaverkko.directory.search.weights import FUZZY_FLOOR

# Unit: letters. Shorter words have too many neighbours for a guess to mean anything.
SHORTEST = 4
# Unit: letters by which a mistyped word may be longer or shorter than the meant one.
LENGTH_SLACK = 2
_MOST = 5


class Near(NamedTuple):
    """A known word and how like the typed one it is (1 = the same but for dots)."""

    word: str
    likeness: float


class Spelling:
    """The known words, sorted by length so that a look-up compares only plausible ones."""

    def __init__(self, known: Iterable[str]) -> None:
        """Fold and sort the known words once."""
        self._by_fold: dict[str, list[str]] = defaultdict(list)
        for word in known:
            self._by_fold[fold(word)].append(word)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for folded in self._by_fold:
            if len(folded) >= SHORTEST:
                self._by_length[len(folded)].append(folded)

    def same(self, word: str) -> Sequence[str]:
        """Known words that differ only in dots and rings."""
        return self._by_fold.get(fold(word), ())

    def near(self, word: str) -> list[Near]:
        """The known words most like `word`, best first."""
        exact = self.same(word)
        if exact:
            return [Near(known, 1.0) for known in exact]
        folded = fold(word)
        if len(folded) < SHORTEST:
            return []
        choices = [
            choice
            for length in range(len(folded) - LENGTH_SLACK, len(folded) + LENGTH_SLACK + 1)
            for choice in self._by_length.get(length, ())
        ]
        found = process.extract(
            folded, choices, scorer=OSA.normalized_similarity, score_cutoff=FUZZY_FLOOR, limit=_MOST
        )
        if not found:
            return []
        best = found[0][1]
        return [
            Near(known, likeness)
            for choice, likeness, _ in found
            if likeness >= best - _NEARLY_AS_GOOD
            for known in self._by_fold[choice]
        ]


# Unit: share of letters. Guesses clearly worse than the best one only blur the result.
_NEARLY_AS_GOOD = 0.04
