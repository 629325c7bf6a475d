"""Values into the catalogue's JSON (interface v11, as it is read). Pure.

What is left out stands with its reason in `not_modelled.yaml`; a test counts its entries.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from turvaverkko.directory.ptv.out.documents import channel, description, organisation, service
from turvaverkko.directory.ptv.shapes import Channel, Description, Item, Organisation, Service

__all__ = ["document"]

_WRITERS: Final[Mapping[type[Item], Callable[[Any], dict[str, Any]]]] = {
    Organisation: organisation,
    Description: description,
    Channel: channel,
    Service: service,
}


def document(item: Item, *, changed: str = "", status: str = "Published") -> dict[str, Any]:
    """Return what the catalogue would give for these values.

    Args:
        item: an organisation, a general description, a channel or a service.
        changed: the stamp of the source.
        status: the catalogue's word for its state.
    """
    return {**_WRITERS[type(item)](item), "publishingStatus": status, "modified": changed or None}
