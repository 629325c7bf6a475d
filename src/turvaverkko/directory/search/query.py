"""From typed text to groups of weighted variants. Reads only the vocabulary, never an entry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from turvaverkko.directory.search import ages, stems, weights
from turvaverkko.directory.search.analysis import Analyzer
from turvaverkko.directory.search.index import Vocabulary
from turvaverkko.directory.search.indexing import LEMMA, PART
from turvaverkko.directory.search.places import Gazetteer
from turvaverkko.directory.search.spelling import Near, Spelling
from turvaverkko.directory.search.stop_words import NEGATIONS, STOP_WORDS
from turvaverkko.directory.search.text import MAX_QUERY_WORDS, pieces, script, words
from turvaverkko.directory.search.thesaurus import (
    NEGATION,
    PART_OF_COMPOUND,
    Match,
    Thesaurus,
    part_keys,
)


@dataclass(frozen=True, slots=True)
class Variant:
    """One way in which a word may stand in an entry: a term, or a concept."""

    term: str
    weight: float
    concept: str = ""


@dataclass(slots=True)
class Group:
    """One word of the query with everything it may stand for."""

    text: str
    variants: list[Variant] = field(default_factory=list)
    importance: float = 1.0
    corrected: Near | None = None
    alternatives: Sequence[Near] = ()


@dataclass(slots=True)
class Query:
    """A query understood."""

    groups: list[Group]
    concepts: list[Match]
    place: str | None = None
    age: int | None = None
    languages: tuple[str, ...] = ("fi",)


@dataclass(slots=True)
class _Word:
    text: str
    finnish: tuple[str, ...]
    parts: tuple[str, ...]
    keys: dict[str, float]
    part_keys: dict[str, float]
    foreign: dict[str, str]
    known_finnish: bool
    # A stop word or a negation: heard by the thesaurus, looked for in no entry.
    silent: bool = False
    # Known words that begin with this unknown one, or stand inside it.
    inside: tuple[str, ...] = ()
    corrected: Near | None = None
    alternatives: Sequence[Near] = ()


class Reader:
    """Understands queries against one vocabulary and one thesaurus."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        analyzer: Analyzer,
        thesaurus: Thesaurus,
        gazetteer: Gazetteer,
        spelling: Spelling | None = None,
    ) -> None:
        """Take what is known; the spelling list may be shared between readers."""
        self.vocabulary = vocabulary
        self.frequency = vocabulary.frequency
        self.analyzer = analyzer
        self.thesaurus = thesaurus
        self.gazetteer = gazetteer
        self.spelling = spelling or spelling_of(vocabulary, thesaurus)

    def read(self, text: str) -> Query:
        """Understand `text`."""
        typed = words(text)[:MAX_QUERY_WORDS]
        age, typed = ages.take_out(typed)
        place, typed = self._take_place(typed)
        languages = self._languages(typed)
        stop = self._stop_words(typed, languages)
        read = self._join([self._word(word, languages, stop) for word in typed], languages)
        matches = self.thesaurus.match([{**word.part_keys, **word.keys} for word in read])
        return Query(self._groups(read, matches), matches, place, age, languages)

    def _take_place(self, typed: list[str]) -> tuple[str | None, list[str]]:
        for number, word in enumerate(typed):
            code = self.gazetteer.find(word)
            if code is not None:
                rest = [*typed[:number], *typed[number + 1 :]]
                return code, rest or typed
        return None, typed

    def _languages(self, typed: Sequence[str]) -> tuple[str, ...]:
        """The languages in which most words are known; Finnish wins a draw."""
        if not typed:
            return ("fi",)
        votes = {"fi": sum(self._speaks(word, "fi") for word in typed) + 0.5}
        for language in dict.fromkeys(one for word in typed for one in stems.languages_of(word)):
            votes[language] = sum(self._speaks(word, language) for word in typed)
        best = max(votes.values())
        chosen = tuple(language for language, vote in votes.items() if vote >= best - 0.5)
        return chosen if best >= 1 else tuple(votes)

    def _speaks(self, word: str, language: str) -> float:
        if language == "fi":
            if word in STOP_WORDS["fi"]:
                return 1.0
            reading = self.analyzer.analyse(word)
            return 1.0 if reading.known or self._stands(reading.lemmas) else 0.0
        if word in STOP_WORDS[language]:
            return 1.0
        key = f"{language}:{stems.stem(word, language)}"
        return 1.0 if key in self.frequency or self.thesaurus.knows(key) else 0.0

    def _stands(self, found: Iterable[str]) -> bool:
        return any(
            LEMMA + lemma in self.frequency or PART + lemma in self.frequency or self.thesaurus.knows(lemma)
            for lemma in found
        )

    def _stop_words(self, typed: list[str], languages: Sequence[str]) -> frozenset[str]:
        stop = frozenset[str]().union(*(STOP_WORDS[language] for language in languages))
        return stop if any(word not in stop and word not in NEGATIONS for word in typed) else frozenset()

    def _word(self, text: str, languages: Sequence[str], stop: frozenset[str]) -> _Word:
        if text in NEGATIONS:
            return _Word(text, (), (), {NEGATION: 1.0}, {}, {}, known_finnish=True, silent=True)
        word = self._plain(text, languages)
        word.silent = text in stop
        if word.silent or word.known_finnish or self._foreign_known(word):
            return word
        near = self._near(text, sure=bool(word.parts) or self._real_word(text))
        for guess in near[:1]:
            word = self._plain(guess.word, languages)
            word.text, word.corrected, word.alternatives = text, guess, near
            word.keys = dict.fromkeys(word.keys, max(guess.likeness * weights.FUZZY, _LEAST_SURE))
        if not near and not word.parts:
            word.inside = tuple(self.spelling.inside(text))
        return word

    def _real_word(self, text: str) -> bool:
        """A word of the language that the catalogue does not use: probably meant as typed."""
        return self.analyzer.mode == "voikko" and self.analyzer.analyse(text).known

    def _near(self, text: str, *, sure: bool) -> list[Near]:
        found = self.spelling.near(text)
        return [one for one in found if one.likeness >= _SURE] if sure else found

    def _plain(self, text: str, languages: Sequence[str]) -> _Word:
        reading = self.analyzer.analyse(text)
        foreign = {
            language: stems.stem(text, language)
            for language in stems.languages_of(text)
            if language in languages or not self._stands(reading.lemmas)
        }
        keys = dict.fromkeys(reading.lemmas, 1.0)
        keys.update({f"{language}:{stem}": 1.0 for language, stem in foreign.items()})
        known_parts = tuple(part for part in reading.parts if self._stands((part,)))
        return _Word(
            text,
            reading.lemmas,
            known_parts,
            keys,
            part_keys(text, self.analyzer, self.thesaurus.generic),
            foreign,
            known_finnish=self._stands(reading.lemmas),
        )

    def _foreign_known(self, word: _Word) -> bool:
        return any(
            f"{language}:{stem}" in self.frequency or self.thesaurus.knows(f"{language}:{stem}")
            for language, stem in word.foreign.items()
        )

    def _join(self, read: list[_Word], languages: Sequence[str]) -> list[_Word]:
        """Neighbours that are one word in the catalogue: "perhe neuvola", "lasten suojelu".

        Only where compounds are written together: a stem of two Russian or Ukrainian words run
        together is as good as any stem, and would swallow the whole sentence.
        """
        joined: list[_Word] = []
        for word in read:
            if (
                joined
                and self._joinable(joined[-1], word)
                and len(joined[-1].text) + len(word.text) >= _SHORTEST_JOINED
            ):
                whole = self._plain(joined[-1].text + word.text, languages)
                if whole.known_finnish or self._foreign_known(whole):
                    halves = dict.fromkeys((*joined[-1].keys, *word.keys), PART_OF_COMPOUND)
                    whole.part_keys = {**halves, **whole.part_keys}
                    joined[-1] = whole
                    continue
            joined.append(word)
        return joined

    @staticmethod
    def _joinable(first: _Word, second: _Word) -> bool:
        if script(first.text) != "latin" or script(second.text) != "latin":
            return False
        return not (first.silent and second.silent) and NEGATION not in {**first.keys, **second.keys}

    def _groups(self, read: Sequence[_Word], matches: Sequence[Match]) -> list[Group]:
        groups: list[Group] = []
        for number, word in enumerate(read):
            if word.silent:
                continue
            group = Group(
                word.text,
                list(self._variants(word)),
                corrected=word.corrected,
                alternatives=word.alternatives,
            )
            group.variants += [
                Variant("", weights.CONCEPT * match.strength, match.concept)
                for match in matches[:_MOST_CONCEPTS]
                if number in match.words
            ]
            group.importance = self._importance(word)
            groups.append(group)
        return groups

    def _variants(self, word: _Word) -> Iterable[Variant]:
        sure = weights.FUZZY * word.corrected.likeness if word.corrected else 1.0
        for lemma in word.finnish:
            yield from self._known(LEMMA + lemma, weights.LEMMA * sure)
            yield from self._known(PART + lemma, weights.IN_COMPOUND * sure)
        for part in word.parts:
            strength = weights.OWN_COMPOUND if self._is_compound(part) else weights.OWN_PART
            strength *= weights.GENERIC if part in self.thesaurus.generic else 1.0
            yield from self._known(LEMMA + part, strength * sure)
            yield from self._known(PART + part, strength * weights.IN_COMPOUND * sure)
        for language, stem in word.foreign.items():
            yield from self._known(f"{language}:{stem}", weights.OTHER_LANGUAGE * sure)
        for known in word.inside:
            for lemma in self.analyzer.analyse(known).lemmas:
                yield from self._known(LEMMA + lemma, weights.SUBSTRING)

    def _is_compound(self, part: str) -> bool:
        return bool(self.analyzer.analyse(part).parts)

    def _known(self, term: str, weight: float) -> Iterable[Variant]:
        if term in self.frequency:
            yield Variant(term, weight)

    def _importance(self, word: _Word) -> float:
        return 1.0 if self.thesaurus.generic.isdisjoint(word.keys) else weights.GENERIC


# Unit: letters. Shorter joins are accidents ("ja on").
_SHORTEST_JOINED = 6
_MOST_CONCEPTS = 8
# Unit: share of letters. A word with a meaning of its own is only corrected to a very near one.
_SURE = 0.85
# A corrected word is never so unsure that a phrase of one word could not be recognised by it.
_LEAST_SURE = 0.6


def spelling_of(vocabulary: Vocabulary, thesaurus: Thesaurus) -> Spelling:
    """The words that may be meant when a word is not known: the catalogue's and the thesaurus's."""
    known = {
        form
        for form, reading in vocabulary.forms.items()
        if any(LEMMA + lemma in vocabulary.frequency for lemma in reading.lemmas)
    }
    known.update(thesaurus.vocabulary)
    known.update(piece for form in tuple(known) for piece in pieces(form))
    return Spelling(known)
