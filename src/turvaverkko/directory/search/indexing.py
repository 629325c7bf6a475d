"""From a document to weighted terms: pure, the same for every store.

Terms carry their name space in front: `l:` Finnish lemma, `p:` part of a Finnish compound,
`sv: en: ru: uk: ar:` stems of the other languages, `m:` municipality, `a:` age, `x:` facet.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from turvaverkko.directory.search import stems, weights
from turvaverkko.directory.search.analysis import Analyzer
from turvaverkko.directory.search.document import Document, Texts
from turvaverkko.directory.search.text import pieces, words

LEMMA = "l:"
PART = "p:"
MUNICIPALITY = "m:"
AGE = "a:"
FACET = "x:"
# Entries that serve the whole county or country, and entries that name any age.
EVERYWHERE = "m:*"
ANY_AGE = "a:*"
# Unit: years. Ages above are adults to the catalogue.
OLDEST = 29

# Languages with a name space of their own; everything else is read as Finnish.
FOREIGN = ("sv", "en", "ru", "uk", "ar")


@dataclass(frozen=True, slots=True)
class Lengths:
    """Average length of each field in words, fixed for one index version."""

    by_field: Mapping[str, float]

    def normal(self, field: str, length: int) -> float:
        """How much longer than usual this field is, damped by the field's own factor."""
        usual = self.by_field.get(field) or 1.0
        dilution = weights.LENGTH[field]
        return 1 - dilution + dilution * length / usual


def field_words(document: Document) -> Iterator[tuple[str, str, list[str]]]:
    """Yield (language, field, words) of everything that is indexed."""
    for language, texts in document.texts.items():
        yield from _words_of(language, texts, inherited=False)
    for language, texts in document.inherited.items():
        yield from _words_of(language, texts, inherited=True)
    if document.organisation:
        yield "fi", "organisation", words(document.organisation)


def _words_of(language: str, texts: Texts, *, inherited: bool) -> Iterator[tuple[str, str, list[str]]]:
    named: dict[str, str] = {
        "name": texts.get("name", ""),
        "summary": texts.get("summary", ""),
        "description": texts.get("description", ""),
        "keywords": " ".join(texts.get("keywords", ())),
    }
    for field, text in named.items():
        if text:
            yield language, "inherited" if inherited else field, words(text)


def measure(documents: Iterable[Document]) -> Lengths:
    """The average field lengths of `documents`."""
    total: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for document in documents:
        for _, field, found in field_words(document):
            total[field] += len(found)
            count[field] += 1
    return Lengths({field: total[field] / count[field] for field in count})


class Weigher:
    """Weighs documents by one analyser and one set of lengths; remembers what every word becomes."""

    def __init__(self, analyzer: Analyzer, lengths: Lengths) -> None:
        """Start with nothing remembered."""
        self._analyzer = analyzer
        self._lengths = lengths
        self._finnish: dict[str, tuple[str, ...]] = {}

    def terms(self, document: Document) -> dict[str, float]:
        """Every term of `document` with its weight."""
        found: dict[str, float] = {}
        for language, field, field_text in field_words(document):
            dilution = weights.SATURATION * self._lengths.normal(field, len(field_text))
            top = weights.FIELD[field] * (weights.SATURATION + 1)
            for term, times in self._counted(language, field_text).items():
                found[term] = found.get(term, 0.0) + top * times / (times + dilution)
        found.update(dict.fromkeys(_marks(document), 1.0))
        return found

    def _counted(self, language: str, found: list[str]) -> dict[str, int]:
        counted: dict[str, int] = {}
        for word in found:
            for term in foreign_terms(language, word) if language in FOREIGN else self._terms_of(word):
                counted[term] = counted.get(term, 0) + 1
        return counted

    def _terms_of(self, word: str) -> tuple[str, ...]:
        known = self._finnish.get(word)
        if known is None:
            reading = self._analyzer.analyse(word)
            known = (*(LEMMA + lemma for lemma in reading.lemmas), *(PART + part for part in reading.parts))
            self._finnish[word] = known
        return known


@lru_cache(maxsize=131_072)
def foreign_terms(language: str, word: str) -> tuple[str, ...]:
    """The stem of a word of another language, and those of its hyphenated pieces."""
    return tuple({f"{language}:{stems.stem(piece, language)}" for piece in (word, *pieces(word))})


def _marks(document: Document) -> Iterator[str]:
    if document.municipalities:
        yield from (MUNICIPALITY + place for place in document.municipalities)
    else:
        yield EVERYWHERE
    yield from _ages(document)
    for name, values in document.facets.items():
        yield from (f"{FACET}{name}={value}" for value in values)


def _ages(document: Document) -> Iterator[str]:
    if document.min_age is None and document.max_age is None:
        return
    yield ANY_AGE
    youngest = document.min_age or 0
    oldest = OLDEST if document.max_age is None else min(document.max_age, OLDEST)
    yield from (f"{AGE}{age}" for age in range(youngest, oldest + 1))
