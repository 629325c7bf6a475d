"""Happenings as search engines read them (schema.org), as a block of data in the page. Pure."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.utils.safestring import SafeString, mark_safe

from turvaverkko.core.time_source import to_local
from turvaverkko.directory.happening_shapes import HappeningCard, Site, Time
from turvaverkko.directory.happening_words import is_series
from turvaverkko.directory.recurrence import CANCELLED, MOVED

_CONTEXT: Final = "https://schema.org"
_STATUS: Final = {CANCELLED: "EventCancelled", MOVED: "EventRescheduled"}
# A block of data ends at the first "</script": these signs are written so that none can stand in it.
_HARMLESS: Final = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
# Unit: times. Search engines show the next few.
MOST: Final = 20

Data = dict[str, Any]


def block(data: Mapping[str, Any]) -> SafeString:
    """Return data for a `<script type="application/ld+json">`: whatever it holds, it stays data."""
    written = json.dumps(data, ensure_ascii=False).translate(_HARMLESS)
    return mark_safe(written)  # noqa: S308 - no sign of markup is left in it


def of_happening(card: HappeningCard, page: str, language: str) -> Data:
    """Return a happening as an Event, a series as an EventSeries with its next times. `page`: its address."""
    if not is_series(card.patterns):
        first = card.next or next(iter(card.times), None)
        times = _time(card, first) if first else {}
        return {"@context": _CONTEXT, **_facts(card, page, language), **times, "@type": "Event"}
    return {
        "@context": _CONTEXT,
        "@type": "EventSeries",
        **_facts(card, page, language),
        "subEvent": [
            {"@type": "Event", "name": card.name.text, **_time(card, time)} for time in card.times[:MOST]
        ],
    }


def _facts(card: HappeningCard, page: str, language: str) -> Data:
    facts = {
        "name": card.name.text,
        "description": card.summary.text,
        "url": page,
        "inLanguage": list(card.languages) or language,
        "organizer": {"@type": "Organization", "name": card.organisation.text},
        "typicalAgeRange": _ages(card),
        "isAccessibleForFree": {"free": True, "chargeable": False}.get(card.charge),
    }
    return {name: value for name, value in facts.items() if value not in (None, "")}


def _time(card: HappeningCard, time: Time) -> Data:
    mode = "Mixed" if time.site and card.online_url else "Online" if card.online_url else "Offline"
    places = [_place(time.site)] if time.site else []
    if card.online_url:
        places.append({"@type": "VirtualLocation", "url": card.online_url})
    told: Data = {
        "startDate": to_local(time.starts_at).isoformat(),
        "endDate": to_local(time.ends_at).isoformat(),
        "eventStatus": f"{_CONTEXT}/{_STATUS.get(time.state, 'EventScheduled')}",
        "eventAttendanceMode": f"{_CONTEXT}/{mode}EventAttendanceMode",
    }
    return {**told, "location": places} if places else told


def _place(site: Site) -> Data:
    found: Data = {
        "@type": "Place",
        "name": site.name.text,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": site.street,
            "postalCode": site.postal_code,
            "addressLocality": site.municipality.text,
            "addressCountry": "FI",
        },
    }
    if site.latitude is not None and site.longitude is not None:
        found["geo"] = {"@type": "GeoCoordinates", "latitude": site.latitude, "longitude": site.longitude}
    return found


def _ages(card: HappeningCard) -> str:
    if card.min_age is None and card.max_age is None:
        return ""
    return f"{card.min_age or 0}-{'' if card.max_age is None else card.max_age}"
