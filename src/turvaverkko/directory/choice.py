"""Which municipality comes first for the reader: named in the address, else remembered in a cookie."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from turvaverkko.core.safe_text import clean_query
from turvaverkko.directory.device import municipality_on
from turvaverkko.directory.remembering import remembered
from turvaverkko.looks.api import Option
from turvaverkko.organisation import api as organisation

PARAMETER: Final = "kunta"
# Unit: characters. The longest name of a Finnish municipality has under 30.
_LONGEST_NAME: Final = 60
# How many municipalities one may narrow to at once; more is no narrowing.
_MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality that can be chosen."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader said of municipalities.

    Attributes:
        slug: the one that comes first; empty when none was chosen.
        name: its name in the reader's language.
        filtered: those to which the address narrows a list.
        unknown: what was asked for and is not a municipality of this county, made harmless.
        known: every municipality that can be chosen.
    """

    slug: str
    name: str
    filtered: frozenset[str]
    unknown: str
    known: tuple[Municipality, ...]

    def options(self) -> list[Option]:
        """The municipalities as choices of a form."""
        return [Option(one.slug, one.name, checked=one.slug == self.slug) for one in self.known]

    def name_of(self, slug: str) -> str:
        """The name of a municipality, or an empty string."""
        return next((one.name for one in self.known if one.slug == slug), "")

    def unknown_words(self) -> str:
        """A sentence about a municipality that we do not know; empty when there is none."""
        if not self.unknown:
            return ""
        return gettext("Emme tunne kuntaa ”%(name)s”. Näytämme koko alueen.") % {"name": self.unknown}


def chosen(request: HttpRequest) -> Choice:
    """Return what the reader of a page said of municipalities."""
    known = municipalities(get_language() or "fi")
    typed = [clean_query(text, _LONGEST_NAME) for text in request.GET.getlist(PARAMETER)[:_MOST]]
    found = {text: _match(text, known) for text in typed if text}
    asked = [one for one in found.values() if one]
    kept = _match(municipality_on(request)[:_LONGEST_NAME], known)
    first = asked[0] if asked else kept
    return Choice(
        slug=first.slug if first else "",
        name=first.name if first else "",
        filtered=frozenset(one.slug for one in asked),
        unknown=next((text for text, one in found.items() if one is None), ""),
        known=known,
    )


def known_municipality(typed: str) -> str:
    """Return the slug of a municipality that was chosen in a form, or an empty string."""
    found = _match(clean_query(typed, _LONGEST_NAME), municipalities(get_language() or "fi"))
    return found.slug if found else ""


@remembered
def municipalities(language: str) -> tuple[Municipality, ...]:
    """Return the municipalities of the host county in a language, by name."""
    try:
        rows = organisation.municipalities(organisation.host_county())
    except LookupError:  # nothing is loaded yet: the pages still open
        return ()
    found = (Municipality(row.slug, row.name_in(language)) for row in rows)
    return tuple(sorted(found, key=lambda one: one.name))


def _match(typed: str, known: tuple[Municipality, ...]) -> Municipality | None:
    wanted = typed.casefold()
    return next((one for one in known if wanted in (one.slug, one.name.casefold())), None) if wanted else None
