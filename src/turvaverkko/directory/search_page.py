"""From what the search found to what its page shows. Asks the database only for hours."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext

from turvaverkko.core import time_source
from turvaverkko.directory import happening_words, next_times, presenting, search_request, shared, statuses
from turvaverkko.directory.addresses import address
from turvaverkko.directory.next_times import NextTime
from turvaverkko.directory.opening import ByAppointment, Status
from turvaverkko.directory.opening_words import sign
from turvaverkko.directory.search import api as search
from turvaverkko.directory.search_request import Asked
from turvaverkko.looks.api import Because, Hit, Link, Pages, Reading, page_links

_URLS: Final = {
    statuses.PLACE: presenting.place_url,
    next_times.HAPPENING: presenting.happening_url,
    statuses.SERVICE: presenting.service_url,
}
_BECAUSE: Final = 3
_NAMES: Final = 2


def hits(asked: Asked, found: Iterable[search.Hit]) -> list[tuple[search.Hit, Hit]]:
    """Return each result with what the page shows of it; a happening that is over since is left out."""
    rows = list(found)
    states = statuses.of_keys(row.key for row in rows)
    times = next_times.of_keys(row.key for row in rows)
    shown = [row for row in rows if row.key in times or not row.key.startswith(next_times.HAPPENING)]
    return [(row, _hit(asked, row, states.get(row.key), times.get(row.key))) for row in shown]


def readings(asked: Asked, page: search.SearchPage) -> list[Reading]:
    """Return how the words were understood, each with the address without that reading.

    A concept is told only beside a word that the reader typed: the thesaurus finds it through phrases of
    its own, and nobody must be told that they said what they did not say.
    """
    own_words = {why.concept: why.own for hit in page.hits for why in hit.why if why.concept}
    told = ((reading, _reading_words(reading, own_words)) for reading in page.readings)
    return [
        Reading(*words, remove_url=_address(asked, ohita=[*asked.ignore, reading.key]))
        for reading, words in told
        if words
    ]


def did_you_mean(asked: Asked, page: search.SearchPage) -> list[Link]:
    """Return other readings of the same words, the most dangerous first.

    What we already told that we understood is no other reading.
    """
    told = {reading.meaning for reading in page.readings}
    others = [one for one in page.suggestions if one.text not in told]
    return [Link(one.text, _address(asked, q=[one.text], ohita=[])) for one in others]


def pages(asked: Asked, page: search.SearchPage) -> Pages | None:
    """Return the page numbers, when there is more than one page."""
    if page.pages <= 1:
        return None
    return page_links(page.page, page.pages, lambda number: _address(asked, sivu=[str(number)]))


def summary(asked: Asked, page: search.SearchPage) -> str:
    """Return how many were found, and what comes first."""
    if not page.total or not page.sure:
        return ""
    count = ngettext("%(count)s tulos", "%(count)s tulosta", page.total) % {"count": page.total}
    if not asked.words:
        return gettext("%(count)s aakkosjärjestyksessä, paikalliset ensin.") % {"count": count}
    name = asked.choice.name_of(page.municipality or "")
    if name:
        return gettext("%(count)s, sopivin ensin. Lähellä: %(name)s.") % {"count": count, "name": name}
    return gettext("%(count)s, sopivin ensin.") % {"count": count}


def is_sensitive(asked: Asked, page: search.SearchPage) -> bool:
    """Tell whether the words or choices speak of what nobody else should see on this device."""
    tender = {term.code for term in shared.situations(_language()) if term.sensitive}
    spoken_of = {*page.situations, *asked.values[search_request.SITUATION]}
    return bool(page.urgent or tender & spoken_of)


def _address(asked: Asked, **changed: Sequence[str]) -> str:
    return address(reverse("directory:services"), asked.parameters(**changed))


def _hit(asked: Asked, row: search.Hit, state: Status | None, time: NextTime | None) -> Hit:
    what = row.key.partition("/")[0]
    kind = f"{what}/"
    window = sign(state)
    return Hit(
        title=row.name,
        url=_URLS[kind](row.slug),
        text=row.summary,
        for_whom=presenting.ages_words(row.min_age, row.max_age),
        where=_where(asked, row),
        how=gettext("tule suoraan")
        if kind == statuses.PLACE
        else presenting.ways_words(row.facets.get("way", ())[:3]),
        when=_when(state, time),
        is_date=time is not None,
        sign=window if window and window.state != "unknown" else None,
        because=_because(row.why),
        lang=row.lang,
        kind=what,
        slug=row.slug,
    )


def _when(state: Status | None, time: NextTime | None) -> str:
    if time is not None:
        return happening_words.when(*time, time_source.today())
    return gettext("Ajanvarauksella") if isinstance(state, ByAppointment) else ""


def _where(asked: Asked, row: search.Hit) -> str:
    if row.level == "national":
        return gettext("Koko Suomi")
    if not row.municipalities:
        return gettext("Koko hyvinvointialue")
    own = [slug for slug in row.municipalities if slug == asked.choice.slug]
    ordered = [*own, *(slug for slug in row.municipalities if slug not in own)]
    names = [asked.choice.name_of(slug) or capfirst(slug) for slug in ordered[:_NAMES]]
    left = len(ordered) - len(names)
    if left <= 0:
        return ", ".join(names)
    more = ngettext("%(count)s muu", "%(count)s muuta", left) % {"count": left}
    return gettext("%(names)s ja %(more)s") % {"names": ", ".join(names), "more": more}


def _because(why: Iterable[search.Why]) -> tuple[Because, ...]:
    found: dict[str, Because] = {}
    for one in why:
        meaning = one.corrected or one.label
        is_same = meaning.casefold() == one.own.casefold()
        found.setdefault(one.own, Because(one.own, "" if is_same else meaning))
    return tuple(found.values())[:_BECAUSE]


def _reading_words(reading: search.Reading, own_words: Mapping[str, str]) -> tuple[str, str] | None:
    if reading.kind == "age":
        age = {"age": reading.meaning}
        return gettext("%(age)s v") % age, gettext("%(age)s-vuotias") % age
    if reading.kind == "place":
        return reading.meaning, gettext("tämä kunta ensin")
    if reading.kind == "concept":
        own = own_words.get(reading.key.removeprefix("concept:"))
        return (own, reading.meaning) if own and own.casefold() != reading.meaning.casefold() else None
    return reading.own, reading.meaning


def _language() -> str:
    return get_language() or "fi"
