"""The meeting places: the list and the page of one."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from turvaverkko.core import time_source
from turvaverkko.core.safe_text import phone_href
from turvaverkko.directory import api, board, happening_presenting, presenting, shared
from turvaverkko.directory.addresses import Parameters, address
from turvaverkko.directory.choice import PARAMETER, Choice, chosen
from turvaverkko.directory.freshness import conditional
from turvaverkko.directory.happening_shapes import Listed
from turvaverkko.directory.help_card import help_card
from turvaverkko.directory.opening import Closed, Status, WeekDay
from turvaverkko.directory.opening_words import sign
from turvaverkko.directory.service_parts import route_url, untranslated
from turvaverkko.directory.shapes import PlaceCard, PlacePage
from turvaverkko.looks.api import Chip, Day, Facet, Fact, Link, Option, Slot

# Days shown even when nothing is on; the weekend is shown when something is.
WORKING_DAYS = 5
OPEN, NOW = "avoinna", "nyt"
WEEK, NEXT = "viikko", "ensi"
ONE_WEEK = timedelta(days=7)


@require_safe
@conditional
def places(request: HttpRequest) -> HttpResponse:
    """GET paikat/ : the meeting places, those of the chosen municipality first, then the open ones."""
    choice = chosen(request)
    open_now = request.GET.get(OPEN) == NOW
    everywhere = shared.places(_language())
    shown = [card for card in everywhere if _is_wanted(card, choice.filtered, open_now=open_now)]
    shown.sort(key=lambda card: (card.municipality_slug != choice.slug, not presenting.is_open(card.status)))
    kept: Parameters = {PARAMETER: sorted(choice.filtered), OPEN: [NOW] if open_now else []}
    context = {
        "nav": "places",
        "noindex": bool(request.GET),
        "rows": [presenting.place_row(card) for card in shown],
        "facets": [
            _open_facet(everywhere, choice.filtered, open_now=open_now),
            _where_facet(everywhere, choice),
        ],
        "active": len(choice.filtered) + open_now,
        "chips": _chips(kept, choice),
        "unknown": choice.unknown_words(),
        "municipality": choice,
        "options": choice.options(),
        "next": request.path,
        "ways_out": [Link(gettext("Näytä kaikki kohtaamispaikat"), request.path)],
        "help": help_card(_language(), choice.slug),
    }
    return render(request, "directory/places.html", context)


@require_safe
@conditional
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """GET paikat/<slug>/?viikko=ensi : one meeting place: when, what it is like, how one gets there."""
    is_over = _is_over_for_the_week(slug)
    is_next = is_over or request.GET.get(WEEK) == NEXT
    at = time_source.now()
    page = api.place_page(slug, _language(), at + ONE_WEEK if is_next else at)
    if page is None:
        raise Http404
    card = page.card
    state = _status_now(card)
    monday = page.week[0].date if page.week else _monday(at + ONE_WEEK if is_next else at)
    lines = board.programme(slug, _language(), _monday(at))
    context = {
        "nav": "places",
        "noindex": WEEK in request.GET,
        "page": page,
        "crumbs": [
            Link(gettext("Kohtaamispaikat"), reverse("directory:places")),
            Link(card.municipality.text, reverse("directory:municipality", args=(card.municipality_slug,))),
        ],
        "sign": sign(state),
        "where": presenting.place_where(card),
        "charge": gettext(presenting.CHARGES[card.charge]) if card.charge in presenting.CHARGES else "",
        "phone_url": phone_href(card.phone),
        "is_next": is_next,
        "this_week_url": request.path if is_next and not is_over else "",
        "next_week_url": "" if is_next else address(request.path, {WEEK: [NEXT]}),
        "days": _programme(page, lines, monday, at),
        "visits": happening_presenting.visit_rows(
            [line for line in lines if line.card.kind == "outreach" and line.time.ends_at > at],
            time_source.today(),
        ),
        "wall": [
            Link(gettext("Ohjelma kalenteriin"), reverse("directory:place-calendar", args=(slug,))),
            Link(gettext("Viikon juliste"), reverse("directory:place-poster", args=(slug,))),
            Link(gettext("Infonäyttö"), reverse("directory:place-screen", args=(slug,))),
        ]
        if card.kind == "meeting-place"
        else [],
        "exceptions": [_day(day, at) for day in page.exceptions],
        "facts": _facts(page),
        "address": presenting.address(card.street, card.postal_code, card.city or card.municipality.text),
        "route_url": route_url(card.latitude, card.longitude),
        "operators": ", ".join(words.text for words in card.operators),
        "services": [presenting.service_row(service) for service in page.services],
        "description": page.text("description").paragraphs,
        "first_visit": page.text("first-visit").items,
        "good_to_know": page.text("good-to-know").items,
        "fallback": card.summary.lang,
        "later_fallback": "" if card.summary.lang else untranslated(page, "first-visit", "description"),
        "today": time_source.today(),
    }
    return render(request, "directory/place.html", context)


def _programme(page: PlacePage, lines: Sequence[Listed], monday: date, at: datetime) -> list[Day]:
    """Opening hours and happenings of a week, day by day."""
    happenings: dict[date, list[Slot]] = defaultdict(list)
    for line in lines:
        happenings[time_source.local_day(line.time.starts_at)].append(happening_presenting.slot(line))
    week = page.week or [WeekDay(monday + timedelta(days=number)) for number in range(7)]
    days = [_day(day, at, happenings[day.date]) for day in week]
    return [day for day in days if day.date.weekday() < WORKING_DAYS or day.slots]


def _monday(at: datetime) -> date:
    day = time_source.local_day(at)
    return day - timedelta(days=day.weekday())


def _is_wanted(card: PlaceCard, municipalities: frozenset[str], *, open_now: bool) -> bool:
    is_there = not municipalities or card.municipality_slug in municipalities
    return is_there and (not open_now or presenting.is_open(card.status))


def _open_facet(cards: Sequence[PlaceCard], municipalities: frozenset[str], *, open_now: bool) -> Facet:
    count = sum(_is_wanted(card, municipalities, open_now=True) for card in cards)
    options = [Option(NOW, gettext("Auki nyt"), count, checked=open_now)] if count or open_now else []
    return Facet(OPEN, gettext("Milloin"), options)


def _where_facet(cards: Sequence[PlaceCard], choice: Choice) -> Facet:
    counts = Counter(card.municipality_slug for card in cards)
    options = [
        Option(one.slug, one.name, counts[one.slug], checked=one.slug in choice.filtered)
        for one in choice.known
        if counts[one.slug] or one.slug in choice.filtered
    ]
    return Facet(PARAMETER, gettext("Missä"), options)


def _chips(kept: Parameters, choice: Choice) -> list[Chip]:
    path = reverse("directory:places")
    chips = [
        Chip(choice.name_of(slug), address(path, kept, without=(PARAMETER, slug))) for slug in kept[PARAMETER]
    ]
    if kept[OPEN]:
        chips.append(Chip(gettext("Auki nyt"), address(path, kept, without=(OPEN, NOW))))
    return chips


def _facts(page: PlacePage) -> list[Fact]:
    card = page.card
    access, transport = page.text("accessibility"), page.text("transport")
    sentences = " ".join(words.text for words in access.items)
    candidates = (
        Fact(gettext("Kenelle"), presenting.ages_words(card.min_age, card.max_age), icon="people"),
        Fact(gettext("Esteettömyys"), sentences, icon="access", lang=access.lang),
        Fact(gettext("Matka"), transport.text, icon="bus", lang=transport.lang),
        Fact(gettext("Kielet"), presenting.language_names(card.languages), icon="globe"),
    )
    return [fact for fact in candidates if fact.value]


def _known(slug: str) -> PlaceCard | None:
    return next((card for card in shared.places(_language()) if card.slug == slug), None)


def _is_over_for_the_week(slug: str) -> bool:
    """Tell whether the place opens next week at the earliest: then this week is no news."""
    card = _known(slug)
    if card is None or not isinstance(card.status, Closed) or card.status.opens is None:
        return False
    today = time_source.today()
    monday = today + timedelta(days=7 - today.weekday())
    return time_source.local_day(card.status.opens) >= monday


def _status_now(card: PlaceCard) -> Status:
    """The page may be read as of next week; whether somebody is there now must not be."""
    known = _known(card.slug)
    return known.status if known else card.status


def _day(day: WeekDay, now: datetime, happenings: Sequence[Slot] = ()) -> Day:
    told = {(slot.starts, slot.ends) for slot in happenings if not slot.off}
    # Open doors that have a name of their own need not be told twice.
    hours = [
        Slot(starts, ends, gettext("Avoinna")) for starts, ends in day.times if (starts, ends) not in told
    ]
    slots = sorted([*hours, *happenings], key=lambda slot: (slot.starts, slot.ends))
    return Day(day.date, slots, closed=_why_closed(day), today=day.date == time_source.local_day(now))


def _why_closed(day: WeekDay) -> str:
    if day.by_appointment:
        return gettext("Ajanvarauksella")
    if day.holiday:
        return gettext("Kiinni, pyhäpäivä")
    return gettext("Poikkeuksellisesti kiinni") if day.exception else gettext("Kiinni")


def _language() -> str:
    return get_language() or "fi"
