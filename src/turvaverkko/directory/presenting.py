"""From values of the directory to values of the components. Asks the database nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info, gettext, gettext_noop, pgettext

from turvaverkko.core.addresses import addresses_of
from turvaverkko.directory.loading.hours import rules
from turvaverkko.directory.opening import Always, ByAppointment, Open, Status
from turvaverkko.directory.opening import status as opening_status
from turvaverkko.directory.opening_words import sign
from turvaverkko.directory.shapes import CrisisCard, PlaceCard, ServiceCard, TermCard
from turvaverkko.looks.api import Address, Age, Because, Hit, Number, Row, Sign, Tag
from turvaverkko.looks.words import age_range, isolated, with_isolated_numbers

# How the help happens, as an answer to "how".
WAYS: Final = {
    "phone": gettext_noop("puhelimessa"),
    "home": gettext_noop("kotona"),
    "group": gettext_noop("ryhmässä"),
    "on-site": gettext_noop("paikan päällä"),
    "online": gettext_noop("verkossa"),
    "chat": gettext_noop("chatissa"),
    "at-school": gettext_noop("koulussa tai päiväkodissa"),
}
CHARGES: Final = {
    "free": gettext_noop("Maksuton"),
    "chargeable": gettext_noop("Maksullinen"),
    "varies": gettext_noop("Maksu vaihtelee"),
}
ORGANISATION_KINDS: Final = {
    "county": gettext_noop("Hyvinvointialue"),
    "municipality": gettext_noop("Kunta"),
    "school": gettext_noop("Koulu"),
    "ngo": gettext_noop("Järjestö"),
    "parish": gettext_noop("Seurakunta"),
    "state": gettext_noop("Valtio"),
    "company": gettext_noop("Yritys"),
    "health": gettext_noop("Terveydenhuolto"),
}
# Languages of help that one can narrow to, in this order. In Finnish there is help everywhere.
SPOKEN: Final = ("sv", "en", "ar", "ru", "uk", "se", "so", "fa", "ku", "fsl")
# Languages in which help is given and which Django does not name.
OTHER_LANGUAGES: Final = {
    "se": gettext_noop("pohjoissaame"),
    "so": gettext_noop("somali"),
    "ku": gettext_noop("kurdi"),
    "ti": gettext_noop("tigrinja"),
    "prs": gettext_noop("dari"),
    "fsl": gettext_noop("suomalainen viittomakieli"),
    "fi-simple": gettext_noop("selkosuomi"),
    "rom": gettext_noop("romani"),
}
_ALL_AGES_FROM: Final = 0


def language_name(code: str) -> str:
    """Return the name of a language in the reader's language: "englanti"; an unknown code as it is.

    Finnish and Swedish write names of languages with a small letter, so does the catalogue.
    """
    if code in OTHER_LANGUAGES:
        return gettext(OTHER_LANGUAGES[code])
    try:
        name = str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
    return name if get_language() == "en" else name.lower()


def language_names(codes: Sequence[str]) -> str:
    """Return "Suomi, englanti": a list that begins a line."""
    comma = pgettext("luettelossa", ",")
    return capfirst(f"{comma} ".join(language_name(code) for code in codes))


def ways_words(ways: Sequence[str]) -> str:
    """Return how the help happens: "kotona, puhelimessa"."""
    comma = pgettext("luettelossa", ",")
    return f"{comma} ".join(gettext(WAYS[way]) for way in ways if way in WAYS)


def ages_words(youngest: int | None, oldest: int | None) -> SafeString | str:
    """Return for whom by years: "3–12-vuotiaat", "18 vuotta täyttäneet"; nothing when there is no limit."""
    if oldest is None and not youngest:
        return ""
    if oldest is None:
        return format_html(gettext("{age} vuotta täyttäneet"), age=isolated(youngest))
    return format_html(gettext("{ages}-vuotiaat"), ages=age_range(youngest or _ALL_AGES_FROM, oldest))


def is_open(status: Status | None) -> bool:
    """Tell whether somebody is there now."""
    return isinstance(status, Open | Always)


def pack_sign(hours: Iterable[Mapping[str, Any]], at: datetime) -> Sign | None:
    """Return the window sign of hours that stand in a setting or a family centre as a pack writes them."""
    return _known_sign(opening_status(rules(hours), at))


def place_url(slug: str) -> str:
    """Return the address of a place's page in the reader's language."""
    return addresses_of("directory:place")(slug)


def happening_url(slug: str) -> str:
    """Return the address of a happening's page in the reader's language."""
    return addresses_of("directory:happening")(slug)


def search_url(**parameters: str) -> str:
    """Return the address of the search, with parameters."""
    query = urlencode({name: value for name, value in parameters.items() if value})
    return reverse("directory:services") + (f"?{query}" if query else "")


def service_url(slug: str) -> str:
    """Return the address of a service's page in the reader's language."""
    return addresses_of("directory:service")(slug)


def hit(card: ServiceCard, because: Iterable[Because] = ()) -> Hit:
    """Return a service as a result of a search or a list of services."""
    return Hit(
        title=card.name.text,
        url=service_url(card.slug),
        text=card.summary.text,
        for_whom=ages_words(card.min_age, card.max_age),
        where=_where(card),
        how=ways_words(card.ways[:3]),
        when=_when(card.status),
        sign=_known_sign(card.status),
        because=tuple(because),
        lang=card.name.lang or card.summary.lang,
    )


def place_hit(card: PlaceCard, because: Iterable[Because] = ()) -> Hit:
    """Return a meeting place as a result of a search."""
    return Hit(
        title=card.name.text,
        url=place_url(card.slug),
        text=card.summary.text,
        for_whom=ages_words(card.min_age, card.max_age),
        where=place_where(card),
        how=gettext("tule suoraan, ei ilmoittautumista"),
        sign=_known_sign(card.status),
        because=tuple(because),
        lang=card.name.lang or card.summary.lang,
    )


def service_row(card: ServiceCard) -> Row:
    """Return a service as a row to choose."""
    return Row(
        title=card.name.text,
        url=service_url(card.slug),
        text=card.summary.text,
        lang=card.name.lang or card.summary.lang,
    )


def place_row(card: PlaceCard) -> Row:
    """Return a meeting place as a row: where, for whom, whether it is open now."""
    facts = (place_where(card), ages_words(card.min_age, card.max_age))
    return Row(
        title=card.name.text,
        url=place_url(card.slug),
        text=dotted(facts),
        sign=_known_sign(card.status),
        lang=card.name.lang,
    )


def situation_row(term: TermCard) -> Row:
    """Return a life situation as a topic to choose."""
    return Row(
        title=term.label,
        url=addresses_of("directory:situation")(term.code),
        text=term.hint,
        icon=term.icon,
        lang=term.lang,
    )


def age_knot(term: TermCard, current: str = "") -> Age:
    """Return an age as a knot of the thread; years where it has them, words otherwise."""
    has_years = term.max_age is not None and term.min_age is not None
    return Age(
        url=addresses_of("directory:age")(term.code),
        label="" if has_years else term.label,
        youngest=term.min_age if has_years else None,
        oldest=term.max_age if has_years else None,
        current=term.code == current,
    )


def crisis_number(card: CrisisCard) -> Number:
    """Return a crisis line with a number as an entry of the awake list."""
    return Number(number=card.number, name=card.name.text, when=card.when.text, sign=sign(card.status))


def tags(card: ServiceCard) -> list[Tag]:
    """Return the short true things that make it easier to come."""
    found: list[Tag] = []
    if card.level != "national" and not card.referral_needed:
        found.append(Tag(gettext("Lähetettä ei tarvita"), "check"))
    if card.referral_needed:
        found.append(Tag(gettext("Tarvitset lähetteen")))
    if card.charge in CHARGES:
        found.append(Tag(gettext(CHARGES[card.charge])))
    if card.interpreter:
        found.append(Tag(gettext("Tulkki järjestyy")))
    return found


def address(street: str, postal_code: str, city: str) -> Address:
    """Return an address as an envelope has it. Streets are in Finnish or Swedish."""
    return Address(street=street, postal_code=postal_code, city=city)


def dotted(parts: Iterable[object]) -> SafeString:
    """Return the parts that are there, a middle dot between them, numbers isolated."""
    shown = SafeString(" · ").join(with_isolated_numbers(part) for part in parts if part)
    return SafeString(shown)


def place_where(card: PlaceCard) -> str:
    """Return where a place is: "Koulutie 0, Liminka"."""
    return ", ".join(part for part in (card.street, card.city or card.municipality.text) if part)


def _where(card: ServiceCard) -> str:
    return gettext("Koko Suomi") if card.level == "national" else card.coverage.text


def _when(status: Status | None) -> str:
    return gettext("Ajanvarauksella") if isinstance(status, ByAppointment) else ""


def _known_sign(status: Status | None) -> Sign | None:
    """Nobody is helped by a window of which nothing is known."""
    found = sign(status)
    return None if found is None or found.state == "unknown" else found
