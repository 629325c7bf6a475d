"""Do a family's own words suggest danger? The same reading of words as in the search."""

from collections.abc import Iterator
from typing import Final

from turvaverkko.core.safe_text import QUERY_LENGTH
from turvaverkko.directory.search.api import read_words

# Unit: pieces. A text of 5,000 signs has about 25; each is read in a few milliseconds.
MOST_PIECES: Final = 40


def dangers_in(words: str) -> tuple[str, ...]:
    """Return the codes of urgent concepts in a text, each once, in the order of the text."""
    found = (code for piece in _pieces(words) for code in read_words(piece).urgent)
    return tuple(dict.fromkeys(found))


def topic_of(words: str) -> str:
    """Return the code of the life situation that a text is most about, or "" when none is near."""
    for piece in _pieces(words):
        if situations := read_words(piece).situations:
            return situations[0]
    return ""


def _pieces(words: str) -> Iterator[str]:
    """Cut a text into pieces as long as the search reads, at the ends of words."""
    piece = ""
    pieces = 0
    for word in words.split():
        if piece and len(piece) + len(word) + 1 > QUERY_LENGTH:
            yield piece
            pieces += 1
            if pieces >= MOST_PIECES:
                return
            piece = ""
        piece = f"{piece} {word}".strip()
    if piece:
        yield piece
