"""What a reader asked of the search, made harmless. Wrong choices are dropped, never a fault."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext

from turvaverkko.core.safe_text import cleaned_query
from turvaverkko.directory.addresses import Parameters
from turvaverkko.directory.choice import PARAMETER, Choice, chosen

MUNICIPALITY: Final = PARAMETER
WORDS: Final = "q"
AGE: Final = "ika"
SITUATION: Final = "tilanne"
WAY: Final = "tapa"
WHO: Final = "kuka"
LANGUAGE: Final = "kieli"
OPEN: Final = "avoinna"
NOW: Final = "nyt"
PAGE: Final = "sivu"
IGNORE: Final = "ohita"
# Parameter of the address -> name of the facet in the search.
FACETS: Final[Mapping[str, str]] = {
    MUNICIPALITY: "municipality",
    WAY: "way",
    WHO: "organisation",
    AGE: "age",
    SITUATION: "situation",
    LANGUAGE: "language",
}
# Unit: values and characters per parameter. Nobody ticks more boxes; codes are short.
_MOST: Final = 12
_LONGEST: Final = 80
# Unit: pages. Nobody reads further; a bigger number is a machine's.
_LAST_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as it was asked.

    Attributes:
        words: what was typed, harmless and not too long.
        removed: what had to be taken out of it (see `core.safe_text.Cleaned`).
        values: parameter of the address -> chosen values.
        ignore: readings that the reader took away.
    """

    words: str
    removed: Mapping[str, int]
    values: Mapping[str, Sequence[str]]
    choice: Choice
    open_now: bool
    page: int
    ignore: tuple[str, ...]

    def parameters(self, **changed: Sequence[str]) -> Parameters:
        """The parameters of this search's address, some of them changed; the page begins anew."""
        return {
            WORDS: [self.words],
            **self.values,
            OPEN: [NOW] if self.open_now else [],
            IGNORE: list(self.ignore),
            **changed,
        }

    def active(self) -> int:
        """How many choices narrow the search."""
        return sum(len(values) for values in self.values.values()) + self.open_now

    def notices(self) -> list[str]:
        """What the reader should know of their words and choices, in their language."""
        found = [self.choice.unknown_words()]
        if "cut" in self.removed:
            found.append(gettext("Tekstisi oli pitkä. Haimme sen alulla. Muutama sana riittää."))
        elif self.removed:
            found.append(gettext("Poistimme tekstistä merkkejä, joita ei voi lukea."))
        return [notice for notice in found if notice]


def asked(request: HttpRequest) -> Asked:
    """Read a search from the address of a request."""
    cleaned = cleaned_query(request.GET.get(WORDS, ""))
    choice = chosen(request)
    values = {name: _values(request.GET, name) for name in FACETS}
    return Asked(
        words=cleaned.text,
        removed=cleaned.removed,
        values={**values, MUNICIPALITY: sorted(choice.filtered)},
        choice=choice,
        open_now=request.GET.get(OPEN) == NOW,
        page=_page(request.GET.get(PAGE, "")),
        ignore=tuple(_values(request.GET, IGNORE)),
    )


def _values(data: QueryDict, name: str) -> list[str]:
    typed = (cleaned_query(value, _LONGEST).text for value in data.getlist(name)[:_MOST])
    return list(dict.fromkeys(value for value in typed if value))


def _page(typed: str) -> int:
    is_number = typed.isascii() and typed.isdecimal() and len(typed) <= len(str(_LAST_PAGE))
    return min(max(int(typed), 1), _LAST_PAGE) if is_number else 1
