"""The engine that this process searches with, renewed when the index or the thesaurus changed."""

import threading
from dataclasses import dataclass

from turvaverkko.directory.search import concepts, store
from turvaverkko.directory.search.analysis import Analyzer
from turvaverkko.directory.search.engine import Engine
from turvaverkko.directory.search.municipalities import gazetteer
from turvaverkko.directory.search.query import spelling_of
from turvaverkko.directory.search.spelling import Spelling
from turvaverkko.directory.search.suggesting import Suggester, renewed, suggester
from turvaverkko.directory.search.thesaurus import Thesaurus


@dataclass(frozen=True, slots=True)
class Live:
    """Everything one process keeps in memory about one state of the index."""

    stamp: store.Stamp
    index: store.DatabaseIndex
    thesaurus: Thesaurus
    spelling: Spelling
    # Unit: word forms that the spelling list was made of.
    learned: int
    engine: Engine


_lock = threading.Lock()
_current: Live | None = None
_suggesters: dict[str, tuple[store.Stamp, Suggester]] = {}


def now() -> Live:
    """The engine of the state in the database. One query when nothing changed."""
    global _current  # noqa: PLW0603 - the one engine of the process
    stamp = store.stamp_now()
    current = _current
    if current is not None and current.stamp == stamp:
        return current
    with _lock:
        if _current is None or _current.stamp != stamp:
            _current = _renewed(_current, stamp)
        return _current


def forget() -> None:
    """Forget everything (tests, and after a database was replaced)."""
    global _current  # noqa: PLW0603
    with _lock:
        _current = None
        _suggesters.clear()


def suggester_now(language: str) -> Suggester:
    """The suggestions of one language, renewed with the index."""
    live = now()
    kept = _suggesters.get(language)
    if kept is not None and kept[0] == live.stamp:
        return kept[1]
    if kept is not None and _same_index(kept[0], live.stamp):
        made = renewed(kept[1], language, kept[0].revision)
    else:
        made = suggester(live.thesaurus, language)
    _suggesters[language] = (live.stamp, made)
    return made


def _renewed(old: Live | None, stamp: store.Stamp) -> Live:
    index = old.index.refreshed(stamp) if old else store.opened(stamp)
    same_words = old is not None and _same_words(old, index, stamp)
    thesaurus = old.thesaurus if old and same_words else _thesaurus(index.analyzer)
    forms = len(index.vocabulary.forms)
    if old and same_words and forms - old.learned < _WORTH_LEARNING:
        spelling, learned = old.spelling, old.learned
    else:
        spelling, learned = spelling_of(index.vocabulary, thesaurus), forms
    return Live(stamp, index, thesaurus, spelling, learned, Engine(index, thesaurus, gazetteer(), spelling))


def _same_index(old: store.Stamp, new: store.Stamp) -> bool:
    """Whether only single entries changed since `old`. One query."""
    return (old.version, old.thesaurus) == (new.version, new.thesaurus) and store.happened(old)


def _same_words(old: Live, index: store.DatabaseIndex, stamp: store.Stamp) -> bool:
    """Whether the thesaurus, as cut for the analyser, still holds."""
    return old.stamp.thesaurus == stamp.thesaurus and old.index.mode == index.mode


# Unit: word forms. Mistyped words are compared with the catalogue's words of a little earlier; learning
# anew after every edited sentence would cost the next visitor a fifth of a second.
_WORTH_LEARNING = 200


def _thesaurus(analyzer: Analyzer) -> Thesaurus:
    return Thesaurus.compiled(concepts.stored(), analyzer)
