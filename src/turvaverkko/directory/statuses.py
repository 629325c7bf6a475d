"""Is somebody there now, for many listings at once: only hours are read, no texts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db.models import Q

from turvaverkko.core import time_source
from turvaverkko.directory.models import Channel, Connection, Listing, Place
from turvaverkko.directory.opening import HoursRule, Status, status
from turvaverkko.directory.presenting import is_open
from turvaverkko.directory.reading import hours
from turvaverkko.directory.remembering import remembered

SERVICE: Final = "service/"
PLACE: Final = "place/"


def of_keys(keys: Iterable[str]) -> dict[str, Status]:
    """Return the status now of services and places by key ("service/<slug>"); none without hours.

    Of several channels the telephone decides. What was read is remembered for the quarter of an hour; of
    the rest two queries for services, two for places.
    """
    wanted = list(keys)
    known = _known()
    missing = [key for key in wanted if key not in known]
    if missing:
        found = _read(missing, time_source.now())
        known.update({key: found.get(key) for key in missing})
    return {key: state for key in wanted if (state := known[key]) is not None}


@remembered
def _known() -> dict[str, Status | None]:
    return {}


def _read(keys: Iterable[str], at: datetime) -> dict[str, Status]:
    wanted = list(keys)
    services = [key.removeprefix(SERVICE) for key in wanted if key.startswith(SERVICE)]
    places = [key.removeprefix(PLACE) for key in wanted if key.startswith(PLACE)]
    found: dict[str, Status] = {}
    if services:
        found |= _services(Q(service__slug__in=services), at)
    if places:
        found |= _places(Q(slug__in=places), at)
    return found


@remembered
def open_keys() -> frozenset[str]:
    """Return the keys of everything published where somebody is there now."""
    at = time_source.now()
    found = _services(Q(), at) | _places(Q(kind=Place.Kind.MEETING_PLACE), at)
    return frozenset(key for key, state in found.items() if is_open(state))


def open_services() -> frozenset[str]:
    """Return the slugs of the services where somebody is there now."""
    return frozenset(key.removeprefix(SERVICE) for key in open_keys() if key.startswith(SERVICE))


def _services(condition: Q, at: datetime) -> dict[str, Status]:
    rows = (
        Connection.objects.filter(condition, service__state=Listing.State.PUBLISHED)
        .exclude(channel__place__confidential=True)
        .order_by("order", "pk")
        .values_list("service__slug", "channel_id", "channel__type")
    )
    channels: dict[str, list[tuple[bool, int]]] = defaultdict(list)
    for slug, channel, kind in rows:
        channels[slug].append((kind != Channel.Type.PHONE, channel))
    rules = hours.of_channels({channel for row in channels.values() for _, channel in row})
    found = ((f"{SERVICE}{slug}", _first(sorted(row), rules)) for slug, row in channels.items())
    return {key: status(own, at) for key, own in found if own}


def _first(channels: Sequence[tuple[bool, int]], rules: Mapping[int, list[HoursRule]]) -> list[HoursRule]:
    return next((rules[channel] for _, channel in channels if rules.get(channel)), [])


def _places(condition: Q, at: datetime) -> dict[str, Status]:
    rows = Place.objects.filter(condition, state=Listing.State.PUBLISHED, confidential=False)
    slugs = dict(rows.values_list("pk", "slug"))
    rules = hours.of_places(slugs)
    return {f"{PLACE}{slugs[pk]}": status(own, at) for pk, own in rules.items() if own}
