"""Mistyped words, against the catalogue's own words: faster and better than a dictionary.

A dictionary would offer words that find nothing. Here every suggestion is a word of the catalogue
or of the thesaurus. ä and a, ö and o count as the same letter.
"""

from bisect import bisect_left
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
# Unit: letters. A shorter word inside another one is an accident.
_SHORTEST_INSIDE = 5


class Near(NamedTuple):
    """A known word and how like the typed one it is (1 = the same but for dots)."""

    word: str
    likeness: float


class Spelling:
    """The known words, sorted by length so that a look-up compares only plausible ones."""

    def __init__(self, known: Iterable[str]) -> None:
        """Fold and sort the known words once."""
        self.known = frozenset(known)
        self._by_fold: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self.known):
            self._by_fold[fold(word)].append(word)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for folded in self._by_fold:
            if len(folded) >= SHORTEST:
                self._by_length[len(folded)].append(folded)
        self._sorted = sorted(self._by_fold)

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
            folded, choices, scorer=OSA.normalized_similarity, score_cutoff=floor(folded), limit=_MOST
        )
        found = [one for one in found if one[0][0] == folded[0] or one[1] >= _OTHER_FIRST_LETTER]
        if not found:
            return []
        best = found[0][1]
        return [
            Near(known, likeness)
            for choice, likeness, _ in found
            if likeness >= best - _NEARLY_AS_GOOD
            for known in self._by_fold[choice]
        ]

    def inside(self, word: str) -> list[str]:
        """Known words that begin with `word`, or that stand inside it, longest first."""
        folded = fold(word)
        if len(folded) < SHORTEST:
            return []
        place = bisect_left(self._sorted, folded)
        longer = [known for known in self._sorted[place : place + _MOST] if known.startswith(folded)]
        shorter = {
            folded[start:end]
            for start in range(len(folded) - _SHORTEST_INSIDE + 1)
            for end in range(start + _SHORTEST_INSIDE, len(folded) + 1)
        }
        within = sorted((piece for piece in shorter if piece in self._by_fold), key=len, reverse=True)
        return [known for choice in [*longer, *within[:2]] for known in self._by_fold[choice]][:_MOST]


def floor(word: str) -> float:
    """How like a guess must be: short words have many neighbours by accident."""
    return FUZZY_FLOOR if len(word) >= _LONG else _SHORT_FLOOR


_LONG = 6
_SHORT_FLOOR = 0.79
# People seldom mistype the first letter.
_OTHER_FIRST_LETTER = 0.87
# Unit: share of letters. Guesses clearly worse than the best one only blur the result.
_NEARLY_AS_GOOD = 0.04
