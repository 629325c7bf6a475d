"""As you type: names, keywords and lay words that begin with what was typed."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from sys import intern
from typing import Any, Literal, NamedTuple

from django.db.models import QuerySet

from turvaverkko.directory.search.models import SearchEntry
from turvaverkko.directory.search.text import clean, fold, words
from turvaverkko.directory.search.thesaurus import Thesaurus

Kind = Literal["word", "keyword", "name"]
Text = tuple[Kind, str]
# Number of an entry -> what it is called; nothing when it is gone.
Entries = Mapping[int, Sequence[Text]]
# Folded beginning, order of its kind, the text, its kind.
Row = tuple[str, int, str, Kind]

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

    def __init__(self, entries: Entries, times: Counter[Text], rows: list[Row]) -> None:
        """Use `made` or `changed` instead."""
        self._entries = entries
        self._times = times
        self._rows = rows

    @classmethod
    def made(cls, own: Iterable[Text], entries: Entries) -> "Suggester":
        """Fold and sort once: the thesaurus' own words, and what every entry is called."""
        times = Counter(chain(own, *entries.values()))
        return cls(entries, times, sorted(row for text in times for row in _rows(text)))

    def changed(self, entries: Entries) -> "Suggester":
        """The suggestions after some entries changed; these stay for requests under way."""
        kept, times, rows = {**self._entries, **entries}, self._times.copy(), self._rows.copy()
        for number, texts in entries.items():
            for text in texts:
                times[text] += 1
                if times[text] == 1:
                    _put_in(rows, text)
            for text in self._entries.get(number, ()):
                times[text] -= 1
                if not times[text]:
                    _take_out(rows, text)
        return Suggester(kept, times, rows)

    def suggest(self, prefix: str) -> list[Suggested]:
        """At most eight suggestions: lay words first, then keywords, then names; short ones first."""
        folded = fold(" ".join(words(clean(prefix))))
        if not folded:
            return []
        start = bisect_left(self._rows, (folded,))
        end = bisect_left(self._rows, (folded + "\uffff",), lo=start)
        near = self._rows[start : min(end, start + _LOOKED_AT)]
        best = sorted(near, key=lambda row: (row[1], len(row[2]), row[2]))
        seen: dict[str, Suggested] = {}
        for _, _, text, kind in best:
            seen.setdefault(text.lower(), Suggested(text, kind))
            if len(seen) == _MOST:
                break
        return list(seen.values())


_ORDER: dict[Kind, int] = {"word": 0, "keyword": 1, "name": 2}


def _rows(text: Text) -> set[Row]:
    """The places of a text in the sorted list: one for every beginning."""
    kind, own = text
    return {(begin, _ORDER[kind], own, kind) for begin in _beginnings(own, kind)}


def _put_in(rows: list[Row], text: Text) -> None:
    for row in _rows(text):
        insort(rows, row)


def _take_out(rows: list[Row], text: Text) -> None:
    for row in _rows(text):
        del rows[bisect_left(rows, row)]


def _beginnings(text: str, kind: Kind) -> Iterator[str]:
    cut = [fold(word) for word in words(text)]
    yield " ".join(cut)
    if kind == "name":
        for place, word in enumerate(cut[1:], start=1):
            if len(word) >= _SHORTEST_INNER:
                yield " ".join(cut[place:])


def suggester(thesaurus: Thesaurus, language: str) -> Suggester:
    """The suggestions of one language. One query."""
    return Suggester.made(_lay_words(thesaurus, language), _entries(language, SearchEntry.objects.all()))


def renewed(old: Suggester, language: str, since: int) -> Suggester:
    """The suggestions after the entries that changed since a revision. One query."""
    return old.changed(_entries(language, SearchEntry.objects.filter(revision__gt=since)))


def _lay_words(thesaurus: Thesaurus, language: str) -> Iterator[Text]:
    for concept in thesaurus.concepts.values():
        for text in (*concept.terms.get(language, ()), *concept.lay.get(language, ())):
            yield "word", text


def _entries(language: str, rows: QuerySet[SearchEntry]) -> Entries:
    """What each entry is called in the language; nothing for one that is gone or has no such name."""
    found = rows.values_list("number", "is_live", f"texts__{language}")
    return {
        number: _called(texts) if is_live and texts else ()
        for number, is_live, texts in found.iterator(chunk_size=5_000)
    }


def _called(texts: Mapping[str, Any]) -> Sequence[Text]:
    # The same text of two entries is kept in memory once.
    keywords: list[Text] = [("keyword", intern(word)) for word in texts["keywords"]]
    return [("name", intern(texts["name"])), *keywords]
