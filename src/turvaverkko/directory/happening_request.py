"""What a reader asked of the list of happenings, made harmless. Wrong choices are dropped, never a fault."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.http import HttpRequest
from django.utils.translation import get_language

from turvaverkko.directory import happening_words, shared
from turvaverkko.directory.addresses import Parameters
from turvaverkko.directory.choice import PARAMETER, Choice, chosen
from turvaverkko.directory.happening_shapes import Wish
from turvaverkko.directory.presenting import SPOKEN

MUNICIPALITY: Final = PARAMETER
WHEN: Final = "milloin"
KIND: Final = "laji"
AGE: Final = "ika"
LANGUAGE: Final = "kieli"
WEEKDAY: Final = "paiva"
EASE: Final = "helppous"
SHOW: Final = "nayta"
PAGE: Final = "sivu"
TODAY, WEEK = "tanaan", "viikko"
FREE, ONLINE = "maksuton", "verkossa"
EACH: Final = "kerrat"
WEEKDAYS: Final = ("ma", "ti", "ke", "to", "pe", "la", "su")
LANGUAGES: Final = ("fi", *SPOKEN)
# Parameters that narrow, in the order in which they stand on the page.
NARROWING: Final = (WHEN, MUNICIPALITY, AGE, KIND, WEEKDAY, EASE, LANGUAGE)
# Unit: values of one parameter, and pages. A bigger number is a machine's.
_MOST: Final = 12
_LAST_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """A list of happenings as it was asked.

    Attributes:
        values: parameter of the address -> chosen values.
        each: a line for each time instead of one for each happening.
    """

    values: Mapping[str, Sequence[str]]
    choice: Choice
    each: bool
    page: int

    def parameters(self, **changed: Sequence[str]) -> Parameters:
        """The parameters of this list's address, some of them changed; the page begins anew."""
        return {**self.values, SHOW: [EACH] if self.each else [], **changed}

    def active(self) -> int:
        """How many choices narrow the list."""
        return sum(len(values) for values in self.values.values())

    def wish(self, today: date) -> Wish:
        """What is wanted, seen from a day."""
        return Wish(
            municipalities=tuple(self.values[MUNICIPALITY]),
            kinds=tuple(self.values[KIND]),
            ages=tuple(term for term in shared.ages(_language()) if term.code in self.values[AGE]),
            languages=tuple(self.values[LANGUAGE]),
            weekdays=tuple(WEEKDAYS.index(day) for day in self.values[WEEKDAY]),
            free=FREE in self.values[EASE],
            online=ONLINE in self.values[EASE],
            until=self._until(today),
        )

    def _until(self, today: date) -> date | None:
        if TODAY in self.values[WHEN]:
            return today
        return today + timedelta(days=6 - today.weekday()) if WEEK in self.values[WHEN] else None


def asked(request: HttpRequest) -> Asked:
    """Return what the reader of the list asked for."""
    choice = chosen(request)
    known: Mapping[str, Sequence[str]] = {
        WHEN: (TODAY, WEEK),
        AGE: [term.code for term in shared.ages(_language())],
        KIND: tuple(happening_words.KINDS),
        WEEKDAY: WEEKDAYS,
        EASE: (FREE, ONLINE),
        LANGUAGE: LANGUAGES,
    }
    values = {name: _known(request.GET.getlist(name), codes) for name, codes in known.items()}
    values[MUNICIPALITY] = sorted(choice.filtered)
    return Asked(values, choice, request.GET.get(SHOW) == EACH, _page(request.GET.get(PAGE, "")))


def _known(typed: Sequence[str], codes: Sequence[str]) -> list[str]:
    return [code for code in codes if code in typed[:_MOST]]


def _page(typed: str) -> int:
    is_number = typed.isascii() and typed.isdigit()
    return min(max(int(typed[:9]), 1), _LAST_PAGE) if is_number else 1


def _language() -> str:
    return get_language() or "fi"
