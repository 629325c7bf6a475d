"""The next index, built beside the one in force and put in its place in one transaction.

A rebuild that is killed leaves its half-built version behind, which nobody reads; the next rebuild
removes it. Entries that changed meanwhile are written again into the new version before the swap.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from django.db import transaction

from turvaverkko.core import time_source
from turvaverkko.directory.search import editing, forms, state
from turvaverkko.directory.search.analysis import Mode, active_mode
from turvaverkko.directory.search.entries import Entry, row
from turvaverkko.directory.search.index import Built, build
from turvaverkko.directory.search.models import (
    EntryTerms,
    IndexState,
    IndexVersion,
    Posting,
    SearchEntry,
)

T = TypeVar("T")
# Unit: rows per statement. Larger ones gained nothing on either database.
_BATCH = 1_000
_SHOWN = (
    "key", "slug", "kind", "level", "organisation", "organisation_kind", "min_age", "max_age",
    "municipalities", "texts", "facets", "is_live", "revision",
)  # fmt: skip

# Reads one entry as it is now, or nothing when it is gone.
Current = Callable[[str], Entry | None]


class RebuildOvertaken(RuntimeError):
    """Another rebuild began meanwhile; it will put its own version in force."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did."""

    version: int
    mode: Mode
    entries: int
    terms: int


@dataclass(frozen=True, slots=True)
class _Begun:
    version: IndexVersion
    numbers: Mapping[str, int]
    revision: int


def rebuild(entries: Iterable[Entry], *, current: Current, mode: Mode | None = None) -> Rebuilt:
    """Index `entries` anew and put the new version in force.

    Args:
        entries: everything that is searchable.
        current: reads one entry by key as it is now; asked for entries that changed meanwhile.
        mode: of the analysis; what this machine can do unless told.

    Raises:
        RebuildOvertaken: another rebuild began meanwhile. The index in force is untouched.
    """
    mode = mode or active_mode()
    found = {entry.key: entry for entry in entries}
    begun = _begin(list(found), mode)
    built = build([(begun.numbers[key], entry.document) for key, entry in found.items()], mode)
    forms.remember(mode, built.forms, already=forms.remembered(mode))
    terms = _write_postings(begun.version, built)
    _swap(begun, built, found, current)
    _forget_old(begun.version)
    return Rebuilt(begun.version.pk, mode, len(found), terms)


def _begin(keys: Sequence[str], mode: Mode) -> _Begun:
    with transaction.atomic():
        current = state.locked()
        IndexVersion.objects.filter(finished_at=None).delete()
        numbers = dict(SearchEntry.objects.values_list("key", "number"))
        new = [key for key in keys if key not in numbers]
        first = state.reserved(current, len(new))
        numbers.update({key: first + place for place, key in enumerate(new)})
        version = IndexVersion.objects.create(mode=mode, started_at=time_source.now())
        return _Begun(version, numbers, current.revision)


def _write_postings(version: IndexVersion, built: Built) -> int:
    """Write every list, and beside them the terms of every entry; return how many terms there are."""
    waiting: list[EntryTerms] = []

    def keep(number: int, found: Iterable[str]) -> None:
        waiting.append(EntryTerms(version=version, number=number, terms=editing.joined(found)))
        if len(waiting) >= _BATCH:
            EntryTerms.objects.bulk_create(waiting)
            waiting.clear()

    lists = built.postings(keep)
    EntryTerms.objects.bulk_create(waiting)
    for batch in _batches(lists.items()):
        Posting.objects.bulk_create(
            [row for term, found in batch for row in editing.stretches(version, term, found, 0)]
        )
    return len(lists)


def _swap(begun: _Begun, built: Built, found: Mapping[str, Entry], current: Current) -> None:
    with transaction.atomic():
        now = state.locked()
        version = begun.version
        if not IndexVersion.objects.filter(pk=version.pk).exists():
            raise RebuildOvertaken
        revision = state.next_revision(now)
        touched = dict(SearchEntry.objects.filter(revision__gt=begun.revision).values_list("key", "number"))
        _show([entry for key, entry in found.items() if key not in touched], begun, revision)
        SearchEntry.objects.exclude(revision=revision).exclude(key__in=touched).delete()
        _put_in_force(version, built, now)
        for key, number in touched.items():
            _catch_up(begun, key, number, revision, current(key))


def _show(entries: Iterable[Entry], begun: _Begun, revision: int) -> None:
    for batch in _batches(entries):
        SearchEntry.objects.bulk_create(
            [row(entry, begun.numbers[entry.key], revision) for entry in batch],
            update_conflicts=True,
            unique_fields=["number"],
            update_fields=_SHOWN,
        )


def _put_in_force(version: IndexVersion, built: Built, now: IndexState) -> None:
    version.lengths = dict(built.lengths.by_field)
    version.entries = len(built.documents)
    version.size = now.next_number
    version.finished_at = time_source.now()
    version.save()
    now.version = version
    now.save(update_fields=["version"])


def _catch_up(begun: _Begun, key: str, number: int, revision: int, entry: Entry | None) -> None:
    """Write an entry that changed while the new version was built."""
    reserved = begun.numbers.get(key)
    if reserved is not None and (reserved != number or entry is None):
        editing.take_out(begun.version, reserved, revision)
    if entry is None:
        SearchEntry.objects.filter(key=key).delete()
        return
    editing.write(begun.version, number, entry.document, revision)
    row(entry, number, revision).save()


def _forget_old(version: IndexVersion) -> None:
    """Keep the version in force and the one before it, which requests in flight may still read."""
    kept = IndexVersion.objects.filter(pk__lte=version.pk).order_by("-pk").values_list("pk", flat=True)[:2]
    IndexVersion.objects.filter(pk__lt=version.pk).exclude(pk__in=list(kept)).delete()


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        yield batch
