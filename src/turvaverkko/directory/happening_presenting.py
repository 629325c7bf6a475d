"""From values of happenings to values of the components. Asks the database nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from turvaverkko.core.time_source import local_day, to_local
from turvaverkko.directory import happening_request as request
from turvaverkko.directory import happening_words as said
from turvaverkko.directory import presenting, shared
from turvaverkko.directory.addresses import address
from turvaverkko.directory.happening_request import Asked
from turvaverkko.directory.happening_shapes import HappeningCard, Listed, Offer, Time
from turvaverkko.directory.reading.happening_lists import LATER, THIS_WEEK, TODAY, part_of_list
from turvaverkko.looks.api import Chip, Facet, Option, Row, Slot
from turvaverkko.looks.words import day_words, isolated, short_date

Section = tuple[str | SafeString, list[Row]]


def rows_of(lines: Iterable[Listed], today: date) -> list[Row]:
    """Return lines as rows: when, what, where, for whom, how often."""
    return [_row(line, today, often=True) for line in lines]


def sections(lines: Iterable[Listed], today: date, *, each: bool) -> list[Section]:
    """Return a list in its parts: today, this week, later; with a line for each time, day by day."""
    if each:
        days = groupby(lines, lambda line: local_day(line.time.starts_at))
        return [
            (_day_heading(day, today), [_row(line, today, often=False) for line in found])
            for day, found in days
        ]
    parts = groupby(lines, lambda line: part_of_list(line.time.starts_at, today))
    names = {TODAY: gettext("Tänään"), THIS_WEEK: gettext("Tällä viikolla"), LATER: gettext("Myöhemmin")}
    return [(names[part], rows_of(found, today)) for part, found in parts]


def where(card: HappeningCard, time: Time | None = None) -> str:
    """Return where it is: the place, online, the municipality or the whole county."""
    site = time.site if time else card.site
    if site is not None:
        return f"{site.words} · {gettext('myös verkossa')}" if card.online_url else site.words
    if card.online_url:
        return gettext("Verkossa")
    return card.municipality.text or gettext("Koko hyvinvointialue")


def charge(card: HappeningCard) -> str:
    """Return whether it costs something; nothing when nobody has told."""
    return gettext(presenting.CHARGES[card.charge]) if card.charge in presenting.CHARGES else ""


def told(time: Time) -> str:
    """Return what is different that time: "Peruttu. Vesivahinko.", "Siirretty: Kirkkotie"; or nothing."""
    state = said.state_words(time.state)
    if time.is_on and time.elsewhere and time.site:
        state = f"{state}: {time.site.words}"
    return ". ".join(part.rstrip(".") for part in (state, time.note.text) if part) + ("." if state else "")


def slot(line: Listed) -> Slot:
    """Return a time at a place as an entry of its week."""
    card, time = line.card, line.time
    facts = (told(time), presenting.ages_words(card.min_age, card.max_age), _sign_up(card))
    return Slot(
        starts=to_local(time.starts_at).time(),
        ends=to_local(time.ends_at).time(),
        title=card.name.text,
        text=presenting.dotted(facts[:1] if not time.is_on else facts),
        url=presenting.happening_url(card.slug),
        lang=card.name.lang,
        off=not time.is_on,
    )


def visit_rows(lines: Iterable[Listed], today: date) -> list[Row]:
    """Return visits as rows: who is there when."""
    return [
        Row(
            title=said.kind_words(line.card.kind, line.card.specialty),
            url=presenting.happening_url(line.card.slug),
            times=said.when(line.time.starts_at, line.time.ends_at, today),
            text=presenting.dotted((told(line.time), _sign_up(line.card))),
        )
        for line in lines
    ]


def as_sentence(words: SafeString) -> SafeString:
    """Return words as the beginning of a line, what is safe in them still safe."""
    return SafeString(capfirst(words))


def facets(asked: Asked, offer: Offer) -> list[Facet]:
    """Return the choices that narrow the list; those that would find nothing are left out."""
    found = (Facet(name, _legend(name), _options(asked, offer, name)) for name in request.NARROWING)
    return [facet for facet in found if facet.options]


def chips(asked: Asked) -> list[Chip]:
    """Return the active choices, each with the address without it."""
    path, kept = reverse("directory:happenings"), asked.parameters()
    return [
        Chip(_label(asked, name, value), address(path, kept, without=(name, value)))
        for name in request.NARROWING
        for value in asked.values[name]
    ]


def _row(line: Listed, today: date, *, often: bool) -> Row:
    card, time = line.card, line.time
    facts = (
        told(time),
        *(_cancelled(other) for other in card.cancelled_before if often),
        where(card, time),
        presenting.ages_words(card.min_age, card.max_age),
        said.rhythm(card.patterns, today) if often else "",
        charge(card) if card.charge == "free" else "",
    )
    return Row(
        title=card.name.text,
        url=presenting.happening_url(card.slug),
        times=said.when(time.starts_at, time.ends_at, today)
        if often
        else said.hours(time.starts_at, time.ends_at),
        text=presenting.dotted(facts),
        lang=card.name.lang,
        own_text=True,
    )


def _cancelled(time: Time) -> SafeString:
    day = isolated(short_date(local_day(time.starts_at)))
    return format_html(gettext("{day} peruttu"), day=day)


def _sign_up(card: HappeningCard) -> str:
    return gettext(said.SIGN_UP["needed"]) if card.sign_up == "needed" else ""


def _day_heading(day: date, today: date) -> SafeString | str:
    return gettext("Tänään") if day <= today else as_sentence(day_words(day))


def _options(asked: Asked, offer: Offer, name: str) -> list[Option]:
    there: Mapping[str, Callable[[], Sequence[str]]] = {
        request.WHEN: lambda: (request.TODAY, request.WEEK),
        request.MUNICIPALITY: lambda: [
            one.slug for one in asked.choice.known if one.slug in offer.municipalities
        ],
        request.AGE: lambda: [term.code for term in shared.ages(_language())],
        request.KIND: lambda: [kind for kind in said.KINDS if kind in offer.kinds],
        request.WEEKDAY: lambda: request.WEEKDAYS,
        request.EASE: lambda: [
            code
            for code, is_there in ((request.FREE, offer.free), (request.ONLINE, offer.online))
            if is_there
        ],
        request.LANGUAGE: lambda: [code for code in request.LANGUAGES if code in offer.languages],
    }
    values = dict.fromkeys([*there[name](), *asked.values[name]])
    return [Option(one, _label(asked, name, one), checked=one in asked.values[name]) for one in values]


def _legend(name: str) -> str:
    return {
        request.WHEN: gettext("Milloin"),
        request.MUNICIPALITY: gettext("Missä"),
        request.AGE: gettext("Minkä ikäiselle"),
        request.KIND: gettext("Mitä"),
        request.WEEKDAY: gettext("Viikonpäivä"),
        request.EASE: gettext("Helppo tulla"),
        request.LANGUAGE: gettext("Kieli"),
    }[name]


def _label(asked: Asked, name: str, value: str) -> str:
    labels: Mapping[str, Callable[[str], str]] = {
        request.WHEN: _fixed_label,
        request.EASE: _fixed_label,
        request.MUNICIPALITY: asked.choice.name_of,
        request.AGE: _age_label,
        request.KIND: said.kind_words,
        request.WEEKDAY: lambda day: capfirst(str(WEEKDAYS[request.WEEKDAYS.index(day)])),
        request.LANGUAGE: lambda code: capfirst(presenting.language_name(code)),
    }
    return labels[name](value) or value


def _fixed_label(value: str) -> str:
    return {
        request.TODAY: gettext("Tänään"),
        request.WEEK: gettext("Tällä viikolla"),
        request.FREE: gettext("Maksuton"),
        request.ONLINE: gettext("Verkossa"),
    }[value]


def _age_label(code: str) -> str:
    return next((term.label for term in shared.ages(_language()) if term.code == code), "")


def _language() -> str:
    return get_language() or "fi"
