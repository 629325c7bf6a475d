"""One run, phase after phase: asks the source, hands what it said to the commands. Never inside a request.

Ids first, then documents by the hundred, last what is gone. Each step is committed with how far it came, so a
run that was killed goes on where it was; who lost the run to another writes nothing more.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from turvaverkko.core.asking import NoAnswer
from turvaverkko.directory.models import GeneralDescription
from turvaverkko.directory.ptv import fetched, queries, services
from turvaverkko.directory.ptv.fetched import Batch, Fetched
from turvaverkko.directory.ptv.models import Run
from turvaverkko.directory.ptv.rules import is_for_families, is_in_scope
from turvaverkko.directory.ptv.services import SYSTEM
from turvaverkko.directory.ptv.shapes import (
    CHANNEL,
    DESCRIPTION,
    ORGANISATION,
    SERVICE,
    Channel,
    Item,
    Organisation,
    Service,
)
from turvaverkko.directory.ptv.source import Source
from turvaverkko.directory.ptv.states import RUNNING
from turvaverkko.directory.ptv.world import World
from turvaverkko.directory.search import api as search

# Unit: documents of one transaction.
BATCH: Final = 400
# Unit: steps upwards in the tree of organisations.
HIGHEST: Final = 6
# Unit: ids that are looked for one by one before the next is committed.
PROBED: Final = 50


@dataclass(slots=True)
class Importer:
    """A run that has been begun, its source, and what it refers to."""

    run: Run
    source: Source
    world: World
    batch: int = BATCH
    secret: frozenset[str] = field(default_factory=frozenset)

    def go(self) -> Run:
        """Do what is left of the run; return it as it stands then.

        Raises:
            LostRun: another process has taken the run up.
        """
        self.secret = self.world.secret | queries.withheld_channels()
        try:
            while self.run.state == RUNNING:
                self._step()
        except NoAnswer as fault:
            self.run = services.fail(SYSTEM, self.run, self.run.token, fault.trouble.value)
        return self.run

    def _step(self) -> None:
        phases: dict[str, Callable[[], None]] = {
            "ids": self._ids,
            "services": lambda: self._documents(SERVICE),
            "changed": self._changed_channels,
            "channels": lambda: self._documents(CHANNEL),
            "organisations": lambda: self._documents(ORGANISATION),
            "descriptions": lambda: self._documents(DESCRIPTION),
            "gone": self._weigh,
            "archive": self._archive,
            "index": self._index,
        }
        phases[self.run.phase]()

    def _next(self) -> None:
        self.run = services.next_phase(SYSTEM, self.run, self.run.token)

    def _ids(self) -> None:
        start = self.run.checkpoint or [0, 1]
        for checkpoint, ids in self.source.service_ids(self.run.since, (start[0], start[1])):
            self.run = services.mark_services(SYSTEM, self.run, self.run.token, ids, list(checkpoint))
        self._next()

    def _changed_channels(self) -> None:
        if self.run.since is not None:
            for ids in self.source.changed_channels(self.run.since):
                self.run = services.want(SYSTEM, self.run, self.run.token, CHANNEL, ids)
        self._next()

    def _documents(self, kind: str) -> None:
        while ids := queries.wanted(self.run, kind, self.batch):
            batch = self._fetched(kind, ids)
            self.run = services.take(SYSTEM, self.run, self.run.token, self.world, batch)
        self._next()

    def _fetched(self, kind: str, ids: Sequence[str]) -> Batch:
        """Bring documents, and those that they refer to and we do not have."""
        batch = Batch()
        self._bring(batch, kind, ids)
        if kind == SERVICE:
            taken = [one for one in batch.of(SERVICE) if self._is_taken(one)]
            self.secret |= fetched.secret_channels(taken)
            items = [one.reading.item for one in taken if one.reading is not None]
            self._bring(batch, CHANNEL, self._unknown_channels(items))
            self._bring(batch, DESCRIPTION, _unknown_bases(items))
        if kind in {SERVICE, CHANNEL}:
            owners = [one.reading.item for one in batch.items if one.reading is not None]
            self._bring_organisations(batch, _owners(owners))
        return batch

    def _bring(self, batch: Batch, kind: str, ids: Sequence[str]) -> None:
        if not ids:
            return
        answer = self.source.documents(kind, ids)
        found = fetched.fetched(kind, answer.documents, secret=self.secret)
        batch.items += found
        batch.faults |= {(kind, identity): code for identity, code in answer.faults.items()}
        got = {one.id for one in found} | set(answer.faults)
        batch.missing.setdefault(kind, []).extend(one for one in ids if one not in got)

    def _is_taken(self, one: Fetched) -> bool:
        item = one.reading.item if one.reading is not None else None
        if not isinstance(item, Service) or not is_in_scope(item, self.world.scope):
            return False
        return self.world.scope.everyone or is_for_families(item)

    def _unknown_channels(self, items: Iterable[Item]) -> list[str]:
        named = {one.channel for item in items if isinstance(item, Service) for one in item.connections}
        known = queries.known(CHANNEL, named)
        return sorted(named - known | (named & self.secret & known))

    def _bring_organisations(self, batch: Batch, ids: set[str]) -> None:
        """Bring organisations and those above them."""
        for _ in range(HIGHEST):
            unknown = sorted(ids - queries.known(ORGANISATION, ids) - {one.id for one in batch.items})
            if not unknown:
                return
            self._bring(batch, ORGANISATION, unknown)
            above = [one.reading.item for one in batch.of(ORGANISATION) if one.reading is not None]
            ids = {one.parent for one in above if isinstance(one, Organisation) and one.parent}

    def _weigh(self) -> None:
        """Count what would go; too much waits for a person."""
        self.run = services.weigh(SYSTEM, self.run, self.run.token)

    def _archive(self) -> None:
        for kind in (SERVICE, CHANNEL):
            while ids := queries.unseen(self.run, kind, PROBED):
                gone, there = self.source.gone(kind, ids)
                unclear = set(ids) - gone - there
                self.run = services.put_away(
                    SYSTEM, self.run, self.run.token, kind, gone=sorted(gone), there=sorted(there | unclear)
                )
        self._next()

    def _index(self) -> None:
        if self.run.counters.get("to-index"):
            search.rebuild()
        self._next()


def _owners(items: Iterable[Item]) -> set[str]:
    found: set[str] = set()
    for item in items:
        if isinstance(item, Service):
            found |= {role.organisation for role in item.roles if role.organisation}
        elif isinstance(item, Channel) and item.organisation:
            found.add(item.organisation)
    return found


def _unknown_bases(items: Iterable[Item]) -> list[str]:
    named = {item.base for item in items if isinstance(item, Service) and item.base}
    known = {str(one) for one in GeneralDescription.objects.values_list("source_id", flat=True)}
    return sorted(named - known)
