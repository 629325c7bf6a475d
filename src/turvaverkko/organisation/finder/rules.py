"""What somebody meant by what they typed: a postal code, or the name of a place. Pure.

Names are understood in Finnish and Swedish, in any case of letters, with or without dots over them, and
in the usual Finnish cases ("Limingassa", "Haukiputaalta"). What is not understood gets suggestions.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from rapidfuzz import fuzz, process

from turvaverkko.core.ids import slugify_fi
from turvaverkko.core.safe_text import clean_query

# Unit: characters. The longest name of a place in Finland has under 30.
LONGEST_QUESTION: Final = 60
POSTAL_CODE_LENGTH: Final = 5
# Unit: per cent of likeness. "Limiga" is like Liminka by 77, "Oulo" like Oulu by 75.
LIKE_ENOUGH: Final = 68
MOST_SUGGESTIONS: Final = 4
# Unit: characters. A shorter word begins too many names to mean one of them.
SHORTEST_PART: Final = 4
# "FI-90100", "90 100", "90100 Oulu"
POSTAL_CODE: Final = re.compile(r"(?<!\d)(?:fi-?\s*)?(\d{2}\s?\d{3})(?!\s?\d)", re.IGNORECASE)
DIGITS_ONLY: Final = re.compile(r"(?:fi-?)?[\d\s-]+", re.IGNORECASE)
AROUND_A_NAME: Final = re.compile(r"^(?:i|in|på|kunta|kommun)-|-(?:kunta|kaupunki|kommun|stad|town|city)$")
# Endings of the inner and outer local cases, the genitive and the illatives, after slugify (ä = a).
ENDINGS: Final = (
    "seen",
    "hin",
    "ssa",
    "sta",
    "lla",
    "lta",
    "lle",
    "an",
    "en",
    "in",
    "on",
    "un",
    "yn",
    "n",
    "s",
)
# Last letters of a name -> of its stem in those cases. Consonant gradation as names of places show it.
STEMS: Final = (
    ("nka", "nga"),
    ("nki", "ngi"),
    ("nta", "nna"),
    ("nto", "nno"),
    ("nen", "se"),
    ("nen", "si"),
    ("nen", "st"),
    ("joki", "joe"),
    ("vesi", "vede"),
    ("maki", "mae"),
    ("lahti", "lahde"),
    ("lampi", "lamme"),
    ("uoto", "uodo"),
    ("das", "taa"),
    ("nen", "si"),
    ("pas", "paa"),
    ("kas", "kkaa"),
    ("s", "kse"),
    ("i", "e"),
    ("e", "ee"),
    ("ku", "u"),
    ("ka", "a"),
)


class Kind(Enum):
    """What was typed."""

    NOTHING = "nothing"
    POSTAL_CODE = "postal code"
    WRONG_POSTAL_CODE = "wrong postal code"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, made harmless, and what kind of thing it is.

    Attributes:
        text: to be shown back.
        postal_code: five digits when the kind is a postal code.
        name: the name in the form in which names are compared.
    """

    kind: Kind
    text: str = ""
    postal_code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A name by which a place can be asked for.

    Attributes:
        key: which place; names in two languages have the same.
        text: the name.
        shown: the place's name as suggestions show it, in the reader's language.
        is_own: the place is in the county that answers.
    """

    key: str
    text: str
    shown: str
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """The keys of the places that were meant, or suggestions when none was."""

    keys: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


def read_question(typed: str) -> Question:
    """Tell what somebody typed.

    Examples:
        >>> read_question(" FI-90 100 Oulu ").postal_code
        '90100'
        >>> read_question("9010").kind
        <Kind.WRONG_POSTAL_CODE: 'wrong postal code'>
        >>> read_question("  Tyrnävän kunta").name
        'tyrnavan'
    """
    text = clean_query(typed, LONGEST_QUESTION)
    if code := POSTAL_CODE.search(text):
        return Question(Kind.POSTAL_CODE, text, postal_code=code.group(1).replace(" ", ""))
    if text and DIGITS_ONLY.fullmatch(text):
        return Question(Kind.WRONG_POSTAL_CODE, text)
    name = AROUND_A_NAME.sub("", slugify_fi(text))
    return Question(Kind.NAME, text, name=name) if name else Question(Kind.NOTHING, text)


def match(asked: str, names: Sequence[Name]) -> Match:
    """Find the places that were meant: by exact name, then by an inflected one; else suggest.

    Args:
        asked: `Question.name`.
        names: every known name; where two places share one, those of the own county stand alone.
    """
    exact = [name for name in names if slugify_fi(name.text) == asked]
    found = exact or [name for name in names if asked in set(inflected(slugify_fi(name.text)))]
    if found:
        own = [name for name in found if name.is_own]
        return Match(keys=tuple(dict.fromkeys(name.key for name in own or found)))
    return Match(suggestions=tuple(_suggestions(asked, names)))


def inflected(name: str) -> Iterator[str]:
    """Yield the usual case forms of a name, also some that nobody uses: they harm nobody.

    Examples:
        >>> forms = set(inflected("liminka"))
        >>> {"limingassa", "liminkaan", "limingan"} <= forms
        True
    """
    for stem in stems(name):
        for ending in ENDINGS:
            yield stem + ending


def stems(name: str) -> Iterator[str]:
    """Yield the stems to which the endings of cases are added."""
    yield name
    for last, instead in STEMS:
        if name.endswith(last):
            yield name.removesuffix(last) + instead


def begins_a_word(asked: str, text: str) -> bool:
    """Tell whether what was asked, less an ending, begins a word of a text.

    Examples:
        >>> begins_a_word("tuirassa", "Tuiran hyvinvointikeskuksen perhekeskus")
        True
        >>> begins_a_word("tui", "Tuiran hyvinvointikeskuksen perhekeskus")
        False
    """
    words = slugify_fi(text).split("-")
    return any(word.startswith(part) for part in _parts(asked) for word in words)


def _parts(asked: str) -> Iterator[str]:
    for ending in ("", *ENDINGS):
        part = asked.removesuffix(ending)
        if asked.endswith(ending) and len(part) >= SHORTEST_PART:
            yield part


def _suggestions(asked: str, names: Sequence[Name]) -> Iterable[str]:
    known = {name: slugify_fi(name.text) for name in names}
    beginning = [name for name, text in known.items() if any(text.startswith(part) for part in _parts(asked))]
    hits = process.extract(asked, known, scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH, limit=12)
    alike = sorted(hits, key=lambda hit: (not hit[2].is_own, -hit[1], hit[2].text))
    found = [name.shown for name in [*beginning, *(hit[2] for hit in alike)]]
    return list(dict.fromkeys(found))[:MOST_SUGGESTIONS]
