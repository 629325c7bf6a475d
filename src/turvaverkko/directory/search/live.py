"""The engine that this process searches with, renewed when the index or the thesaurus changed."""

import threading
from dataclasses import dataclass

from turvaverkko.directory.search import concepts, store
from turvaverkko.directory.search.analysis import Analyzer
from turvaverkko.directory.search.engine import Engine
from turvaverkko.directory.search.municipalities import gazetteer
from turvaverkko.directory.search.query import spelling_of
from turvaverkko.directory.search.spelling import Spelling
from turvaverkko.directory.search.suggesting import Suggester, suggester
from turvaverkko.directory.search.thesaurus import Thesaurus


@dataclass(frozen=True, slots=True)
class Live:
    """Everything one process keeps in memory about one state of the index."""

    stamp: store.Stamp
    index: store.DatabaseIndex
    thesaurus: Thesaurus
    spelling: Spelling
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
    made = suggester(live.thesaurus, language)
    _suggesters[language] = (live.stamp, made)
    return made


def _renewed(old: Live | None, stamp: store.Stamp) -> Live:
    index = old.index.refreshed(stamp) if old else store.opened(stamp)
    same_thesaurus = old is not None and _same_words(old, index, stamp)
    thesaurus = old.thesaurus if old and same_thesaurus else _thesaurus(index.analyzer)
    same_words = old is not None and same_thesaurus and old.index.vocabulary.forms is index.vocabulary.forms
    spelling = old.spelling if old and same_words else spelling_of(index.vocabulary, thesaurus)
    engine = Engine(index, thesaurus, gazetteer(), spelling)
    return Live(stamp, index, thesaurus, spelling, engine)


def _same_words(old: Live, index: store.DatabaseIndex, stamp: store.Stamp) -> bool:
    return old.stamp.thesaurus == stamp.thesaurus and old.index.analyzer is index.analyzer


def _thesaurus(analyzer: Analyzer) -> Thesaurus:
    return Thesaurus.compiled(concepts.stored(), analyzer)


