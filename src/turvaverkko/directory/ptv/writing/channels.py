"""Channels into our rows, with the places that locations stand for."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from turvaverkko.core.ids import new_public_id, slugify_fi
from turvaverkko.core.time_source import now
from turvaverkko.directory.coordinates import to_wgs84
from turvaverkko.directory.models import Channel as ChannelRow
from turvaverkko.directory.models import Connection, Place, Text
from turvaverkko.directory.ptv.shapes import Address, Channel, Contact, Texts
from turvaverkko.directory.ptv.world import World
from turvaverkko.directory.ptv.writing import facts
from turvaverkko.directory.ptv.writing.bulk import insert, update
from turvaverkko.directory.ptv.writing.children import SOURCE, Children, clear
from turvaverkko.directory.states import ARCHIVED, LISTING

CHANNEL: Final = ("type", "organisation_id", "place_id", "number", "url", "email", "languages", "facts")
PLACE: Final = (
    "municipality_id",
    "street",
    "postal_code",
    "latitude",
    "longitude",
    "easting",
    "northing",
    "state",
    "changed_at",
)
_NUMBERS: Final = ("phone", "sms", "fax")
_FINLAND: Final = "+358"
# Unit: characters, as in `Channel.number`.
LONGEST_NUMBER: Final = 30


def fault_of(item: Channel, world: World) -> str:
    """Return why a channel cannot be a row of ours; "" when it can."""
    if item.type == "phone":
        return "" if number_of(item) else "no-number"
    if item.type == "location":
        return "" if world.municipality_of(item.addresses, item.organisation) else "no-municipality"
    return "" if url_of(item) else "no-address"


def write(items: Sequence[Channel], world: World) -> dict[str, int]:
    """Write channels, new and changed; return their keys by the source's ids."""
    places = _write_places([item for item in items if item.type == "location"], world)
    ids = [item.id for item in items]
    before = dict(ChannelRow.objects.filter(source=SOURCE, source_id__in=ids).values_list("source_id", "pk"))
    values = {item.id: _values(item, places, world) for item in items}
    insert(
        ChannelRow,
        ("source", "source_id", "public_id", *CHANNEL),
        [(SOURCE, name, new_public_id(), *row) for name, row in values.items() if name not in before],
    )
    update(ChannelRow, CHANNEL, [(*values[name], pk) for name, pk in before.items()])
    keys = dict(ChannelRow.objects.filter(source=SOURCE, source_id__in=ids).values_list("source_id", "pk"))
    clear("channel", list(before.values()))
    children = Children("channel")
    for item in items:
        children.add_texts(keys[item.id], item.texts)
        children.add_hours(keys[item.id], item.hours)
        children.add_contacts(keys[item.id], item.contacts)
        children.add_addresses(keys[item.id], item.addresses)
    children.write()
    return keys


def remove(ids: Sequence[str]) -> None:
    """Take channels away with all that says where they are: they are secret, or gone."""
    rows = ChannelRow.objects.filter(source=SOURCE, source_id__in=ids)
    Connection.objects.filter(channel__in=rows).delete()
    rows.delete()
    Place.objects.filter(source=SOURCE, source_id__in=ids, channels=None, happenings=None).delete()
    # A place that others use stays, but not its address.
    Place.objects.filter(source=SOURCE, source_id__in=ids).update(
        confidential=True,
        street="",
        postal_code="",
        latitude=None,
        longitude=None,
        easting=None,
        northing=None,
    )


def number_of(item: Channel) -> str:
    """Return the number that is shown of a channel: a telephone before text messages before fax."""
    found = [one for kind in _NUMBERS for one in item.contacts if one.kind == kind]
    return next((said for one in found if (said := dialled(one))), "")


def dialled(contact: Contact) -> str:
    """Return a number as somebody in Finland dials it.

    Examples:
        >>> dialled(Contact("phone", "fi", "0005551", prefix="+358"))
        '00005551'
        >>> dialled(Contact("phone", "fi", "8 555", prefix="+46"))
        '+46 8 555'
    """
    if contact.prefix == _FINLAND:
        return f"0{contact.value}"[:LONGEST_NUMBER]
    return f"{contact.prefix} {contact.value}".strip()[:LONGEST_NUMBER]


