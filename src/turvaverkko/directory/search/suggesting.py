"""As you type: names, keywords and lay words that begin with what was typed."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from turvaverkko.directory.search.models import SearchEntry
from turvaverkko.directory.search.text import clean, fold, words
from turvaverkko.directory.search.thesaurus import Thesaurus

Kind = Literal["word", "keyword", "name"]

_MOST = 8
# Unit: rows looked at behind one prefix; a one-letter prefix has thousands.
_LOOKED_AT = 400
# Unit: letters. Inner words of names are found from this length on.
_SHORTEST_INNER = 4


class Suggested(NamedTuple):
    """One suggestion, and what it is: a lay word or concept, a keyword, or the name of an entry."""

    text: str
    kind: Kind


class Suggester:
    """A sorted list of folded texts: two bisections answer a prefix."""

    def __init__(self, texts: Iterable[tuple[Kind, str]]) -> None:
        """Fold and sort once."""
        rows = {
            (begin, _ORDER[kind], text, kind) for kind, text in texts for begin in _beginnings(text, kind)
        }
        self._rows = sorted(rows)
        self._begins = [row[0] for row in self._rows]

    def suggest(self, prefix: str) -> list[Suggested]:
        """At most eight suggestions: lay words first, then keywords, then names; short ones first."""
        folded = fold(" ".join(words(clean(prefix))))
        if not folded:
            return []
        start = bisect_left(self._begins, folded)
        end = bisect_left(self._begins, folded + "\uffff", lo=start)
        near = self._rows[start : min(end, start + _LOOKED_AT)]
        best = sorted(near, key=lambda row: (row[1], len(row[2]), row[2]))
        found = dict.fromkeys((row[2], row[3]) for row in best)
        seen: dict[str, Suggested] = {}
        for text, kind in found:
            seen.setdefault(text.lower(), Suggested(text, kind))
        return list(seen.values())[:_MOST]


_ORDER: dict[Kind, int] = {"word": 0, "keyword": 1, "name": 2}


def _beginnings(text: str, kind: Kind) -> Iterator[str]:
    cut = [fold(word) for word in words(text)]
    yield " ".join(cut)
    if kind == "name":
        for place, word in enumerate(cut[1:], start=1):
            if len(word) >= _SHORTEST_INNER:
                yield " ".join(cut[place:])


def suggester(thesaurus: Thesaurus, language: str) -> Suggester:
    """The suggestions of one language. One query."""
    return Suggester([*_lay_words(thesaurus, language), *_entries(language)])


def _lay_words(thesaurus: Thesaurus, language: str) -> Iterator[tuple[Kind, str]]:
    for concept in thesaurus.concepts.values():
        for text in (*concept.terms.get(language, ()), *concept.lay.get(language, ())):
            yield "word", text


def _entries(language: str) -> Iterator[tuple[Kind, str]]:
    rows = SearchEntry.objects.filter(is_live=True).values_list(f"texts__{language}", flat=True)
    for texts in rows.iterator(chunk_size=5_000):
        if texts:
            yield "name", texts["name"]
            for keyword in texts["keywords"]:
                yield "keyword", keyword
