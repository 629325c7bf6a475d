"""Documents as they came, each beside what is known of it: unchanged, read, or refused. No writing."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from turvaverkko.directory.ptv.mapping import MAPPING_VERSION, read
from turvaverkko.directory.ptv.mapping.fields import id_of
from turvaverkko.directory.ptv.models import SourceRecord
from turvaverkko.directory.ptv.out import document
from turvaverkko.directory.ptv.rules import is_shelter, made_secret
from turvaverkko.directory.ptv.shapes import (
    CHANNEL,
    Channel,
    Item,
    Organisation,
    Reading,
    Refused,
    Service,
    Told,
)

# Unit: signs of a document. The largest that was seen has 94,000.
LARGEST: Final = 2_000_000


@dataclass(slots=True)
class Known:
    """What is known of a document already."""

    pk: int
    raw_hash: str
    written_hash: str
    version: int
    state: str
    row: int | None  # key of our row


@dataclass(slots=True)
class Fetched:
    """One document.

    Attributes:
        reading: its values; None when it is unchanged or refused.
        refused: why it cannot be taken.
        is_secret: no address of it may be kept.
        lacks_channels: it leads to a channel that we do not have.
    """

    kind: str
    id: str
    raw: str
    digest: str
    known: Known | None = None
    reading: Reading | None = None
    refused: Told | None = None
    is_secret: bool = False
    lacks_channels: bool = False
    status: str = ""

    @property
    def is_new(self) -> bool:
        """Whether no document of this id was taken before."""
        return self.known is None or not self.known.version

    @property
    def is_unchanged(self) -> bool:
        """Whether it says what it said when it was last taken, read in the same way."""
        known = self.known
        return known is not None and (known.raw_hash, known.version) == (self.digest, MAPPING_VERSION)


@dataclass(slots=True)
class Batch:
    """What is taken in one transaction.

    Attributes:
        faults: why documents did not come, by (kind, id).
        missing: ids that were asked for and not given, by kind.
    """

    items: list[Fetched] = field(default_factory=list)
    faults: dict[tuple[str, str], str] = field(default_factory=dict)
    missing: dict[str, list[str]] = field(default_factory=dict)

    def of(self, kind: str) -> list[Fetched]:
        """Return the documents of a kind that are to be written."""
        return [one for one in self.items if one.kind == kind and one.reading is not None]


def canonical(said: object) -> str:
    """Return a document in the one form whose hash is kept."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fetched(kind: str, documents: Iterable[Any], *, secret: frozenset[str] = frozenset()) -> list[Fetched]:
    """Return documents beside what is known of them; each id once.

    Args:
        kind: of the documents.
        documents: JSON.
        secret: ids of channels whose addresses are secret.
    """
    by_id = {id_of(one.get("id")): one for one in documents if isinstance(one, dict)}
    by_id.pop("", None)
    known = known_of(kind, list(by_id))
    return [_fetched(kind, identity, said, known.get(identity), secret) for identity, said in by_id.items()]


def known_of(kind: str, ids: Sequence[str]) -> Mapping[str, Known]:
    """Return what is known of documents. One query."""
    rows = SourceRecord.objects.filter(kind=kind, external_id__in=ids).values_list(
        "external_id",
        "pk",
        "raw_hash",
        "written_hash",
        "mapping_version",
        "state",
        SourceRecord.LINKS[kind],
    )
    return {row[0]: Known(*row[1:]) for row in rows}


def _fetched(kind: str, identity: str, said: Any, known: Known | None, secret: frozenset[str]) -> Fetched:  # noqa: ANN401 - JSON
    raw = canonical(said)
    digest = hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()
    one = Fetched(kind, identity, raw, digest, known, status=str(said.get("publishingStatus") or "")[:20])
    # What became secret since is read again, to take its addresses away.
    if one.is_unchanged and not (identity in secret and known and known.state != SourceRecord.State.WITHHELD):
        one.raw = ""
        return one
    try:
        if len(raw) > LARGEST:
            raise Refused("too-large")
        one.reading = read(kind, said)
    except Refused as fault:
        one.refused = Told(fault.code, fault.field)
        one.raw = ""
        return one
    _hide(one, secret)
    return one


def read_again(record: SourceRecord) -> Fetched:
    """Return the document of a record as values, whether it has changed or not.

    Raises:
        Refused: what was kept of it cannot be read any more.
    """
    said = json.loads(record.raw)
    one = Fetched(record.kind, record.external_id, record.raw, record.raw_hash, status=record.source_status)
    one.reading = read(record.kind, said)
    _hide(one, frozenset())
    return one


def _hide(one: Fetched, secret: frozenset[str]) -> None:
    """Take the addresses away from a shelter, from the values and from the record."""
    reading = one.reading
    if reading is None or not (one.id in secret or is_shelter(names_of(reading.item))):
        return
    one.is_secret = True
    hide(one)


def hide(one: Fetched) -> None:
    """Take the addresses of a document away, from its values and from what is kept of it as it came."""
    if one.reading is None:
        return
    one.is_secret = True
    one.reading.item = made_secret(one.reading.item, one.reading.told)
    one.raw = canonical(document(one.reading.item, changed=one.reading.changed, status=one.status))


def names_of(item: Item) -> tuple[tuple[str, str, str], ...]:
    """Return the texts in which a name may stand."""
    return item.names if isinstance(item, Organisation) else item.texts


def is_location(one: Fetched) -> bool:
    """Tell whether a document is a place that can be visited."""
    return (
        one.kind == CHANNEL
        and one.reading is not None
        and isinstance(one.reading.item, Channel)
        and one.reading.item.type == "location"
    )


def secret_channels(items: Iterable[Fetched]) -> frozenset[str]:
    """Return the channels of shelters among services: where they lead, nobody is to be found."""
    return frozenset(
        connection.channel
        for one in items
        if one.is_secret and one.reading is not None and isinstance(one.reading.item, Service)
        for connection in one.reading.item.connections
    )
