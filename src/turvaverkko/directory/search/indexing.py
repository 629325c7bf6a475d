"""From a document to weighted terms: pure, the same for every store.

Terms carry their name space in front: `l:` Finnish lemma, `p:` part of a Finnish compound,
`sv: en: ru: uk: ar:` stems of the other languages, `m:` municipality, `a:` age, `x:` facet.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

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


def terms(document: Document, analyzer: Analyzer, lengths: Lengths) -> dict[str, float]:
    """Every term of `document` with its weight."""
    found: dict[str, float] = {}
    for language, field, field_text in field_words(document):
        normal = lengths.normal(field, len(field_text))
        top = weights.FIELD[field] * (weights.SATURATION + 1)
        for term, times in _counted(language, field_text, analyzer).items():
            gain = top * times / (times + weights.SATURATION * normal)
            found[term] = found.get(term, 0.0) + gain
    found.update(dict.fromkeys(_marks(document), 1.0))
    return found


def _counted(language: str, found: list[str], analyzer: Analyzer) -> Counter[str]:
    counted: Counter[str] = Counter()
    if language in FOREIGN:
        for word in found:
            counted.update({f"{language}:{stems.stem(piece, language)}" for piece in (word, *pieces(word))})
        return counted
    for word in found:
        reading = analyzer.analyse(word)
        counted.update(LEMMA + lemma for lemma in reading.lemmas)
        counted.update(PART + part for part in reading.parts)
    return counted


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
