"""Happenings: what goes on today, this week and later, and the page of one."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from turvaverkko.core import time_source
from turvaverkko.core.safe_text import phone_href
from turvaverkko.directory import api, happening_presenting, happening_request, presenting, structured_data
from turvaverkko.directory import happening_words as said
from turvaverkko.directory.addresses import address
from turvaverkko.directory.freshness import conditional
from turvaverkko.directory.happening_request import Asked
from turvaverkko.directory.happening_shapes import HappeningCard, HappeningPage, ListPage, Time
from turvaverkko.directory.help_card import help_card
from turvaverkko.directory.reading.happening_lists import offer
from turvaverkko.directory.service_parts import route_url, untranslated
from turvaverkko.looks.api import Fact, Link, Pages, Tag, page_links

# Unit: lines of one page of the list.
LINES: Final = 20
# Unit: times. The rest of a long series is in its calendar.
TIMES: Final = 8


@require_safe
@conditional
def happenings(request: HttpRequest) -> HttpResponse:
    """GET tapahtumat/?milloin=&kunta=&… : coming happenings; `nayta=kerrat` shows each time of a series."""
    asked = happening_request.asked(request)
    today = time_source.today()
    found = _found(asked)
    path, kept = reverse("directory:happenings"), asked.parameters()
    context = {
        "nav": "happenings",
        "noindex": bool(request.GET),
        "sections": happening_presenting.sections(found.lines, today, each=asked.each),
        "total": found.total,
        "facets": happening_presenting.facets(asked, offer(today)),
        "keep": [(happening_request.SHOW, happening_request.EACH)] if asked.each else [],
        "active": asked.active(),
        "chips": happening_presenting.chips(asked),
        "clear_url": address(path, {happening_request.SHOW: kept[happening_request.SHOW]}),
        "each": asked.each,
        "other_url": address(
            path, asked.parameters(**{happening_request.SHOW: [] if asked.each else [happening_request.EACH]})
        ),
        "calendar": [
            Link(
                gettext("Tilaa tämä lista kalenteriisi"),
                address(reverse("directory:happenings-calendar"), asked.values),
            )
        ],
        "pages": _pages(asked, found),
        "unknown": asked.choice.unknown_words(),
        "municipality": asked.choice,
        "options": asked.choice.options(),
        "next": request.path,
        "ways_out": [
            Link(gettext("Näytä kaikki tapahtumat"), path),
            Link(gettext("Kohtaamispaikat"), reverse("directory:places")),
        ],
        "help": help_card(_language(), asked.choice.slug),
    }
    return render(request, "directory/happenings.html", context)


@require_safe
@conditional
def happening(request: HttpRequest, slug: str) -> HttpResponse:
    """GET tapahtumat/<slug>/ : what it is, when it is next, where, for whom, and how one joins."""
    page = api.happening_page(slug, _language())
    if page is None:
        raise Http404
    card, today = page.card, time_source.today()
    site = card.site
    full_address = request.build_absolute_uri(presenting.happening_url(slug))
    context = {
        "nav": "happenings",
        "noindex": not page.times,
        "page": page,
        "crumbs": [Link(gettext("Tapahtumat"), reverse("directory:happenings"))],
        "kind": said.kind_words(card.kind, card.specialty),
        "where": happening_presenting.where(card),
        "place_url": presenting.place_url(site.slug) if site and site.slug else "",
        "often": happening_presenting.as_sentence(said.rhythm(card.patterns, today)),
        "next_time": said.full_when(card.next.starts_at, card.next.ends_at) if card.next else "",
        "times": [_time(card, one) for one in page.times[:TIMES]],
        "more": max(len(page.times) - TIMES, 0),
        "is_over": not page.times,
        "successor_url": presenting.happening_url(page.successor_slug) if page.successor_slug else "",
        "tags": _tags(card),
        "facts": _facts(page),
        "phone_url": phone_href(card.phone),
        "calendar_url": reverse("directory:happening-calendar", args=(slug,)) if page.times else "",
        "address": presenting.address(site.street, site.postal_code, site.municipality.text)
        if site and site.street
        else None,
        "route_url": route_url(site.latitude, site.longitude) if site else "",
        "description": page.text("description").paragraphs,
        "instructions": page.text("instructions").paragraphs,
        "good_to_know": page.text("good-to-know").items,
        "fallback": card.summary.lang,
        "later_fallback": "" if card.summary.lang else untranslated(page, "description", "instructions"),
        "data": structured_data.block(structured_data.of_happening(card, full_address, _language())),
        "today": today,
    }
    return render(request, "directory/happening.html", context)


def _found(asked: Asked) -> ListPage:
    read = api.happening_times if asked.each else api.happening_series
    offset = (asked.page - 1) * LINES
    wish = asked.wish(time_source.today())
    return read(_language(), asked.choice.slug or None, wish=wish, offset=offset, limit=LINES)


def _pages(asked: Asked, found: ListPage) -> Pages | None:
    last = -(-found.total // LINES)
    if last <= 1:
        return None
    path = reverse("directory:happenings")
    return page_links(
        min(asked.page, last),
        last,
        lambda number: address(path, asked.parameters(**{happening_request.PAGE: [str(number)]})),
    )


def _time(card: HappeningCard, time: Time) -> dict[str, object]:
    """What the page tells of one time."""
    day = f"{time.day:%Y-%m-%d}"
    return {
        "when": said.full_when(time.starts_at, time.ends_at),
        "is_off": not time.is_on,
        "told": happening_presenting.told(time),
        "lang": time.note.lang,
        "calendar_url": reverse("directory:happening-time", args=(card.slug, day, time.number)),
    }


def _tags(card: HappeningCard) -> list[Tag]:
    found = [Tag(gettext(said.SIGN_UP["none"]), "check")] if card.sign_up == "none" else []
    charge = happening_presenting.charge(card)
    return [*found, Tag(charge)] if charge else found


def _facts(page: HappeningPage) -> list[Fact]:
    card = page.card
    own, of_place, fee = page.text("accessibility"), page.place_text("accessibility"), page.text("fee")
    access, transport = own or of_place, page.place_text("transport")
    candidates = (
        Fact(gettext("Kenelle"), _for_whom(page), icon="people", lang=page.text("for-whom").lang),
        Fact(gettext("Hinta"), fee.text or happening_presenting.charge(card), icon="wallet", lang=fee.lang),
        Fact(
            gettext("Pitääkö ilmoittautua"),
            gettext(said.SIGN_UP[card.sign_up]),
            icon="letter",
            url=card.sign_up_url,
        ),
        Fact(gettext("Verkossa"), card.online_url, icon="globe", url=card.online_url),
        Fact(gettext("Kielet"), presenting.language_names(card.languages), icon="talk"),
        Fact(
            gettext("Esteettömyys"),
            " ".join(words.text for words in access.items),
            icon="access",
            lang=access.lang,
        ),
        Fact(gettext("Matka"), transport.text, icon="bus", lang=transport.lang),
        Fact(gettext("Järjestäjä"), card.organisation.text, icon="home", lang=card.organisation.lang),
        Fact(gettext("Sähköposti"), card.email, icon="send", url=f"mailto:{card.email}"),
        Fact(gettext("Lisätietoja"), card.url, icon="page", url=card.url),
    )
    return [fact for fact in candidates if fact.value]


def _for_whom(page: HappeningPage) -> str:
    card = page.card
    ages = presenting.ages_words(card.min_age, card.max_age) or gettext("Kaikenikäisille")
    return page.text("for-whom").text or ages


def _language() -> str:
    return get_language() or "fi"
