"""Words out of text: one way to cut, lower-case and fold for the index and for the query."""

import re
import unicodedata
from typing import Literal

Script = Literal["latin", "cyrillic", "arabic"]

# Longest query that is read, in words. Source: the longest real questions of the benchmark have
# twelve; what comes after forty adds cost and no meaning.
MAX_QUERY_WORDS = 40
# Longest word, in letters. The longest compounds of the national descriptions have under fifty.
MAX_WORD_LETTERS = 64

_WORD = re.compile(r"[^\W_]+(?:['’:-][^\W_]+)*")
_HYPHENS = re.compile(r"['’:-]")
# Marks without a picture: inside a word they part nothing.
_INVISIBLE = dict.fromkeys(
    (0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
)
_ARABIC_MARKS = re.compile("[\u064b-\u065f\u0670\u0640]")
_FOLDS = str.maketrans({"ä": "a", "å": "a", "ö": "o", "é": "e", "ü": "u", "š": "s", "ž": "z", "ё": "е"})


def clean(text: str) -> str:
    """Return `text` in one Unicode form and small letters, without marks that have no picture."""
    return _ARABIC_MARKS.sub("", unicodedata.normalize("NFC", text).translate(_INVISIBLE)).lower()


def words(text: str) -> list[str]:
    """Cut `text` into small-letter words; a hyphenated word stays whole.

    Examples:
        >>> words("Äiti- ja lapsi, sh-vastaanotto (Ii)")
        ['äiti', 'ja', 'lapsi', 'sh-vastaanotto', 'ii']
    """
    return [word[:MAX_WORD_LETTERS] for word in _WORD.findall(clean(text))]


def pieces(word: str) -> list[str]:
    """The parts of a hyphenated word; a word without hyphens is its own only piece."""
    return [piece for piece in _HYPHENS.split(word) if piece]


def fold(word: str) -> str:
    """Forget the dots and rings that people leave out when they type: `päiväkoti` is `paivakoti`."""
    return word.translate(_FOLDS)


def script(word: str) -> Script:
    """The alphabet of the first letter that tells one."""
    for letter in word:
        if "\u0400" <= letter <= "\u04ff":
            return "cyrillic"
        if "\u0600" <= letter <= "\u06ff":
            return "arabic"
    return "latin"
