"""Writes of the search: the thesaurus, the whole index, and single entries."""

from pathlib import Path

from django.db import transaction

from turvaverkko.core import time_source
from turvaverkko.directory.search import concepts, editing, state
from turvaverkko.directory.search.analysis import active_mode
from turvaverkko.directory.search.entries import Entry, row
from turvaverkko.directory.search.models import IndexState, IndexVersion, SearchEntry


def load_thesaurus(path: Path) -> concepts.Loaded:
    """Make the thesaurus what the YAML files of `path` say; twice changes nothing.

    Raises:
        ThesaurusError: with every fault, each with file and entry number; nothing was written.
    """
    return concepts.load(path)


def index_entry(entry: Entry) -> None:
    """Index one entry, new or changed, in the caller's transaction: rolled back together with it."""
    with transaction.atomic():
        current = state.locked()
        version = _version(current)
        revision = state.next_revision(current)
        number = SearchEntry.objects.filter(key=entry.key).values_list("number", flat=True).first()
        if number is None:
            number = state.reserved(current, 1)
        editing.write(version, number, entry.document, revision)
        row(entry, number, revision).save()


def remove_entry(key: str) -> None:
    """Take one entry out of the index, in the caller's transaction."""
    with transaction.atomic():
        current = state.locked()
        number = SearchEntry.objects.filter(key=key).values_list("number", flat=True).first()
        if number is None or current.version is None:
            return
        revision = state.next_revision(current)
        editing.take_out(current.version, number, revision)
        # The row stays until the next rebuild: it tells a rebuild under way, and every process, of the loss.
        SearchEntry.objects.filter(number=number).update(is_live=False, revision=revision)


def _version(current: IndexState) -> IndexVersion:
    """The version in force, or a first empty one."""
    if current.version is None:
        now = time_source.now()
        current.version = IndexVersion.objects.create(mode=active_mode(), started_at=now, finished_at=now)
        current.save(update_fields=["version"])
    return current.version
