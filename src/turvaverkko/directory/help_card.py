"""The way to a person: the county's telephone, whether somebody answers now, and by when one is answered."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from turvaverkko.core import time_source
from turvaverkko.directory.loading.hours import rules
from turvaverkko.directory.opening import status
from turvaverkko.directory.opening_words import sign
from turvaverkko.directory.remembering import remembered
from turvaverkko.looks.api import Sign
from turvaverkko.looks.words import moment_words
from turvaverkko.organisation import api as organisation


@dataclass(frozen=True, slots=True)
class HelpCard:
    """What the lit window says. The amber button asks for help and does nothing else."""

    title: str
    text: str
    label: str
    phone: str
    url: str
    sign: Sign | None
    before: str = ""
    promise: SafeString | str = ""


@remembered
def help_card(language: str, municipality: str = "") -> HelpCard | None:
    """Return the way to a person for somebody in a municipality, or None where the county has none.

    Args:
        language: of the reader; names of settings are given in it, else in Finnish.
        municipality: slug, empty when none was chosen: then the county's own telephone.
    """
    try:
        path = _path(municipality)
    except LookupError:  # nothing is loaded yet: the pages still open
        return None
    found = organisation.resolve_settings([organisation.CONTACT_PHONE, organisation.CONTACT_LABEL], path)
    telephone = found[organisation.CONTACT_PHONE].value
    if not telephone:
        return None
    now = time_source.now()
    state = status(rules(telephone.get("hours", ())), now)
    promise = organisation.answer_promise(at=now, where=path)
    return HelpCard(
        title=gettext("Etkö tiedä, mitä hakea?"),
        text=gettext("Kerro omin sanoin. Ihminen lukee ja vastaa. Saat olla nimettömänä."),
        label=_in_language(found[organisation.CONTACT_LABEL].value, language) or gettext("Pyydä apua"),
        phone=telephone["number"],
        # By its name, as the frame knows its links: the form lies on a floor above.
        url=reverse("guidance:who"),
        sign=sign(state),
        before=gettext("Jos kirjoitat nyt, vastaamme viimeistään") if promise else "",
        promise=format_html("{}.", moment_words(promise.moment)) if promise else "",
    )


def _path(municipality: str) -> organisation.Path:
    county = organisation.host_county()
    if municipality:
        row = organisation.municipalities(county).filter(slug=municipality).first()
        if row is not None:
            return organisation.path_of_municipality(row)
    return organisation.path_of_county(county)


def _in_language(value: Any, language: str) -> str:  # noqa: ANN401 - a setting is JSON
    return (value.get(language) or value.get("fi") or "") if isinstance(value, dict) else ""
