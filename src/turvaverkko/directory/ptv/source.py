"""From where documents come: the interface over HTTP, or a folder of saved answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

# Number of the area, number of its page: what is read next.
Checkpoint = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """Documents, and why some of those asked for did not come: id → code."""

    documents: Sequence[Any]
    faults: dict[str, str] = field(default_factory=dict)


class Source(Protocol):
    """What an import asks of a source. Every method may raise `core.asking.NoAnswer`."""

    def service_ids(
        self, since: datetime | None, start: Checkpoint
    ) -> Iterator[tuple[Checkpoint, Sequence[str]]]:
        """Yield pages of ids of the services of our areas, each with what is read after it."""

    def changed_channels(self, since: datetime) -> Iterator[Sequence[str]]:
        """Yield pages of ids of the channels that have changed, anywhere in the country."""

    def documents(self, kind: str, ids: Sequence[str]) -> Answer:
        """Return the published documents with these ids."""

    def gone(self, kind: str, ids: Sequence[str]) -> tuple[set[str], set[str]]:
        """Return which of the ids are surely archived, and which are surely still there."""
