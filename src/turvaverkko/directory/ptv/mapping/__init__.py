"""The catalogue's JSON (interface v11, reading) into values. Pure: a document in, `shapes.Reading` out."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from turvaverkko.directory.ptv.mapping.channels import channel
from turvaverkko.directory.ptv.mapping.descriptions import description
from turvaverkko.directory.ptv.mapping.organisations import organisation
from turvaverkko.directory.ptv.mapping.services import service
from turvaverkko.directory.ptv.shapes import CHANNEL, DESCRIPTION, ORGANISATION, SERVICE, Reading, Refused

__all__ = ["MAPPING_VERSION", "read"]

# Raise it when the same document gives other values: everything is then mapped and written anew.
MAPPING_VERSION: Final = 1
_READERS: Final[Mapping[str, Callable[[Mapping[str, Any]], Reading]]] = {
    ORGANISATION: organisation,
    DESCRIPTION: description,
    CHANNEL: channel,
    SERVICE: service,
}


def read(kind: str, document: object) -> Reading:
    """Return a document of a kind as values.

    Raises:
        Refused: it cannot be taken: no name, too large, of another form.
    """
    if not isinstance(document, dict):
        raise Refused("not-a-document")
    try:
        return _READERS[kind](document)
    except (AttributeError, TypeError, RecursionError) as fault:
        # A list where an object belongs, an object where a text does: whatever it is, it is none of ours.
        raise Refused("odd-form") from fault
