"""Municipalities in the text of a query, in any inflected form. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from turvaverkko.directory.search.text import fold

# How Finnish place names change before their endings: (end of the name, ends of its stems).
_CHANGES = (
    ("joki", ("joki", "joke", "joe")),
    ("järvi", ("järve",)),
    ("vesi", ("vede", "vete", "vesi")),
    ("mäki", ("mäke", "mäe", "mäki")),
    ("koski", ("koske",)),
    ("niemi", ("nieme",)),
    ("saari", ("saare",)),
    ("lahti", ("lahde", "lahte")),
    ("lampi", ("lamme", "lampe")),
    ("salmi", ("salme",)),
    ("linna", ("linna",)),
    ("luoto", ("luodo", "luoto")),
    ("lehto", ("lehdo", "lehto")),
    ("ranta", ("ranna", "ranta")),
    ("pohja", ("pohja",)),
    ("inen", ("ise", "isi", "is")),
    ("nka", ("nka", "nga")),
    ("nki", ("nki", "nge", "ngi")),
    ("nta", ("nta", "nna")),
    ("ntä", ("ntä", "nnä")),
    ("kki", ("kki", "ki")),
    ("kko", ("kko", "ko")),
    ("ppi", ("ppi", "pi")),
    ("tti", ("tti", "ti")),
    ("ku", ("ku", "u")),
    ("pu", ("pu", "vu")),
    ("os", ("okse", "os")),
    ("us", ("ukse", "us")),
    ("ys", ("ykse", "ys")),
    ("as", ("aa", "as")),
)  # fmt: skip
_ENDINGS = re.compile(
    r"(?:[ie]?(?:n|a|ä|t|ta|tä|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|na|nä|ksi|in|ten|hin|hen|hun|seen|en|an|on|un|än|ön)"
    r"|(?:lai|läi)(?:nen|se|si|s)\w*)?(?:kin|kaan|kään|ko|kö)?$"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality and every name it goes by."""

    code: str
    names: Sequence[str]


class Gazetteer:
    """Finds municipalities among the words of a query."""

    def __init__(self, places: Iterable[Place]) -> None:
        """Work out the stems of every name once."""
        self.names: dict[str, str] = {}
        self._by_stem: dict[str, str] = {}
        for place in places:
            self.names[place.code] = place.names[0]
            for name in place.names:
                self._by_stem.update(dict.fromkeys(stems_of(name), place.code))
        self._longest = max((len(stem) for stem in self._by_stem), default=0)

    def find(self, word: str) -> str | None:
        """The municipality that `word` is a form of."""
        folded = fold(word)
        for cut in range(min(len(folded), self._longest), 1, -1):
            code = self._by_stem.get(folded[:cut])
            if code is not None and _ENDINGS.fullmatch(word[cut:]):
                return code
        return None


def stems_of(name: str) -> list[str]:
    """The stems to which case endings are joined, folded; the name itself is the first.

    Examples:
        >>> stems_of("Liminka")
        ['liminka', 'liminga']
    """
    small = name.lower()
    found = [small]
    for end, changed in _CHANGES:
        if small.endswith(end):
            found += [small[: -len(end)] + stem for stem in changed]
            break
    return list(dict.fromkeys(fold(stem) for stem in found))


def gazetteer(names: Mapping[str, Sequence[str]]) -> Gazetteer:
    """A gazetteer from code → names."""
    return Gazetteer(Place(code, tuple(known)) for code, known in names.items())
