"""The channels of services: in short for cards, in full for pages."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from turvaverkko.core.prepared import Prepared, ids
from turvaverkko.core.time_source import local_day
from turvaverkko.directory.models import Connection, Place
from turvaverkko.directory.opening import HoursRule, Status, status, week
from turvaverkko.directory.reading import hours
from turvaverkko.directory.reading.names import official
from turvaverkko.directory.reading.place_rows import PLACE_FIELDS
from turvaverkko.directory.reading.texts import TextShelf
from turvaverkko.directory.shapes import AddressView, ChannelView, Words

_CARD_FIELDS: Final = (
    "service_id",
    "channel_id",
    "channel__type",
    "channel__number",
    "channel__place_id",
    "channel__place__state",
    "channel__place__confidential",
)
# What the page of a service needs besides: `reading.places` makes cards of the places from the same rows.
_PAGE_FIELDS: Final = (
    *_CARD_FIELDS,
    "charge",
    "channel__url",
    "channel__email",
    *(f"channel__place__{name}" for name in PLACE_FIELDS),
)
Row = Mapping[str, Any]


def _connections() -> QuerySet[Connection]:
    return Connection.objects.filter(service__in=ids("services")).order_by("order", "pk")


_FOR_CARDS: Final = Prepared(_connections, _CARD_FIELDS, "services")
_FOR_PAGES: Final = Prepared(_connections, _PAGE_FIELDS, "services")


@dataclass(frozen=True, slots=True)
class Channels:
    """The channels of several services, with their hours. What is confidential is not among them."""

    rows: Mapping[int, Sequence[Row]]
    hours: Mapping[int, Sequence[HoursRule]]
    place_hours: Mapping[int, Sequence[HoursRule]]

    @classmethod
    def read(
        cls, services: Iterable[int], *, places: Iterable[int] = (), in_full: bool = False
    ) -> "Channels":
        """Read the channels of services with their hours. Two queries.

        Args:
            services: whose channels.
            places: whose hours are read in the same query.
            in_full: with everything a page shows of them, and the hours of their places.
        """
        rows: dict[int, list[Row]] = defaultdict(list)
        for row in (_FOR_PAGES if in_full else _FOR_CARDS).rows(services=services):
            if _is_public(row):
                rows[row["service_id"]].append(row)
        found = [row for of_service in rows.values() for row in of_service]
        met_at = {row["channel__place_id"] for row in found} - {None} if in_full else set()
        read = hours.of_channels_and_places([row["channel_id"] for row in found], {*places, *met_at})
        return cls(rows, *read)

    def phone_and_status(self, service: int, at: datetime) -> tuple[str, Status | None]:
        """Return the first phone number of a service, and whether it (or else any channel) is answered."""
        rows = self.rows.get(service, ())
        phones = [row for row in rows if row["channel__type"] == "phone"]
        number = phones[0]["channel__number"] if phones else ""
        for row in [*phones, *rows]:
            rules = self.hours.get(row["channel_id"])
            if rules:
                return number, status(rules, at)
        return number, None

    def views(self, service: int, shelf: TextShelf, at: datetime, language: str) -> tuple[ChannelView, ...]:
        """Return the channels of a service in full."""
        return tuple(self._view(row, shelf, at, language) for row in self.rows.get(service, ()))

    def place_rows(self, service: int) -> list[Row]:
        """Return the places where a service is met, each once, as rows of `PLACE_FIELDS`."""
        rows = {row["channel__place_id"]: row for row in self.rows.get(service, ())}
        return [
            {name: row[f"channel__place__{name}"] for name in PLACE_FIELDS}
            for place, row in rows.items()
            if place is not None
        ]

    def channel_ids(self, service: int) -> list[int]:
        """Return the channels of a service."""
        return [row["channel_id"] for row in self.rows.get(service, ())]

    def _view(self, row: Row, shelf: TextShelf, at: datetime, language: str) -> ChannelView:
        channel, place = ("channel", row["channel_id"]), row["channel__place_id"]
        rules = self.hours.get(row["channel_id"]) or self.place_hours.get(place or 0, ())
        address = None if place is None else _address(row, shelf.words(("place", place), "name"), language)
        return ChannelView(
            type=row["channel__type"],
            label=shelf.words(channel, "label"),
            note=shelf.words(channel, "note"),
            number=row["channel__number"],
            url=row["channel__url"],
            email=row["channel__email"],
            charge=row["charge"],
            address=address,
            place_slug=_page_of_place(row),
            status=status(rules, at),
            week=week(rules, local_day(at)) if rules else (),
        )


def _is_public(row: Row) -> bool:
    return row["channel__place_id"] is None or (
        not row["channel__place__confidential"] and row["channel__place__state"] == Place.State.PUBLISHED
    )


def _page_of_place(row: Row) -> str:
    has_page = row["channel__place__kind"] in (Place.Kind.MEETING_PLACE, Place.Kind.OFFICE)
    return str(row["channel__place__slug"]) if has_page else ""


def _address(row: Row, name: Words, language: str) -> AddressView:
    return AddressView(
        name=name,
        street=row["channel__place__street"],
        postal_code=row["channel__place__postal_code"],
        city=official(row, "channel__place__municipality", language).text,
        municipality=row["channel__place__municipality__slug"],
        latitude=row["channel__place__latitude"],
        longitude=row["channel__place__longitude"],
    )
