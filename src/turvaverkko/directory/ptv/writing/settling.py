"""What taking a batch and settling one difference share: rows referred to, putting away, rewriting."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from turvaverkko.core import time_source
from turvaverkko.directory.models import Channel as ChannelRow
from turvaverkko.directory.models import GeneralDescription
from turvaverkko.directory.models import Service as ServiceRow
from turvaverkko.directory.ptv.fetched import Fetched
from turvaverkko.directory.ptv.rules import is_for_families
from turvaverkko.directory.ptv.shapes import Item, Service, Told
from turvaverkko.directory.ptv.world import World
from turvaverkko.directory.ptv.writing import services
from turvaverkko.directory.ptv.writing.children import SOURCE
from turvaverkko.directory.search import api as search
from turvaverkko.directory.states import ARCHIVED, LISTING

T = TypeVar("T", bound=Item)


def item_of(one: Fetched, kind: type[T]) -> T:
    """Return the values of a document of a kind.

    Raises:
        LookupError: it was not read, or is of another kind.
    """
    item = one.reading.item if one.reading is not None else None
    if not isinstance(item, kind):
        raise LookupError(one.id)
    return item


def channel_keys(found: Iterable[Fetched]) -> dict[str, int]:
    """Return the keys of the channels that services lead to, by the source's ids."""
    named = {one.channel for document in found for one in item_of(document, Service).connections}
    rows = ChannelRow.objects.filter(source=SOURCE, source_id__in=named)
    return dict(rows.values_list("source_id", "pk"))


def base_keys(found: Iterable[Fetched]) -> dict[str, int]:
    """Return the keys of the general descriptions that services build on, by the source's ids."""
    named = {item_of(one, Service).base for one in found} - {""}
    rows = GeneralDescription.objects.values_list("source_id", "pk") if named else ()
    return {str(identity): pk for identity, pk in rows if str(identity) in named}


def drop_connections(one: Fetched, keys: dict[str, int]) -> None:
    """Leave out connections to channels that we do not have, and tell it."""
    item = item_of(one, Service)
    good = tuple(connection for connection in item.connections if connection.channel in keys)
    if len(good) == len(item.connections) or one.reading is None:
        return
    one.lacks_channels = True
    one.reading.told.append(Told("unknown-channel", "serviceChannels"))
    one.reading.item = replace(item, connections=good)


def put_away_services(pks: Sequence[int]) -> None:
    """Archive services, and take them out of the search."""
    rows = list(ServiceRow.objects.filter(pk__in=pks).exclude(state=ARCHIVED))
    for row in rows:
        row.state = LISTING.after(row.state, "archive")
        row.changed_at = time_source.now()
    ServiceRow.objects.bulk_update(rows, ["state", "changed_at"])
    for row in rows:
        search.index_entry(f"service/{row.slug}")


def rewrite(one: Fetched, world: World) -> tuple[int, Service]:
    """Write a service over what stands; return its key and the values it was made of."""
    if one.reading is not None:
        world.settle_terms([one.reading])
    keys, bases = channel_keys([one]), base_keys([one])
    drop_connections(one, keys)
    item = item_of(one, Service)
    families = {item.id} if is_for_families(item) else set()
    pk = services.write([item], world, bases=bases, channels=keys, families=families)[item.id]
    search.index_entry(f"service/{ServiceRow.objects.values_list('slug', flat=True).get(pk=pk)}")
    return pk, item
