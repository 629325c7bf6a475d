"""The channels of services as a pack writes them, turned into rows.

A channel keeps its row (and its public id) by its place in the entry: `<service>/<number>`. A channel that
vanished loses its connection to the service; its row stays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from turvaverkko.directory.loading.hours import rules
from turvaverkko.directory.loading.writing import BATCH, Children, replace_texts
from turvaverkko.directory.models import Channel, Connection, HoursRow, Place, Service
from turvaverkko.organisation.api import Entry

CHANNEL_FIELDS: Final = ("type", "organisation_id", "place_id", "number", "url", "email")
PLACE_FIELDS: Final = ("municipality_id", "street", "postal_code", "confidential", "state")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One channel of one entry."""

    service: Service
    number: int
    data: Mapping[str, Any]

    @property
    def source_id(self) -> str:
        return f"{self.service.slug}/{self.number}"


def write(
    changed: Iterable[tuple[Entry, Service]],
    *,
    source: str,
    places: Mapping[str, Place],
    municipalities: Mapping[str, int],
) -> None:
    """Write the channels of changed services.

    Args:
        changed: the entries with their rows.
        source: the source of the pack.
        places: the places of the pack by slug.
        municipalities: ids by slug.
    """
    wanted = [
        _Wanted(service, number, data)
        for entry, service in changed
        for number, data in enumerate(entry["channels"], start=1)
    ]
    children = Children(source)
    addresses = _write_addresses(wanted, source, municipalities, children)
    channels = _write_channels(wanted, source, {**addresses, **_named(wanted, places)})
    Connection.objects.filter(service__in=[service for _, service in changed]).delete()
    HoursRow.objects.filter(channel__in=channels.values()).delete()
    for one in wanted:
        channel = channels[one.source_id]
        children.add(
            Connection(
                service=one.service, channel=channel, order=one.number, charge=one.data.get("charge", "")
            )
        )
        children.add_texts({"channel": channel}, "label", one.data.get("label", {}))
        children.add_texts({"channel": channel}, "note", one.data.get("note", {}))
        children.add_hours({"channel": channel}, rules(one.data.get("hours", ())))
    replace_texts("channel", list(channels.values()), [text for text in children.texts if text.channel_id])
    replace_texts("place", list(addresses.values()), [text for text in children.texts if text.place_id])
    children.write()


def _named(wanted: Iterable[_Wanted], places: Mapping[str, Place]) -> dict[str, Place]:
    return {one.source_id: places[one.data["place"]] for one in wanted if "place" in one.data}


def _write_addresses(
    wanted: Iterable[_Wanted], source: str, municipalities: Mapping[str, int], children: Children
) -> dict[str, Place]:
    """Write the places that channels describe themselves: addresses without a page."""
    ones = {
        one.source_id: one for one in wanted if one.data["type"] == "location" and "place" not in one.data
    }
    rows = {row.source_id: row for row in Place.objects.filter(source=source, source_id__in=ones)}
    new = []
    for name, one in ones.items():
        if name not in rows:
            slug = f"{one.service.slug}-osoite-{one.number}"
            rows[name] = Place(slug=slug, source=source, source_id=name, kind=Place.Kind.ADDRESS)
            new.append(rows[name])
        row, data = rows[name], one.data
        row.municipality_id = municipalities[data["municipality"]]
        row.street, row.postal_code = data.get("street", ""), data.get("postal_code", "")
        row.confidential, row.state = data.get("confidential", False), Place.State.PUBLISHED
    _save(Place, rows, new, PLACE_FIELDS)
    for name, one in ones.items():
        children.add_texts({"place": rows[name]}, "name", one.data["name"])
    return rows


def _write_channels(
    wanted: Iterable[_Wanted], source: str, places: Mapping[str, Place]
) -> dict[str, Channel]:
    ones = {one.source_id: one for one in wanted}
    rows = {row.source_id: row for row in Channel.objects.filter(source=source, source_id__in=ones)}
    new = []
    for name, one in ones.items():
        if name not in rows:
            rows[name] = Channel(source=source, source_id=name)
            new.append(rows[name])
        row, data = rows[name], one.data
        row.type, row.organisation_id = data["type"], one.service.organisation_id
        row.place_id = places[name].pk if name in places else None
        row.number, row.url, row.email = (data.get(key, "") for key in ("number", "url", "email"))
    _save(Channel, rows, new, CHANNEL_FIELDS)
    return rows


def _save(model: Any, rows: Mapping[str, Any], new: list[Any], fields: Iterable[str]) -> None:  # noqa: ANN401
    created = {row.source_id for row in new}
    model.objects.bulk_create(new, batch_size=BATCH)
    old = [row for name, row in rows.items() if name not in created]
    names = [name.removesuffix("_id") for name in fields]
    model.objects.bulk_update(old, names, batch_size=BATCH)
