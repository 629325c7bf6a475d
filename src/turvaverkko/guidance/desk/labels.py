"""Names of the codes that a queue shows, in the reader's language. One query for all municipalities."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import get_language, gettext

from turvaverkko.directory import api as directory
from turvaverkko.guidance.models import RESOLUTIONS, WAYS
from turvaverkko.guidance.rules import NotNeeded
from turvaverkko.looks.markup import language_name
from turvaverkko.organisation.api import municipalities_told


@dataclass
class Labels:
    """Code → name; a code that nothing names is shown as it is."""

    language: str = field(default_factory=lambda: get_language() or "fi")

    def municipality(self, slug: str) -> str:
        """Return the name of a municipality."""
        return self._municipalities.get(slug, slug)

    def place(self, slug: str) -> str:
        """Return where the family lives, in plain words also when it is not known or not of this county."""
        if not slug:
            return gettext("paikka ei tiedossa")
        if slug in self._own:
            return self.municipality(slug)
        return gettext("%(place)s, ei tämän hyvinvointialueen kunta") % {"place": self.municipality(slug)}

    def is_elsewhere(self, slug: str) -> bool:
        """Tell whether a municipality is named that is not of this county."""
        return bool(slug) and slug not in self._own

    def topic(self, code: str) -> str:
        """Return the name of a life situation."""
        return self._topics.get(code, code)

    def age(self, code: str) -> str:
        """Return the name of an age group."""
        return self._ages.get(code, code)

    def channel(self, code: str) -> str:
        """Return how a request came."""
        return channels().get(code, code)

    def way(self, code: str) -> str:
        """Return how the family wants its answer."""
        return self._ways[code]

    def resolution(self, code: str) -> str:
        """Return how a request ended; empty when it has not."""
        return self._resolutions.get(code, "")

    def language_of(self, code: str) -> str:
        """Return the name of a language."""
        try:
            return language_name(code)
        except KeyError:  # not one that Django knows
            return code

    @cached_property
    def _municipalities(self) -> dict[str, str]:
        swedish = self.language == "sv"
        return {
            slug: (name_sv if swedish else name_fi) or name_fi
            for slug, name_fi, name_sv, _is_own in self._named
        }

    @property
    def _named(self) -> list[tuple[str, str, str, bool]]:
        return _municipalities_told()

    @cached_property
    def _own(self) -> frozenset[str]:
        return frozenset(slug for slug, _fi, _sv, is_own in self._named if is_own)

    @cached_property
    def _topics(self) -> dict[str, str]:
        return {term.code: term.label for term in directory.situations(self.language)}

    @cached_property
    def _ages(self) -> dict[str, str]:
        return {term.code: term.label for term in directory.ages(self.language)}

    @cached_property
    def _ways(self) -> dict[str, str]:
        return {code: str(name) for code, name in WAYS}

    @cached_property
    def _resolutions(self) -> dict[str, str]:
        return {code: str(name) for code, name in RESOLUTIONS}


@directory.remembered
def _municipalities_told() -> list[tuple[str, str, str, bool]]:
    return municipalities_told()


def not_needed_words() -> dict[str, str]:
    """Why a limit of the law is not needed."""
    return {
        NotNeeded.DUPLICATE: gettext("sama asia on jo käsittelyssä tai arvioitu"),
        NotNeeded.PASSED_ON: gettext("asia siirtyi viranomaiselle, jolle se kuuluu"),
        NotNeeded.UNNECESSARY: gettext("arviointi on ilmeisen tarpeeton"),
        NotNeeded.DECLINED: gettext("asiakas ei halua arviointia"),
        NotNeeded.UNIDENTIFIED: gettext("ei saatu selville, ketä asia koskee"),
        NotNeeded.IN_ASSESSMENT: gettext("määräaika jatkuu arvioinnissa"),
        NotNeeded.OTHER_KIND: gettext("pyynnön laji vaihtui"),
    }


def channels() -> dict[str, str]:
    """How requests come."""
    return {
        "web": gettext("verkkolomake"),
        "phone": gettext("puhelin"),
        "walk-in": gettext("paikan päällä"),
    }
