"""The one row of state: its lock, its revisions. Everything that writes the index begins here."""

import secrets

from turvaverkko.directory.search.models import IndexChange, IndexState

# Unit: changes. A process that slept through more of them reads the index anew.
_REMEMBERED_CHANGES = 500
# Unit: changes between two sweepings of what need not be remembered.
_SWEPT_EVERY = 50


def locked() -> IndexState:
    """The state, locked until the end of the caller's transaction."""
    # The version is not joined here: a row that waited for the lock would come with what it was before.
    rows = IndexState.objects.select_for_update().filter(pk=1)
    found = rows.first()
    if found is None:
        IndexState.objects.get_or_create(pk=1)
        found = rows.get()
    return found


def next_revision(state: IndexState) -> int:
    """Count one change; processes see it with the commit of the transaction."""
    state.revision += 1
    state.stamp = secrets.token_urlsafe(16)
    state.save(update_fields=["revision", "stamp"])
    if state.revision % _SWEPT_EVERY == 0:
        IndexChange.objects.filter(revision__lte=state.revision - _REMEMBERED_CHANGES).delete()
    IndexChange.objects.bulk_create(
        [IndexChange(revision=state.revision, stamp=state.stamp)],
        update_conflicts=True,
        unique_fields=["revision"],
        update_fields=["stamp"],
    )
    return state.revision


def reserved(state: IndexState, count: int) -> int:
    """The first of `count` entry numbers nobody else will get."""
    first = state.next_number
    state.next_number += count
    state.save(update_fields=["next_number"])
    return first
