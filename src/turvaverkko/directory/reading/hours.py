"""Rows of hours by their owner. One query, none where nobody is asked about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from django.db.models import Q

from turvaverkko.core.prepared import Prepared, ids
from turvaverkko.directory.models import HoursRow
from turvaverkko.directory.opening import HoursRule

_RULE: Final = (
    "kind",
    "weekday",
    "opens",
    "closes",
    "date",
    "closed",
    "valid_from",
    "valid_to",
    "closed_on_holidays",
)
_CHANNELS_AND_PLACES: Final = Prepared(
    lambda: HoursRow.objects.filter(Q(channel__in=ids("channels")) | Q(place__in=ids("places"))),
    ("channel_id", "place_id", *_RULE),
    "channels",
    "places",
)
_LINES: Final = Prepared(
    lambda: HoursRow.objects.filter(crisis_line__in=ids("lines")), ("crisis_line_id", *_RULE), "lines"
)
Hours = Mapping[int, list[HoursRule]]


def of_channels_and_places(channels: Iterable[int], places: Iterable[int]) -> tuple[Hours, Hours]:
    """Return the hours of channels by id, and those of places by id."""
    wanted = {"channels": list(channels), "places": list(places)}
    of_channels: dict[int, list[HoursRule]] = defaultdict(list)
    of_places: dict[int, list[HoursRule]] = defaultdict(list)
    if not any(wanted.values()):
        return of_channels, of_places
    for channel, place, *rule in _CHANNELS_AND_PLACES.tuples(**wanted):
        (of_places[place] if channel is None else of_channels[channel]).append(HoursRule(*rule))
    return of_channels, of_places


def of_channels(channels: Iterable[int]) -> Hours:
    """Return the hours of channels by id."""
    return of_channels_and_places(channels, ())[0]


def of_places(places: Iterable[int]) -> Hours:
    """Return the hours of places by id."""
    return of_channels_and_places((), places)[1]


def of_lines(lines: Iterable[int]) -> Hours:
    """Return the hours of crisis lines by id."""
    found: dict[int, list[HoursRule]] = defaultdict(list)
    for line, *rule in _LINES.tuples(lines=lines):
        found[line].append(HoursRule(*rule))
    return found
