"""A child's age typed into the query. Pure."""

import re
from collections.abc import Sequence
from typing import NamedTuple

# Unit: years.
OLDEST_CHILD = 25

_NUMBERS = {
    "yksi": 1, "kaksi": 2, "kolmi": 3, "neli": 4, "viisi": 5, "kuusi": 6, "seitsen": 7, "seitsemän": 7,
    "kahdeksan": 8, "yhdeksän": 9, "kymmen": 10, "yksitoista": 11, "kaksitoista": 12, "kolmetoista": 13,
    "neljätoista": 14, "viisitoista": 15, "kuusitoista": 16, "seitsemäntoista": 17, "ett": 1, "två": 2,
    "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10,
}  # fmt: skip
_YEARS = (
    r"v|vee|vuotias\w*|vuotiaa\w*|vuotia|vuotta|vuotiai\w*|åring\w*|åri\w*|år|years?|yo|year-old|years?-old"
    r"|лет|год\w*|рок\w*|سنوات|سنة"
)
_MONTHS = r"kk|kuukau\w*|kuinen|månad\w*|months?|mån|мес\w*|міс\w*|شهر\w*"
_TOGETHER = re.compile(rf"(\d{{1,2}})-?(?:({_YEARS})|({_MONTHS}))")
_UNIT = re.compile(rf"(?:({_YEARS})|({_MONTHS}))")
_IN_WORDS = re.compile(rf"({'|'.join(sorted(_NUMBERS, key=len, reverse=True))})-?(?:vuotia\w*|åring\w*)")
_FILLERS = frozenset({"old", "ikäinen", "gammal", "alle", "yli"})


class Ages(NamedTuple):
    """The age found, and the query's words without it."""

    age: int | None
    rest: list[str]


def take_out(words: Sequence[str]) -> Ages:
    """Find one age; the words that told it are taken out.

    Examples:
        >>> take_out(["5-vuotias", "ei", "nuku"])
        Ages(age=5, rest=['ei', 'nuku'])
    """
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        found, used = _age_at(word, following)
        if found is not None and found <= OLDEST_CHILD:
            rest = [*words[:place], *words[place + used :]]
            return Ages(found, [one for one in rest if one not in _FILLERS])
    return Ages(None, list(words))


def _age_at(word: str, following: str) -> tuple[int | None, int]:
    if match := _TOGETHER.fullmatch(word):
        return (0 if match.group(3) else int(match.group(1))), 1
    if match := _IN_WORDS.fullmatch(word):
        return _NUMBERS[match.group(1)], 1
    if word.isdecimal() and len(word) <= 2 and (unit := _UNIT.fullmatch(following)):
        return (0 if unit.group(2) else int(word)), 2
    return None, 0
