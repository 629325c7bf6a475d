"""The interface v11 of the catalogue, reading: paging, lists of a hundred, the archived told from outage."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlencode

from turvaverkko.core.asking import Asker, NoAnswer, Trouble
from turvaverkko.directory.ptv.mapping.fields import id_of
from turvaverkko.directory.ptv.shapes import CHANNEL, DESCRIPTION, ORGANISATION, SERVICE
from turvaverkko.directory.ptv.source import Answer, Checkpoint

RESOURCES: Final = {
    ORGANISATION: "Organization",
    DESCRIPTION: "GeneralDescription",
    CHANNEL: "ServiceChannel",
    SERVICE: "Service",
}
# Unit: ids of one request. The interface's own limit.
AT_ONCE: Final = 100
# Unit: pages of one list. Far more than there are; a list without an end is none.
MOST_PAGES: Final = 5_000
# What may be the fault of one document: the others are asked for without it.
OF_ONE: Final = frozenset({Trouble.TOO_LARGE, Trouble.GARBLED, Trouble.BUSY, Trouble.CUT_SHORT, Trouble.ODD})
ARCHIVED: Final = ("Archived", "Withdrawn")
# Unit: tries of an answer that came whole and is no JSON.
TRIES: Final = 2


@dataclass(slots=True)
class PtvClient:
    """The interface.

    Attributes:
        asker: asks, tries again, keeps the limits.
        areas: types and codes of the areas whose services are taken.
        everywhere: also ask for what is for the whole country.
    """

    asker: Asker
    areas: Sequence[tuple[str, str]]
    everywhere: bool = False
    _ended: dict[str, set[str]] = field(default_factory=dict)

    def service_ids(
        self, since: datetime | None, start: Checkpoint
    ) -> Iterator[tuple[Checkpoint, Sequence[str]]]:
        """Yield pages of ids of the services of the areas."""
        area, page = start
        for number in range(area, len(self.areas)):
            kind, code = self.areas[number]
            query = {"includeWholeCountry": "true"} if self.everywhere else {}
            pages = self._pages(f"/Service/area/{kind}/code/{code}", query | _since(since), page)
            for this, last, ids in pages:
                yield ((number, this + 1) if this < last else (number + 1, 1)), ids
            page = 1

    def changed_channels(self, since: datetime) -> Iterator[Sequence[str]]:
        """Yield pages of ids of the channels that have changed since a moment."""
        for _page, _last, ids in self._pages("/ServiceChannel", _since(since), 1):
            yield ids

    def documents(self, kind: str, ids: Sequence[str]) -> Answer:
        """Return documents; one that cannot come whole does not keep the others away."""
        found: list[Any] = []
        faults: dict[str, str] = {}
        for first in range(0, len(ids), AT_ONCE):
            self._collect(kind, ids[first : first + AT_ONCE], found, faults)
        return Answer(found, faults)

    def gone(self, kind: str, ids: Sequence[str]) -> tuple[set[str], set[str]]:
        """Return which ids are archived and which are there.

        An id is gone when the lists of the archived have it, or when it is answered with "not found" while
        the interface answers otherwise.
        """
        ended = self._archived(kind)
        gone = {one for one in ids if one in ended}
        there = set()
        for one in ids:
            if one in gone:
                continue
            try:
                self._json(f"/{RESOURCES[kind]}/{one}")
                there.add(one)
            except NoAnswer as fault:
                if fault.trouble is Trouble.MISSING and self._answers():
                    gone.add(one)
        return gone, there

    def _collect(self, kind: str, ids: Sequence[str], found: list[Any], faults: dict[str, str]) -> None:
        """Ask for ids; where the answer is at fault, for each half by itself, down to the one."""
        try:
            said = self._json(f"/{RESOURCES[kind]}/list?{urlencode({'guids': ','.join(ids)})}")
            if not isinstance(said, list):
                raise NoAnswer(Trouble.GARBLED)
        except NoAnswer as fault:
            if fault.trouble is Trouble.MISSING:
                if not self._answers():
                    raise
                return
            if fault.trouble not in OF_ONE or not self._answers():
                raise
            if len(ids) == 1:
                faults[ids[0]] = fault.trouble.value
                return
            middle = len(ids) // 2
            self._collect(kind, ids[:middle], found, faults)
            self._collect(kind, ids[middle:], found, faults)
        else:
            found += said

    def _pages(
        self, path: str, query: dict[str, str], start: int
    ) -> Iterator[tuple[int, int, Sequence[str]]]:
        """Yield (page, last page, ids), as many as the source says there are."""
        page = last = start
        while page <= last:
            said = self._json(f"{path}?{urlencode({**query, 'page': str(page)})}")
            if not isinstance(said, dict) or said.get("pageNumber") not in (page, None):
                raise NoAnswer(Trouble.GARBLED)
            last = said.get("pageCount") or 0
            if not isinstance(last, int) or last > MOST_PAGES:
                raise NoAnswer(Trouble.GARBLED)
            yield page, last, _ids(said.get("itemList") or [])
            page += 1

    def _archived(self, kind: str) -> set[str]:
        """The ids that the source lists as archived or withdrawn, asked once."""
        if kind not in self._ended:
            self._ended[kind] = {
                one
                for status in ARCHIVED
                for _page, _last, ids in self._pages(f"/{RESOURCES[kind]}", {"status": status}, 1)
                for one in ids
            }
        return self._ended[kind]

    def _answers(self) -> bool:
        """Tell whether the interface answers what it always can: a fault is then of what was asked."""
        try:
            self._json("/Service?page=1")
        except NoAnswer:
            return False
        return True

    def _json(self, path: str) -> Any:  # noqa: ANN401 - JSON of the source
        for _ in range(TRIES):
            try:
                return json.loads(self.asker.ask(path))
            except (ValueError, RecursionError):
                continue
        raise NoAnswer(Trouble.GARBLED)


def _ids(rows: Iterable[Any]) -> list[str]:
    found = (id_of(row.get("id")) if isinstance(row, dict) else id_of(row) for row in rows)
    return [one for one in found if one]


def _since(moment: datetime | None) -> dict[str, str]:
    return {"date": moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")} if moment else {}
