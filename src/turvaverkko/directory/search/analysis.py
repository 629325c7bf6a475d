"""Finnish morphology behind one interface, with or without libvoikko.

Every reading of a word counts: "perheneuvolasta" is read in three ways and only the last is meant.
A word gives lemmas (what it may be a form of) and parts (the words a compound is made of, and the
shorter compounds inside it).
"""

import os
import re
import threading
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, Protocol

from libvoikko import Voikko, VoikkoException

from turvaverkko.directory.search import stems
from turvaverkko.directory.search.text import pieces

Mode = Literal["voikko", "light"]
MODE_VARIABLE: Final = "TURVAVERKKO_SEARCH_MODE"

_ELEMENT = re.compile(r"\+([^+()]+)(?:\(([^)]*)\))?")
# Unit: letters. Shorter prefixes without a base of their own are joints or endings, not words.
_SHORTEST_BARE_PART = 4
# Unit: letters. In light mode a shorter first or last part finds more accidents than compounds.
_SHORTEST_FIRST_PART = 3
_SHORTEST_LAST_PART = 4


@dataclass(frozen=True, slots=True)
class Analysis:
    """What one word may be: its lemmas, its compound parts, and whether the analyser knew it."""

    lemmas: tuple[str, ...]
    parts: tuple[str, ...] = ()
    known: bool = True


class Analyzer(Protocol):
    """The one door to Finnish morphology."""

    mode: Mode

    def analyse(self, word: str) -> Analysis:
        """All readings of one small-letter word together."""
        ...


def lemmas(analyzer: Analyzer, word: str) -> tuple[str, ...]:
    """What `word` may be a form of."""
    return analyzer.analyse(word).lemmas


def parts(analyzer: Analyzer, word: str) -> tuple[str, ...]:
    """The words that `word` is made of."""
    return analyzer.analyse(word).parts


class VoikkoAnalyzer:
    """libvoikko with one handle per thread: a shared one corrupts the heap (measured)."""

    mode: Mode = "voikko"

    def __init__(self) -> None:
        """Open this thread's handle at once, so that a missing dictionary shows at the start."""
        self._local = threading.local()
        self._handle()

    def _handle(self) -> Voikko:
        handle: Voikko | None = getattr(self._local, "voikko", None)
        if handle is None:
            handle = Voikko("fi")
            self._local.voikko = handle
        return handle

    def analyse(self, word: str) -> Analysis:
        """All readings; an unknown word falls back to its Snowball stem."""
        readings = _meant(word, self._handle().analyze(word))
        if not readings:
            return self._unknown(word)
        found_lemmas: dict[str, None] = {}
        found_parts: dict[str, None] = {}
        for reading in readings:
            lemma = str(reading.get("BASEFORM", word)).lower().replace("=", "")
            found_lemmas[lemma] = None
            found_parts.update(dict.fromkeys(compound_parts(str(reading.get("WORDBASES", "")), lemma)))
        found_parts.update(dict.fromkeys(_verbs_under(readings)))
        return Analysis(tuple(found_lemmas), tuple(part for part in found_parts if part not in found_lemmas))

    def _unknown(self, word: str) -> Analysis:
        cut = pieces(word)
        if len(cut) > 1:
            inner = [self.analyse(piece) for piece in cut]
            joined = "-".join([*cut[:-1], inner[-1].lemmas[0]])
            return Analysis((joined,), _distinct(lemma for one in inner for lemma in one.lemmas), known=False)
        return Analysis(_unknown_lemmas(word), known=False)


_PEOPLE = re.compile(r"(?:lai|läi)(?:nen|s\w*)$")


def _unknown_lemmas(word: str) -> tuple[str, ...]:
    """The stem, and under "eskarilaisille" also that of "eskari"."""
    bare = _PEOPLE.sub("", word)
    found = [stems.stem(word, "fi")]
    if bare != word and len(bare) >= _SHORTEST_BARE_PART:
        found += [bare, stems.stem(bare, "fi")]
    return _distinct(found)


_PARTICIPLE = re.compile(r"(?:ma|mä|va|vä|pa|pä)$")


def _meant(word: str, readings: list[dict[str, str]]) -> list[dict[str, str]]:
    """Without participles where a noun of its own stands: "syöpä" is no form of "syödä" to anybody."""
    noun = any(
        one.get("CLASS") == "nimisana" and str(one.get("BASEFORM", "")).lower() == word for one in readings
    )
    if not noun or not _PARTICIPLE.search(word):
        return readings
    return [one for one in readings if one.get("CLASS") != "teonsana"]


def _verbs_under(readings: list[dict[str, str]]) -> list[str]:
    """The verb under a derived adjective or noun: "väsynyt" is also a form of "väsyä"."""
    found = []
    for reading in readings:
        elements = _ELEMENT.findall(str(reading.get("WORDBASES", "")))
        if len(elements) > 1 and elements[-1][1].startswith("+") and elements[0][1].endswith(("a", "ä")):
            whole = [base for _, base in elements if base and not base.startswith("+")]
            if len(whole) == 1:
                found.append(whole[0].lower().replace("=", ""))
    return found


def compound_parts(wordbases: str, lemma: str) -> list[str]:
    """Parts of one reading: the single words, the shorter compounds, and the bases under endings.

    Examples:
        >>> compound_parts("+perhe(perhe)+koti(koti)+palvel(palvella)+u(+u)", "perhekotipalvelu")
        ['perhe', 'koti', 'palvelu', 'perhekoti', 'kotipalvelu']
    """
    surface: list[str] = []
    bases: list[str] = []
    for form, base in _ELEMENT.findall(wordbases):
        ending = base.startswith("+") or (not base and len(form) < _SHORTEST_BARE_PART)
        if ending and surface:
            surface[-1] += form.lower()
            bases[-1] = surface[-1]
        else:
            surface.append(form.lower())
            bases.append((base or form).lower().replace("=", ""))
    if len(bases) < 2:
        return []
    if not lemma.endswith(bases[-1]):
        bases[-1] = _lemma_tail(lemma, surface[:-1]) or bases[-1]
    return [*bases, *_inner_compounds(surface, bases)]


def _lemma_tail(lemma: str, heads: list[str]) -> str:
    head = "".join(heads)
    return lemma[len(head) :] if lemma.startswith(head) else ""


def _inner_compounds(surface: list[str], bases: list[str]) -> list[str]:
    count = len(bases)
    return [
        "".join(surface[start : end - 1]) + bases[end - 1]
        for width in range(2, count)
        for start in range(count - width + 1)
        for end in (start + width,)
    ]


class LightAnalyzer:
    """Snowball stems, and compounds cut where the catalogue itself knows both halves."""

    mode: Mode = "light"

    def __init__(self, known_stems: Collection[str] = ()) -> None:
        """Take the stems that stand as words of their own in the catalogue."""
        self.known_stems = frozenset(known_stems)

    def analyse(self, word: str) -> Analysis:
        """The stem with its consonants levelled, and the best cuts."""
        cut = pieces(word)
        if len(cut) > 1:
            return Analysis((light_stem(word),), _distinct(light_stem(piece) for piece in cut), known=False)
        stem = light_stem(word)
        bare = _PEOPLE.sub("", word)
        lemmas = (stem,) if bare == word or len(bare) < _SHORTEST_BARE_PART else (stem, light_stem(bare))
        return Analysis(
            lemmas, _distinct((*self._cuts(word), *_verb_stems(word))), known=stem in self.known_stems
        )

    def _cuts(self, word: str) -> Iterable[str]:
        for place in range(_SHORTEST_FIRST_PART, len(word) - _SHORTEST_LAST_PART + 1):
            last = light_stem(word[place:])
            if last not in self.known_stems or len(last) < _SHORTEST_LAST_PART - 1:
                continue
            inner = list(self._cuts(word[:place]))
            first = light_stem(word[:place])
            if first in self.known_stems or inner:
                yield from (first, last, *inner)


# "Varastaminen", "varastamisesta", "sairastunut": the verb stands before these endings.
_OF_A_VERB = re.compile(r"(?:minen|mi(?:s|st|sek|sell|seen|sta|sen)\w*|n[uy]t|nee\w{0,5})$")


def _verb_stems(word: str) -> Iterable[str]:
    bare = _OF_A_VERB.sub("", word)
    if bare != word and len(bare) >= _SHORTEST_BARE_PART:
        yield light_stem(bare)


# Weak and strong grades that Snowball leaves apart: "neuvonta" and "neuvonnan" become one stem.
_GRADES = (
    ("nn", "nt"), ("mm", "mp"), ("ng", "nk"), ("ll", "lt"), ("rr", "rt"),
    ("kk", "k"), ("pp", "p"), ("tt", "t"),
)  # fmt: skip
_LAST_CLUSTER = re.compile(r"([^aeiouyäö]+)([aeiouyäö]*)$")
_SHORTEST_GRADED = 5


@lru_cache(maxsize=65_536)
def light_stem(word: str) -> str:
    """The Snowball stem with the last consonants in their strong grade.

    Examples:
        >>> light_stem("neuvonnan") == light_stem("neuvonta")
        True
    """
    stem = stems.stem(word, "fi")
    if len(stem) < _SHORTEST_GRADED:
        return stem
    match = _LAST_CLUSTER.search(stem)
    if match is None:
        return stem
    cluster = match.group(1)
    for weak, strong in _GRADES:
        if cluster.endswith(weak):
            cluster = cluster[: -len(weak)] + strong
            break
    return stem[: match.start(1)] + cluster


class CachedAnalyzer:
    """An analyser behind a memory of its answers; one per process is enough for all threads."""

    def __init__(self, analyzer: Analyzer, remembered: dict[str, Analysis] | None = None) -> None:
        """Start from what the table already knows."""
        self.mode = analyzer.mode
        self._analyzer = analyzer
        self._remembered = remembered if remembered is not None else {}
        self._recent: Callable[[str], Analysis] = lru_cache(maxsize=8_192)(analyzer.analyse)

    def analyse(self, word: str) -> Analysis:
        """From memory when the word stands in the catalogue, else from the analyser."""
        return self._remembered.get(word) or self._recent(word)


def _distinct(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def _voikko() -> VoikkoAnalyzer | None:
    try:
        return VoikkoAnalyzer()
    except (OSError, VoikkoException):
        return None


def active_mode() -> Mode:
    """Which analysis this process uses: voikko when it loads and nobody asked for light."""
    if os.environ.get(MODE_VARIABLE) == "light" or _voikko() is None:
        return "light"
    return "voikko"


def make_analyzer(mode: Mode, known_stems: Collection[str] = ()) -> Analyzer:
    """The analyser of `mode`; light mode takes the stems the catalogue knows."""
    voikko = _voikko() if mode == "voikko" else None
    return voikko or LightAnalyzer(known_stems)
