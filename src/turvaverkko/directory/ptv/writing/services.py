"""Services into our rows: coverage, texts, terms, roles and connections with their own facts."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from turvaverkko.core.ids import new_public_id
from turvaverkko.core.time_source import now
from turvaverkko.directory.models import Connection as ConnectionRow
from turvaverkko.directory.models import Service as ServiceRow
from turvaverkko.directory.models import ServiceCoverage, ServiceRole
from turvaverkko.directory.ptv.rules import covered
from turvaverkko.directory.ptv.shapes import Connection, Service
from turvaverkko.directory.ptv.world import World
from turvaverkko.directory.ptv.writing import facts
from turvaverkko.directory.ptv.writing.bulk import insert, update
from turvaverkko.directory.ptv.writing.channels import slug_of
from turvaverkko.directory.ptv.writing.children import SOURCE, Children, clear

CHARGES: Final = {"": "unknown", "Chargeable": "chargeable", "FreeOfCharge": "free"}
SERVICE: Final = (
    "level",
    "base_id",
    "organisation_id",
    "charge",
    "for_families",
    "languages",
    "facts",
    "state",
    "changed_at",
)
RESPONSIBLE: Final = "Responsible"


def organisation_of(item: Service, world: World) -> int | None:
    """Return who answers for a service: the first that the source names so and that we know."""
    ordered = sorted(item.roles, key=lambda role: role.role != RESPONSIBLE)
    keys = (world.organisations.get(role.organisation) for role in ordered)
    return next((key for key in keys if key is not None), None)


def write(
    items: Sequence[Service],
    world: World,
    *,
    bases: Mapping[str, int],
    channels: Mapping[str, int],
    families: Collection[str],
) -> dict[str, int]:
    """Write services, new and changed; return their keys by the source's ids.

    Args:
        items: what they say. Each has an organisation that we know.
        world: what they refer to.
        bases: keys of general descriptions by the source's ids.
        channels: keys of channels by the source's ids; a connection to another channel is left out.
        families: ids of those that are for families.
    """
    ids = [item.id for item in items]
    stored = ServiceRow.objects.filter(source=SOURCE, source_id__in=ids)
    before = {name: (pk, state) for name, pk, state in stored.values_list("source_id", "pk", "state")}
    values = {item.id: _values(item, world, bases, families) for item in items}
    published, at = ServiceRow.State.PUBLISHED, now()
    insert(
        ServiceRow,
        ("source", "source_id", "public_id", "slug", *SERVICE),
        [
            (SOURCE, item.id, new_public_id(), slug_of(item.texts, item.id), *values[item.id], published, at)
            for item in items
            if item.id not in before
        ],
    )
    # What an editor has hidden stays hidden: the catalogue says what exists, not that it is shown today.
    hidden = ServiceRow.State.HIDDEN
    update(
        ServiceRow,
        SERVICE,
        [
            (*values[name], hidden if state == hidden else published, at, pk)
            for name, (pk, state) in before.items()
        ],
    )
    keys = dict(stored.values_list("source_id", "pk"))
    _clear([pk for pk, _state in before.values()])
    _write_below(items, keys, world)
    _write_connections(items, keys, channels)
    return keys


def _values(
    item: Service, world: World, bases: Mapping[str, int], families: Collection[str]
) -> tuple[Any, ...]:
    return (
        _level(item, world),
        bases.get(item.base),
        organisation_of(item, world),
        CHARGES.get(item.charge, "varies"),
        item.id in families,
        list(item.languages),
        facts.of_service(item) | ({} if item.base in bases else {"base": item.base} if item.base else {}),
    )


def _level(item: Service, world: World) -> str:
    if not item.areas:
        return ServiceRow.Level.NATIONAL
    is_county, _codes = covered(item.areas, world.scope)
    return ServiceRow.Level.COUNTY if is_county else ServiceRow.Level.MUNICIPALITY


def coverage(item: Service, world: World) -> list[tuple[int | None, int | None]]:
    """Return (key of the county, key of a municipality) of where a service is offered."""
    is_county, codes = covered(item.areas, world.scope)
    if is_county:
        return [(world.county, None)]
    return [(None, world.municipalities[code]) for code in sorted(codes) if code in world.municipalities]


def _clear(pks: Sequence[int]) -> None:
    if not pks:
        return
    clear("service", pks)
    ServiceCoverage.objects.filter(service__in=pks).delete()
    ServiceRole.objects.filter(service__in=pks).delete()
    ServiceRow.terms.through.objects.filter(service__in=pks).delete()
    connections = list(ConnectionRow.objects.filter(service__in=pks).values_list("pk", flat=True))
    clear("connection", connections)
    ConnectionRow.objects.filter(pk__in=connections).delete()


def _write_below(items: Sequence[Service], keys: Mapping[str, int], world: World) -> None:
    children = Children("service")
    for item in items:
        children.add_texts(keys[item.id], item.texts)
    children.write()
    insert(
        ServiceCoverage,
        ("service_id", "county_id", "municipality_id"),
        [(keys[item.id], *where) for item in items for where in coverage(item, world)],
    )
    insert(
        ServiceRow.terms.through,
        ("service_id", "term_id"),
        [(keys[item.id], world.terms[term]) for item in items for term in item.terms],
    )
    insert(
        ServiceRole,
        ("service_id", "organisation_source_id", "role", "provision", "note"),
        [
            (keys[item.id], role.organisation, role.role, role.provision, dict(role.note))
            for item in items
            for role in item.roles
        ],
    )


def _write_connections(
    items: Sequence[Service], keys: Mapping[str, int], channels: Mapping[str, int]
) -> None:
    wanted: dict[tuple[int, int], Connection] = {
        (keys[item.id], channels[one.channel]): one
        for item in items
        for one in item.connections
        if one.channel in channels
    }
    insert(
        ConnectionRow,
        ("service_id", "channel_id", "order", "charge", "changed_at"),
        [
            (*pair, order, one.charge, one.changed or None)
            for order, (pair, one) in enumerate(wanted.items(), start=1)
        ],
    )
    made = ConnectionRow.objects.filter(service__in=list(keys.values()))
    children = Children("connection")
    for pk, service, channel in made.values_list("pk", "service_id", "channel_id"):
        one = wanted[service, channel]
        children.add_texts(pk, one.texts)
        children.add_hours(pk, one.hours)
        children.add_contacts(pk, one.contacts)
        children.add_addresses(pk, one.addresses)
    children.write()
