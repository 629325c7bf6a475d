"""A batch of documents into our rows: each is shown, kept, withheld, linked, left to an editor, or refused.

What one document does wrong takes nothing from the others: the batch is written under a savepoint, and when
the database refuses it, each document under its own.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from django.db import DatabaseError, transaction

from turvaverkko.core import time_source
from turvaverkko.directory.models import Service as ServiceRow
from turvaverkko.directory.ptv import reading_back, twins
from turvaverkko.directory.ptv.fetched import Batch, Fetched, is_location, known_of
from turvaverkko.directory.ptv.mapping import MAPPING_VERSION
from turvaverkko.directory.ptv.models import Run, RunRow, SourceRecord
from turvaverkko.directory.ptv.rules import is_for_families, is_in_scope
from turvaverkko.directory.ptv.shapes import (
    CHANNEL,
    DESCRIPTION,
    ORGANISATION,
    SERVICE,
    Channel,
    Description,
    Item,
    Organisation,
    Service,
    Told,
    fingerprint,
)
from turvaverkko.directory.ptv.world import World
from turvaverkko.directory.ptv.writing import channels, others, services
from turvaverkko.directory.ptv.writing.bulk import insert, update
from turvaverkko.directory.ptv.writing.settling import (
    base_keys,
    channel_keys,
    drop_connections,
    item_of,
    put_away_services,
)
from turvaverkko.directory.search import api as search

State = SourceRecord.State
T = TypeVar("T", bound=Item)
# Unit: rows of one run that are kept; the rest is counted.
ROWS_KEPT: Final = 2_000
# Unit: changed services of a batch. More are not indexed one by one: the whole index is made anew at the end.
INDEXED_SINGLY: Final = 20
RECORD: Final = (
    "raw",
    "raw_hash",
    "written_hash",
    "mapping_version",
    "state",
    "reason",
    "source_status",
    "source_changed",
    "fetched_at",
    "last_seen_at",
    "seen_in_id",
    "wanted_by_id",
)


@dataclass(slots=True)
class Fate:
    """What became of a document, and of which values its row was made."""

    state: str
    reason: str = ""
    row: int | None = None
    item: Item | None = None


@dataclass(slots=True)
class Taking:
    """The taking of one batch."""

    run: Run
    world: World
    fates: dict[tuple[str, str], Fate] = field(default_factory=dict)
    told: list[tuple[str, str, Told]] = field(default_factory=list)
    counters: Counter[str] = field(default_factory=Counter)

    def take(self, batch: Batch) -> None:
        """Write a batch and its records."""
        _ensure_records(batch.items)
        self.world.settle_terms([one.reading for one in batch.items if one.reading is not None])
        self._organisations(batch.of(ORGANISATION))
        self._descriptions(batch.of(DESCRIPTION))
        self._channels(batch.of(CHANNEL))
        self._services(batch.of(SERVICE))
        self._record(batch)
        self._tell(batch)

    def _organisations(self, found: Sequence[Fetched]) -> None:
        self._write(found, Organisation, lambda items: others.write_organisations(items, self.world))

    def _descriptions(self, found: Sequence[Fetched]) -> None:
        self._write(found, Description, lambda items: others.write_descriptions(items, self.world))

    def _channels(self, found: Sequence[Fetched]) -> None:
        secret = [one for one in found if one.is_secret and is_location(one)]
        channels.remove([one.id for one in secret])
        for one in secret:
            self._settle(one, Fate(State.WITHHELD, "shelter"))
        faults = {one.id: channels.fault_of(item_of(one, Channel), self.world) for one in found}
        for one in found:
            if faults[one.id] and one not in secret:
                self._refuse(one, faults[one.id])
        good = [one for one in found if not faults[one.id] and one not in secret]
        self._write(good, Channel, lambda items: channels.write(items, self.world))
        if any(one.is_new for one in good):
            # Services that waited for a channel are read again when they come by.
            SourceRecord.objects.filter(kind=SERVICE, reason="without-channels").update(raw_hash="")

    def _services(self, found: Sequence[Fetched]) -> None:
        taken = []
        families = set()
        for one in found:
            item = item_of(one, Service)
            if is_for_families(item):
                families.add(one.id)
            if not is_in_scope(item, self.world.scope):
                self._keep(one, "elsewhere")
            elif one.id not in families and not self.world.scope.everyone:
                self._keep(one, "not-for-families")
            elif services.organisation_of(item, self.world) is None:
                self._refuse(one, "no-organisation")
            else:
                taken.append(one)
        taken = self._without_twins(self._without_drift(taken))
        keys = channel_keys(taken)
        bases = base_keys(taken)
        for one in taken:
            drop_connections(one, keys)
        self._write(
            taken,
            Service,
            lambda items: services.write(items, self.world, bases=bases, channels=keys, families=families),
        )

    def _without_drift(self, found: Sequence[Fetched]) -> list[Fetched]:
        """Leave to a person what an editor has changed since it was written."""
        standing = {
            one.known.row: one for one in found if one.known is not None and one.known.row is not None
        }
        rows = reading_back.services(list(standing), self.world) if standing else {}
        good = []
        for one in found:
            known, row = one.known, rows.get(one.id)
            if known is None or row is None:
                good.append(one)
            elif known.state == State.OURS or fingerprint(row) != known.written_hash:
                self._settle(one, Fate(State.DRIFTED, row=known.row))
            else:
                good.append(one)
        return good

    def _without_twins(self, found: Sequence[Fetched]) -> list[Fetched]:
        """Link what a partner of ours has entered here already; the partner's stands."""
        items = [(one, item_of(one, Service)) for one in found]
        known = twins.of([item for _one, item in items], self.world)
        for one, item in items:
            if item.id in known:
                row = one.known.row if one.known is not None else None
                self._put_away(row)
                self._settle(one, Fate(State.LINKED, row=known[item.id]))
        return [one for one, item in items if item.id not in known]

    def _keep(self, one: Fetched, reason: str) -> None:
        self._put_away(one.known.row if one.known is not None else None)
        self._settle(one, Fate(State.KEPT, reason))

    def _put_away(self, row: int | None) -> None:
        if row is not None:
            put_away_services([row])

    def _write(
        self, found: Sequence[Fetched], kind: type[T], write: Callable[[list[T]], Mapping[str, int]]
    ) -> None:
        organisations = dict(self.world.organisations)
        try:
            with transaction.atomic():
                keys = write([item_of(one, kind) for one in found]) if found else {}
        except (DatabaseError, ValueError):
            self.world.organisations = organisations  # without those that were rolled back
            if len(found) == 1:
                self._refuse(found[0], "not-written")
                return
            for one in found:
                self._write([one], kind, write)
            return
        for one in found:
            reason = "without-channels" if one.lacks_channels else ""
            self._settle(one, Fate(State.SHOWN, reason, keys[one.id], item_of(one, kind)))
        if kind is Service:
            self._index([keys[one.id] for one in found])

    def _index(self, keys: Sequence[int]) -> None:
        if len(keys) > INDEXED_SINGLY:
            self.counters["to-index"] += len(keys)
            return
        for slug in ServiceRow.objects.filter(pk__in=keys).values_list("slug", flat=True):
            search.index_entry(f"service/{slug}")

    def _refuse(self, one: Fetched, code: str, where: str = "") -> None:
        one.refused = Told(code, where)

    def _settle(self, one: Fetched, fate: Fate) -> None:
        self.fates[one.kind, one.id] = fate
        self.counters[f"{one.kind}:{fate.state}"] += 1

    def _record(self, batch: Batch) -> None:
        now, run = time_source.now(), self.run.pk
        pks = {(one.kind, one.id): one.known.pk for one in batch.items if one.known is not None}
        for kind, link in SourceRecord.LINKS.items():
            rows: list[Sequence[Any]] = []
            for one in batch.items:
                fate = self.fates.get((kind, one.id)) if one.kind == kind else None
                if fate is None or one.reading is None:
                    continue
                written = fingerprint(fate.item) if fate.item is not None else _written(one, fate)
                told = (one.status, one.reading.changed)
                rows.append(
                    (
                        *(one.raw, one.digest, written, MAPPING_VERSION, fate.state, fate.reason[:40]),
                        *(*told, now, now, run, None, fate.row, pks[kind, one.id]),
                    )
                )
            update(SourceRecord, (*RECORD, link), rows)
        for kind in SourceRecord.LINKS:
            self._mark_others(kind, [one for one in batch.items if one.kind == kind], batch)

    def _mark_others(self, kind: str, items: Sequence[Fetched], batch: Batch) -> None:
        """What is unchanged, refused, faulty or did not come: seen or not, it is wanted no more."""
        rows = SourceRecord.objects.filter(kind=kind)
        left = [one for one in items if (kind, one.id) not in self.fates]
        seen = [one.id for one in left] + [name for of, name in batch.faults if of == kind]
        rows.filter(external_id__in=seen).update(
            last_seen_at=time_source.now(), seen_in=self.run, wanted_by=None
        )
        rows.filter(external_id__in=batch.missing.get(kind, ())).update(wanted_by=None)
        for one in left:
            if one.refused is not None:
                fresh = rows.filter(external_id=one.id, **{f"{SourceRecord.LINKS[kind]}__isnull": True})
                fresh.update(state=State.REFUSED)
                rows.filter(external_id=one.id).update(reason=one.refused.code[:40], raw_hash="")
                self.counters[f"{kind}:refused"] += 1
            else:
                self.counters[f"{kind}:unchanged"] += 1

    def _tell(self, batch: Batch) -> None:
        for one in batch.items:
            if one.refused is not None:
                self.told.append((one.kind, one.id, one.refused))
            if one.reading is not None:
                self.told += [(one.kind, one.id, told) for told in dict.fromkeys(one.reading.told)]
        self.told += [(kind, name, Told(code, "")) for (kind, name), code in batch.faults.items()]
        self.told += [
            (kind, name, Told("not-given", "")) for kind, names in batch.missing.items() for name in names
        ]
        room = max(0, ROWS_KEPT - self.run.counters.get("told", 0))
        insert(
            RunRow,
            ("run_id", "kind", "external_id", "code", "field"),
            [
                (self.run.pk, kind, name, one.code[:40], one.field[:60])
                for kind, name, one in self.told[:room]
            ],
        )
        self.counters["told"] += len(self.told)


def _ensure_records(items: Iterable[Fetched]) -> None:
    """Make the records of documents that come for the first time."""
    new = [one for one in items if one.known is None]
    insert(
        SourceRecord,
        ("kind", "external_id", "state"),
        [(one.kind, one.id, State.WANTED) for one in new],
    )
    from_kind: dict[str, list[Fetched]] = {}
    for one in new:
        from_kind.setdefault(one.kind, []).append(one)
    for kind, ones in from_kind.items():
        known = known_of(kind, [one.id for one in ones])
        for one in ones:
            one.known = known[one.id]


def _written(one: Fetched, fate: Fate) -> str:
    """The hash of what was written: as it was, while our row stands as somebody else made it."""
    return one.known.written_hash if one.known is not None and fate.state == State.DRIFTED else ""