def url_of(item: Channel) -> str:
    """Return the address of the web that is shown of a channel; of a form the file."""
    kinds = ("form", "web", "attachment") if item.type == "form" else ("web",)
    found = [one for kind in kinds for one in item.contacts if one.kind == kind]
    in_finnish = [one.value for one in found if one.language == "fi"]
    return next(iter([*in_finnish, *(one.value for one in found)]), "")


def _values(item: Channel, places: Mapping[str, int], world: World) -> tuple[Any, ...]:
    mails = [one.value for one in item.contacts if one.kind == "email" and len(one.value) <= 254]
    return (
        item.type,
        world.organisations.get(item.organisation),
        places.get(item.id),
        number_of(item),
        url_of(item),
        next(iter(mails), ""),
        list(item.languages),
        facts.of_channel(item) | _owner(item, world),
    )


def _owner(item: Channel, world: World) -> dict[str, str]:
    """The id of an organisation that we do not have, so that it is not forgotten whose channel it is."""
    return (
        {}
        if item.organisation in world.organisations or not item.organisation
        else {"organisation": item.organisation}
    )


def _write_places(items: Sequence[Channel], world: World) -> dict[str, int]:
    ids = [item.id for item in items]
    before = dict(Place.objects.filter(source=SOURCE, source_id__in=ids).values_list("source_id", "pk"))
    at = now()
    values = {item.id: (*_position(item, world), Place.State.PUBLISHED, at) for item in items}
    new = [item for item in items if item.id not in before]
    insert(
        Place,
        ("source", "source_id", "public_id", "slug", "kind", *PLACE),
        [
            (
                SOURCE,
                item.id,
                new_public_id(),
                slug_of(item.texts, item.id),
                Place.Kind.ADDRESS,
                *values[item.id],
            )
            for item in new
        ],
    )
    update(Place, PLACE, [(*values[name], pk) for name, pk in before.items()])
    keys = dict(Place.objects.filter(source=SOURCE, source_id__in=ids).values_list("source_id", "pk"))
    Text.objects.filter(place__in=list(before.values()), county=None, area=None, municipality=None).delete()
    children = Children("place")
    for item in items:
        named = tuple(("name", language, text) for kind, language, text in item.texts if kind == "label")
        children.add_texts(keys[item.id], named)
    insert(Text, ("place_id", "kind", "language", "value", "translation_state", "source"), children.texts)
    return keys


def slug_of(texts: Texts, identity: str) -> str:
    """Return the address of something: its name and a piece of its id."""
    names = [text for kind, language, text in texts if kind in {"name", "label"} and language == "fi"]
    others = [text for kind, _language, text in texts if kind in {"name", "label"}]
    return "-".join(part for part in (slugify_fi([*names, *others][0]), identity[:8]) if part)


def _position(item: Channel, world: World) -> tuple[Any, ...]:
    one = visiting(item.addresses)
    street = dict(one.street)
    name = street.get("fi") or next(iter(street.values()), "")
    northing, easting = float(one.northing or 0), float(one.easting or 0)
    position = to_wgs84(easting, northing) if northing else None
    return (
        world.municipality_of([one, *item.addresses], item.organisation),
        f"{name} {one.number}".strip()[:120],
        one.postal_code if len(one.postal_code) == 5 else "",
        position.latitude if position else None,
        position.longitude if position else None,
        easting or None,
        northing or None,
    )


def visiting(addresses: Sequence[Address]) -> Address:
    """Return the address where somebody is met."""
    return max(addresses, key=lambda one: (one.role == "Location", bool(one.street), bool(one.northing)))


def put_away(ids: Sequence[str]) -> None:
    """Take channels that are gone out of sight: no service leads to them, their places are archived."""
    Connection.objects.filter(channel__source=SOURCE, channel__source_id__in=ids).delete()
    for place in Place.objects.filter(source=SOURCE, source_id__in=ids).exclude(state=ARCHIVED):
        place.state = LISTING.after(place.state, "archive")
        place.save(update_fields=["state"])
