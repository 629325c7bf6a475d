"""A folder of saved answers as a source: for the first use, for tests, and where no network is.

Documents are single, in a list, or in the envelope of a page; what they are is told by their own fields.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from turvaverkko.core.asking import LARGEST, NoAnswer, Trouble
from turvaverkko.directory.ptv.mapping.fields import id_of
from turvaverkko.directory.ptv.shapes import CHANNEL, DESCRIPTION, ORGANISATION, SERVICE
from turvaverkko.directory.ptv.source import Answer, Checkpoint

# A field that only documents of a kind have.
SIGNS: Final = {
    "serviceNames": SERVICE,
    "serviceChannelNames": CHANNEL,
    "organizationNames": ORGANISATION,
    "generalDescriptionType": DESCRIPTION,
}
# Unit: ids of one page.
PAGE: Final = 500


class FolderSource:
    """Documents of a folder and those below it. Which file holds which is read once, documents when asked."""

    def __init__(self, folder: Path) -> None:
        self._files: dict[str, dict[str, Path]] = {kind: {} for kind in SIGNS.values()}
        for path in sorted(folder.rglob("*.json")):
            for document in _documents(path):
                kind = kind_of(document)
                if kind and (identity := id_of(document.get("id"))):
                    self._files[kind][identity] = path

    def service_ids(
        self,
        since: datetime | None,  # noqa: ARG002 - a folder knows of no changes
        start: Checkpoint,
    ) -> Iterator[tuple[Checkpoint, Sequence[str]]]:
        """Yield all services."""
        ids = sorted(self._files[SERVICE])
        for first in range((start[1] - 1) * PAGE, len(ids), PAGE):
            yield (0, first // PAGE + 2), ids[first : first + PAGE]

    def changed_channels(self, since: datetime) -> Iterator[Sequence[str]]:  # noqa: ARG002 - as above
        """Yield all channels."""
        yield sorted(self._files[CHANNEL])

    def documents(self, kind: str, ids: Sequence[str]) -> Answer:
        """Return the documents of the folder."""
        wanted = {one for one in ids if one in self._files[kind]}
        paths = sorted({self._files[kind][one] for one in wanted})
        found = [one for path in paths for one in _documents(path) if kind_of(one) == kind]
        return Answer([one for one in found if id_of(one.get("id")) in wanted])

    def gone(self, kind: str, ids: Sequence[str]) -> tuple[set[str], set[str]]:
        """Return what the folder does not hold, and what it does."""
        there = {one for one in ids if one in self._files[kind]}
        return set(ids) - there, there


def kind_of(document: dict[str, Any]) -> str:
    """Return what a document is; "" when nothing tells."""
    return next((kind for sign, kind in SIGNS.items() if sign in document), "")


def _documents(path: Path) -> list[dict[str, Any]]:
    """The documents of a file.

    Raises:
        NoAnswer: the file is too large or no JSON.
    """
    if path.stat().st_size > LARGEST:
        raise NoAnswer(Trouble.TOO_LARGE)
    try:
        said = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as fault:
        raise NoAnswer(Trouble.GARBLED) from fault
    if isinstance(said, dict):
        said = said.get("itemList", [said])
    return [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []
