"""Stems by Snowball: small, bundled, permissively licensed."""

import threading
from functools import lru_cache

import Stemmer

from turvaverkko.directory.search.text import script

# Languages that have a name space of their own in the index, by alphabet.
OTHER_LANGUAGES: dict[str, tuple[str, ...]] = {
    "latin": ("sv", "en"),
    "cyrillic": ("ru", "uk"),
    "arabic": ("ar",),
}
_ALGORITHMS = {"fi": "finnish", "sv": "swedish", "en": "english", "ru": "russian", "ar": "arabic"}
# Unit: letters. There is no bundled Ukrainian stemmer; a prefix of five letters keeps a word's
# family together and its neighbours mostly apart.
_UKRAINIAN_PREFIX = 5
_handles = threading.local()


def _stemmer(language: str) -> "Stemmer.Stemmer":
    """This thread's own stemmer: the C object keeps state while it works."""
    handles: dict[str, Stemmer.Stemmer] = _handles.__dict__.setdefault("by_language", {})
    if language not in handles:
        handles[language] = Stemmer.Stemmer(_ALGORITHMS[language])
    return handles[language]


@lru_cache(maxsize=65_536)
def stem(word: str, language: str) -> str:
    """The stem of `word` in `language`; Ukrainian words are cut to a prefix."""
    if language == "uk":
        return word[:_UKRAINIAN_PREFIX]
    return str(_stemmer(language).stemWord(word))


def languages_of(word: str) -> tuple[str, ...]:
    """The languages other than Finnish in which `word` may be written, by its alphabet."""
    return OTHER_LANGUAGES[script(word)]
