"""The engine: one query in, an outcome out. Knows no database and no page."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from turvaverkko.directory.search import weights
from turvaverkko.directory.search.index import EMPTY, Index, Postings, weight_of
from turvaverkko.directory.search.places import Gazetteer
from turvaverkko.directory.search.query import Group, Query, Reader, Variant
from turvaverkko.directory.search.ranking import ConceptPostings, Ranked, rank, rarity
from turvaverkko.directory.search.spelling import Spelling
from turvaverkko.directory.search.stop_words import GENERIC
from turvaverkko.directory.search.thesaurus import Match, Thesaurus

ReadingKind = Literal["place", "age", "concept", "correction", "word"]

# Unit: share of a phrase's meaning, 0–1. Every word of the phrase must be said, damped ones too: a
# mistyped word or a part of a compound counts less. This much pins crisis help; less is suggested.
URGENT_FROM = 0.72
_MOST_SUGGESTIONS = 4
_MOST_READINGS = 3
_CLEAR = 0.6


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing we understood. `key` given back as `ignore` takes it away."""

    kind: ReadingKind
    key: str
    own: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Why:
    """Why an entry was found: the family's own word, and the concept or spelling it led through."""

    own: str
    concept: str = ""
    label: str = ""
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another way to read the query ("did you mean")."""

    text: str
    concept: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Meant:
    """What words are about: codes of urgent concepts, and of life situations, the nearest first."""

    urgent: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """Everything a page needs but the entries themselves."""

    query: Query
    ranked: Ranked
    readings: Sequence[Reading] = ()
    suggestions: Sequence[Suggestion] = ()
    urgent: Sequence[str] = ()
    situations: Sequence[str] = field(default_factory=tuple)

    @property
    def sure(self) -> bool:
        """Whether the query as a whole was understood."""
        return self.ranked.confidence >= weights.CONFIDENT


class Engine:
    """Searches one state of the index with one state of the thesaurus."""

    def __init__(
        self, index: Index, thesaurus: Thesaurus, gazetteer: Gazetteer, spelling: Spelling | None = None
    ) -> None:
        """Prepare the reader and the memory of concepts."""
        self.index = index
        self.thesaurus = thesaurus
        self.reader = Reader(index.vocabulary, index.analyzer, thesaurus, gazetteer, spelling)
        self._concepts = ConceptPostings(thesaurus, index.vocabulary)

    def search(
        self,
        text: str,
        *,
        language: str = "fi",
        municipality: str | None = None,
        ignore: Collection[str] = (),
    ) -> Outcome:
        """Search `text`.

        Args:
            text: as typed, already cleaned of control marks and cut to a sane length.
            language: of the interface; labels are given in it.
            municipality: code of the family's own municipality; one in the text goes before it.
            ignore: keys of readings that the family took away.
        """
        query = without(self.reader.read(text), ignore)
        ranked = rank(query, self.index, self._concepts, query.place or municipality)
        return Outcome(
            query,
            ranked,
            list(self._readings(query, language)),
            list(self._suggestions(query, language)),
            [match.concept for match in query.concepts if self._is_urgent(match)],
            self._situations(query.concepts),
        )

    def meant(self, text: str) -> Meant:
        """What a text is about, without looking for entries: for what families write in a form."""
        concepts = self.reader.read(text).concepts
        urgent = [match.concept for match in concepts if self._is_urgent(match)]
        return Meant(tuple(urgent), tuple(self._situations(concepts)))

    def why(self, outcome: Outcome, number: int, language: str = "fi") -> list[Why]:
        """Which of the family's words led to an entry, and how. Words everybody uses only when alone."""
        found, telling = [], []
        for group in outcome.query.groups:
            best = self._best_variant(group, outcome.ranked, number)
            if best is not None:
                label = self.thesaurus.concepts[best.concept].label(language) if best.concept else ""
                corrected = group.corrected.word if group.corrected else _only_part(best, group)
                found.append(
                    Why(group.text, best.concept, label, corrected if corrected != group.text else "")
                )
                if best.concept or best.term.partition(":")[2] not in GENERIC:
                    telling.append(found[-1])
        return telling or found

    def _best_variant(self, group: Group, ranked: Ranked, number: int) -> Variant | None:
        best: tuple[float, Variant] | None = None
        for variant in group.variants:
            gain = 1.0 if variant.concept else rarity(self.index.vocabulary, variant.term)
            score = weight_of(self._postings(variant, ranked), number) * variant.weight * gain
            if score > 0 and (best is None or score > best[0]):
                best = (score, variant)
        return best[1] if best else None

    def _postings(self, variant: Variant, ranked: Ranked) -> Postings:
        if variant.concept:
            return self._concepts.get(variant.concept, ranked.fetched)
        return ranked.fetched.get(variant.term, EMPTY)

    def _is_urgent(self, match: Match) -> bool:
        return self.thesaurus.concepts[match.concept].urgent and match.in_full >= URGENT_FROM

    def _readings(self, query: Query, language: str) -> Iterable[Reading]:
        if query.place:
            yield Reading(
                "place", f"place:{query.place}", query.place, self.reader.gazetteer.names[query.place]
            )
        if query.age is not None:
            yield Reading("age", f"age:{query.age}", str(query.age), str(query.age))
        for group in query.groups:
            if group.corrected and group.corrected.word != group.text:
                yield Reading("correction", f"word:{group.text}", group.text, group.corrected.word)
        clear = [match for match in query.concepts if match.strength >= _CLEAR][:_MOST_READINGS]
        for match in clear:
            label = self.thesaurus.concepts[match.concept].label(language)
            yield Reading("concept", f"concept:{match.concept}", match.phrase, label)

    def _suggestions(self, query: Query, language: str) -> list[Suggestion]:
        """Other readings, the most dangerous first."""
        others = [match for match in query.concepts[1:] if match.strength < 1.0]
        found = [
            Suggestion(concept.label(language), match.concept, concept.urgent)
            for match in others
            for concept in (self.thesaurus.concepts[match.concept],)
        ]
        found += [
            Suggestion(near.word)
            for group in query.groups
            for near in group.alternatives
            if group.corrected is None or near.word != group.corrected.word
        ]
        return sorted(found, key=lambda one: not one.urgent)[:_MOST_SUGGESTIONS]

    def _situations(self, matches: Iterable[Match]) -> list[str]:
        found = (slug for match in matches for slug in self.thesaurus.concepts[match.concept].situations)
        return list(dict.fromkeys(found))


def _only_part(best: Variant, group: Group) -> str:
    """The part of a compound that led to an entry: nobody is told that the whole word did."""
    kind, _, part = best.term.partition(":")
    return part if kind == "p" and all(one.term != f"l:{part}" for one in group.variants) else ""


def without(query: Query, ignore: Collection[str]) -> Query:
    """The query without the readings that the family took away."""
    if not ignore:
        return query
    concepts = [match for match in query.concepts if f"concept:{match.concept}" not in ignore]
    left = {match.concept for match in concepts}
    groups = [
        replace(group, variants=[one for one in group.variants if not one.concept or one.concept in left])
        for group in query.groups
        if f"word:{group.text}" not in ignore
    ]
    return replace(
        query,
        groups=groups,
        concepts=concepts,
        place=None if f"place:{query.place}" in ignore else query.place,
        age=None if f"age:{query.age}" in ignore else query.age,
    )
