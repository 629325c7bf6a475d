"""The index in the database, as one process reads it: what rarely changes is remembered.

Warm, a search costs one query for the state of the index, and one more only when it needs posting
lists that this process has not read since they last changed.
"""

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet, Sum

from turvaverkko.core.prepared import Prepared
from turvaverkko.directory.search import forms, packing
from turvaverkko.directory.search.analysis import Analysis, Analyzer, CachedAnalyzer, Mode
from turvaverkko.directory.search.index import Postings, Vocabulary
from turvaverkko.directory.search.models import IndexChange, IndexState, IndexVersion, Posting, WordForm

# Unit: bytes of posting lists that one process remembers. 100,000 entries fit (63 MB measured on disk).
_MEMORY = 96 * 1024 * 1024
# Unit: terms per statement; under the lowest limit of variables that SQLite is built with.
_TERMS = 900


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which state of the index something was read from."""

    version: int | None
    revision: int
    stamp: str
    thesaurus: int


_STATE: Final = Prepared(
    lambda: IndexState.objects.filter(pk=1), ("version_id", "revision", "stamp", "thesaurus_revision")
)


def stamp_now() -> Stamp:
    """The state in the database. One query."""
    rows = _STATE.tuples()
    return Stamp(*rows[0]) if rows else Stamp(None, 0, "", 0)


def happened(stamp: Stamp) -> bool:
    """Whether a remembered state was committed, and is not too long ago. One query."""
    return IndexChange.objects.filter(revision=stamp.revision, stamp=stamp.stamp).exists()


class PostingMemory:
    """Posting lists read from the database, the least used forgotten first. Shared by threads."""

    def __init__(self) -> None:
        """Start empty."""
        self._lock = threading.Lock()
        self._lists: OrderedDict[str, Postings | None] = OrderedDict()
        self._bytes = 0

    def known(self, terms: Iterable[str]) -> tuple[dict[str, Postings], list[str]]:
        """The lists that are here, and the terms that are not."""
        found: dict[str, Postings] = {}
        missing = []
        with self._lock:
            for term in terms:
                if term in self._lists:
                    self._lists.move_to_end(term)
                    postings = self._lists[term]
                    if postings is not None:
                        found[term] = postings
                else:
                    missing.append(term)
        return found, missing

    def keep(self, lists: Mapping[str, Postings | None]) -> None:
        """Remember lists; None means that the term has no entries."""
        with self._lock:
            for term, postings in lists.items():
                self._drop(term)
                self._lists[term] = postings
                self._bytes += _size(postings)
            while self._bytes > _MEMORY and self._lists:
                self._drop(next(iter(self._lists)))

    def without(self, terms: Iterable[str]) -> "PostingMemory":
        """A memory of the same lists but `terms`; this one stays for requests under way."""
        other = PostingMemory()
        gone = frozenset(terms)
        with self._lock:
            other.keep({term: found for term, found in self._lists.items() if term not in gone})
        return other

    def _drop(self, term: str) -> None:
        if term in self._lists:
            self._bytes -= _size(self._lists.pop(term))


def _size(postings: Postings | None) -> int:
    return postings.numbers.nbytes + postings.weights.nbytes if postings else 64


class DatabaseIndex:
    """One state of one index version. Implements `index.Index`."""

    def __init__(
        self,
        *,
        stamp: Stamp,
        mode: Mode,
        vocabulary: Vocabulary,
        analyzer: Analyzer,
        memory: PostingMemory,
        last_form: int,
    ) -> None:
        """Use `opened` or `refreshed` instead."""
        self.stamp = stamp
        # The analysis the index was built with; this machine may know less.
        self.mode = mode
        self.revision = (stamp.version or 0, stamp.revision)
        self.vocabulary = vocabulary
        self.analyzer = analyzer
        self._memory = memory
        self._last_form = last_form

    def postings(self, terms: Sequence[str]) -> Mapping[str, Postings]:
        """The posting lists of `terms`; at most one query."""
        found, missing = self._memory.known(terms)
        for start in range(0, len(missing), _TERMS):
            batch = missing[start : start + _TERMS]
            rows = Posting.objects.filter(version_id=self.stamp.version, term__in=batch, frequency__gt=0)
            pieces: dict[str, list[Postings]] = defaultdict(list)
            for term, numbers, weights in rows.order_by("first").values_list("term", "numbers", "weights"):
                pieces[term].append(packing.unpacked(numbers, weights))
            read: dict[str, Postings | None] = dict.fromkeys(batch)
            read.update({term: packing.joined(found) for term, found in pieces.items()})
            self._memory.keep(read)
            found.update({term: postings for term, postings in read.items() if postings is not None})
        return found

    def refreshed(self, stamp: Stamp) -> "DatabaseIndex":
        """This index as of `stamp`: only what changed is read, when that can be known."""
        if stamp.version != self.stamp.version or not happened(self.stamp):
            return opened(stamp)
        lists = Posting.objects.filter(version_id=stamp.version)
        touched = lists.filter(revision__gt=self.stamp.revision)
        changes = _frequencies(lists.filter(term__in=touched.values("term")))
        frequency = {**self.vocabulary.frequency, **changes}
        for term in [term for term, count in changes.items() if not count]:
            del frequency[term]
        readings, last_form = self._new_forms()
        analyzer = self.analyzer
        if len(readings) != len(self.vocabulary.forms):
            analyzer = _analyzer(self.mode, readings)
        vocabulary = Vocabulary(frequency, readings, *_extent(stamp))
        return DatabaseIndex(
            stamp=stamp,
            mode=self.mode,
            vocabulary=vocabulary,
            analyzer=analyzer,
            memory=self._memory.without(changes),
            last_form=last_form,
        )

    def _new_forms(self) -> tuple[Mapping[str, Analysis], int]:
        rows = WordForm.objects.filter(pk__gt=self._last_form, mode=self.mode)
        new = list(rows.order_by("pk").values_list("pk", "form", "lemmas", "parts", "is_known"))
        if not new:
            return self.vocabulary.forms, self._last_form
        read = {form: Analysis(tuple(own), tuple(parts), known) for _, form, own, parts, known in new}
        return {**self.vocabulary.forms, **read}, new[-1][0]


def opened(stamp: Stamp) -> DatabaseIndex:
    """Read the vocabulary of the version in force."""
    mode = _mode(stamp)
    last_form = WordForm.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    readings = forms.remembered(mode)
    lists = Posting.objects.filter(version_id=stamp.version, frequency__gt=0)
    vocabulary = Vocabulary(_frequencies(lists), readings, *_extent(stamp))
    analyzer = _analyzer(mode, readings)
    return DatabaseIndex(
        stamp=stamp,
        mode=mode,
        vocabulary=vocabulary,
        analyzer=analyzer,
        memory=PostingMemory(),
        last_form=last_form,
    )


def _frequencies(rows: QuerySet[Posting]) -> dict[str, int]:
    """How many entries each term has, summed over the stretches of its list."""
    counted = rows.values("term").annotate(entries=Sum("frequency")).values_list("term", "entries")
    return dict(counted.iterator(chunk_size=10_000))


def _analyzer(mode: Mode, readings: Mapping[str, Analysis]) -> Analyzer:
    return CachedAnalyzer(forms.analyzer(mode, readings), dict(readings))


def _mode(stamp: Stamp) -> Mode:
    mode = IndexVersion.objects.filter(pk=stamp.version or 0).values_list("mode", flat=True).first()
    return "light" if mode == "light" else "voikko"


def _extent(stamp: Stamp) -> tuple[int, int]:
    """How many entries there are, and the length of the score arrays."""
    row = IndexVersion.objects.filter(pk=stamp.version or 0).values_list("entries", "size").first()
    return row or (0, 0)
